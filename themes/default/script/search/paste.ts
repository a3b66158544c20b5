// A pasted alert, log or stack trace. It stays in this browser: the address holds the
// query that it was read as, not what was pasted, which may be secret.

import type { Desk, Reading } from "./contract";
import { element, part } from "./element";
import { once } from "./once";

export class Paste {
  private readonly details = part<HTMLDetailsElement>("data-paste");
  private readonly area = part<HTMLTextAreaElement>("data-pasted");
  private readonly understood = part("data-reading");
  private readonly reader: () => Promise<{ read(text: string): Reading }>;

  constructor(private readonly desk: Desk) {
    this.reader = once((again) => import(desk.root + "search/alert.js" + again));
    this.area.addEventListener("input", () => this.read());
    desk.box.addEventListener("input", () => this.understood.replaceChildren());
    if (this.area.value) void this.read();
  }

  // open shows a text in the box of several lines and reads it.
  open(text: string): void {
    this.details.open = true;
    this.area.value = text;
    this.area.focus();
    void this.read();
  }

  private async read(): Promise<void> {
    const text = this.area.value;
    try {
      const { read } = await this.reader();
      if (text !== this.area.value) return;
      const reading = read(text);
      this.desk.put({ ...this.desk.asked(), query: reading.query }, false);
      this.understood.replaceChildren(...(text.trim() ? linesOf(reading) : []));
    } catch {
      this.understood.replaceChildren(element("p", "", "The reader of alerts could not be loaded. Type to try again."));
    }
  }
}

// linesOf says what was recognized, what is searched for and what was left out.
function linesOf(reading: Reading): HTMLElement[] {
  const list = element("dl", "ends");
  const add = (name: string, lines: HTMLElement[]) => lines.length && list.append(element("div", "", element("dt", "", name), element("dd", "", ...lines)));
  add("Recognized", reading.kinds.length ? [element("p", "", reading.kinds.join(", "))] : []);
  add("Searched for", soughtOf(reading));
  add("Left out", reading.left.length ? [element("p", "", ...between("; ", reading.left.map(omitted)))] : []);
  const nothing = reading.query ? [] : [element("p", "", "Nothing in this is worth searching for. Describe in words what fails.")];
  return [...nothing, list, ...reading.notes.map((note) => element("p", "aside", note))];
}

// soughtOf is a line for each place that words stood in.
function soughtOf(reading: Reading): HTMLElement[] {
  const places = new Map<string, HTMLElement[]>();
  for (const { text, phrase, why } of reading.sought) places.set(why, [...(places.get(why) ?? []), element("mark", "", phrase ? `“${text}”` : text)]);
  return [...places].map(([why, words]) => element("p", "", ...between(" ", words), element("span", "aside", why && ` ${why}`)));
}

function omitted({ what, count, examples }: Reading["left"][number]): HTMLElement {
  const all = count > 1 ? ` (${count.toLocaleString("en")})` : "";
  return element("span", "", what + all, element("span", "aside", ` ${examples.join(", ")}${count > examples.length ? " …" : ""}`));
}

function between(mark: string, parts: HTMLElement[]): (Node | string)[] {
  return parts.flatMap((e, i) => (i > 0 ? [mark, e] : [e]));
}
