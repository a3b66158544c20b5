// The page's address: the query as q, each filter under its facet's name, and the order.
// It says all that is asked, so that it can be kept, shared and gone back to.

import type { Filter, Question } from "./contract";

// facets are those that incidents can be narrowed by, with what people call them.
export const facets: Record<string, string> = {
  trigger: "Trigger", cause: "Cause", factor: "Factor", service: "Service", tech: "Technology", org: "Organization",
  severity: "Severity", year: "Year", by: "Who tagged it", lasted: "How long it lasted",
};

// hueOf is the class that gives a facet the color of its dimension, "" where it has none.
export function hueOf(name: string): string {
  return /^(trigger|cause|factor)$/.test(name) ? name : "";
}

const usual = "relevance";
const sorts = [usual, "newest", "oldest", "longest", "shortest"];

export function readAddress(address: string): Question {
  const said = new URL(address).searchParams;
  const within = Object.keys(facets).flatMap((name) => [...new Set(said.getAll(name))].map((value): Filter => [name, value]));
  const sort = said.get("sort") ?? "";
  return { query: (said.get("q") ?? "").trim(), within, sort: sorts.includes(sort) ? sort : usual };
}

// writeAddress leaves what it does not know as it is.
export function writeAddress(address: string, question: Question): string {
  const url = new URL(address);
  for (const name of ["q", "sort", ...Object.keys(facets)]) url.searchParams.delete(name);
  if (question.query) url.searchParams.set("q", question.query);
  for (const [name, value] of question.within) url.searchParams.append(name, value);
  if (question.sort !== usual) url.searchParams.set("sort", question.sort);
  return url.href;
}

// without is the question without one of its filters.
export function without(question: Question, [name, value]: Filter): Question {
  return { ...question, within: question.within.filter((f) => f[0] !== name || f[1] !== value) };
}
