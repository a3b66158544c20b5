// Characters and pieces of pasted text: the mirror of text.go in package alert. What is
// asked of a character is asked of its UTF-16 code; all that counts is ASCII.

export type Asked = (c: number) => boolean;

export const isDigit: Asked = (c) => c >= 0x30 && c <= 0x39;
export const isUpper: Asked = (c) => c >= 0x41 && c <= 0x5a;
export const isLetter: Asked = (c) => isUpper(c) || (c >= 0x61 && c <= 0x7a);
export const isBlank: Asked = (c) => c === 0x20 || c === 0x09 || c === 0x0a;
export const isInk: Asked = (c) => !isBlank(c);
export const isHex: Asked = (c) => isDigit(c) || (c >= 0x61 && c <= 0x66) || (c >= 0x41 && c <= 0x46);

// oneOf asks whether a character is one of those of a text.
export function oneOf(characters: string): Asked {
  const codes = new Uint8Array(0x80);
  for (let i = 0; i < characters.length; i++) {
    codes[characters.charCodeAt(i)] = 1;
  }
  return (c) => codes[c] === 1;
}

export function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function only(text: string, asked: Asked): boolean {
  return text !== "" && span(text, 0, asked) === text.length;
}

export function span(text: string, start: number, asked: Asked, end = text.length): number {
  while (start < end && asked(text.charCodeAt(start))) {
    start++;
  }
  return start;
}

export function count(text: string, asked: Asked): number {
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    n += asked(text.charCodeAt(i)) ? 1 : 0;
  }
  return n;
}

// trim takes the characters that are as asked from both ends.
export function trim(text: string, asked: Asked): string {
  let end = text.length;
  while (end > 0 && asked(text.charCodeAt(end - 1))) {
    end--;
  }
  return text.slice(span(text, 0, asked, end), end);
}

export function chunks(text: string): string[] {
  const list: string[] = [];
  for (let pos = span(text, 0, isBlank); pos < text.length; ) {
    const end = span(text, pos, isInk);
    list.push(text.slice(pos, end));
    pos = span(text, end, isBlank);
  }
  return list;
}

export function keyOf(name: string): string {
  let key = "";
  for (let i = 0; i < name.length; i++) {
    const c = name.charCodeAt(i);
    key += isLetter(c) || isDigit(c) ? name[i] : "";
  }
  return lower(key);
}

// clip returns the first n characters of a text, with more behind them where it has more.
export function clip(text: string, n: number, more: string): string {
  for (let i = 0; i < text.length; i += sizeAt(text, i)) {
    if (--n < 0) {
      return text.slice(0, i) + more;
    }
  }
  return text;
}

export function sizeAt(text: string, pos: number): number {
  return text.codePointAt(pos)! > 0xffff ? 2 : 1;
}

const escape = 0x1b;

export function clean(text: string): string {
  let plain = "";
  for (let pos = 0; pos < text.length; ) {
    const end = sequenceEnd(text, pos);
    if (end > pos) {
      pos = end;
      continue;
    }
    plain += plainForm(text.codePointAt(pos)!);
    pos += sizeAt(text, pos);
  }
  return plain;
}

function sequenceEnd(text: string, pos: number): number {
  let start = pos;
  if (text.charCodeAt(start) === escape) {
    start++;
  }
  if (text[start] !== "[") {
    return start;
  }
  const end = span(text, start + 1, (c) => isDigit(c) || c === 0x3b);
  if (end < text.length && ((text[end] === "m" && end > start + 1) || (start > pos && isLetter(text.charCodeAt(end))))) {
    return end + 1;
  }
  return start;
}

function plainForm(c: number): string {
  if (c === 0x0a || c === 0x2028 || c === 0x2029 || c === 0x85) {
    return "\n";
  }
  if (c === 0x201c || c === 0x201d || c === 0x201e || c === 0xff02) {
    return '"';
  }
  if (c === 0x2018 || c === 0x2019) {
    return "'";
  }
  if (c < 0x20 || (c >= 0x7f && c <= 0xa0) || c === 0x1680 || (c >= 0x2000 && c <= 0x200b) || c === 0x202f || c === 0x205f || c === 0x3000 || c === 0xfeff || c === 0xfffd) {
    return " ";
  }
  if (c === 0x200e || c === 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)) {
    return "";
  }
  return c >= 0xd800 && c < 0xe000 ? " " : String.fromCodePoint(c);
}

export function first<T>(list: T[], n: number): T[] {
  return list.slice(0, Math.max(0, n));
}

export interface Omission {
  what: string;
  count: number;
  examples: string[];
}

const mostExamples = 3;
const longestExample = 60;

// Omissions counts what is left out.
export class Omissions {
  readonly list: Omission[] = [];

  add(what: string, example: string): void {
    let l = this.list.find((o) => o.what === what);
    if (!l) {
      l = { what, count: 0, examples: [] };
      this.list.push(l);
    }
    if (++l.count <= mostExamples) {
      l.examples.push(clip(example, longestExample, "…"));
    }
  }
}
