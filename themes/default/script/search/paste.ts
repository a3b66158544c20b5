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
  const lines: HTMLElement[] = [];
  const list = element("dl", "ends");
  const add = (name: string, content: (Node | string)[]) => content.length && list.append(element("div", "", element("dt", "", name), element("dd", "", ...content)));
  add("Recognized", reading.kinds.length ? [reading.kinds.join(", ")] : []);
  add("Searched for", separated(reading.sought.map((sought) => element("span", "", element("mark", "", sought.phrase ? `“${sought.text}”` : sought.text), ...(sought.why ? [element("span", "aside", ` ${sought.why}`)] : [])))));
  add("Left out", separated(reading.left.map(({ what, count, first }) => element("span", "", what, element("span", "aside", ` ${count.toLocaleString("en")}, ${first}`)))));
  if (!reading.query) lines.push(element("p", "", "Nothing in this is worth searching for. Describe in words what fails."));
  return [...lines, list, ...reading.notes.map((note) => element("p", "aside", note))];
}

function separated(parts: HTMLElement[]): (Node | string)[] {
  return parts.flatMap((e, i) => (i > 0 ? [", ", e] : [e]));
}
