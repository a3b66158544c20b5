// Evaluation of a query: the mirror of evaluate.go and score.go in package index,
// which are read beside this file and hold the formula.

import { fold } from "./fold";
import type { ExactField, Manifest } from "./manifest";
import { eachPlace, eachPosting, eachValue, type Terms } from "./postings";
import { type Clause, must, mustNot, phrase, plain, sequence, should, type Word } from "./query";

// Needle is what a passage is searched for.
export interface Needle {
  terms: string[];
  weight: number;
}

const everyField = 0xffff;

// Fields finds the fields that a query names.
export class Fields {
  private readonly text = new Map<string, number>();
  private readonly exacts = new Map<string, ExactField>();

  constructor(readonly manifest: Manifest) {
    manifest.formula.fields.forEach((f, i) => f.query && this.text.set(f.query, 1 << i));
    manifest.formula.exact.forEach((f) => this.exacts.set(f.query, f));
  }

  known(name: string): boolean {
    return this.text.has(name) || this.exacts.has(name);
  }

  exact(name: string): ExactField | undefined {
    return this.exacts.get(name);
  }

  set(name: string): number {
    return this.text.get(name) || everyField;
  }
}

// considered leaves out, where other words are there, the stop words that nothing
// was said of.
export function considered(clauses: Clause[], fields: Fields): Clause[] {
  const words = clauses.some((c) => !isStop(c) && c.occur !== mustNot && !fields.exact(c.field));
  return words ? clauses.filter((c) => !isStop(c)) : clauses;
}

function isStop(c: Clause): boolean {
  return c.kind === plain && c.occur === should && c.field === "" && c.words[0].stop;
}

// needs returns the keys of the terms that the clauses read, those with positions
// apart.
export function needs(clauses: Clause[], fields: Fields): { terms: string[]; placed: string[] } {
  const terms: string[] = [];
  const placed: string[] = [];
  const add = (sequence: string[]) => (sequence.length > 1 ? placed : terms).push(...sequence);
  for (const c of clauses) {
    const exact = fields.exact(c.field);
    if (exact) {
      terms.push(...exactKeys(c, exact));
    } else if (c.kind === phrase) {
      add(sequence(c));
    } else if (c.words.length > 0) {
      sequences(c.words[0], c.occur === should).forEach(add);
    }
  }
  return { terms, placed };
}

function exactKeys(c: Clause, field: ExactField): string[] {
  const words = field.names ? sequence(c).map((word) => keyOf(field, word)) : [];
  return [keyOf(field, foldValue(c.text)), ...words];
}

function keyOf(field: ExactField, value: string): string {
  return `=${field.query}:${value}`;
}

