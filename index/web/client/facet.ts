// Facets: the mirror of facet_table.go and facet_count.go in package index, which are read
// beside this file.

import { decode, Reader } from "./bytes";
import { clean, foldValue } from "./fold";
import { clip } from "./lex";
import type { Directory } from "./manifest";
import { nearestValue } from "./note";
import { Missing, type Store } from "./pieces";
import { fieldReason, type Reason } from "./why";

// Facet is what the answers are, counted, as type Facet of package index says.
export interface Facet {
  name: string;
  label: string;
  values: FacetValue[];
  more: number;
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
  chosen: boolean;
}

// Head is what a piece of kind F says before the incidents' values.
interface Head {
  label: string;
  ranked: boolean;
  values: [string, string?, ...string[]][];
  rarer: string;
  more: number;
}

// Table is a piece of kind F: some of a facet's values and which incidents have them.
interface Table extends Head {
  text: string; // of the head
  first: Uint32Array; // by document, where its places begin, and where the last one's end
  places: number[]; // in values
}

function readTable(incidents: number): (payload: Uint8Array) => Table {
  return (payload) => {
    const reader = new Reader(payload);
    const text = decode(reader.take(reader.int()));
    const first = new Uint32Array(incidents + 1);
    const places: number[] = [];
    for (let document = 0; document < incidents; document++) {
      for (let last = false; !last; ) {
        const n = reader.int();
        last = n % 2 === 0;
        if (n > 0) {
          places.push((n - 1) >> 1);
        }
      }
      first[document + 1] = places.length;
    }
    return { ...(JSON.parse(text) as Head), text, first, places };
  };
}

// Column is a facet that a search counts or filters by. Places that filters choose are
// those of counted values, then of the others.
class Column {
  readonly chosen: number[] = [];
  readonly absent: string[] = [];
  private rarer: Table | null = null;

  constructor(
    readonly name: string,
    readonly counted: Table,
    private readonly read: (name: string) => Promise<Table>,
    private readonly ready: (text: string) => Promise<void>,
  ) {}

  // choose enters a filter and returns a note where no incident has the value.
  async choose(value: string): Promise<string> {
    await this.ready(value);
    const places = await this.find(foldValue(value));
    if (places.length > 0) {
      this.chosen.push(...places);
      return "";
    }
    value = clean(value);
    if (this.absent.indexOf(value) >= 0) {
      return "";
    }
    this.absent.push(value);
    const near = nearestValue(foldValue(value), this.counted.values.map((v) => v[0]));
    return `“${this.name}:${clip(value)}” is a value that no incident has` + (near && `; the nearest is “${near}”`);
  }

  // find returns the places of what a filter names: counted values before others, by the
  // value or, failing that, by what people call it, or all that had the name before.
  private async find(asked: string): Promise<number[]> {
    await this.ready(this.counted.text);
    const places = placesOf(this.counted, asked, 0);
    if (places.length > 0 || !this.counted.rarer) {
      return places;
    }
    this.rarer = await this.read(this.counted.rarer);
    await this.ready(this.rarer.text);
    return placesOf(this.rarer, asked, this.counted.values.length);
  }

  // sift marks the incidents that have none of the chosen values.
  sift(missed: Uint16Array, bit: number): void {
    const has = new Uint8Array(missed.length);
    this.each((place, document) => {
      if (this.chosen.indexOf(place) >= 0) {
        has[document] = 1;
      }
    });
    for (let document = 0; document < missed.length; document++) {
      if (!has[document]) {
        missed[document] |= bit;
      }
    }
  }

  // count counts documents by their values.
  count(documents: number[]): Facet {
    const { label, more, ranked } = this.counted;
    const values = this.counted.values.concat(this.rarer ? this.rarer.values : []);
    const counts = new Uint32Array(values.length);
    const among = new Uint8Array(this.counted.first.length);
    documents.forEach((document) => (among[document] = 1));
    this.each((place, document) => (counts[place] += among[document]));
    const listed: FacetValue[] = [];
    values.forEach(([value, called], place) => {
      const chosen = this.chosen.indexOf(place) >= 0;
      if (chosen || (place < this.counted.values.length && counts[place] > 0)) {
        listed.push({ value, label: called || value, count: counts[place], chosen });
      }
    });
    const order = ranked ? stable(listed) : listed;
    return { name: this.name, label, values: order.concat(this.absent.map((value) => ({ value, label: value, count: 0, chosen: true }))), more };
  }

  // labelOf returns what people call the first chosen value that a document has, "" for none.
  labelOf(document: number): string {
    const values = this.counted.values.concat(this.rarer ? this.rarer.values : []);
    const places = placesIn(this.counted, document).concat(this.rarer ? placesIn(this.rarer, document).map((place) => this.counted.values.length + place) : []);
    const [value, called] = values[places.filter((place) => this.chosen.indexOf(place) >= 0)[0]] || [""];
    return called || value;
  }

