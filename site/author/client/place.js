// Where the reader is on a page: what is seen at its top, and what has the focus.

/**
 * Remembers the place and returns what goes back to it after the page has changed.
 * @param {Element} main
 */
export function remember(main) {
  const seen = scrollY > 0 ? atTop(main) : [];
  const tops = seen.map((e) => e.getBoundingClientRect().top);
  const focused = main.contains(document.activeElement) ? document.activeElement : null;
  const twin = focused && twinOf(focused);
  return () => {
    const at = seen.findIndex((e) => e.isConnected);
    if (at >= 0) scrollBy({ top: seen[at].getBoundingClientRect().top - tops[at], behavior: "instant" });
    if (focused && !focused.isConnected) main.querySelector(twin)?.focus({ preventScroll: true });
  };
}

// What is seen at the top of the window: the innermost element, then those around it.
function atTop(main) {
  const chain = [main];
  for (;;) {
    const inner = [...chain[0].children].find((e) => e.getBoundingClientRect().bottom > 0);
    if (!inner || chain[0].getBoundingClientRect().top >= 0) return chain;
    chain.unshift(inner);
  }
}

// A selector of the element that takes the focused one's place.
function twinOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const href = element.getAttribute("href");
  return element.localName + (href === null ? "" : `[href="${CSS.escape(href)}"]`);
}

/**
 * Brings the first change into view, with the heading above it where both fit.
 * @param {Element} main
 * @param {Element[]} changed
 */
export function follow(main, changed) {
  const target = changed.find((e) => e.closest("article") && e !== main) ?? changed.find((e) => e !== main);
  if (!target) return;
  const room = innerHeight * 0.7;
  const heading = headingOf(main, target);
  const near = heading && target.getBoundingClientRect().bottom - heading.getBoundingClientRect().top < room;
  (near ? heading : target).scrollIntoView({ block: near ? "start" : "center", behavior: "instant" });
}

function headingOf(main, target) {
  const above = [...main.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(
    (h) => h === target || h.contains(target) || h.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return above.at(-1);
}
