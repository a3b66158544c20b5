// The search client of a Faultline site: the same hits, order and scores as
// `faultline search`, from static files. Package web documents the files.
//
//   const s = await open(baseURL, { fetch })
//   const { total, notes, hits } = await s.search("connection refused", { limit: 10 })
//
// It needs ES2017, fetch and timers, nothing of a document.

import { decode } from "./bytes";
import { Evaluation, Fields, lengthNorms, type Needle } from "./evaluate";
import { type Facts, readFacts } from "./fact";
import { type Facet, Sieve } from "./facet";
import { covers, useTables } from "./fold";
import { type Manifest, readManifest } from "./manifest";
import { missing, spellingNotes, type Shown } from "./note";
import { extract, type Passage, readSections, type Told } from "./passage";
import { parse } from "./parse";
import { type Fetch, Missing, Store } from "./pieces";
import { Planner } from "./plan";
import { eachPosting, type Term, Terms } from "./postings";
import { checkSort, foremost, keyOf, type Sort } from "./sort";
import { withSynonyms } from "./synonym";
import { type Trait, type Words, worded } from "./trait";
import { addReason, fieldReason, type Reason, reasons } from "./why";

// Hit is one incident that matches, as type Hit of package index says.
export interface Hit extends Facts {
  path: string;
  id: string;
  url: string;
  title: string;
  date: string | null;
  score: number;
  passages: Passage[];
  why: Reason[];
}

export interface Result {
  query: string;
  total: number;
  notes: string[];
  facets: Facet[];
  hits: Hit[];
}

// Options: limit is how many hits to return, 10 unless given; passages false leaves
// out the hits' passages, facts and reasons and saves fetching them; sort is their order;
// facets are the names of those to count, in this order; within are filters, field and
// value: values of one field are alternatives, different fields must all hold.
export interface Options {
  limit?: number;
  passages?: boolean;
  sort?: Sort;
  facets?: string[];
  within?: [string, string][];
}

// open reads the index of the site at baseURL, the folder that holds search/. It
// rejects where there is none.
export async function open(baseURL: string, options: { fetch?: Fetch } = {}): Promise<Search> {
  const base = baseURL === "" || baseURL.endsWith("/") ? baseURL : baseURL + "/";
  const fetcher: Fetch = options.fetch || ((url) => fetch(url));
  const store = new Store(base, fetcher);
  return new Search(store, await manifestOf(store));
}

async function manifestOf(store: Store): Promise<Manifest> {
  return readManifest(await store.file("manifest.json"));
}

// Search answers queries. It may be asked several at a time.
export class Search {
  private snapshot: Snapshot;

  constructor(
    private readonly store: Store,
    manifest: Manifest,
  ) {
    this.snapshot = new Snapshot(store, manifest);
  }

  // search answers a query. Where a piece is missing it reads the manifest once more
  // and begins again, as the site may have been replaced. Where that does not help it leaves
  // out the facets that it cannot count, and rejects where it cannot do without the piece.
  async search(query: string, options: Options = {}): Promise<Result> {
    const snapshot = this.snapshot;
    try {
      return await snapshot.search(query, options);
    } catch (error) {
      if (!(error instanceof Missing)) {
        throw error;
      }
    }
    if (this.snapshot === snapshot) {
      this.snapshot = new Snapshot(this.store, await manifestOf(this.store));
    }
    return this.snapshot.search(query, options, true);
  }
}

// Card is what is shown of an incident before its passages: its facts and sections are
// those with the number at in the piece sections.
interface Card {
  id: string;
  path: string;
  url: string;
  title: string;
  date: string | null;
  sections: string;
  at: number;
}

// Answering is what hits are described with.
interface Answering {
  planner: Planner;
  terms: Terms;
  needles: Needle[];
  meant: Map<string, string>; // words that no incident has, by the terms that they were read for
  traits: Map<number, Trait[]>; // by document
  sieve: Sieve;
}

const mostNotes = 8;
const tagFields = ["terms", "suggested"];

function readCards(payload: Uint8Array): Card[] {
  let place = { sections: "", at: 0 };
  return (JSON.parse(decode(payload)) as string[][]).map(([id, title, date, sections, path, url]) => {
    place = sections ? { sections, at: 0 } : { ...place, at: place.at + 1 };
    return { id, title: title || "", date: date || null, path: path || `incidents/${id}.md`, url: url || `incidents/${id}/`, ...place };
  });
}

// Snapshot is one state of the site: everything that a query reads belongs to it.
class Snapshot {
  private readonly fields: Fields;

  constructor(
    private readonly store: Store,
    private readonly manifest: Manifest,
  ) {
    this.fields = new Fields(manifest);
  }

