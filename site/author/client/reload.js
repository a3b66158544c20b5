// The page's side of the authoring server: it reloads the page when there is a newer
// snapshot than the one it was made from, keeps its scroll position, and shows what
// is wrong with the library while an edit cannot be read.

(() => {
  "use strict";

  /**
   * @typedef {{level: string, path: string, line: number, column: number, text: string, hint: string}} Problem
   * @typedef {{kind: "reload" | "problems", problems: Problem[]}} Message
   */

  const scrollKey = "faultline:scroll";
  const shownAtOnce = 5;

  let known = snapshotOfPage();
  /** @type {EventSource | undefined} */
  let source;
  let dismissed = "";

  /** The snapshot this page was made from, "" where the browser does not tell. */
  function snapshotOfPage() {
    const [page] = performance.getEntriesByType("navigation");
    return page?.serverTiming?.find((t) => t.name === "snapshot")?.description ?? "";
  }

  function connect() {
    source?.close();
    source = new EventSource("/_faultline/events?last=" + encodeURIComponent(known));
    source.onmessage = (event) => {
      known = event.lastEventId;
      receive(JSON.parse(event.data));
    };
    source.onerror = () => {
      // Browsers try again by themselves unless they were refused.
      if (source?.readyState === EventSource.CLOSED) setTimeout(attend, 1000);
    };
  }

  /**
   * Listens while the page is seen. Browsers allow six connections to one host, which
   * forgotten tabs must not use up; what they miss they learn when they connect again.
   */
  function attend() {
    if (document.visibilityState === "visible") {
      connect();
      return;
    }
    source?.close();
    source = undefined;
  }

  /** @param {Message} message */
  function receive(message) {
    if (message.kind === "reload") {
      sessionStorage.setItem(scrollKey, JSON.stringify([location.pathname, scrollX, scrollY]));
      location.reload();
      return;
    }
    show(message.problems.filter((p) => p.level === "error"));
  }

  function restoreScroll() {
    const saved = sessionStorage.getItem(scrollKey);
    if (saved === null) return;
    sessionStorage.removeItem(scrollKey);
    const [path, x, y] = JSON.parse(saved);
    if (path !== location.pathname) return;
    const restore = () => scrollTo({ left: x, top: y, behavior: "instant" });
    restore();
    // Images that load late move the text.
    addEventListener("load", restore, { once: true });
  }

  /** @param {Problem[]} problems */
  function show(problems) {
    document.querySelector(".faultline-notice")?.remove();
    const text = JSON.stringify(problems);
    if (problems.length === 0 || text === dismissed) return;
    const notice = element("aside");
    notice.className = "faultline-notice";
    notice.setAttribute("role", "status");
    const close = element("button", "Hide");
    close.onclick = () => {
      dismissed = text;
      notice.remove();
    };
    const list = element("ul");
    list.append(...problems.slice(0, shownAtOnce).map(entry));
    const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
    notice.append(close, element("p", `${count} in the library`), list);
    document.body.append(notice);
  }

  /** @param {Problem} problem */
  function entry(problem) {
    const row = element("li");
    const place = [problem.path, problem.line || "", (problem.line && problem.column) || ""].filter((part) => part !== "").join(":");
    if (place) row.append(element("code", place));
    row.append(element("span", problem.text));
    if (problem.hint) row.append(element("br"), element("small", problem.hint));
    return row;
  }

  /** Makes an element with a text. Text never becomes markup here. */
  function element(name, text = "") {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  const style = element("link");
  style.rel = "stylesheet";
  style.href = "/_faultline/reload.css";
  document.head.append(style);

  restoreScroll();
  attend();
  addEventListener("visibilitychange", attend);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) attend();
  });
})();
