// The script of every page, served as reload.js: keeps the page equal to what the newest
// snapshot makes of it, without loading it again.

import { connect } from "./connection.js";
import { Desk } from "./desk.js";
import { patch } from "./patch.js";
import { follow, remember } from "./place.js";

const scrollKey = "faultline:scroll";
const desk = new Desk();

let known = snapshotOfPage();
let newest = known;
let busy = false;

/** The snapshot this page was made from, "" where the browser does not tell. */
function snapshotOfPage() {
  const [page] = performance.getEntriesByType("navigation");
  return page?.serverTiming?.find((t) => t.name === "snapshot")?.description ?? "";
}

/** @param {import("./stream.js").Heard} heard */
function hear({ id }) {
  newest = id;
  if (known === "") known = id;
  catchUp().then(() => desk.refresh());
}

// One at a time, until the page is of the newest snapshot that was heard of, or of one
// that is newer still.
async function catchUp() {
  if (busy) return;
  busy = true;
  for (let wanted = known; wanted !== newest && known !== newest; ) {
    wanted = newest;
    if (!(await update())) break;
  }
  busy = false;
}

/** Makes the page what its address gives now. It is false where the server cannot be reached. */
async function update() {
  let response, text;
  try {
    response = await fetch(location.href, { headers: { Accept: "text/html" } });
    text = await response.text();
  } catch {
    return false; // the stream begins anew with the server, and then it is asked again
  }
  known = /snapshot;desc="([^"]*)"/.exec(response.headers.get("Server-Timing") ?? "")?.[1] ?? newest;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  if (response.redirected || !sameFrame(fresh)) reload();
  else await adopt(fresh);
  return true;
}

// Scripts have run, and the header has their listeners: where these differ, or where the
// page has scripts of its own that work on what they found, it is loaded again.
function sameFrame(fresh) {
  return (
    document.querySelector("main") !== null &&
    fresh.querySelector("main") !== null &&
    frameOf(fresh) === frameOf(document) &&
    ![...document.scripts].some((s) => !/\/(assets\/(early|site)\.[^/]*|_faultline\/[^/]*)$/.test(s.src))
  );
}

function frameOf(page) {
  const scripts = [...page.scripts].map((s) => s.src);
  const links = [...page.querySelectorAll("body > header a")].map((a) => `${a.href} ${a.textContent} ${a.ariaCurrent}`);
  const policy = page.querySelector("meta[http-equiv]")?.getAttribute("content");
  return JSON.stringify([scripts, links, policy, page.documentElement.lang]);
}

async function adopt(fresh) {
  const dressed = dress(fresh);
  const main = document.querySelector("main");
  const back = remember(main);
  const changed = patch(main, fresh.querySelector("main"));
  const [footer, next] = [document, fresh].map((page) => page.querySelector("body > footer"));
  if (footer && next) patch(footer, next);
  document.title = fresh.title;
  back();
  if (changed.length > 0 && desk.following) follow(main, changed);
  fade(changed);
  await dressed;
}

// Puts changed style sheets beside the old ones, which go when the new ones are there.
function dress(fresh) {
  const sheets = (page) => [...page.querySelectorAll("head link[rel=stylesheet]")].filter((l) => !l.href.includes("/_faultline/"));
  const [worn, wanted] = [sheets(document), sheets(fresh)];
  const news = wanted.filter((w) => !worn.some((o) => o.href === w.href)).map((w) => document.importNode(w));
  const loaded = news.map((link) => new Promise((done) => (link.onload = link.onerror = done)));
  (worn.at(-1) ?? document.head.lastElementChild)?.after(...news);
  return Promise.all(loaded).then(() => {
    for (const old of worn) if (!wanted.some((w) => w.href === old.href)) old.remove();
  });
}

function fade(changed) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const small = changed.filter((e) => !changed.some((o) => o !== e && e.contains(o)) && !e.matches("main, article, section, div"));
  for (const e of small) e.animate([{ opacity: 0.3 }, { opacity: 1 }], 120);
}

function reload() {
  try {
    sessionStorage.setItem(scrollKey, JSON.stringify([location.pathname, scrollX, scrollY]));
  } catch {
    // The page then begins at its top.
  }
  location.reload();
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
  if (document.readyState !== "complete") addEventListener("load", restore, { once: true });
}

restoreScroll();
desk.refresh();
connect(hear);
