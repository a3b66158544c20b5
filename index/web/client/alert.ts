// What a pasted alert asks for: the mirror of package alert, a file of its own
// (search/alert.js), so that a search does not wait for it.
//
//   const { read } = await import(root + "search/alert.js")
//   const { query, kinds, sought, left, notes } = read(text)

import { Divider, ofQuiet, ofText, skipped, whys } from "./alertline";
import { clean, clip, first, isDigit, isLetter, isUpper, lower, type Omission, Omissions, oneOf, only, sizeAt } from "./alerttext";
import { type Token, tokens } from "./alerttoken";
import { cut, has, kinds, means } from "./alertwords";

// Reading is a pasted text as it was understood, as type Reading of package alert says.
export interface Reading {
  kinds: string[];
  query: string;
  sought: Sought[];
  left: Omission[];
  notes: string[];
}

// Sought is a word or phrase of the query.
export interface Sought {
  text: string;
  phrase: boolean;
  why: string;
}

const mostRead = 1 << 16;

function ends(text: string): string {
  if (clip(text, mostRead, "").length === text.length) {
    return text;
  }
  let start = text.length;
  for (let n = mostRead / 2; n > 0; n--) {
    start -= start > 1 && sizeAt(text, start - 2) === 2 ? 2 : 1;
  }
  let tail = text.slice(start);
  const [, lines] = cut(tail, "\n");
  if (lines !== "") {
    tail = lines;
  }
  return clip(text, mostRead / 2, "") + "\n" + tail;
}

// read reads a pasted text. It never throws; a text with nothing to search for has the
// query "".
export function read(text: string): Reading {
  const pasted = ends(text);
  const left = new Omissions();
  const divider = new Divider(left);
  divider.divide(clean(pasted), "", 0, 0);
  const chooser = new Chooser();
  for (const s of divider.judge()) {
    if ((s.rank >= ofText && chooser.terms.length >= enough) || (s.rank === ofQuiet && chooser.terms.length > 0)) {
      left.add(skipped[s.rank], s.text);
    } else if (chooser.terms.length >= mostWords) {
      left.add("further lines", s.text);
    } else {
      chooser.statement(tokens(s.text, left), s.rank);
    }
  }
  const sought = chooser.sought();
  const query = written(sought);
  const notes: string[] = [];
  if (pasted !== text) {
    notes.push("the text is long; its first and last 32,768 characters are read");
  }
  if (query === "") {
    notes.push("there is no word in it to search for");
  }
  return { kinds: recognized(pasted, chooser.codes, divider.levels.length > 1), query, sought, left: [...left.list, ...chooser.leftOver()], notes };
}

const mostKinds = 4;

function recognized(text: string, codes: string[], labels: boolean): string[] {
  const list: string[] = [];
  for (const m of kinds) {
    if (list.indexOf(m.kind) < 0 && text.includes(m.text)) {
      list.push(m.kind);
    }
  }
  for (const code of codes) {
    if (!only(code, isDigit)) {
      list.push(code);
    } else if (code.length === 3 && code >= "400") {
      list.push("HTTP status " + code);
    } else {
      list.push("code " + code);
    }
  }
  if (list.length === 0 && labels) {
    list.push("labels and values");
  }
  return first(list, mostKinds);
}

const mostWords = 24;
const mostOfLine = 16;
const mostPhrases = 8;
const phraseWords = 4;
const leastParts = 2;
const enough = 8;
const overflow = 12;

// Chooser gathers what a query consists of.
class Chooser {
  readonly terms: Sought[] = [];
  readonly codes: string[] = [];
  private readonly phrases: Sought[] = [];
  private readonly parts: Sought[] = [];
  private readonly taken = new Set<string>();
  private readonly over: string[] = [];

  statement(list: Token[], rank: number): void {
    let room = Math.min(mostOfLine, mostWords - this.terms.length);
    for (const t of list) {
      if (t.small || this.taken.has(lower(t.text))) {
        continue;
      }
      if (t.part) {
        this.take(this.parts, t.text, whys[rank]);
      } else if (room === 0 || this.terms.length >= mostWords) {
        this.over.push(t.text);
      } else {
        this.take(this.terms, t.text, whys[rank]);
        this.meant(t.text);
        room--;
      }
    }
    if (rank <= ofText) {
      this.cut(list, rank);
    }
  }

  private take(list: Sought[], text: string, why: string): void {
    if (!this.taken.has(lower(text))) {
      this.taken.add(lower(text));
      list.push({ text, phrase: false, why });
    }
  }

  private meant(word: string): void {
    const why = "what “" + word + "” says";
    const meaning = means.get(lower(word));
    if (meaning) {
      this.codes.push(word);
      this.add(meaning, why);
    }
    for (const part of division(word)) {
      if (!has("common", part) && !has("small", part) && this.terms.length < mostWords) {
        this.take(this.terms, part, why);
      }
    }
  }

  private cut(list: Token[], rank: number): void {
    for (let start = 0; start < list.length; ) {
      let end = start + 1;
      for (let size = 1; end < list.length && list[end].joined && size < phraseWords; end++) {
        size += list[end].stop ? 0 : 1;
      }
      this.phrase(list.slice(start, end), rank);
      start = end;
    }
  }

  private phrase(run: Token[], rank: number): void {
    while (run.length > 0 && run[0].stop) {
      run = run.slice(1);
    }
    while (run.length > 0 && run[run.length - 1].stop) {
      run = run.slice(0, -1);
    }
    if (run.length > 1 && run.some((t) => !t.small)) {
      this.add(run.map((t) => t.text).join(" "), whys[rank]);
    }
  }

  private add(text: string, why: string): void {
    const key = '"' + lower(text);
    if (this.phrases.length < mostPhrases && !this.taken.has(key)) {
      this.taken.add(key);
      this.phrases.push({ text, phrase: true, why });
    }
  }

  sought(): Sought[] {
    return [...this.phrases, ...this.terms, ...first(this.parts, Math.max(leastParts, mostWords - this.terms.length))];
  }

  leftOver(): Omission[] {
    const rest = this.over.filter((word) => {
      const again = this.taken.has(lower(word));
      this.taken.add(lower(word));
      return !again;
    });
    return rest.length === 0 ? [] : [{ what: "words beyond the first " + mostWords, count: rest.length, examples: first(rest, overflow) }];
  }
}

function division(word: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 1; i <= word.length; i++) {
    if (i === word.length || (isUpper(word.charCodeAt(i)) && !isUpper(word.charCodeAt(i - 1)))) {
      parts.push(word.slice(start, i));
      start = i;
    }
  }
  if (parts.length < 2 || !only(word, isLetter)) {
    return [];
  }
  return parts.filter((part) => part.length > 2).map(lower);
}

function written(list: Sought[]): string {
  return list.map((s) => (s.phrase || !isBare(s.text) ? '"' + s.text + '"' : s.text)).join(" ");
}

const inBare = oneOf("_.-'");

function isBare(word: string): boolean {
  return word !== "OR" && !word.includes("..") && only(word, (c) => isLetter(c) || isDigit(c) || inBare(c) || c >= 0x80);
}
