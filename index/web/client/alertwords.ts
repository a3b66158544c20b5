// The words by which pasted alerts are read: the mirror of words.go in package alert.

import { wordText } from "./alerttable";

export interface Marker {
  kind: string;
  text: string;
}

const sets = new Map<string, Set<string>>();
export const routine: string[] = [];
export const means = new Map<string, string>();
export const kinds: Marker[] = [];

for (const line of wordText.split("\n")) {
  const [kind, rest] = cut(line, " ");
  const [before, after] = cut(rest, ": ");
  switch (kind) {
    case "":
    case "#":
      break;
    case "routine":
      routine.push(rest);
      break;
    case "means":
      means.set(before, after);
      break;
    case "kind":
      kinds.push({ kind: before, text: after });
      break;
    default:
      add(kind, rest);
  }
}

function add(kind: string, list: string): void {
  const set = sets.get(kind) || new Set<string>();
  sets.set(kind, set);
  for (const word of list.split(" ")) {
    set.add(word);
  }
}

export function has(kind: string, word: string): boolean {
  const set = sets.get(kind);
  return set !== undefined && set.has(word);
}

// cut divides a text at the first separator; without one the second part is "".
export function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

export const unstated = 0;
export const grave = 1;
export const doubtful = 2;
export const quiet = 3;

export function levelOf(word: string): number {
  return has("error", word) ? grave : has("warning", word) ? doubtful : has("info", word) ? quiet : unstated;
}
