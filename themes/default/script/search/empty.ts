// What may help where nothing is found: the question with less in it, and how many
// incidents answer that.

import { facets, without } from "./address";
import type { Desk, Question } from "./contract";
import { button, counted, element, part } from "./element";

interface Way { says: string; question: Question }

const most = 5; // ways that are tried

// waysOf are the questions that ask less: without a filter, without the field or the
// signs of a query.
function waysOf(desk: Desk, question: Question): Way[] {
  const ways: Way[] = question.within.map((filter) => ({ says: `Without the filter ${facets[filter[0]]}: ${desk.labelOf(filter)}`, question: without(question, filter) }));
  if (question.within.length > 1) ways.push({ says: "Without any filter", question: { ...question, within: [] } });
  const words = wordsOf(question.query);
  if (words && words !== question.query) ways.push({ says: `The words alone: ${words}`, question: { ...question, query: words } });
  return ways.slice(0, most);
}

// wordsOf leaves out of a query what is not words.
function wordsOf(query: string): string {
  return query.replace(/(^|[\s(])[-+]?[a-z]+:(?=\S)(?!\/\/)/gi, "$1").replace(/(^|\s)OR(?=\s)/g, " ").replace(/(^|[\s(])[-+]+/g, "$1").replace(/["()“”*]|~\d?(?=\s|$)|[<>]=?/g, " ").replace(/\s+/g, " ").trim();
}

// suggest lists the ways that lead to an incident, while the question stands.
export async function suggest(desk: Desk, question: Question): Promise<void> {
  const place = part("data-notes");
  const search = await desk.search();
  for (const { says, question: other } of waysOf(desk, question)) {
    if (!other.query && !other.within.length) continue;
    const { total } = await search.search(other.query, { limit: 0, passages: false, within: other.within });
    if (desk.asked() !== question) return;
    if (total > 0) place.append(element("li", "", button("plain", () => desk.put(other, true), says), ` finds ${counted(total, "incident")}.`));
  }
}
