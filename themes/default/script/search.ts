// The search page as far as its first hits need it: the box, the address, the hits. The
// client and the index are static files of the site. All else is in refine.ts, which is
// fetched once there are hits, or when it is asked for.

import { facets, hueOf, readAddress, without, writeAddress } from "./search/address";
import type { Desk, Filter, Question, Refined, Result, Search } from "./search/contract";
import { button, counted, element, part } from "./search/element";
import { hitOf } from "./search/hit";
import { once } from "./search/once";

const page = 10;
const lead = 3; // hits of a first answer, whose passages are all that it has to fetch
const pause = 800; // ms of quiet before the answer is read out
const root = new URL(document.documentElement.dataset.root ?? "./", location.href).href;
const form = part<HTMLFormElement>("data-ask");
const box = part<HTMLInputElement>("data-search");
const status = part("data-status");
const spoken = part("data-spoken");
const tools = part("data-tools");
const order = part<HTMLSelectElement>("data-sort");
const chosen = part("data-chosen");
const refine = part<HTMLDetailsElement>("data-refine");
const notes = part("data-notes");
const list = part("data-hits");
const more = part<HTMLButtonElement>("data-more");
const start = part("data-start");
const browse = part("data-browse");
const wide = matchMedia("(min-width: 64rem)");
const named = document.title;

let question = readAddress(location.href);
let number = 0; // of the question; answers to older ones are dropped
let limit = page;
let labels = new Map<string, string>(); // of filters, as far as they are known
let silence = 0;
let kept = ""; // the address that the history has a step for

let search = once(openClient);

async function openClient(again: string): Promise<Search> {
  const client = await import(root + "search/client.js" + again);
  return client.open(root, { fetch: fetch.bind(globalThis) });
}

const desk: Desk = { root, box, search: () => search(), asked: () => question, put, labelOf, call, say };

const later = once(async (again): Promise<Refined> => {
  const script = await import(new URL(document.querySelector<HTMLMetaElement>("meta[name=refine]")!.content, location.href).href + again);
  return script.refine(desk);
});

// withRefined does what the second script is for, where it can be had.
function withRefined(act: (script: Refined) => void): void {
  later().then(act, () => say("A part of this page could not be loaded. Try again."));
}

function say(text: string): void {
  status.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => (spoken.textContent = text), pause);
}

// brief is a query that fits a line; one made of an alert is long.
function brief(query: string): string {
  return query.length > 80 ? query.slice(0, 80).trimEnd() + "…" : query;
}

function summary(asked: Question, result: Result): string {
  const within = asked.within.length ? ` with ${counted(asked.within.length, "filter")}` : "";
  const words = asked.query ? ` for “${brief(asked.query)}”` : "";
  return result.total === 0 ? `No incident${words}${within}` : counted(result.total, "incident") + words + within;
}

function labelOf(filter: Filter): string {
  return labels.get(filter.join()) ?? filter[1].replace(/-/g, " ");
}

function chipOf(filter: Filter): HTMLElement {
  const [name] = filter;
  const remove = () => {
    put(without(question, filter), true);
    (chosen.querySelector("button") ?? status).focus();
  };
  return element("li", "", button(`chip tag ${hueOf(name)}`, remove, element("span", "hush", "Remove "), `${facets[name]}: `, element("b", "", labelOf(filter)), " ×"));
}

function showChosen(): void {
  const chips = question.within.map(chipOf);
  if (chips.length > 1) chips.push(element("li", "", button("plain", () => put({ ...question, within: [] }, true), "Clear all")));
  chosen.replaceChildren(...chips);
}

// call says what people call the values of filters.
function call(names: [Filter, string][]): void {
  const before = question.within.map(labelOf).join();
  labels = new Map([...labels, ...names.map(([filter, label]): [string, string] => [filter.join(), label])]);
  if (question.within.map(labelOf).join() !== before) showChosen();
}

// blank leaves nothing of an answer but a line.
function blank(text: string): void {
  for (const e of [list, notes]) e.replaceChildren();
  for (const e of [more, tools, refine]) e.hidden = true;
  say(text);
}

