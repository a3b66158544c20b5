// What an incident has of the fields that a query names: the mirror of trait.go in package
// index, which is read beside this file.

import { otherNamesOf, readFacts, tagsOf } from "./fact";
import { foldValue } from "./fold";
import type { Step } from "./plan";
import { choice, group, mustNot } from "./query";
import { tokens } from "./tokens";

// Words are those of the vocabulary: of each term field:id, label, definition, aliases and
// former ids.
export type Words = string[][];

// Trait is a value that a query asks for and an incident has: folded, "" of a range.
export interface Trait {
  field: string;
  value: string;
}

// asking lists the steps that ask for values and ranges.
export function asking(steps: Step[], asks: (s: Step) => boolean): Step[] {
  const list: Step[] = [];
  for (const s of steps.filter((s) => s.occur !== mustNot)) {
    if (s.kind === group || s.kind === choice) {
      list.push(...asking(s.steps, asks));
    } else if (asks(s)) {
      list.push(s);
    }
  }
  return list;
}

// Named is what traits are read from: a hit's id and date, and its list of facts.
export interface Named {
  id: string;
  date: string | null;
  facts: string[];
}

// worded is a trait as people read it: what the incident calls it.
export async function worded(of: Named, t: Trait, vocabulary: () => Promise<Words>): Promise<string> {
  const facts = readFacts(of.facts);
  switch (t.field) {
    case "date":
      return of.date || "";
    case "duration":
      return facts.lasted || "";
    case "severity":
      return facts.severity || "";
    case "id":
      return of.id;
    case "org":
      return facts.organization || "";
    case "service":
      return nameOf(facts.services, t.value);
    case "tech":
    case "team":
    case "tag":
      return nameOf(otherNamesOf(of.facts), t.value);
  }
  return labelOf(tagsOf(of.facts), t, await vocabulary()) || t.value;
}

// nameOf returns the first of the names that is the folded value, else the first with its
// words, else the value: one that stands for another.
function nameOf(names: string[], value: string): string {
  const same = names.filter((name) => foldValue(name) === value);
  return [...same, ...names.filter((name) => hasWords(name, value)), value][0];
}

// hasWords reports whether a name has the term, or all terms of a folded value.
function hasWords(name: string, value: string): boolean {
  const terms = new Set(tokens(name).map((t) => t.term));
  const asked = tokens(value);
  return terms.has(value) || (asked.length > 0 && asked.every((t) => terms.has(t.term)));
}

// labelOf returns the label of the first of the tags that has the trait, "" for none.
function labelOf(tags: string[], t: Trait, words: Words): string {
  for (const place of tags) {
    const given = place.replace("~", "");
    const [name, label = "", , ...others] = words[Number(given)];
    const [field] = name.split(":", 1);
    const id = name.slice(field.length + 1);
    const named = given !== place && t.field === "suggested" ? t.field : field;
    if (named === t.field && [id, label, ...others].some((name) => foldValue(name) === t.value)) {
      return label || id;
    }
  }
  return "";
}
