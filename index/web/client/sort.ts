// The orders of hits: the mirror of sort.go in package index, which is read beside this
// file.

import { type Extent, readColumn } from "./column";
import type { Directory } from "./manifest";
import type { Store } from "./pieces";

export type Sort = "relevance" | "newest" | "oldest" | "longest" | "shortest";

const sorts: Sort[] = ["relevance", "newest", "oldest", "longest", "shortest"];

// Key gives answers their places: the greatest comes first, and of equals the highest
// number, as numbers go by date.
export type Key = (document: number) => number;

export function checkSort(sort: Sort | undefined): void {
  if (sort && sorts.indexOf(sort) < 0) {
    throw new Error("no order " + JSON.stringify(sort));
  }
}

// keyOf returns the key of an order, rank where it is relevance.
export async function keyOf(sort: Sort | undefined, rank: Key, directory: () => Promise<Directory>, store: Store): Promise<Key> {
  if (sort === "newest") {
    return () => 0;
  }
  if (sort === "oldest") {
    const { undated } = await directory();
    return (document) => (document < undated ? -Infinity : -document);
  }
  if (sort === "longest" || sort === "shortest") {
    const lasted = await store.piece((await directory()).columns.duration, "N", readColumn);
    return lengthKey(lasted, sort === "longest" ? 1 : -1);
  }
  return rank;
}

function lengthKey(lasted: Extent[], sign: number): Key {
  return (document) => {
    const { low, high } = lasted[document];
    return low <= high ? sign * (low + high) : -Infinity;
  };
}

// foremost returns the first of the answers in the order of their keys.
export function foremost(answers: number[], key: Key, limit: number): number[] {
  const keyed = answers.map((document) => ({ document, key: key(document) }));
  keyed.sort((a, b) => (a.key === b.key ? b.document - a.document : b.key - a.key));
  return keyed.slice(0, limit).map((k) => k.document);
}
