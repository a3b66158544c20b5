// Evaluation of a query: the mirror of evaluate.go and score.go in package index,
// which are read beside this file and hold the formula.

import { type Extent, isWithin } from "./column";
import { foldValue } from "./fold";
import type { ExactField, Manifest } from "./manifest";
import type { Step } from "./plan";
import { eachPlace, eachPosting, eachValue, type Terms } from "./postings";
import {
  choice, type Clause, group, isEveryday, must, mustNot, noField, numberField, phrase, plain, prefix, range, scaleField, sequence, should, textField, typo, valueField,
} from "./query";
import { asking, type Trait } from "./trait";

// Needle is what a passage is searched for. One with a key stands for what answers for
// it, until that is known (synonym.ts).
export interface Needle {
  terms: string[];
  weight: number;
  of: number;
  asked: string;
  free: boolean;
  key?: string;
}

const everyField = 0xffff;

// What score.go has beside the formula.
const everydayWeight = 0.5;
const titleWeight = 0.15;
const tagWeight = 1;
const tagSaturation = 0.3;
const compoundWeight = 0.7;
const compoundBoost = 5;
const mostCompound = 3;

// Fields finds the fields that a query names.
export class Fields {
  private readonly text = new Map<string, number>();
  private readonly exacts = new Map<string, ExactField>();
  readonly title: number;
  readonly akin: number;
  readonly tags: number;
  readonly own: number;

  constructor(readonly manifest: Manifest) {
    const named = (name: string) => 1 << manifest.formula.fields.findIndex((f) => f.name === name);
    this.title = named("title");
    this.akin = named("akin");
    this.tags = named("terms") | named("suggested") | named("asked");
    this.own = everyField & ~(this.akin | named("asked"));
    manifest.formula.fields.forEach((f, i) => f.query && this.text.set(f.query, 1 << i));
    manifest.formula.exact.forEach((f) => this.exacts.set(f.query, f));
  }

  // kind says what kind of field a query names.
  kind(name: string): number {
    if (this.manifest.formula.numbers.indexOf(name) >= 0) {
      return this.exacts.has(name) ? scaleField : numberField;
    }
    return this.exacts.has(name) ? valueField : this.text.has(name) ? textField : noField;
  }

  exact(name: string): ExactField | undefined {
    return this.exacts.get(name);
  }

  set(name: string): number {
    return this.text.get(name) || this.own;
  }
}

// exactKeys returns the keys that a clause reads in a field of values.
export function exactKeys(c: Clause, field: ExactField): string[] {
  const words = field.names ? sequence(c).map((word) => keyOf(field, word)) : [];
  return [keyOf(field, foldValue(c.text)), ...words];
}

export function keyOf(field: ExactField, value: string): string {
  return `=${field.query}:${value}`;
}

