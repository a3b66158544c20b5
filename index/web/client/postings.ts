// Terms and their postings, as package web writes them.

import { decode, Reader } from "./bytes";
import type { Manifest } from "./manifest";
import type { Store } from "./pieces";
import type { Candidate } from "./spelling";

// Term is where a term stands.
export interface Term {
  documents: number;
  postings: Uint8Array;
  positions?: Uint8Array;
}

// Range is what a piece of keys holds: where each key's postings are.
type Range = Map<string, Place>;

// Place is a term of a piece of postings, by its place there.
interface Place {
  documents: number;
  piece: Postings;
  at: number;
}

// Postings is a piece of postings: its name and how many bytes each of its terms has.
interface Postings {
  name: string;
  sizes: number[];
}

// comparePoints compares strings by code point, as UTF-8 does and UTF-16 does not.
export function comparePoints(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      return rank(x) - rank(y);
    }
  }
  return a.length - b.length;
}

// rank puts surrogates behind all other units.
function rank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}

// Terms holds the terms that a query needs, once they are fetched.
export class Terms {
  private readonly found = new Map<string, Term>();

  constructor(
    private readonly store: Store,
    private readonly manifest: Manifest,
  ) {}

  // get returns a term that was fetched; undefined where the index does not have it.
  get(key: string): Term | undefined {
    return this.found.get(key);
  }

  // fetch fetches the terms, with their positions or without, all at once.
  async fetch(keys: Iterable<string>, positions: boolean): Promise<void> {
    await Promise.all([...new Set(keys)].map((key) => this.fetchTerm(key, positions)));
  }

  // startingWith returns the terms with a beginning whose keys have them behind key, in
  // order.
  async startingWith(key: string, term: string): Promise<Candidate[]> {
    const beginning = key + term;
    const ranges = this.manifest.ranges;
    const first = Math.max(0, this.rangeAt(beginning));
    let end = first + 1;
    while (end < ranges.length && ranges[end][0].startsWith(beginning)) {
      end++;
    }
    const pieces = await Promise.all(ranges.slice(first, end).map((range) => this.store.piece(range[1], "K", readRange)));
    const found: Candidate[] = [];
    for (const range of pieces) {
      range.forEach((place, full) => {
        if (full.startsWith(beginning) && (key !== "" || full.indexOf(" ") < 0)) {
          found.push({ term: full.slice(key.length), edits: 0, count: place.documents });
        }
      });
    }
    return found;
  }

  private async fetchTerm(key: string, positions: boolean): Promise<void> {
    const range = this.rangeOf(key);
    const place = range && (await this.store.piece(range, "K", readRange)).get(key);
    if (!place) {
      return;
    }
    const { piece, at, documents } = place;
    const terms = await this.store.piece(piece.name, "T", readPostings(piece.sizes));
    const term = this.found.get(key) || { documents, postings: terms.postings[at] };
    if (positions) {
      term.positions = (await this.store.piece(terms.positions, "P", readPositions(piece.sizes.length)))[at];
    }
    this.found.set(key, term);
  }

  // rangeOf returns the piece that has the key if any has.
  private rangeOf(key: string): string | undefined {
    const at = this.rangeAt(key);
    return at < 0 ? undefined : this.manifest.ranges[at][1];
  }

  // rangeAt returns which range a key belongs to, -1 where it stands before all.
  private rangeAt(key: string): number {
    const ranges = this.manifest.ranges;
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comparePoints(ranges[middle][0], key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}

function readRange(payload: Uint8Array): Range {
  const reader = new Reader(payload);
  const range: Range = new Map();
  let before = new Uint8Array(0);
  while (!reader.done) {
    const piece: Postings = { name: decode(reader.take(reader.int())), sizes: [] };
    for (let count = reader.int(); count > 0; count--) {
      const shared = before.subarray(0, reader.int());
      const suffix = reader.take(reader.int());
      const key = new Uint8Array(shared.length + suffix.length);
      key.set(shared);
      key.set(suffix, shared.length);
      before = key;
      range.set(decode(key), { documents: reader.int(), piece, at: piece.sizes.length });
      piece.sizes.push(reader.int());
    }
  }
  return range;
}

function readPostings(sizes: number[]): (payload: Uint8Array) => { positions: string; postings: Uint8Array[] } {
  return (payload) => {
    const reader = new Reader(payload);
    return { positions: decode(reader.take(reader.int())), postings: sizes.map((size) => reader.take(size)) };
  };
}

function readPositions(count: number): (payload: Uint8Array) => Uint8Array[] {
  return (payload) => {
    const reader = new Reader(payload);
    const sizes: number[] = [];
    while (sizes.length < count) {
      sizes.push(reader.int());
    }
    return sizes.map((size) => reader.take(size));
  };
}

// eachValue calls f for every document that has a value.
export function eachValue(term: Term, f: (document: number) => void): void {
  const reader = new Reader(term.postings);
  for (let document = -1; !reader.done; ) {
    document += reader.int() + 1;
    f(document);
  }
}

// eachPosting calls f for every document and field of a term of text, in order.
export function eachPosting(term: Term, f: (document: number, field: number, frequency: number) => void): void {
  const reader = new Reader(term.postings);
  for (let document = -1; !reader.done; ) {
    const head = reader.int();
    document += (head >>> 1) + 1;
    if (head & 1) {
      f(document, 0, 1);
      continue;
    }
    let field = 0;
    for (let set = reader.int(); set > 0; set >>>= 1, field++) {
      if (set & 1) {
        f(document, field, reader.int());
      }
    }
  }
}

// eachPlace calls f for every document and field of a term with its positions.
export function eachPlace(term: Term, f: (document: number, field: number, positions: number[]) => void): void {
  const reader = new Reader(term.positions!);
  eachPosting(term, (document, field, frequency) => {
    const positions: number[] = [];
    for (let at = 0; frequency > 0; frequency--) {
      at += reader.int();
      positions.push(at);
    }
    f(document, field, positions);
  });
}
