// Passages of a hit: the mirror of passage.go in package index, which is read beside
// this file.

import type { Needle } from "./evaluate";
import { isStop } from "./query";
import { type Token, tokens } from "./tokens";

export interface Section {
  heading: string;
  anchor: string;
  passages: Text[];
}

// Text is that of a passage. What was read of it is kept.
export class Text {
  private readonly chunks: string[];
  private known?: Token[];

  constructor(readonly text: string) {
    this.chunks = text.split(" ");
  }

  // has reports whether a token of the text is a key of terms.
  has(terms: Map<string, unknown>): boolean {
    return this.chunks.some((chunk) => wordsOf(chunk).some((t) => terms.has(t.term)));
  }

  // words returns the tokens of the text, as tokens does.
  get words(): Token[] {
    return this.known || (this.known = this.read());
  }

  private read(): Token[] {
    const all: Token[] = [];
    let start = 0;
    let position = 0;
    for (const chunk of this.chunks) {
      let next = position;
      for (const t of wordsOf(chunk)) {
        all.push({ term: t.term, position: position + t.position, start: start + t.start, end: start + t.end, part: t.part });
        next = Math.max(next, position + t.position + 1);
      }
      position = next;
      start += chunk.length + 1;
    }
    return all;
  }
}

// What stands between two spaces, with its tokens. No token spans a space, and most
// of what is read was read before.
const chunks = new Map<string, Token[]>();
const keptChunks = 50_000;

function wordsOf(chunk: string): Token[] {
  let found = chunks.get(chunk);
  if (!found) {
    if (chunks.size >= keptChunks) {
      chunks.clear();
    }
    chunks.set(chunk, (found = tokens(chunk)));
  }
  return found;
}

// readSections reads what a piece of sections holds: of each incident the facts and
// the sections.
export function readSections(json: string): Told[] {
  const incidents = JSON.parse(json) as string[][][];
  return incidents.map(([facts, ...sections]) => ({
    facts,
    sections: sections.map(([heading, anchor, ...passages]) => ({ heading, anchor, passages: passages.map((p) => new Text(p)) })),
  }));
}

// Told is an incident as hits show it; fact.ts reads the facts.
export interface Told {
  facts: string[];
  sections: Section[];
}

export interface Part {
  text: string;
  hit: boolean;
}

export interface Passage {
  heading: string;
  anchor: string;
  text: string;
  parts: Part[];
}

const passageCount = 3;
const passageWidth = 200;
const edgeWidth = 3;
const ellipsis = "…";

interface Match {
  start: number;
  end: number;
  needle: number;
}

// extract returns the passages that show the needles best, at most three, best
// first; where there is none, the first words.
export function extract(sections: Section[], needles: Needle[]): Passage[] {
  const found = windows(sections, needles);
  found.sort((a, b) => b.weight - a.weight || b.count - a.count || a.order - b.order);
  const passages: Passage[] = [];
  for (const w of found) {
    if (passages.length === passageCount) {
      break;
    }
    const passage = w.cut();
    if (!passages.some((other) => other.text === passage.text)) {
      passages.push(passage);
    }
  }
  return passages.length > 0 ? passages : opening(sections);
}

// windows returns the best window of every passage that has a needle.
function windows(sections: Section[], needles: Needle[]): Window[] {
  const first = new Map<string, number[]>();
  needles.forEach((n, i) => {
    const list = first.get(n.terms[0]);
    if (list) {
      list.push(i);
    } else {
      first.set(n.terms[0], [i]);
    }
  });
  const found: Window[] = [];
  for (const section of sections) {
    for (const text of section.passages) {
      if (!text.has(first)) {
        continue;
      }
      const w = new Window(section, text, found.length);
      w.search(needles, first);
      if (w.weight > 0) {
        found.push(w);
      }
    }
  }
  return found;
}

// opening is the beginning of the first passage.
function opening(sections: Section[]): Passage[] {
  for (const section of sections) {
    for (const text of section.passages) {
      const w = new Window(section, text, 0);
      if (w.words.length > 0) {
        return [w.cut()];
      }
    }
  }
  return [];
}

// Window is the part of a passage that shows the most.
class Window {
  readonly words: Token[];
  private readonly text: string;
  weight = 0;
  count = 0;
  private readonly matches: Match[] = [];
  private start = 0;
  private end = 0;

  constructor(
    private readonly section: Section,
    passage: Text,
    readonly order: number,
  ) {
    this.text = passage.text;
    this.words = passage.words;
    if (this.words.length > 0) {
      this.start = this.end = this.words[0].start;
    }
  }

  search(needles: Needle[], first: Map<string, number[]>): void {
    this.words.forEach((word, i) => {
      for (const n of first.get(word.term) || []) {
        const last = follow(this.words, i, needles[n]);
        if (last >= 0) {
          this.matches.push({ start: word.start, end: this.words[last].end, needle: n });
        }
      }
    });
    for (let i = 0; i < this.matches.length; i++) {
      this.consider(i, needles);
    }
  }

