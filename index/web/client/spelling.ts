// Misspelled words: the mirror of spelling.go in package index, which is read beside
// this file.

import type { Terms } from "./postings";
import { type Clause, plain, should } from "./query";

const shortWord = 5;
const longWord = 8;
const rightLetters = 2;

// spell replaces words that no incident has by the term that was most likely meant.
// The clauses' own terms must have been fetched; those put in their place are.
export async function spell(clauses: Clause[], terms: Terms): Promise<{ clauses: Clause[]; notes: string[] }> {
  const notes: string[] = [];
  const spelled = await Promise.all(
    clauses.map(async (c) => {
      if (!isSpelled(c) || terms.get(c.words[0].whole)) {
        return c;
      }
      const meant = await nearest(c.words[0].whole, terms);
      return meant === "" ? c : { ...c, words: [{ whole: meant, parts: [], divisions: [], stop: false }] };
    }),
  );
  spelled.forEach((c, i) => {
    if (c !== clauses[i]) {
      notes.push(`no incident has “${c.text}”; a word like it is searched for instead`);
    }
  });
  return { clauses: spelled, notes };
}

function isSpelled(c: Clause): boolean {
  if (c.kind !== plain || c.occur !== should || c.field !== "") {
    return false;
  }
  const w = c.words[0];
  return w.parts.length === 0 && w.divisions.length === 0 && allowedEdits(Array.from(w.whole)) > 0 && !/[0-9]/.test(w.whole);
}

function allowedEdits(letters: string[]): number {
  return letters.length >= longWord ? 2 : letters.length >= shortWord ? 1 : 0;
}

async function nearest(term: string, terms: Terms): Promise<string> {
  const letters = Array.from(term);
  const allowed = allowedEdits(letters);
  let best = "";
  let least = allowed + 1;
  let most = 0;
  for (const [candidate, count] of await terms.startingWith(letters.slice(0, rightLetters).join(""))) {
    const edits = distance(letters, Array.from(candidate));
    if (edits <= allowed && (edits < least || (edits === least && count > most))) {
      best = candidate;
      least = edits;
      most = count;
    }
  }
  await terms.fetch([best], false);
  return best;
}

function distance(a: string[], b: string[]): number {
  if (Math.abs(a.length - b.length) > 2) {
    return 3;
  }
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
