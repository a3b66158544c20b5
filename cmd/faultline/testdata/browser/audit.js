// Says what is wrong with a page for its readers, in a line each: headings, landmarks,
// names, tables, sizes of targets, contrast, links in text. What is folded is opened for it.
(() => {
  document.querySelectorAll("details").forEach((e) => (e.open = true));
  const wrong = [];
  const main = document.querySelector("main");
  const seen = (e) => e.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true });
  const all = (selector) => [...main.querySelectorAll(selector)].filter(seen);
  const named = (e) => `<${e.localName} class="${e.getAttribute("class") ?? ""}"> ${e.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}`;
  const complain = (what, e) => wrong.push(e ? `${what}: ${named(e)}` : what);

  const headings = all("h1, h2, h3, h4, h5, h6").map((e) => Number(e.localName[1]));
  if (headings.filter((level) => level === 1).length !== 1) complain("there is not one h1");
  headings.forEach((level, i) => {
    if (i > 0 && level > headings[i - 1] + 1) complain(`h${level} follows h${headings[i - 1]}`);
  });
  for (const part of ["body > header", "body > footer", "header nav[aria-label]", "a.skip[href='#main']"]) {
    if (!document.querySelector(part)) complain(`there is no ${part}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => complain(`two elements have the id ${id}`));
  for (const e of all("section[aria-labelledby], nav[aria-labelledby], svg[aria-labelledby], svg[aria-describedby]")) {
    for (const id of `${e.getAttribute("aria-labelledby") ?? ""} ${e.getAttribute("aria-describedby") ?? ""}`.trim().split(" ")) {
      if (!document.getElementById(id)?.textContent.trim()) complain(`names nothing by ${id}`, e);
    }
  }
  for (const e of all(".scroll")) {
    if (e.tabIndex !== 0 || e.getAttribute("role") !== "region" || !e.getAttribute("aria-label")) complain("scrolls, and is no named region in reach of the keyboard", e);
  }
  for (const e of all("svg")) {
    if (e.closest("[aria-hidden=true]") || e.parentElement.closest("svg")) continue;
    if (e.getAttribute("role") !== "img" || !(e.getAttribute("aria-label") || e.querySelector("title"))) complain("has no name", e);
    if (e.matches("figure .plot") && !e.querySelector(":scope > desc")) complain("is not described", e);
    if (e.matches("figure .plot") && !e.closest("figure").querySelector("details :is(table, ul)")) complain("has no numbers behind it", e);
  }
  for (const e of all("table")) {
    if ([...(e.tHead?.querySelectorAll("th") ?? [])].some((th) => th.scope !== "col") || !e.tHead) complain("has columns without a heading", e);
    if (e.closest(".findings-page") && [...e.tBodies[0].rows].some((row) => row.cells[0].scope !== "row")) complain("has rows without a heading", e);
  }

  // A target must be 24 px high and wide, unless it stands within a sentence.
  for (const e of all("a, button, summary, label:has(input), .matrix td a")) {
    const box = e.getBoundingClientRect();
    const inline = getComputedStyle(e).display === "inline" && e.closest("p, li, dd, dt, th, td, footer, h1, h2, h3");
    if (!inline && (box.width < 23.5 || box.height < 23.5)) complain(`is ${box.width.toFixed(0)} by ${box.height.toFixed(0)} px`, e);
  }
  for (const e of all("p a, li > a, td a")) {
    const style = getComputedStyle(e), around = getComputedStyle(e.parentElement);
    const text = [...e.parentElement.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("").trim();
    const underlined = style.textDecorationLine.includes("underline") && rgba(style.textDecorationColor)[3] > 0.2;
    if (text.length > 15 && !underlined && style.color === around.color && style.fontWeight === around.fontWeight) complain("looks like the text around it", e);
  }

  function rgba(color) {
    const context = (rgba.context ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }));
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }
  const over = (top, below) => top.slice(0, 3).map((v, i) => v * top[3] + below[i] * (1 - top[3]));
  function ground(e) {
    if (!e) return [255, 255, 255];
    const color = rgba(getComputedStyle(e).backgroundColor);
    return color[3] === 1 ? color.slice(0, 3) : over(color, ground(e.parentElement));
  }
  function light(rgb) {
    const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  const pale = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const e = node.parentElement;
    if (!node.data.trim() || !seen(e) || e.closest("title, desc, script, .hush")) continue;
    const style = getComputedStyle(e), behind = ground(e);
    const ink = over(rgba(e.closest("svg") ? style.fill : style.color), behind);
    const [a, b] = [light(ink), light(behind)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) pale.add(`contrast ${ratio.toFixed(1)}: ${named(e)}`);
  }
  return [...new Set([...wrong, ...pale])].slice(0, 12);
})()