  private each(f: (place: number, document: number) => void): void {
    eachPlace(this.counted, 0, f);
    if (this.rarer) {
      eachPlace(this.rarer, this.counted.values.length, f);
    }
  }
}

// stable puts values in the order of their counts; equals stay as they are.
function stable(list: FacetValue[]): FacetValue[] {
  const at = new Map(list.map((v, i) => [v, i] as [FacetValue, number]));
  return list.sort((a, b) => b.count - a.count || at.get(a)! - at.get(b)!);
}

function placesOf(table: Table, asked: string, from: number): number[] {
  let at = table.values.findIndex(([value]) => foldValue(value) === asked);
  if (at < 0) {
    at = table.values.findIndex(([value, called]) => foldValue(called || value) === asked);
  }
  if (at >= 0) {
    return [from + at];
  }
  const places: number[] = [];
  table.values.forEach(([, , ...former], at) => {
    if (former.some((name) => foldValue(name) === asked)) {
      places.push(from + at);
    }
  });
  return places;
}

function placesIn(table: Table, document: number): number[] {
  return table.places.slice(table.first[document], table.first[document + 1]);
}

function eachPlace(table: Table, from: number, f: (place: number, document: number) => void): void {
  for (let document = 0; document + 1 < table.first.length; document++) {
    for (let i = table.first[document]; i < table.first[document + 1]; i++) {
      f(from + table.places[i], document);
    }
  }
}

// Sieve is the filters of one search, and the facets to be counted.
export class Sieve {
  readonly notes: string[] = [];
  private readonly columns = new Map<string, Column>();
  private readonly bits = new Map<string, number>();
  private readonly missed: Uint16Array; // by document: the facets with filters that it does not pass, a bit each

  constructor(
    incidents: number,
    private readonly facets: string[],
    private readonly within: [string, string][],
    private readonly spare: boolean, // do without facets that are counted alone and whose pieces are missing
  ) {
    this.missed = new Uint16Array(incidents);
  }

  // open reads the pieces of the facets and sifts the incidents. It rejects where a facet is
  // the name of nothing.
  async open(directory: () => Promise<Directory>, store: Store, ready: (text: string) => Promise<void>): Promise<this> {
    const names = [...new Set(this.facets.concat(this.within.map(([field]) => field)))];
    if (names.length === 0) {
      return this;
    }
    const { facets } = await directory();
    const unknown = names.find((name) => !Object.prototype.hasOwnProperty.call(facets, name));
    if (unknown !== undefined) {
      throw new Error("no facet " + JSON.stringify(unknown));
    }
    const read = (name: string) => store.piece(name, "F", readTable(this.missed.length));
    const tables = await Promise.all(names.map((name) => read(facets[name]).catch((error: Error) => this.miss(name, error))));
    names.forEach((name, i) => tables[i] && this.columns.set(name, new Column(name, tables[i]!, read, ready)));
    await this.choose();
    return this;
  }

  // miss says that a facet is not counted, where the search can do without it.
  private miss(name: string, error: Error): null {
    if (!this.spare || !(error instanceof Missing) || this.within.some(([field]) => field === name)) {
      throw error;
    }
    this.notes.push(`“${name}” is not counted: ${error.message}`);
    return null;
  }

  private async choose(): Promise<void> {
    for (const [field, value] of this.within) {
      const note = await this.columns.get(field)!.choose(value);
      if (note) {
        this.notes.push(note);
      }
      this.bits.set(field, this.bits.get(field) || 1 << this.bits.size);
    }
    this.bits.forEach((bit, field) => this.columns.get(field)!.sift(this.missed, bit));
  }

  // reasons says which chosen value of each filtered facet an incident has.
  reasons(document: number): Reason[] {
    return Array.from(this.bits.keys()).map((field) => fieldReason(field, this.columns.get(field)!.labelOf(document)));
  }

  // passed returns those of the answers that pass all filters.
  passed(answers: number[]): number[] {
    return this.but(answers, 0);
  }

  // but returns those of the answers that pass all filters but those of some facets.
  private but(answers: number[], facets: number): number[] {
    return answers.filter((document) => (this.missed[document] & ~facets) === 0);
  }

  // count counts the answers to a query, whether or not they pass the filters.
  count(answers: number[]): Facet[] {
    const counted = this.facets.filter((name) => this.columns.has(name));
    return counted.map((name) => this.columns.get(name)!.count(this.but(answers, this.bits.get(name) || 0)));
  }
}
