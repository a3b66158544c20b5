// Beginnings of words and words spelled nearly so: the mirror of expand.go in package
// query.

import { classOf, digit, fold, letter, pair } from "./fold";
import { clip, type Lexer } from "./lex";
import { type Clause, newWord, plain, prefix, surfaces, textField, typo, type Word } from "./query";
import { stem } from "./stem";
import { joinerOf, plain as isPlain } from "./tokens";

// expansion reads the "*" or "~" that the clause's text ends in into the clause, and
// reports whether it counts.
export function expansion(c: Clause, field: number, lexer: Lexer): boolean {
  const [kind, body, edits] = marked(c.text);
  if (kind === plain) {
    return false;
  }
  const word = field <= textField ? expandable(body, kind) : undefined;
  if (word === null) {
    return false;
  }
  if (letters(body) < (kind === typo ? 3 : word ? 2 : 1)) {
    lexer.note("“" + clip(c.text) + "” is too short to stand for other words");
    return false;
  }
  Object.assign(c, { kind, text: body, edits, words: word ? [word] : [] });
  return true;
}

function marked(text: string): [number, string, number] {
  if (text.endsWith("*")) {
    return [prefix, text.slice(0, -1), 0];
  }
  const mark = /~([12]?)$/.exec(text);
  return mark ? [typo, text.slice(0, mark.index), Number(mark[1])] : [plain, text, 0];
}

function expandable(text: string, kind: number): Word | null {
  const found = surfaces(text);
  if (found.length !== 1 || found[0].start > 0) {
    return null;
  }
  const { word, end } = found[0];
  const rest = text.slice(end);
  if (kind === typo) {
    return rest === "" && word.parts.length === 0 ? { ...newWord(word.whole), stop: false } : null;
  }
  if (Array.from(rest).some((c) => joinerOf(c.codePointAt(0)!) === "")) {
    return null;
  }
  return { ...newWord(beginning(text)), stop: false };
}

function letters(text: string): number {
  let n = 0;
  for (const c of text) {
    const kind = classOf(c.codePointAt(0)!);
    n += kind === pair ? 2 : kind === letter || kind === digit ? 1 : 0;
  }
  return n;
}

function beginning(text: string): string {
  const hyphens = /[0-9._/@:]/.test(text);
  let term = "";
  for (const c of text) {
    const joiner = joinerOf(c.codePointAt(0)!);
    if (joiner === "") {
      term += fold(c);
    } else if (joiner !== "'" && (joiner !== "-" || hyphens) && !(joiner === ":" && term.endsWith(":"))) {
      term += joiner;
    }
  }
  return term;
}

const endings =
  "ications ators ations atives icatives ingly edly ings ers ances ences ements ables ibles abilities ibilities " +
  "alities icalities ivities izations izers ousnesses fulnesses ivenesses lessly fully ously ively ationally ically entlies " +
  "isms ants ents ions als ics ists ogies ied ies eed";

let tails: Set<string>;

// eachTail calls f for the ends of all endings: what a beginning may lack of a word's end.
function eachTail(f: (tail: string) => void): void {
  if (!tails) {
    tails = new Set();
    for (const ending of endings.split(" ")) {
      for (let i = 0; i < ending.length; i++) {
        tails.add(ending.slice(i)).add(ending.slice(i).replace(/s$/, ""));
      }
    }
  }
  tails.forEach(f);
}

// stems returns the terms, sorted, of the English words that begin with the text, where
// these terms do not begin with it themselves.
export function stems(beginning: string): string[] {
  if (beginning.length < 3 || !isPlain(beginning)) {
    return [];
  }
  const found = new Set([stem(beginning), stem(beginning + "e"), stem(beginning + "y")]);
  eachTail((tail) => found.add(stem(beginning + tail)));
  return Array.from(found).filter((term) => !term.startsWith(beginning) && loses(beginning, term)).sort();
}

// forms returns words with English endings whose term is the given one.
export function forms(term: string): string[] {
  const found: string[] = [];
  if (term.length >= 4 && isPlain(term)) {
    eachTail((tail) => stem(term + tail) === term && found.push(term + tail));
  }
  return found;
}

function loses(beginning: string, stem: string): boolean {
  if (!beginning.startsWith(stem)) {
    return stem.startsWith(beginning.slice(0, -1));
  }
  const rest = beginning.slice(stem.length + (beginning[stem.length] === stem[stem.length - 1] ? 1 : 0));
  return (" " + endings).indexOf(" " + rest) >= 0;
}