// sequences returns what a word is looked for as: whole, and in parts.
export function sequences(word: Word, loose: boolean): string[][] {
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

// Matches is which documents a clause has found, and their scores.
class Matches {
  documents: number[] = [];
  readonly score: Float64Array;
  readonly tags = new Map<number, number>();
  asked = 0;
  private readonly has: Uint8Array;

  constructor(count: number) {
    this.score = new Float64Array(count);
    this.has = new Uint8Array(count);
  }

  add(document: number, score: number): void {
    if (!this.has[document]) {
      this.has[document] = 1;
      this.documents.push(document);
    }
    this.score[document] += score;
  }

  raise(document: number, score: number): void {
    this.add(document, 0);
    this.score[document] = Math.max(this.score[document], score);
  }

  reset(): void {
    for (const document of this.documents) {
      this.has[document] = this.score[document] = 0;
    }
    this.tags.clear();
    this.asked = 0;
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

function thousandths(rarity: number): number {
  return Math.floor(rarity * 1000 + 0.5);
}

// Scope is what each document has gathered so far of a query or group.
export class Scope {
  readonly found: Matches;
  private readonly score: Float64Array;
  private readonly met: Uint16Array;
  private readonly required: Uint16Array;
  private readonly barred: Uint8Array;
  private readonly tags: Float64Array;
  private asked = 0;
  private scoring = 0;
  private needed = 0;
  private optional = true;

  constructor(
    readonly count: number,
    private readonly coordinate: number,
  ) {
    this.found = new Matches(count);
    this.score = new Float64Array(count);
    this.met = new Uint16Array(count);
    this.required = new Uint16Array(count);
    this.barred = new Uint8Array(count);
    this.tags = new Float64Array(count);
  }

  tally(s: Step): void {
    const { documents, score } = this.found;
    if (s.occur === mustNot) {
      for (const document of documents) {
        this.barred[document] = 1;
      }
      return;
    }
    const needed = s.filter || s.occur === must;
    if (needed) {
      this.needed++;
    }
    if (!s.filter) {
      this.scoring++;
      this.optional = this.optional && !needed;
    }
    this.asked += this.found.asked;
    this.found.tags.forEach((tags, document) => (this.tags[document] += tags));
    for (const document of documents) {
      if (needed) {
        this.required[document]++;
      }
      if (!s.filter) {
        this.met[document]++;
        this.score[document] += score[document];
      }
    }
  }

  matches(document: number): boolean {
    if (this.barred[document] || this.required[document] < this.needed) {
      return false;
    }
    return this.met[document] > 0 || !this.optional || this.scoring === 0;
  }

  // answers lists the documents that match, newest first.
  answers(): number[] {
    const list: number[] = [];
    for (let document = this.count - 1; document >= 0; document--) {
      if (this.matches(document)) {
        list.push(document);
      }
    }
    return list;
  }

  // rank is the score by which a document that matches takes its place.
  rank(document: number): number {
    return rounded(this.total(document));
  }

  total(document: number): number {
    if (this.scoring === 0) {
      return 0;
    }
    let score = this.score[document];
    const tags = this.tags[document];
    if (tags > 0) {
      score += tagWeight * ((tags * tags) / this.asked);
    }
    return score * (1 - this.coordinate + this.coordinate * (this.met[document] / this.scoring));
  }
}

// Evaluation is one query at work.
export class Evaluation {
  readonly needles: Needle[] = [];
  private wanted = 0;
  readonly missed: Clause[] = [];
  private readonly count: number;
  private readonly frequencies: Frequencies;

  constructor(
    private readonly fields: Fields,
    private readonly terms: Terms,
    private readonly norms: Float64Array,
    private readonly columns: Map<string, Extent[]>,
  ) {
    this.count = norms.length;
    this.frequencies = new Frequencies(this.count);
  }

  run(steps: Step[]): Scope {
    const scope = new Scope(this.count, this.fields.manifest.formula.coordinate);
    steps.forEach((s, i) => {
      const wanted = this.needles.length;
      scope.found.reset();
      this.find(s, scope.found);
      this.compounds(steps.slice(i, i + mostCompound), scope.found);
      scope.tally(s);
      if (s.occur === mustNot) {
        this.needles.length = wanted;
      }
    });
    return scope;
  }

  private find(s: Step, found: Matches): void {
    const exact = this.fields.exact(s.field);
    if (s.kind === group) {
      const inner = this.run(s.steps);
      for (let document = 0; document < this.count; document++) {
        if (inner.matches(document)) {
          found.add(document, inner.total(document));
        }
      }
    } else if (s.kind === choice) {
      this.choice(s, found);
    } else if (s.kind === range) {
      this.columns.get(s.field)!.forEach((extent, document) => isWithin(extent, s.within) && found.add(document, 0));
    } else if (exact) {
      this.exact(s, exact, found);
    } else {
      this.text(s, this.fields.set(s.field), found);
    }
  }

  private choice(s: Step, found: Matches): void {
    const of = new Matches(this.count);
    for (const one of s.steps) {
      of.reset();
      this.find(one, of);
      for (const document of of.documents) {
        found.raise(document, of.score[document]);
      }
    }
  }

  private exact(s: Step, field: ExactField, found: Matches): void {
    for (const value of valuesOf(s)) {
      const term = this.terms.get(keyOf(field, value));
      if (term) {
        eachValue(term, (document) => found.add(document, 0));
      }
    }
    if (field.names && s.words.length > 0) {
      this.exactWords([...new Set(sequence(s))], field, found);
    }
    if (found.documents.length === 0) {
      this.missed.push(s);
    }
  }

  private exactWords(words: string[], field: ExactField, found: Matches): void {
    this.frequencies.reset();
    for (const word of words) {
      const term = this.terms.get(keyOf(field, word));
      if (term) {
        eachValue(term, (document) => this.frequencies.add(document, 1));
      }
    }
    for (const document of this.frequencies.documents) {
      if (this.frequencies.tf[document] === words.length) {
        found.add(document, 0);
      }
    }
  }

  // traits returns what documents have of all that steps ask for, one trait for each step.
  traits(steps: Step[], documents: number[]): Map<number, Trait[]> {
    const traits = new Map(documents.map((document) => [document, []] as [number, Trait[]]));
    const told = new Map(documents.map((document) => [document, 0] as [number, number]));
    asking(steps, (s) => s.kind === range || this.fields.exact(s.field) !== undefined).forEach((s, n) => {
      this.holders(s, (document, value) => {
        if (told.has(document) && told.get(document)! <= n) {
          traits.get(document)!.push({ field: s.field, value });
          told.set(document, n + 1);
        }
      });
    });
    return traits;
  }

  // holders calls f for the documents that have what a step asks for, with the value.
  private holders(s: Step, f: (document: number, value: string) => void): void {
    if (s.kind === range) {
      this.columns.get(s.field)!.forEach((extent, document) => isWithin(extent, s.within) && f(document, ""));
      return;
    }
    const field = this.fields.exact(s.field)!;
    for (const value of valuesOf(s)) {
      const term = this.terms.get(keyOf(field, value));
      if (term) {
        eachValue(term, (document) => f(document, value));
      }
    }
    if (field.names && s.words.length > 0) {
      const found = new Matches(this.count);
      this.exactWords([...new Set(sequence(s))], field, found);
      found.documents.forEach((document) => f(document, foldValue(s.text)));
    }
  }

  private text(s: Step, fields: number, found: Matches): void {
    if (expands(s)) {
      this.any(s.terms, fields, found);
    } else if (s.kind === phrase) {
      this.sequence(sequence(s), fields, 1, found);
    } else if (s.words.length > 0) {
      this.word(s, fields, found);
    }
  }

  private word(s: Step, fields: number, found: Matches): void {
    const loose = s.occur === should;
    const [whole, ...parts] = sequences(s.words[0], loose);
    if (loose && fields === this.fields.own) {
      this.meaning(s.words[0].whole, s.text, found);
    } else {
      this.sequence(whole, fields, 1, found);
    }
    for (const part of parts) {
      this.sequence(part, fields, this.fields.manifest.formula.parts / parts.length, found);
    }
  }

  // meaning scores the documents that have a word, or words that answer for it: these as
  // one that is as rare as all of them together are.
  private meaning(term: string, asked: string, found: Matches): void {
    const weight = isEveryday(term) ? everydayWeight : 1;
    this.frequencies.reset();
    this.single(term, this.fields.own);
    const own = this.frequencies.documents.length;
    this.single(term, this.fields.akin);
    const { documents } = this.frequencies;
    const r = weight * rarity(own || documents.length, this.count);
    this.add(documents.slice(0, own), r, found);
    const akin = weight * rarity(documents.length, this.count);
    this.add(documents.slice(own), akin, found);
    this.want([term], thousandths(r));
    this.answering(term, asked, akin);
    this.titled(term, weight, found);
    this.tagged(term, found);
  }

  // want makes a needle of terms that are searched for.
  private want(terms: string[], weight: number): void {
    this.wanted++;
    this.needles.push({ terms, weight, of: this.wanted, asked: "", free: false });
  }

  // answering makes a needle of what answers for a key, where any incident does: it stands
  // for the same as the last needle.
  private answering(key: string, asked: string, r: number): void {
    const term = this.terms.get(key);
    let answered = false;
    if (term) {
      eachPosting(term, (_, field) => (answered = answered || (this.fields.akin & (1 << field)) !== 0));
    }
    if (answered) {
      this.needles.push({ terms: [key], weight: thousandths(r), of: this.wanted, asked, free: true, key });
    }
  }

  // titled scores the documents that have a word in their titles.
  private titled(term: string, weight: number, found: Matches): void {
    this.frequencies.reset();
    this.single(term, this.fields.title);
    const { documents } = this.frequencies;
    const r = titleWeight * (weight * rarity(documents.length, this.count));
    documents.forEach((document) => found.add(document, r));
  }

  // tagged tags the documents whose tags are described with a word.
  private tagged(term: string, found: Matches): void {
    this.frequencies.reset();
    this.single(term, this.fields.tags);
    const { documents, tf } = this.frequencies;
    const r = rarity(documents.length, this.count);
    found.asked += r;
    documents.forEach((document) => found.tags.set(document, r * (tf[document] / (tf[document] + tagSaturation))));
  }

  // compounds scores the documents that answer for the first two or three steps as one.
  private compounds(steps: Step[], found: Matches): void {
    compoundsOf(steps).forEach((key, i) => {
      this.frequencies.reset();
      this.single(key, this.fields.akin);
      const { documents, tf } = this.frequencies;
      const rare = rarity(documents.length, this.count);
      const r = compoundWeight * rare;
      for (const document of documents) {
        const boosted = tf[document] * compoundBoost;
        found.add(document, r * (boosted / (boosted + this.norms[document])));
      }
      this.wanted++;
      const words = steps.slice(0, i + 2);
      this.answering(key, askedIn(words), words.length * rare);
    });
  }

  private sequence(terms: string[], fields: number, weight: number, found: Matches): void {
    this.frequencies.reset();
    if (terms.length === 1) {
      this.single(terms[0], fields);
    } else {
      this.consecutive(terms, fields);
    }
    this.want(terms, this.score(weight, found));
  }

  private any(terms: string[], fields: number, found: Matches): void {
    this.frequencies.reset();
    terms.forEach((term) => this.single(term, fields));
    const weight = this.score(1, found);
    terms.forEach((term) => this.want([term], weight));
  }

  // score scores the documents of the frequencies at hand and returns the weight of a
  // needle for what they are of.
  private score(weight: number, found: Matches): number {
    const r = weight * rarity(this.frequencies.documents.length, this.count);
    this.add(this.frequencies.documents, r, found);
    return thousandths(r);
  }

  private add(documents: number[], r: number, found: Matches): void {
    const { tf } = this.frequencies;
    for (const document of documents) {
      found.add(document, r * (tf[document] / (tf[document] + this.norms[document])));
    }
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

// valuesOf returns the folded values that a step of an exact field asks for.
function valuesOf(s: Step): string[] {
  return expands(s) ? s.terms : [foldValue(s.text)];
}

function expands(s: Step): boolean {
  return s.kind === prefix || s.kind === typo;
}

function askedIn(steps: Step[]): string {
  return steps.map((s) => s.text).join(" ");
}

// compoundsOf returns the keys of the first two and three clauses, as far as they are plain
// words that need not be there.
export function compoundsOf(clauses: Clause[]): string[] {
  const words: string[] = [];
  const keys: string[] = [];
  for (const c of clauses.slice(0, mostCompound)) {
    if (c.kind !== plain || c.occur !== should || c.field !== "") {
      break;
    }
    if (words.push(c.words[0].whole) > 1) {
      keys.push(words.join(" "));
    }
  }
  return keys;
}
