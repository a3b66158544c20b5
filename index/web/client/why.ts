// Why an incident is a hit: the mirror of why.go in package index, which is read beside
// this file.

import type { Needle } from "./evaluate";
import { namesOf, tagsOf } from "./fact";
import { fold } from "./fold";
import { follow, Text, type Told } from "./passage";
import type { Words } from "./trait";

export interface Reason {
  kind: "word" | "spelling" | "synonym" | "tag" | "field";
  text: string;
  asked: string | null;
  tag: string | null;
}

const mostReasons = 6;

// Seeker looks for needles in the texts of an incident.
class Seeker {
  readonly found: string[] = [];
  private readonly first = new Map<string, number[]>();

  constructor(private readonly needles: Needle[]) {
    needles.forEach((n, i) => this.first.set(n.terms[0], [...(this.first.get(n.terms[0]) || []), i]));
  }

  read(text: Text): void {
    if (!text.has(this.first)) {
      return;
    }
    const words = text.words;
    words.forEach((word, i) => {
      for (const n of this.first.get(word.term) || []) {
        const last = this.found[n] ? -1 : follow(words, i, this.needles[n]);
        if (last >= 0) {
          this.found[n] = text.text.slice(word.start, words[last].end);
        }
      }
    });
  }
}

// reasons says why an incident is a hit. Told returns the words of the vocabulary where
// the incident may be tagged with what the needle has, null where it is not.
export async function reasons(title: string, told: Told, needles: Needle[], meant: Map<string, string>, vocabulary: (term: string) => Promise<Words | null>): Promise<Reason[]> {
  const seeker = new Seeker(needles);
  seeker.read(new Text(title));
  for (const s of told.sections) {
    seeker.read(new Text(s.heading));
    s.passages.forEach((text) => seeker.read(text));
  }
  namesOf(told.facts).forEach((name) => seeker.read(new Text(name)));
  const written = new Set(needles.filter((_, i) => seeker.found[i]).map((n) => n.of));
  const said = new Set<number>();
  const list: Reason[] = [];
  const order = needles.map((n, i) => ({ n, i })).sort((a, b) => b.n.weight - a.n.weight || a.i - b.i);
  for (const { n, i } of order) {
    let r: Reason | null = seeker.found[i] ? { ...kindOf(n, meant), text: seeker.found[i], tag: null } : null;
    if (!r && !n.asked && !written.has(n.of)) {
      const words = await vocabulary(n.terms[0]);
      r = words && tagReason(tagsOf(told.facts), words, n);
    }
    if (!r || said.has(n.of)) {
      continue;
    }
    said.add(n.of);
    addReason(list, r);
  }
  return list;
}

// addReason adds a reason, where there is room and no other says as much.
export function addReason(list: Reason[], r: Reason): void {
  const { tag, text } = r;
  if (text !== "" && list.length < mostReasons && !list.some((other) => other.tag === tag && fold(other.text).indexOf(fold(text)) >= 0)) {
    list.push(r);
  }
}

// fieldReason says that the incident has a value of a field.
export function fieldReason(tag: string, text: string): Reason {
  return { kind: "field", text, asked: null, tag };
}

// kindOf says how the incident comes to write what the needle is of.
function kindOf(n: Needle, meant: Map<string, string>): { kind: Reason["kind"]; asked: string | null } {
  if (n.asked) {
    return { kind: "synonym", asked: n.asked };
  }
  const asked = meant.get(n.terms[0]);
  return asked ? { kind: "spelling", asked } : { kind: "word", asked: null };
}

function tagReason(tags: string[], words: Words, n: Needle): Reason | null {
  for (const place of tags) {
    const given = place.replace("~", "");
    const [name, label = "", definition = "", ...aliases] = words[Number(given)];
    const [tag] = name.split(":", 1);
    const id = name.slice(tag.length + 1);
    const seeker = new Seeker([n]);
    (given === place ? [id, label, definition, ...aliases] : [label, ...aliases]).forEach((text) => seeker.read(new Text(text)));
    if (seeker.found[0]) {
      return { kind: "tag", text: label || id, asked: null, tag };
    }
  }
  return null;
}
