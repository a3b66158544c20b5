// A query made ready to be evaluated: the mirror of plan.go in package index, which is
// read beside this file.

import { columnFields, type Extent, isWithin, nearestDay, rangeOf, readColumn, wholeOf, writeNearest } from "./column";
import { compoundsOf, exactKeys, type Fields, keyOf, sequences } from "./evaluate";
import { stems } from "./expand";
import { fold, foldValue } from "./fold";
import { clip } from "./lex";
import { decode } from "./bytes";
import type { Directory, ExactField } from "./manifest";
import { nearestValue } from "./note";
import type { Store } from "./pieces";
import { comparePoints, type Terms } from "./postings";
import { choice, type Clause, group, mustNot, newWord, phrase, plain, prefix, range, sequence, should, typo } from "./query";
import { allowedEdits, type Candidate, distance, foremost, isSpelled, near, nearest, typed } from "./spelling";

const mostTerms = 100;
const mostExpanded = 1600;

// Step is a clause that is ready to be evaluated.
export interface Step extends Clause {
  filter: boolean;
  terms: string[];
  within: Extent;
  steps: Step[];
}

// Spelling is a word that no incident has and the term that it was read as.
export interface Spelling {
  text: string;
  term: string;
}

// Planner makes steps of clauses and fetches what their evaluation reads.
export class Planner {
  readonly columns = new Map<string, Extent[]>();
  notes: string[] = [];
  spelled: Spelling[] = [];
  private expanded = 0;
  private short = false;

  constructor(
    private readonly fields: Fields,
    private readonly terms: Terms,
    private readonly store: Store,
    private readonly ready: (text: string) => Promise<void>,
  ) {}

  // plan plans the clauses of a query: first all that is known is fetched at once, then
  // what depends on it, in order.
  async plan(clauses: Clause[]): Promise<Step[]> {
    await this.prepare(clauses);
    return this.all(this.considered(clauses), false);
  }

  // directory reads the piece that names what few queries need.
  directory(): Promise<Directory> {
    return this.store.piece(this.fields.manifest.directory, "D", (payload) => JSON.parse(decode(payload)) as Directory);
  }

  private async prepare(clauses: Clause[]): Promise<void> {
    const found: string[] = [];
    const placed: string[] = [];
    this.needs(this.considered(clauses), found, placed);
    await Promise.all([this.terms.fetch(found, false), this.terms.fetch(placed, true)]);
  }

  private needs(clauses: Clause[], found: string[], placed: string[]): void {
    clauses.forEach((c, i) => {
      const exact = this.fields.exact(c.field);
      const add = (sequence: string[]) => (sequence.length > 1 ? placed : found).push(...sequence);
      if (c.kind === phrase && !exact) {
        add(sequence(c));
      } else if (c.kind <= phrase && exact) {
        found.push(...exactKeys(c, exact));
      } else if (c.kind === plain && c.words.length > 0) {
        sequences(c.words[0], c.occur === should).forEach(add);
      }
      found.push(...compoundsOf(clauses.slice(i)));
      this.needs(c.kind === choice ? c.clauses : this.considered(c.clauses), found, placed);
    });
  }

  private async all(clauses: Clause[], sure: boolean): Promise<Step[]> {
    const steps: Step[] = [];
    for (const c of clauses) {
      if (this.leavesOut(c)) {
        continue;
      }
      const s = await this.step(c, sure || c.occur !== should);
      if (c.clauses.length === 0 || s.steps.length > 0) {
        steps.push(s);
      }
    }
    if (this.spelled.length > 0) {
      await Promise.all(steps.map((_, i) => this.terms.fetch(compoundsOf(steps.slice(i)), false)));
    }
    return steps;
  }

  // leavesOut reports whether a clause stands for several terms and others stand for enough
  // of them. A note, before all others, names the first.
  private leavesOut(c: Clause): boolean {
    if ((c.kind !== prefix && c.kind !== typo) || this.expanded < mostExpanded) {
      return false;
    }
    if (!this.short) {
      this.short = true;
      this.notes.unshift("“" + clip(c.text) + markOf(c) + "” and all beginnings and near words after it are left out: those before it stand for very many words");
    }
    return true;
  }

  private async step(c: Clause, sure: boolean): Promise<Step> {
    const s: Step = { ...c, filter: this.isFilter(c), terms: [], within: { low: 1, high: 0 }, steps: [] };
    if (c.kind === group) {
      s.steps = await this.all(this.considered(c.clauses), sure && c.occur === mustNot);
    } else if (c.kind === choice) {
      s.steps = await this.all(c.clauses, sure && c.occur === mustNot);
    } else if (c.kind === range) {
      s.within = await this.within(c);
    } else if (c.kind === prefix || c.kind === typo) {
      s.terms = await this.expand(c);
    } else if (!sure && c.kind <= phrase && this.fields.exact(c.field)) {
      await this.value(s, this.fields.exact(c.field)!);
    } else if (!sure && isSpelled(c) && !this.terms.get(c.words[0].whole)) {
      await this.spell(s);
    }
    return s;
  }

