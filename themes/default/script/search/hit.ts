// A hit as it is shown.

import type { Hit, Part, Passage, Reason } from "./contract";
import { element, link } from "./element";

function marked(parts: Part[]): (Node | string)[] {
  return parts.map((part) => (part.hit ? element("mark", "", part.text) : part.text));
}

function placeOf(root: string, hit: Hit, anchor: string): string {
  return root + hit.url + (anchor ? "#" + encodeURIComponent(anchor) : "");
}

// factsOf is a line: when, where, how bad and how long.
function factsOf(hit: Hit): HTMLElement {
  const where = hit.organization ?? hit.services.join(", ");
  const known = [hit.date, where, hit.severity, hit.lasted && `lasted ${hit.lasted}`].filter((fact): fact is string => !!fact);
  return element("p", "facts", ...known.map((fact) => element("span", "", fact)));
}

// endsOf lists what restored service and what was wrongly suspected.
function endsOf(root: string, hit: Hit): HTMLElement[] {
  const list = element("dl", "ends");
  const add = (name: string, ...content: (Node | string)[]) => list.append(element("div", "", element("dt", "", name), element("dd", "", ...content)));
  if (hit.restored) {
    const { mitigation, source, text } = hit.restored;
    const remedy = mitigation ? [element("span", source === "suggested" ? "tag mitigation suggested" : "tag mitigation", mitigation), source === "suggested" ? element("span", "by", " suggested") : "", " "] : [];
    add("Restored by", ...remedy, text ?? "");
  }
  if (hit.wrong_turn) add("Wrongly suspected", hit.wrong_turn.anchor ? link(placeOf(root, hit, hit.wrong_turn.anchor), hit.wrong_turn.text) : hit.wrong_turn.text);
  return list.firstChild ? [list] : [];
}

function reasonOf({ kind, text, asked, tag }: Reason): (Node | string)[] {
  if (kind === "field") return [`${tag} `, element("mark", "", text)];
  if (tag) return [`${tag} `, element("span", `word ${tag}`, text)];
  return asked ? [element("mark", "", text), ` for “${asked}”`] : [element("mark", "", text)];
}

function whyOf(hit: Hit): HTMLElement[] {
  if (hit.why.length === 0) return [];
  return [element("p", "why", "Matches ", ...hit.why.flatMap((reason, i) => [i > 0 ? ", " : "", ...reasonOf(reason)]))];
}

function passageOf(root: string, hit: Hit, passage: Passage): HTMLElement {
  const p = element("p", "passage");
  if (passage.heading) p.append(link(placeOf(root, hit, passage.anchor), passage.heading));
  p.append(...marked(passage.parts));
  return p;
}

export function hitOf(root: string, hit: Hit): HTMLElement {
  const title = link(root + hit.url, ...(hit.parts ? marked(hit.parts) : [hit.title]));
  title.dataset.hit = "";
  return element("li", "hit", element("h2", "", title), factsOf(hit), ...endsOf(root, hit), ...hit.passages.map((passage) => passageOf(root, hit, passage)), ...whyOf(hit));
}
