// One worker for all tabs of a browser: it holds the only stream, because browsers allow
// six connections to one host, and passes on what it hears.

import { Stream } from "./stream.js";

/** @type {Set<MessagePort>} */
const tabs = new Set();
/** @type {import("./stream.js").Heard | undefined} */
let last;

const stream = new Stream((heard) => {
  last = heard;
  for (const tab of tabs) tab.postMessage(heard);
});

self.onconnect = ({ ports: [tab] }) => {
  tab.onmessage = ({ data }) => (data === "bye" ? leave(tab) : join(tab));
};

/** @param {MessagePort} tab */
function join(tab) {
  tabs.add(tab);
  if (!stream.open) stream.start();
  else if (last) tab.postMessage(last);
}

/** @param {MessagePort} tab */
function leave(tab) {
  tabs.delete(tab);
  if (tabs.size > 0) return;
  stream.stop();
  last = undefined;
}
