// The facets: what the hits are, counted, and what they are narrowed by. One that is not
// open is not counted, as counting reads pieces of the index.

import { facets, hueOf } from "./address";
import type { Desk, Facet, FacetValue, Filter, Question } from "./contract";
import { button, counted, element, part } from "./element";

const usuallyOpen = ["cause", "service", "year"];
const most = 8; // values shown before somebody asks for all
const unread = "The counts could not be read from the search index.";

interface Drawer { name: string; details: HTMLDetailsElement; body: HTMLElement; all: boolean; facet?: Facet }

export class Facets {
  private readonly place = part<HTMLDetailsElement>("data-refine");
  private readonly drawers: Drawer[];
  private question?: Question;

  constructor(private readonly desk: Desk) {
    this.drawers = Object.entries(facets).map(([name, label]) => this.drawer(name, label));
    this.place.addEventListener("toggle", () => this.count());
  }

  // answered counts what has been found.
  answered(question: Question): void {
    this.question = question;
    for (const [name] of question.within) this.of(name).details.open ||= this.of(name).facet === undefined;
    void this.count();
  }

  private of(name: string): Drawer {
    return this.drawers.find((drawer) => drawer.name === name)!;
  }

  private drawer(name: string, label: string): Drawer {
    const body = element("fieldset", "", element("legend", "hush", label));
    const details = element("details", "facet", element("summary", "", element("span", hueOf(name), label)), body);
    const drawer: Drawer = { name, details, body, all: false };
    details.open = usuallyOpen.includes(name);
    details.addEventListener("toggle", () => details.open && !drawer.facet && this.count());
    return drawer;
  }

  // count asks for what is open. An answer that is late is dropped.
  private async count(): Promise<void> {
    const { question } = this;
    const open = this.drawers.filter((drawer) => drawer.details.open);
    if (!question || !this.place.open) return;
    const names = open.map((drawer) => drawer.name);
    try {
      const result = await (await this.desk.search()).search(question.query, { limit: 0, passages: false, within: question.within, facets: names });
      if (question !== this.question) return;
      this.show(result.facets);
      for (const drawer of open) if (!drawer.facet) drawer.body.replaceChildren(drawer.body.firstElementChild!, element("p", "aside", unread));
    } catch {
      part("data-facets").replaceChildren(element("p", "aside", unread));
    }
  }

  private show(counts: Facet[]): void {
    for (const drawer of this.drawers) drawer.facet = counts.find((facet) => facet.name === drawer.name);
    const focused = document.activeElement as HTMLElement | null;
    for (const drawer of this.drawers) this.fill(drawer);
    if (!this.drawers[0].details.isConnected) part("data-facets").replaceChildren(...this.drawers.map((drawer) => drawer.details));
    this.refocus(focused);
    this.desk.call(counts.flatMap((facet) => facet.values.map(({ value, label }): [Filter, string] => [[facet.name, value], label])));
  }

  private fill(drawer: Drawer): void {
    const { body, facet, all } = drawer;
    if (!facet) return;
    const shown = facet.values.filter((value, i) => all || i < most || value.chosen);
    const list = element("ul", "", ...shown.map((value) => element("li", "", this.choice(facet.name, value))));
    body.replaceChildren(body.firstElementChild!, list, ...this.rest(drawer, facet.values.length - shown.length, facet.more));
  }

  // rest says what is not listed.
  private rest(drawer: Drawer, hidden: number, uncounted: number): HTMLElement[] {
    if (hidden > 0) {
      const open = button("plain", () => {
        drawer.all = true;
        this.fill(drawer);
        drawer.body.querySelectorAll("input")[most]?.focus();
      }, `${hidden.toLocaleString("en")} more`);
      return [open];
    }
    if (uncounted > 0) return [element("p", "aside", `${counted(uncounted, "rarer one")} not counted; name one in the query.`)];
    return drawer.facet?.values.length ? [] : [element("p", "aside", "None of these incidents says.")];
  }

  private choice(name: string, { value, label, count, chosen }: FacetValue): HTMLElement {
    const box = element("input", "");
    box.type = "checkbox";
    box.checked = chosen;
    box.value = value;
    box.name = name;
    box.addEventListener("change", () => this.choose([name, value], box.checked));
    return element("label", hueOf(name), box, element("span", "label", label), element("span", "n", count.toLocaleString("en")));
  }

  // choose adds or removes a filter. With it go those of the facet that the list has by
  // another name, as one of them may be why the box is checked.
  private choose(filter: Filter, on: boolean): void {
    const question = this.desk.asked();
    const listed = this.of(filter[0]).facet?.values.map(({ value }) => value) ?? [];
    const others = question.within.filter(([name, value]) => name !== filter[0] || (value !== filter[1] && (on || listed.includes(value))));
    this.desk.put({ ...question, within: on ? [...others, filter] : others }, true);
  }

  // refocus goes back to the box that had the focus before it was made anew.
  private refocus(focused: HTMLElement | null): void {
    if (!(focused instanceof HTMLInputElement) || focused.isConnected || !focused.name) return;
    const boxes = this.of(focused.name)?.body.querySelectorAll("input") ?? [];
    [...boxes].find((box) => box.value === focused.value)?.focus();
  }
}
