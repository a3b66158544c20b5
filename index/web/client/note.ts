// What an answer says about its query: the mirror of note.go in package index.

import { decode } from "./bytes";
import { fold, foldValue } from "./fold";
import { clip } from "./lex";
import { type Section, Text } from "./passage";
import { quoted, type Planner, type Spelling } from "./plan";
import type { Store } from "./pieces";
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
export async function missing(missed: Clause[], planner: Planner, store: Store, ready: (text: string) => Promise<void>): Promise<string[]> {
  const notes: string[] = [];
  for (const c of missed) {
    const { values } = await planner.directory();
    const list = await store.piece(values[c.field], "V", decode);
    await ready(list);
    const value = nearestValue(foldValue(c.text), JSON.parse(list) as string[]);
    notes.push(quoted(c) + " is a value that no incident has" + (value && "; the nearest is “" + value + "”"));
  }
  return notes;
}

const comparedValue = 40;
const heldValue = 1000;

// nearestValue returns the value that is fewest edits away from a folded one, one that
// holds it before all others, and the first of equals.
export function nearestValue(asked: string, values: string[]): string {
  let best = "";
  let least = 2 * comparedValue;
  const letters = Array.from(asked).slice(0, comparedValue);
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
