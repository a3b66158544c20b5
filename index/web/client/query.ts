// The query language: the mirror of query.go, words.go and parse.go in package
// query, which are read beside this file and hold the grammar.

import { asciiClass, classOf, digit, letter, pair } from "./fold";
import { stem } from "./stem";
import { stopWords } from "./tables";
import { tokens } from "./tokens";

export const should = 0;
export const must = 1;
export const mustNot = 2;

export const plain = 0;
export const phrase = 1;

// Word is one surface word of a clause: its whole, the parts of which it consists at
// consecutive positions, and the divisions of its parts.
export interface Word {
  whole: string;
  parts: string[];
  divisions: string[];
  stop: boolean;
}

// Clause is one condition of a query. Text is as written, without sign, field and
// quotes.
export interface Clause {
  kind: number;
  occur: number;
  field: string;
  words: Word[];
  text: string;
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

// isStop reports whether term is that of a stop word.
export function isStop(term: string): boolean {
  return stops.has(term);
}

interface Surface {
  word: Word;
  start: number;
  end: number;
}

function surfaces(text: string): Surface[] {
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

function newWord(whole: string): Word {
  return { whole, parts: [], divisions: [], stop: isStop(whole) };
}

function settle(w: Word): void {
  if (w.parts.length === 1) {
    w.divisions = w.parts.concat(w.divisions);
    w.parts = [];
  }
}

const maxWords = 128;

// parse reads a query. Known says which names, in lower case, are fields.
export function parse(text: string, known: (field: string) => boolean): Query {
  const p = new Parser(text, known);
  for (p.skipSpace(); p.pos < text.length && !p.full; p.skipSpace()) {
    p.clause();
  }
  return p.finish();
}

class Parser {
  pos = 0;
  words = 0;
  full = false;
  query: Query;

  constructor(
    readonly text: string,
    readonly known: (field: string) => boolean,
  ) {
    this.query = { text, clauses: [], notes: [] };
  }

  at(offset: number): number {
    return offset < this.text.length ? this.text.codePointAt(offset)! : 0x20;
  }

  skipSpace(): void {
    while (this.pos < this.text.length && isSpace(this.at(this.pos))) {
      this.pos++;
    }
  }

  clause(): void {
    const c: Clause = { kind: plain, occur: this.sign(), field: "", words: [], text: "" };
    c.field = this.field();
    const quoted = this.quoted();
    if (quoted !== null) {
      c.kind = phrase;
      c.text = quoted;
      this.addPhrase(c);
      return;
    }
    const text = this.chunk();
    if (c.field === "" && c.occur === should) {
      this.addWords(text);
      return;
    }
    c.text = trim(text);
    this.addPhrase(c);
  }

  sign(): number {
    const sign = this.text[this.pos];
    if (sign !== "+" && sign !== "-") {
      return should;
    }
    const next = classOf(this.at(this.pos + 1));
    if (next === digit) {
      this.noteNumber(sign);
      return should;
    }
    if (next !== letter && next !== pair && this.closing(this.pos + 1) < 0) {
      return should;
    }
    this.pos++;
    return sign === "+" ? must : mustNot;
  }

  noteNumber(sign: string): void {
    const verb = sign === "+" ? "require" : "exclude";
    const text = clip(this.text.slice(this.pos + 1, this.chunkEnd()));
    this.note("“" + sign + text + "” is read as a number; to " + verb + " it, quote it: " + sign + "\"" + text + "\"");
  }

  field(): string {
    let end = this.pos;
    while (end < this.text.length && isName(this.text.charCodeAt(end), end > this.pos)) {
      end++;
    }
    if (end === this.pos || this.text[end] !== ":") {
      return "";
    }
    const name = this.text.slice(this.pos, end).toLowerCase();
    if (!this.known(name)) {
      return "";
    }
    if (isSpace(this.at(end + 1))) {
      this.note("“" + name + ":” has no value directly behind it; it is searched as text");
      return "";
    }
    if (this.closing(end + 1) < 0 && isRange(this.text.slice(end + 1, this.chunkEnd()))) {
      this.note("“" + clip(this.text.slice(this.pos, this.chunkEnd())) + "” is searched as text: a field has one value, and ranges are not part of the language");
      return "";
    }
    this.pos = end + 1;
    return name;
  }

  quoted(): string | null {
    const end = this.closing(this.pos);
    if (end < 0) {
      this.noteUnclosed();
      return null;
    }
    const text = this.text.slice(this.pos + 1, end);
    this.pos = end + 1;
    return text;
  }

  closing(start: number): number {
    if (!isQuote(this.at(start))) {
      return -1;
    }
    for (let i = start + 1; i < this.text.length; i++) {
      if (isQuote(this.text.charCodeAt(i))) {
        return i;
      }
    }
    return -1;
  }

  noteUnclosed(): void {
    const next = classOf(this.at(this.pos + 1));
    if (isQuote(this.at(this.pos)) && (next === letter || next === digit || next === pair)) {
      this.note("the quote before “" + clip(this.text.slice(this.pos + 1, this.chunkEnd())) + "” is not closed; the words after it are searched one by one");
    }
  }

  chunk(): string {
    const start = this.pos;
    this.pos = this.chunkEnd();
    return this.text.slice(start, this.pos);
  }

  chunkEnd(): number {
    let end = this.pos;
    while (!isSpace(this.at(end))) {
      end++;
    }
    return end;
  }

  addWords(text: string): void {
    for (const s of surfaces(text)) {
      this.add({ kind: plain, occur: should, field: "", words: [s.word], text: text.slice(s.start, s.end) });
    }
  }

  addPhrase(c: Clause): void {
    for (const s of surfaces(c.text)) {
      c.words.push(s.word);
    }
    if (c.words.length === 0 && c.field === "") {
      return;
    }
    if (c.words.length > 1) {
      c.kind = phrase;
    }
    this.add(c);
  }

  add(c: Clause): void {
    if (this.full || this.query.clauses.some((other) => same(other, c))) {
      return;
    }
    const room = maxWords - this.words;
    if (c.words.length > room || room === 0) {
      this.full = true;
      this.note("the query is long; its first 128 different words are searched");
      c.words = c.words.slice(0, room);
      if (room === 0) {
        return;
      }
    }
    this.words += c.words.length;
    this.query.clauses.push(c);
  }

  finish(): Query {
    const clauses = this.query.clauses;
    if (clauses.length === 0) {
      this.pos = 0;
      this.skipSpace();
      if (this.pos < this.text.length) {
        this.note("“" + clip(this.text) + "” has no word to search for");
      }
    } else if (clauses.every((c) => c.occur === mustNot)) {
      this.note("a query needs something to search for; “-” is ignored, as it only excludes");
      for (const c of clauses) {
        c.occur = should;
      }
    }
    return this.query;
  }

  note(text: string): void {
    if (this.query.notes.length < 4 && this.query.notes.indexOf(text) < 0) {
      this.query.notes.push(text);
    }
  }
}

function isSpace(c: number): boolean {
  return (
    c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c === 0x1680 || (c >= 0x2000 && c <= 0x200b) ||
    c === 0x2028 || c === 0x2029 || c === 0x202f || c === 0x205f || c === 0x3000 || c === 0xfeff
  );
}

function isName(c: number, inner: boolean): boolean {
  return asciiClass(c) === letter || (inner && c === 0x5f);
}

function isRange(value: string): boolean {
  return value[0] === "<" || value[0] === ">" || value.indexOf("..") >= 0;
}

function isQuote(c: number): boolean {
  return c === 0x22 || c === 0x201c || c === 0x201d || c === 0x201e || c === 0xff02;
}

// trim cuts off the quotes, commas and semicolons around a value.
function trim(text: string): string {
  return text.replace(/^[",;]+|[",;]+$/g, "");
}

function same(a: Clause, b: Clause): boolean {
  return (
    a.kind === b.kind && a.occur === b.occur && a.field === b.field && a.words.length === b.words.length &&
    (a.field === "" || a.text === b.text) && a.words.every((w, i) => w.whole === b.words[i].whole)
  );
}

// clip shortens what a note quotes to 40 characters.
function clip(text: string): string {
  const characters = Array.from(text);
  return characters.length > 40 ? characters.slice(0, 40).join("") + "…" : text;
}
