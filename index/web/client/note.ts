// What an answer says about its query: the mirror of note.go in package index.

import { fold, foldValue } from "./fold";
import { clip } from "./lex";
import { type Section, Text } from "./passage";
import { quoted, type Planner, type Spelling } from "./plan";
import type { Clause } from "./query";
import { editsBetween } from "./spelling";

// Shown is what a hit consists of.
export interface Shown {
  title: string;
  sections: Section[];
}

export function spellingNotes(spelled: Spelling[], hits: Shown[]): string[] {
  return spelled.map((s) => `no incident has “${clip(s.text)}”; “${asWritten(s.term, hits)}” is searched for instead`);
}

function asWritten(term: string, hits: Shown[]): string {
  for (const { title, sections } of hits) {
    for (const text of [new Text(title), ...sections.flatMap((s) => s.passages)]) {
      const token = text.words.find((t) => t.term === term);
      if (token) {
        return text.text.slice(token.start, token.end);
      }
    }
  }
  return term;
}

// missing says of every value that no incident has which one is nearest to it.
export async function missing(missed: Clause[], planner: Planner): Promise<string[]> {
  const notes: string[] = [];
  for (const c of missed) {
    notes.push(quoted(c) + " is a value that no incident has" + instead(foldValue(c.text), await planner.values(c.field)));
  }
  return notes;
}

const fewValues = 3;

function instead(asked: string, values: string[]): string {
  const near = nearestValue(asked, values);
  if (near) {
    return "; the nearest is “" + near + "”";
  }
  if (values.length === 0) {
    return "; none says what it is";
  }
  const more = values.length - fewValues;
  return "; there are “" + values.slice(0, fewValues).join("”, “") + "”" + (more > 0 ? ` and ${more} more` : "");
}

const comparedValue = 40;
const heldValue = 1000;

// nearestValue returns the value that is fewest edits away from a folded one, at most half
// of its letters and one more, one that holds it before all others, and the first of
// equals; "" where none is near.
export function nearestValue(asked: string, values: string[]): string {
  const letters = Array.from(asked).slice(0, comparedValue);
  let best = "";
  let least = Math.min(letters.length, Math.floor(letters.length / 2) + 2);
  for (const value of values) {
    const folded = fold(value);
    const held = folded.indexOf(asked) >= 0 ? heldValue : 0;
    const others = Array.from(folded).slice(0, comparedValue);
    if (Math.abs(letters.length - others.length) - held >= least) {
      continue;
    }
    const edits = editsBetween(letters, others) - held;
    if (edits < least) {
      best = value;
      least = edits;
    }
  }
  return best;
}