const gaps = /[\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

// foldValue makes values of exact fields comparable.
function foldValue(value: string): string {
  return fold(value.replace(gaps, " ").replace(/^ | $/g, ""));
}

// sequences returns what a word is looked for as: whole, and in parts.
function sequences(word: Word, loose: boolean): string[][] {
  const list = [[word.whole]];
  if (!loose) {
    return word.parts.length > 0 ? [...list, word.parts] : list;
  }
  return [...list, ...[...word.parts, ...word.divisions].map((part) => [part])];
}

// Frequencies is how often each document has a term, weighted by field.
class Frequencies {
  documents: number[] = [];
  readonly tf: Float64Array;

  constructor(count: number) {
    this.tf = new Float64Array(count);
  }

  add(document: number, weighted: number): void {
    if (this.tf[document] === 0) {
      this.documents.push(document);
    }
    this.tf[document] += weighted;
  }

  reset(): void {
    for (const document of this.documents) {
      this.tf[document] = 0;
    }
    this.documents = [];
  }
}

// lengthNorms returns for every document what its term frequencies are divided by.
export function lengthNorms(lengths: Uint8Array, manifest: Manifest): Float64Array {
  const { saturation, shortening } = manifest.formula;
  let sum = 0;
  for (let n = 0; n < lengths.length; n++) {
    sum += longLength(lengths[n]);
  }
  const average = Math.max(1, sum / Math.max(1, lengths.length));
  const norms = new Float64Array(lengths.length);
  for (let n = 0; n < lengths.length; n++) {
    norms[n] = saturation * (1 - shortening + (shortening * longLength(lengths[n])) / average);
  }
  return norms;
}

function longLength(short: number): number {
  return short < 16 ? short : ((short & 15) + 16) << ((short >> 4) - 1);
}

function rarity(df: number, count: number): number {
  return Math.max(1e-6, Math.floor(Math.log(1 + (count - df + 0.5) / (df + 0.5)) * 1e6 + 0.5) / 1e6);
}

function rounded(score: number): number {
  const c = score * 8388609;
  return c - (c - score);
}

// Evaluation is one query at work: what each document has gathered so far.
export class Evaluation {
  readonly needles: Needle[] = [];
  private readonly count: number;
  private readonly score: Float64Array;
  private readonly met: Uint16Array;
  private readonly required: Uint16Array;
  private readonly barred: Uint8Array;
  private scoring = 0;
  private needed = 0;
  private optional = true;
  private readonly frequencies: Frequencies;
  private readonly found: Frequencies;

  constructor(
    private readonly fields: Fields,
    private readonly terms: Terms,
    private readonly norms: Float64Array,
  ) {
    this.count = norms.length;
    this.score = new Float64Array(this.count);
    this.met = new Uint16Array(this.count);
    this.required = new Uint16Array(this.count);
    this.barred = new Uint8Array(this.count);
    this.frequencies = new Frequencies(this.count);
    this.found = new Frequencies(this.count);
  }

  run(clauses: Clause[]): void {
    for (const c of clauses) {
      const wanted = this.needles.length;
      this.found.reset();
      const exact = this.fields.exact(c.field);
      if (exact) {
        this.exact(c, exact);
      } else {
        this.text(c, this.fields.set(c.field));
      }
      this.tally(c, exact !== undefined);
      if (c.occur === mustNot) {
        this.needles.length = wanted;
      }
    }
  }

  private tally(c: Clause, exact: boolean): void {
    if (c.occur === mustNot) {
      for (const document of this.found.documents) {
        this.barred[document] = 1;
      }
      return;
    }
    const needed = exact || c.occur === must;
    if (needed) {
      this.needed++;
    }
    if (!exact) {
      this.scoring++;
      this.optional = this.optional && !needed;
    }
    for (const document of this.found.documents) {
      if (needed) {
        this.required[document]++;
      }
      if (!exact) {
        this.met[document]++;
        this.score[document] += this.found.tf[document];
      }
    }
  }

  private matches(document: number): boolean {
    if (this.barred[document] || this.required[document] < this.needed) {
      return false;
    }
    return this.met[document] > 0 || !this.optional || this.scoring === 0;
  }

  private total(document: number): number {
    return this.scoring === 0 ? 0 : rounded(this.score[document] * this.coordination(document));
  }

  private coordination(document: number): number {
    const { coordinate } = this.fields.manifest.formula;
    return 1 - coordinate + coordinate * (this.met[document] / this.scoring);
  }

  // best returns how many documents match and the best of them, of equal ones the
  // newer first.
  best(limit: number): { total: number; hits: { number: number; score: number }[] } {
    const hits: { number: number; score: number }[] = [];
    for (let number = this.count - 1; number >= 0; number--) {
      if (this.matches(number)) {
        hits.push({ number, score: this.total(number) });
      }
    }
    const total = hits.length;
    hits.sort((a, b) => b.score - a.score || b.number - a.number);
    return { total, hits: hits.slice(0, limit) };
  }

  private exact(c: Clause, field: ExactField): void {
    const term = this.terms.get(keyOf(field, foldValue(c.text)));
    if (term) {
      eachValue(term, (document) => this.found.add(document, 1));
    }
    if (field.names && c.words.length > 0) {
      this.exactWords([...new Set(sequence(c))], field);
    }
  }

  private exactWords(words: string[], field: ExactField): void {
    this.frequencies.reset();
    for (const word of words) {
      const term = this.terms.get(keyOf(field, word));
      if (term) {
        eachValue(term, (document) => this.frequencies.add(document, 1));
      }
    }
    for (const document of this.frequencies.documents) {
      if (this.frequencies.tf[document] === words.length) {
        this.found.add(document, 1);
      }
    }
  }

  private text(c: Clause, fields: number): void {
    if (c.words.length === 0) {
      return;
    }
    if (c.kind === phrase) {
      this.sequence(sequence(c), fields, 1);
    } else {
      this.word(c.words[0], fields, c.occur === should);
    }
  }

  private word(word: Word, fields: number, loose: boolean): void {
    const [whole, ...parts] = sequences(word, loose);
    this.sequence(whole, fields, 1);
    for (const part of parts) {
      this.sequence(part, fields, this.fields.manifest.formula.parts / parts.length);
    }
  }

  private sequence(terms: string[], fields: number, weight: number): void {
    this.frequencies.reset();
    if (terms.length === 1) {
      this.single(terms[0], fields);
    } else {
      this.consecutive(terms, fields);
    }
    const r = weight * rarity(this.frequencies.documents.length, this.count);
    for (const document of this.frequencies.documents) {
      const tf = this.frequencies.tf[document];
      this.found.add(document, r * (tf / (tf + this.norms[document])));
    }
    this.needles.push({ terms, weight: Math.floor(r * 1000 + 0.5) });
  }

  private weigh(document: number, field: number, frequency: number): void {
    this.frequencies.add(document, frequency * this.fields.manifest.formula.fields[field].weight);
  }

  private single(key: string, fields: number): void {
    const term = this.terms.get(key);
    if (term) {
      eachPosting(term, (document, field, frequency) => {
        if (fields & (1 << field)) {
          this.weigh(document, field, frequency);
        }
      });
    }
  }

  // consecutive finds where the terms stand at consecutive positions of a field.
  private consecutive(terms: string[], fields: number): void {
    let starts = new Map<number, number[]>();
    terms.forEach((key, offset) => {
      const next = new Map<number, number[]>();
      const term = this.terms.get(key);
      if (term && (offset === 0 || starts.size > 0)) {
        eachPlace(term, (document, field, positions) => {
          const place = document * 16 + field;
          const before = starts.get(place);
          if (!(fields & (1 << field)) || (offset > 0 && !before)) {
            return;
          }
          const kept = positions.map((at) => at - offset).filter((at) => !before || before.includes(at));
          if (kept.length > 0) {
            next.set(place, kept);
          }
        });
      }
      starts = next;
    });
    starts.forEach((at, place) => this.weigh(place >>> 4, place & 15, at.length));
  }
}
