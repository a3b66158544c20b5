// The search page. The client and the index are static files of the site; this
// script asks them and shows what they find.

interface Part { text: string; hit: boolean }
interface Passage { heading: string; anchor: string; text: string; parts: Part[] }
interface Restored { mitigation: string | null; source: string | null; text: string | null }
interface Reason { kind: string; text: string; asked: string | null; tag: string | null }
interface Hit {
  id: string; url: string; title: string; date: string | null; passages: Passage[]; parts?: Part[];
  organization: string | null; services: string[]; severity: string | null; lasted: string | null;
  restored: Restored | null; wrong_turn: { text: string; anchor: string } | null; why: Reason[];
}
interface Result { total: number; notes: string[]; hits: Hit[] }
interface Search { search(query: string, options: { limit: number }): Promise<Result> }

const page = 20;
const root = new URL(document.documentElement.dataset.root ?? "./", location.href).href;
const form = document.querySelector<HTMLFormElement>("[data-ask]")!;
const box = document.querySelector<HTMLInputElement>("[data-search]")!;
const status = document.querySelector<HTMLElement>("[data-status]")!;
const notes = document.querySelector<HTMLElement>("[data-notes]")!;
const list = document.querySelector<HTMLElement>("[data-hits]")!;
const more = document.querySelector<HTMLButtonElement>("[data-more]")!;

let opened: Promise<Search> | undefined;
let asked = 0; // answers to older questions are dropped
let limit = page;

function open(): Promise<Search> {
  opened ??= import(root + "search/client.js").then((client) => client.open(root, { fetch: fetch.bind(globalThis) }));
  return opened;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string, ...content: (Node | string)[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(name);
  if (className) e.className = className;
  e.append(...content);
  return e;
}

function marked(parts: Part[]): (Node | string)[] {
  return parts.map((part) => (part.hit ? element("mark", "", part.text) : part.text));
}

function link(href: string, ...content: (Node | string)[]): HTMLAnchorElement {
  const a = element("a", "", ...content);
  a.href = href;
  return a;
}

function placeOf(hit: Hit, anchor: string): string {
  return root + hit.url + (anchor ? "#" + encodeURIComponent(anchor) : "");
}

// factsOf is a line: when, where, how bad and how long.
function factsOf(hit: Hit): HTMLElement {
  const where = hit.organization ?? hit.services.join(", ");
  const known = [hit.date, where, hit.severity, hit.lasted && `lasted ${hit.lasted}`].filter((fact): fact is string => !!fact);
  return element("p", "facts", ...known.map((fact) => element("span", "", fact)));
}

// endsOf lists what restored service and what was wrongly suspected.
function endsOf(hit: Hit): HTMLElement[] {
  const list = element("dl", "ends");
  const add = (name: string, ...content: (Node | string)[]) => list.append(element("div", "", element("dt", "", name), element("dd", "", ...content)));
  if (hit.restored) {
    const { mitigation, source, text } = hit.restored;
    const remedy = mitigation ? [element("span", source === "suggested" ? "tag mitigation suggested" : "tag mitigation", mitigation), source === "suggested" ? element("span", "by", " suggested") : "", " "] : [];
    add("Restored by", ...remedy, text ?? "");
  }
  if (hit.wrong_turn) add("Wrongly suspected", hit.wrong_turn.anchor ? link(placeOf(hit, hit.wrong_turn.anchor), hit.wrong_turn.text) : hit.wrong_turn.text);
  return list.firstChild ? [list] : [];
}

function reasonOf(reason: Reason): (Node | string)[] {
  if (reason.kind === "tag") return [`${reason.tag} `, element("span", `word ${reason.tag}`, reason.text)];
  return reason.kind === "spelling" ? [element("mark", "", reason.text), ` for “${reason.asked}”`] : [element("mark", "", reason.text)];
}

function whyOf(hit: Hit): HTMLElement[] {
  if (hit.why.length === 0) return [];
  return [element("p", "why", "Matches ", ...hit.why.flatMap((reason, i) => [i > 0 ? ", " : "", ...reasonOf(reason)]))];
}

function passageOf(hit: Hit, passage: Passage): HTMLElement {
  const p = element("p", "passage");
  if (passage.heading) p.append(link(placeOf(hit, passage.anchor), passage.heading));
  p.append(...marked(passage.parts));
  return p;
}

function hitOf(hit: Hit): HTMLElement {
  const title = link(root + hit.url, ...(hit.parts ? marked(hit.parts) : [hit.title]));
  title.dataset.hit = "";
  return element("li", "hit", element("h2", "", title), factsOf(hit), ...endsOf(hit), ...hit.passages.map((passage) => passageOf(hit, passage)), ...whyOf(hit));
}

function say(query: string, result: Result): string {
  if (result.total === 0) return `No incident matches “${query}”. Fewer or other words may find more; the lists in the menu show everything.`;
  return `${result.total.toLocaleString("en")} ${result.total === 1 ? "incident" : "incidents"} for “${query}”`;
}

function clear(text: string): void {
  list.replaceChildren();
  notes.replaceChildren();
  more.hidden = true;
  status.textContent = text;
}

async function ask(): Promise<void> {
  const query = box.value.trim();
  const question = ++asked;
  if (!query) return clear("");
  try {
    if (!list.firstChild && !status.textContent) status.textContent = "Searching…";
    const result = await (await open()).search(query, { limit });
    if (question === asked) show(query, result);
  } catch (error) {
    opened = undefined; // the next question tries again
    if (question === asked) clear(`The search index could not be read (${error instanceof Error ? error.message : error}). Type to try again, or use the lists in the menu.`);
  }
}

function show(query: string, result: Result): void {
  list.replaceChildren(...result.hits.map(hitOf));
  notes.replaceChildren(...result.notes.map((note) => element("li", "", note)));
  more.hidden = result.hits.length >= result.total;
  status.textContent = say(query, result);
}

function remember(push: boolean): void {
  const url = new URL(location.href);
  const query = box.value.trim();
  if (query) url.searchParams.set("q", query);
  else url.searchParams.delete("q");
  if (url.href !== location.href) history[push ? "pushState" : "replaceState"](null, "", url);
}

function recall(): void {
  box.value = new URL(location.href).searchParams.get("q") ?? "";
  limit = page;
  void ask();
}

// Arrows move between the box and the results.
function move(event: KeyboardEvent): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  const stops: HTMLElement[] = [box, ...list.querySelectorAll<HTMLElement>("[data-hit]")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
}

box.addEventListener("input", () => {
  limit = page;
  remember(false);
  void ask();
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  remember(true);
  await ask();
  list.querySelector<HTMLElement>("[data-hit]")?.focus();
});
more.addEventListener("click", async () => {
  const shown = list.children.length;
  limit += page;
  await ask();
  list.children[shown]?.querySelector<HTMLElement>("[data-hit]")?.focus();
});
document.addEventListener("keydown", move);
addEventListener("popstate", recall);
recall();