  // consider takes the window that begins with a match if it is the best so far.
  private consider(first: number, needles: Needle[]): void {
    const limit = this.matches[first].start + passageWidth;
    let weight = 0;
    let count = 0;
    let end = 0;
    const seen = new Set<number>(); // what of the query
    for (let i = first; i < this.matches.length && this.matches[i].start <= limit; i++) {
      const m = this.matches[i];
      if (m.end > limit && count > 0) {
        continue;
      }
      const { of } = needles[m.needle];
      if (!seen.has(of)) {
        seen.add(of);
        weight += needles[m.needle].weight;
      }
      count++;
      end = Math.max(end, m.end);
    }
    if (weight > this.weight || (weight === this.weight && count > this.count)) {
      this.weight = weight;
      this.count = count;
      this.start = this.matches[first].start;
      this.end = Math.min(end, limit);
    }
  }

  // cut returns the window as a passage, with as many words around it as there is
  // room for.
  cut(): Passage {
    const [start, end] = this.frame();
    const passage = { heading: this.section.heading, anchor: this.section.anchor, text: "", parts: [] };
    if (start > 0) {
      add(passage, ellipsis + " ", false);
    }
    let at = start;
    for (const m of this.hits(start, end)) {
      add(passage, this.text.slice(at, m.start), false);
      add(passage, this.text.slice(m.start, m.end), true);
      at = m.end;
    }
    add(passage, this.text.slice(at, end), false);
    if (end < this.text.length) {
      add(passage, " " + ellipsis, false);
    }
    return passage;
  }

  // frame returns where the passage is cut from the text.
  private frame(): [number, number] {
    let start = this.before(this.start - Math.floor(Math.max(0, passageWidth - (this.end - this.start)) / 2));
    let end = this.after(start + passageWidth);
    if (end === this.after(this.text.length)) {
      start = this.before(end - passageWidth);
    }
    if (start === this.before(0) && start <= edgeWidth) {
      start = 0;
    }
    for (let i = 0; i < edgeWidth; i++) {
      if (end < this.text.length && this.text[end] !== " ") {
        end++;
      }
    }
    if (start < end && end < this.text.length && (this.text.charCodeAt(end - 1) & 0xfc00) === 0xd800) {
      end--;
    }
    return [start, end];
  }

  // before returns the start of the first word from at, the window's at the latest.
  private before(at: number): number {
    let start = this.start;
    for (const word of this.words) {
      if (word.start >= at) {
        start = Math.min(start, word.start);
      }
    }
    return start;
  }

  // after returns the end of the last word up to at, the window's at the earliest.
  private after(at: number): number {
    let end = this.end;
    for (const word of this.words) {
      if (word.end <= at) {
        end = Math.max(end, word.end);
      }
    }
    return end;
  }

  // hits returns the matches between start and end, those that touch as one.
  private hits(start: number, end: number): Match[] {
    const hits: Match[] = [];
    for (const match of this.matches) {
      if (match.start < start || match.start >= end) {
        continue;
      }
      const m = { ...match, end: Math.min(match.end, end) };
      const last = hits[hits.length - 1];
      if (last && m.start <= last.end) {
        last.end = Math.max(last.end, m.end);
      } else {
        hits.push(m);
      }
    }
    return hits;
  }
}

// follow returns the place of the last word of a match that begins with the word at
// first, which has the first term; -1 where there is none.
export function follow(words: Token[], first: number, needle: Needle): number {
  return needle.free ? followFreely(words, first, needle.terms) : followClosely(words, first, needle.terms);
}

// followFreely matches words that follow each other, stop words left out.
function followFreely(words: Token[], first: number, terms: string[]): number {
  let matched = 0;
  for (let i = first; i < words.length; i++) {
    const t = words[i];
    if (matched > 0 && (t.part || isStop(t.term))) {
      continue;
    }
    if (t.part || t.term !== terms[matched]) {
      return -1;
    }
    matched++;
    if (matched === terms.length) {
      return i;
    }
  }
  return -1;
}

function followClosely(words: Token[], first: number, terms: string[]): number {
  let at = first;
  for (let i = 1; i < terms.length; i++) {
    const position = words[first].position + i;
    at++;
    while (at < words.length && (words[at].position < position || (words[at].position === position && words[at].term !== terms[i]))) {
      at++;
    }
    if (at === words.length || words[at].position > position) {
      return -1;
    }
  }
  return at;
}

function add(passage: Passage, text: string, hit: boolean): void {
  if (text === "") {
    return;
  }
  passage.text += text;
  const last = passage.parts[passage.parts.length - 1];
  if (last && last.hit === hit) {
    last.text += text;
  } else {
    passage.parts.push({ text, hit });
  }
}
