// Misspelled words: the mirror of spelling.go and dictionary.go in package index, which
// are read beside this file.

import { forms } from "./expand";
import { fold } from "./fold";
import { comparePoints, type Terms } from "./postings";
import { type Clause, plain } from "./query";
import { tokens } from "./tokens";

const shortWord = 5;
const longWord = 8;
const rightLetters = 2;
const tooFar = 3;

// Candidate is a term that may stand for a word, so many edits away from it, that count
// documents have.
export interface Candidate {
  term: string;
  edits: number;
  count: number;
}

export function isSpelled(c: Clause): boolean {
  if (c.kind !== plain || c.field !== "") {
    return false;
  }
  const w = c.words[0];
  return w.parts.length === 0 && w.divisions.length === 0 && allowedEdits(typed(c)) > 0 && !/[0-9]/.test(w.whole);
}

// typed returns the word of the clause as it was typed, folded.
export function typed(c: Clause): string {
  const t = tokens(c.text)[0];
  return fold(c.text.slice(t.start, t.end));
}

export function allowedEdits(term: string): number {
  const letters = Array.from(term).length;
  return letters >= longWord ? 2 : letters >= shortWord ? 1 : 0;
}

// nearest returns the term that a misspelled word stands for, "" for none.
export async function nearest(word: string, term: string, terms: Terms): Promise<string> {
  const all = await terms.startingWith("", Array.from(term).slice(0, rightLetters).join(""));
  for (const c of all) {
    c.edits = misspelled(word, term, c.term);
  }
  const found = all.filter((c) => c.edits < tooFar).sort(foremost);
  return found.length > 0 ? found[0].term : "";
}

function misspelled(word: string, term: string, meant: string): number {
  const edits = [allowed(word, meant), allowed(term, meant)];
  if (Array.from(word).length >= longWord && word.startsWith(meant.slice(0, -1))) {
    edits.push(...forms(meant).map((form) => allowed(word, form)));
  }
  return Math.min(...edits);
}

function allowed(word: string, other: string): number {
  const edits = distance(Array.from(word), Array.from(other));
  return edits <= allowedEdits(word) ? edits : tooFar;
}

// near returns the terms behind the key that begin with the same letters and are so many
// edits away from a term at most, in order.
export async function near(terms: Terms, key: string, term: string, edits: number): Promise<Candidate[]> {
  const letters = Array.from(term);
  const found = await terms.startingWith(key, letters.slice(0, rightLetters).join(""));
  for (const c of found) {
    c.edits = distance(letters, Array.from(c.term));
  }
  return found.filter((c) => c.edits <= edits);
}

export function foremost(a: Candidate, b: Candidate): number {
  return a.edits - b.edits || b.count - a.count || comparePoints(a.term, b.term);
}

export function distance(a: string[], b: string[]): number {
  return Math.abs(a.length - b.length) > 2 ? tooFar : editsBetween(a, b);
}

export function editsBetween(a: string[], b: string[]): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.length];
}