  // values returns what incidents have in an exact field.
  async values(field: string): Promise<string[]> {
    const list = await this.store.piece((await this.directory()).values[field], "V", decode);
    await this.ready(list);
    return JSON.parse(list) as string[];
  }

  private async value(s: Step, field: ExactField): Promise<void> {
    const [whole, ...words] = exactKeys(s, field).map((key) => this.terms.get(key) !== undefined);
    if (whole || (words.length > 0 && words.every((known) => known))) {
      return;
    }
    const asked = foldValue(s.text);
    const meant = /[0-9]/.test(asked) ? "" : nearestValue(asked, await this.values(s.field));
    if (meant === "" || distance(Array.from(asked), Array.from(fold(meant))) > allowedEdits(asked)) {
      return;
    }
    this.notes.push("no incident has " + quoted(s) + "; “" + meant + "” is searched for instead");
    s.text = meant;
    s.words = [];
    await this.terms.fetch(exactKeys(s, field), false);
  }

  private isFilter(c: Clause): boolean {
    if (c.kind === group || c.kind === choice) {
      return c.clauses.every((c) => c.occur === mustNot || this.isFilter(c));
    }
    return c.kind === range || this.fields.exact(c.field) !== undefined;
  }

  private considered(clauses: Clause[]): Clause[] {
    const words = clauses.some((c) => !isStop(c) && c.occur !== mustNot && !this.isFilter(c));
    return words ? clauses.filter((c) => !isStop(c)) : clauses;
  }

  private async spell(s: Step): Promise<void> {
    const meant = await nearest(typed(s), s.words[0].whole, this.terms);
    if (meant !== "") {
      await this.terms.fetch([meant], false);
      this.spelled.push({ text: s.text, term: meant });
      s.words = [{ ...newWord(meant), stop: false }];
    }
  }

  private async within(c: Clause): Promise<Extent> {
    const { columns, scale } = await this.directory();
    const f = columnFields[c.field];
    const column = await this.store.piece(columns[c.field], "N", readColumn);
    this.columns.set(c.field, column);
    const r = rangeOf(f, c, scale);
    if (r && column.some((e) => isWithin(e, r))) {
      return r;
    }
    let note = quoted(c) + " matches nothing";
    if (!r) {
      const day = c.field === "date" ? nearestBound(c, (text) => f.read(text, scale) !== null) : "";
      note += ": " + f.form + (day && "; the nearest date is “" + day + "”");
    }
    const all = wholeOf(column);
    note +=
      all.low <= all.high
        ? "; those of this library run from " + f.write(all.low, scale) + " to " + f.write(all.high, scale)
        : "; no incident says what it is";
    this.notes.push(note);
    return r || { low: 1, high: 0 };
  }

  private async expand(c: Clause): Promise<string[]> {
    const exact = this.fields.exact(c.field);
    const key = exact ? keyOf(exact, "") : "";
    let found = await this.candidates(c, key, exact ? foldValue(c.text) : c.words[0].whole);
    if (found.length > mostTerms) {
      found = found.sort(foremost).slice(0, mostTerms);
      this.notes.push("“" + clip(c.text) + markOf(c) + "” stands for very many words; the 100 most usual are searched");
    }
    const terms = found.map((f) => f.term).sort(comparePoints);
    this.expanded += terms.length;
    await this.terms.fetch(terms.map((term) => key + term), false);
    return terms;
  }

  private async candidates(c: Clause, key: string, text: string): Promise<Candidate[]> {
    if (c.kind === typo) {
      return near(this.terms, key, text, c.edits || allowedEdits(text) || 1);
    }
    const found = await this.terms.startingWith(key, text);
    if (key === "") {
      const more = stems(text);
      await this.terms.fetch(more, false);
      for (const term of more) {
        const known = this.terms.get(term);
        if (known) {
          found.push({ term, edits: 0, count: known.documents });
        }
      }
    }
    return found;
  }
}

function markOf(c: Clause): string {
  return c.kind === prefix ? "*" : "~";
}

function isStop(c: Clause): boolean {
  return c.kind === plain && c.occur === should && c.field === "" && c.words[0].stop;
}

function nearestBound(c: Clause, exists: (text: string) => boolean): string {
  for (const { value } of [c.low, c.high]) {
    const day = nearestDay(value);
    if (day && !exists(value)) {
      return writeNearest(day);
    }
  }
  return "";
}

// quoted is a clause with a field as a note names it.
export function quoted(c: Clause): string {
  return "“" + c.field + ":" + clip(c.text) + "”";
}
