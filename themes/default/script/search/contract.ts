// What the search page knows of the search client (search/client.js) and of the reader
// of alerts (search/alert.js), which are files of the site and not of the theme.

export interface Part { text: string; hit: boolean }
export interface Passage { heading: string; anchor: string; text: string; parts: Part[] }
export interface Restored { mitigation: string | null; source: string | null; text: string | null }
export interface Reason { kind: string; text: string; asked: string | null; tag: string | null }

export interface Hit {
  id: string; url: string; title: string; date: string | null; score: number; passages: Passage[]; parts?: Part[];
  organization: string | null; services: string[]; severity: string | null; lasted: string | null;
  restored: Restored | null; wrong_turn: { text: string; anchor: string } | null; why: Reason[];
}

export interface FacetValue { value: string; label: string; count: number; chosen: boolean }
export interface Facet { name: string; label: string; values: FacetValue[]; more: number }

export interface Result { total: number; notes: string[]; facets: Facet[]; hits: Hit[] }

export interface Search {
  search(query: string, options: { limit: number; passages?: boolean; sort?: string; facets?: string[]; within?: Filter[] }): Promise<Result>;
}

// Filter is a facet's name and one of its values.
export type Filter = [string, string];

// Reading is a pasted text as it was understood.
export interface Reading {
  kinds: string[]; query: string; notes: string[];
  sought: { text: string; phrase: boolean; why: string }[];
  left: { what: string; count: number; examples: string[] }[];
}

// Question is all that the page's address says.
export interface Question { query: string; within: Filter[]; sort: string }

// Desk is what the page's first script lends to its second.
export interface Desk {
  root: string; // the site's, absolute
  box: HTMLInputElement;
  search(): Promise<Search>;
  asked(): Question;
  put(question: Question, lasting: boolean): void; // ask it; lasting makes it a step of the browser's history
  labelOf(filter: Filter): string;
  call(names: [Filter, string][]): void; // what people call the values of filters
  say(text: string): void;
}

// Refined is what the second script does for the first.
export interface Refined {
  answered(question: Question, result: Result): Promise<void>;
  remember(query: string): void; // it was worth asking again
  start(): void; // nothing is asked
  read(text: string): void; // something of several lines was pasted
  save(form: string): Promise<void>;
}