  // search answers a query; spare has it do without facets whose pieces are missing.
  async search(text: string, options: Options, spare = false): Promise<Result> {
    checkSort(options.sort);
    await this.ready(text);
    const query = parse(text, (name) => this.fields.kind(name));
    const terms = new Terms(this.store, this.manifest);
    const planner = new Planner(this.fields, terms, this.store, (text) => this.ready(text));
    const directory = () => planner.directory();
    const { facets = [], within = [] } = options;
    const opened = new Sieve(this.manifest.incidents, facets, within, spare).open(directory, this.store, (text) => this.ready(text));
    if ((query.clauses.length === 0 && facets.length + within.length === 0) || this.manifest.incidents === 0) {
      const sieve = await opened;
      return { query: text, total: 0, notes: [...query.notes, ...sieve.notes].slice(0, mostNotes), facets: sieve.count([]), hits: [] };
    }
    const [norms, steps, sieve] = await Promise.all([this.norms(), planner.plan(query.clauses), opened]);
    const evaluation = new Evaluation(this.fields, terms, norms, planner.columns);
    const scope = evaluation.run(steps);
    const answers = scope.answers();
    const passed = sieve.passed(answers);
    const key = await keyOf(options.sort, (number) => scope.rank(number), directory, this.store);
    const best = foremost(passed, key, options.limit === undefined ? 10 : Math.max(0, options.limit));
    const meant = new Map(planner.spelled.map((s) => [s.term, s.text] as [string, string]));
    const shown = best.length > 0 && options.passages !== false;
    const needles = shown ? await withSynonyms(evaluation.needles, directory, this.store) : [];
    const traits = shown ? evaluation.traits(steps, best) : new Map<number, Trait[]>();
    const answering = { planner, terms, needles, meant, traits, sieve };
    const found = await Promise.all(best.map((number) => this.hit(number, scope.rank(number), answering, options)));
    const missed = await missing(evaluation.missed.slice(0, mostNotes), planner);
    const notes = [...query.notes, ...sieve.notes, ...planner.notes, ...spellingNotes(planner.spelled, found), ...missed].slice(0, mostNotes);
    return { query: text, total: passed.length, notes, facets: sieve.count(answers), hits: found.map((f) => f.hit) };
  }

  // hit describes the incident with the number.
  private async hit(number: number, score: number, of: Answering, options: Options): Promise<Shown & { hit: Hit }> {
    const card = await this.card(number);
    await this.ready(card.title);
    const told = options.passages === false ? { facts: [], sections: [] } : await this.told(card);
    const passages = extract(told.sections, of.needles);
    const why = options.passages === false ? [] : await this.why(number, card, told, of);
    const { path, id, url, title, date } = card;
    return { hit: { path, id, url, title, date, score, passages, ...readFacts(told.facts), why }, title, sections: told.sections };
  }

  // why says why an incident is a hit: by the words of the query, then by the fields that it
  // names, then by the filters.
  private async why(number: number, card: Card, told: Told, of: Answering): Promise<Reason[]> {
    const vocabulary = (term: string) => this.vocabulary(of.planner, of.terms.get(term), number);
    const list = await reasons(card.title, told, of.needles, of.meant, vocabulary);
    for (const t of of.traits.get(number) || []) {
      const { id, date } = card;
      addReason(list, fieldReason(t.field, await worded({ id, date, facts: told.facts }, t, () => this.words(of.planner))));
    }
    of.sieve.reasons(number).forEach((r) => addReason(list, r));
    return list;
  }

  private norms(): Promise<Float64Array> {
    return this.store.piece(this.manifest.lengths, "L", (payload) => lengthNorms(payload, this.manifest));
  }

  private async card(number: number): Promise<Card> {
    const size = this.manifest.cardSize;
    const name = this.manifest.cards[Math.floor(number / size)];
    const cards = await this.store.piece(name, "C", readCards);
    return cards[number % size];
  }

  // vocabulary returns the words of the vocabulary if the term is one of those that an
  // incident is tagged with.
  private async vocabulary(planner: Planner, term: Term | undefined, number: number): Promise<Words | null> {
    let tagged = false;
    if (term) {
      eachPosting(term, (document, field) => {
        tagged = tagged || (document === number && tagFields.indexOf(this.manifest.formula.fields[field].name) >= 0);
      });
    }
    return tagged ? this.words(planner) : null;
  }

  private async words(planner: Planner): Promise<Words> {
    const text = await this.store.piece((await planner.directory()).words, "W", decode);
    await this.ready(text);
    return JSON.parse(text) as Words;
  }

  // phrases returns what sections were deflated after, if anything.
  private phrases(): Promise<Uint8Array> | undefined {
    const name = this.manifest.phrases;
    return name ? this.store.piece(name, "X", (payload) => payload) : undefined;
  }

  private async told(card: Card): Promise<Told> {
    const read = (payload: Uint8Array) => {
      const text = decode(payload);
      return { text: covers(text) ? "" : text, incidents: readSections(text) };
    };
    const all = await this.store.piece(card.sections, "S", read, this.phrases());
    await this.ready(all.text);
    return all.incidents[card.at];
  }

  // ready waits until the characters of a text are known.
  private async ready(text: string): Promise<void> {
    if (!covers(text)) {
      await this.store.piece(this.manifest.characters, "U", (payload) => useTables(decode(payload)));
    }
  }
}