async function ask(): Promise<void> {
  const asked = question;
  const mine = ++number;
  const empty = !asked.query && !asked.within.length;
  start.hidden = !empty;
  browse.hidden = !empty;
  delete browse.dataset.pending;
  showChosen();
  if (empty) return blank("");
  try {
    if (!list.firstChild && !status.textContent) status.textContent = "Searching…";
    const engine = await search();
    const answer = (limit: number) => engine.search(asked.query, { limit, sort: asked.sort, within: asked.within });
    let result = await answer(list.firstChild ? limit : lead);
    if (mine !== number) return;
    show(asked, result, 0);
    if (result.hits.length < Math.min(result.total, limit)) {
      result = await answer(limit);
      if (mine !== number) return;
      show(asked, result, list.children.length);
    }
    await follow(asked, result);
  } catch (error) {
    search = once(openClient); // the next question tries again
    if (mine !== number) return;
    blank(`The search index could not be read (${error instanceof Error ? error.message : error}). Type to try again, or use the lists below.`);
    browse.hidden = false;
  }
}

// show shows an answer of which so many hits stand there already.
function show(asked: Question, result: Result, shown: number): void {
  if (shown === 0) list.replaceChildren();
  list.append(...result.hits.slice(shown).map((hit) => hitOf(root, hit)));
  notes.replaceChildren(...result.notes.map((note) => element("li", "", note)));
  more.hidden = result.hits.length >= result.total;
  tools.hidden = result.total === 0;
  refine.hidden = result.total === 0 && !asked.within.length;
  say(summary(asked, result));
}

// follow has the second script add to an answer. The lists come last, so that they do not
// move.
async function follow(asked: Question, result: Result): Promise<void> {
  await later().then((script) => script.answered(asked, result)).catch(() => {}); // hits are worth more
  if (asked === question) browse.hidden = result.total > 0;
}

// put asks a question and writes it into the address.
function put(next: Question, lasting: boolean): void {
  question = next;
  limit = page;
  const address = writeAddress(location.href, question);
  if (address !== location.href) history[lasting ? "pushState" : "replaceState"](null, "", address);
  display();
}

// display shows what is asked, and asks it.
function display(): Promise<void> {
  if (box.value.trim() !== question.query) box.value = question.query;
  order.value = question.sort;
  document.title = question.query ? `${brief(question.query)} · ${named}` : named;
  return ask();
}

function focusHit(at: number): void {
  list.children[at]?.querySelector<HTMLElement>("[data-hit]")?.focus();
}

// Arrows move between the box and the hits, Escape goes back to the box.
function move(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const stops: HTMLElement[] = [box, ...list.querySelectorAll<HTMLElement>("[data-hit]")];
  const focused = document.activeElement as HTMLElement;
  if (event.key === "Escape" && (list.contains(focused) || refine.contains(focused))) return box.select();
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const at = stops.indexOf(focused);
  if (!step || at < 0) return;
  event.preventDefault();
  stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
}

// remember keeps a query that somebody stayed with.
function remember(): void {
  const { query } = question;
  if (query) withRefined((script) => script.remember(query));
}

function unfold(): void {
  refine.open = wide.matches;
}

function storedAnything(): boolean {
  try {
    return localStorage.getItem("searches") !== null;
  } catch {
    return false;
  }
}

box.addEventListener("input", () => put({ ...question, query: box.value.trim() }, false));
box.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!text.trim().includes("\n")) return;
  event.preventDefault();
  withRefined((script) => script.read(text));
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  remember();
  if (kept !== location.href) history.pushState(null, "", (kept = location.href));
  await ask();
  focusHit(0);
});
more.addEventListener("click", async () => {
  const shown = list.children.length;
  limit += page;
  await ask();
  focusHit(shown);
});
order.addEventListener("change", () => put({ ...question, sort: order.value }, true));
list.addEventListener("click", remember);
tools.addEventListener("click", ({ target }) => {
  const form = (target as HTMLElement).dataset.save;
  if (form) withRefined((script) => script.save(form));
});
part("data-paste").addEventListener("toggle", () => void later().catch(() => {}));
document.addEventListener("keydown", move);
addEventListener("popstate", () => {
  question = readAddress(location.href);
  limit = page;
  void display();
});
wide.addEventListener("change", unfold);
unfold();
void display();
search().catch(() => {}); // the first question says so
if (!start.hidden && storedAnything()) withRefined((script) => script.start());
