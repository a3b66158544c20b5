// A page's ear for the server's events: through the worker that all tabs share, or, where
// the browser has none, through a stream of its own while the page is seen.

import { Stream } from "./stream.js";

/** @param {(heard: import("./stream.js").Heard) => void} hear */
export function connect(hear) {
  const ear = typeof SharedWorker === "function" ? shared(hear) : own(hear);
  ear.join();
  addEventListener("pagehide", ear.leave);
  addEventListener("pageshow", (event) => {
    if (event.persisted) ear.join();
  });
}

function shared(hear) {
  const { port } = new SharedWorker("/_faultline/worker.js", "faultline");
  port.onmessage = ({ data }) => hear(data);
  return { join: () => port.postMessage("hello"), leave: () => port.postMessage("bye") };
}

// Forgotten tabs must not use up the connections; what they miss they learn when they
// connect again.
function own(hear) {
  const stream = new Stream(hear);
  const attend = () => (document.visibilityState === "visible" ? stream.start() : stream.stop());
  addEventListener("visibilitychange", attend);
  return { join: attend, leave: () => stream.stop() };
}
