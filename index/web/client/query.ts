// What a query consists of: the mirror of query.go and words.go in package query,
// which are read beside this file and hold the grammar. lex.ts, parse.ts and expand.ts
// mirror the files of their names there.

import { stem } from "./stem";
import { everydayWords, stopWords } from "./tables";
import { tokens } from "./tokens";

export const should = 0;
export const must = 1;
export const mustNot = 2;

export const plain = 0;
export const phrase = 1;
export const prefix = 2;
export const typo = 3;
export const range = 4;
export const group = 5;
export const choice = 6;

export const noField = 0;
export const textField = 1;
export const valueField = 2;
export const scaleField = 3;
export const numberField = 4;

// Fields says of a name, in lower case, what kind of field it is.
export type FieldsOf = (name: string) => number;

// Word is one surface word of a clause: its whole, the parts of which it consists at
// consecutive positions, and the divisions of its parts.
export interface Word {
  whole: string;
  parts: string[];
  divisions: string[];
  stop: boolean;
}

// Bound is one end of a range; a value of "" is none.
export interface Bound {
  value: string;
  open: boolean;
}

// Clause is one condition of a query. Text is as written, without sign, field,
// quotes, "*" and "~".
export interface Clause {
  kind: number;
  occur: number;
  field: string;
  words: Word[];
  text: string;
  edits: number;
  low: Bound;
  high: Bound;
  clauses: Clause[];
}

export function newClause(kind: number, occur: number, field: string, text: string): Clause {
  return { kind, occur, field, words: [], text, edits: 0, low: { value: "", open: false }, high: { value: "", open: false }, clauses: [] };
}

export interface Query {
  text: string;
  clauses: Clause[];
  notes: string[];
}

// sequence returns the terms that stand at consecutive positions in every text that
// has the clause's words in order.
export function sequence(clause: Clause): string[] {
  const terms: string[] = [];
  for (const w of clause.words) {
    if (w.parts.length === 0) {
      terms.push(w.whole);
    }
    terms.push(...w.parts);
  }
  return terms;
}

const stops = new Set(stopWords.split(" ").map(stem));
const everyday = new Set(everydayWords.split(" ").map(stem));

// isStop reports whether term is that of a stop word.
export function isStop(term: string): boolean {
  return stops.has(term);
}

// isEveryday reports whether term is that of a word which says less about an incident
// than its rarity makes believe.
export function isEveryday(term: string): boolean {
  return everyday.has(term);
}

export interface Surface {
  word: Word;
  start: number;
  end: number;
}

export function surfaces(text: string): Surface[] {
  const found: Surface[] = [];
  let position = 0;
  for (const t of tokens(text)) {
    if (!t.part) {
      found.push({ word: newWord(t.term), start: t.start, end: t.end });
      position = t.position - 1;
      continue;
    }
    const word = found[found.length - 1].word;
    if (t.position > position) {
      word.parts.push(t.term);
    } else {
      word.divisions.push(t.term);
    }
    position = t.position;
  }
  for (const f of found) {
    settle(f.word);
  }
  return found;
}

export function newWord(whole: string): Word {
  return { whole, parts: [], divisions: [], stop: isStop(whole) };
}

function settle(w: Word): void {
  if (w.parts.length === 1) {
    w.divisions = w.parts.concat(w.divisions);
    w.parts = [];
  }
}
