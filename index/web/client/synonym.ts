// What answers for the words of a query: the mirror of (*evaluation).answering in package
// index, which is read beside this file. A client reads the synonyms of a query's words
// after its evaluation, and of those that incidents answer for alone.

import { decode } from "./bytes";
import type { Needle } from "./evaluate";
import type { Directory } from "./manifest";
import type { Store } from "./pieces";
import { comparePoints } from "./postings";

type Members = Map<string, string[]>;

// withSynonyms replaces the needles that have a key by needles of its members.
export async function withSynonyms(needles: Needle[], directory: () => Promise<Directory>, store: Store): Promise<Needle[]> {
  const lists = await Promise.all(
    needles.map(async (n) => {
      if (n.key === undefined) {
        return [n];
      }
      const members = await membersOf(n.key, (await directory()).synonyms, store);
      return members.map((member) => ({ ...n, key: undefined, terms: member.split(" "), asked: member === n.key ? "" : n.asked }));
    }),
  );
  return ([] as Needle[]).concat(...lists);
}

async function membersOf(key: string, ranges: [string, string][], store: Store): Promise<string[]> {
  const range = ranges.filter(([first]) => comparePoints(first, key) <= 0).pop();
  if (!range) {
    return [];
  }
  const members = await store.piece(range[1], "Y", readMembers);
  return members.get(key) || [];
}

function readMembers(payload: Uint8Array): Members {
  return new Map((JSON.parse(decode(payload)) as string[][]).map(([key, ...members]) => [key, members] as [string, string[]]));
}
