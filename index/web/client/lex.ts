// The lexemes of a query: the mirror of lex.go in package query.

import { asciiClass, classOf, digit, letter, pair } from "./fold";
import { type FieldsOf, must, mustNot, noField, should } from "./query";

const maxNesting = 16;

export const textLexeme = 0;
export const quotedLexeme = 1;
export const openLexeme = 2;
export const closeLexeme = 3;
export const orLexeme = 4;

// Lexeme is what stands up to the next space outside quotes, or less of it.
export interface Lexeme {
  kind: number;
  occur: number;
  field: string;
  text: string;
  written: string;
}

function newLexeme(kind: number, written: string): Lexeme {
  return { kind, occur: should, field: "", text: written, written };
}

export class Lexer {
  pos = 0;
  lexemes: Lexeme[] = [];
  opened: number[] = [];
  names = 0;
  notes: string[] = [];

  constructor(
    readonly text: string,
    readonly fields: FieldsOf,
  ) {
    for (this.skipSpace(); this.pos < text.length; this.skipSpace()) {
      this.lexeme();
    }
    for (const at of this.opened) {
      this.void(at);
      this.note("a “(” is not closed; it is read as text");
    }
    this.settleOr();
    this.noteForeign();
  }

  private at(offset: number): number {
    return offset < this.text.length ? this.text.codePointAt(offset)! : 0x20;
  }

  private skipSpace(): void {
    while (this.pos < this.text.length && isSpace(this.at(this.pos))) {
      this.pos++;
    }
  }

  private lexeme(): void {
    const start = this.pos;
    if (this.closes() || this.or()) {
      return;
    }
    const x = newLexeme(textLexeme, "");
    x.occur = this.sign();
    x.field = this.field();
    let quoted;
    if (this.text[this.pos] === "(") {
      this.pos++;
      x.kind = openLexeme;
      this.opened.push(this.lexemes.length);
    } else if ((quoted = this.quoted()) !== null) {
      x.kind = quotedLexeme;
      x.text = quoted;
    } else {
      x.text = this.chunk();
    }
    x.written = this.text.slice(start, this.pos);
    this.lexemes.push(x);
  }

  private closes(): boolean {
    const n = this.opened.length;
    if (n === 0 || this.text[this.pos] !== ")") {
      return false;
    }
    this.pos++;
    this.lexemes.push(newLexeme(closeLexeme, ""));
    const open = this.opened.pop()!;
    if (n > maxNesting) {
      this.void(open);
      this.void(this.lexemes.length - 1);
      this.note("groups nest sixteen deep; a “(” beyond is read as text");
    }
    return true;
  }

  private void(at: number): void {
    this.lexemes[at] = newLexeme(textLexeme, this.lexemes[at].written);
  }

  private or(): boolean {
    if (!this.text.startsWith("OR", this.pos)) {
      return false;
    }
    const next = this.at(this.pos + 2);
    if (!isSpace(next) && next !== 0x28 && next !== 0x29) {
      return false;
    }
    this.pos += 2;
    this.lexemes.push(newLexeme(orLexeme, "OR"));
    return true;
  }

  private settleOr(): void {
    const kinds = this.lexemes.map((x) => x.kind);
    const kindAt = (i: number) => (i >= 0 && i < kinds.length ? kinds[i] : orLexeme);
    this.lexemes.forEach((x, i) => {
      if (x.kind !== orLexeme) {
        return;
      }
      const before = kindAt(i - 1);
      const after = kindAt(i + 1);
      if (before === openLexeme || before === orLexeme || after === closeLexeme || after === orLexeme) {
        x.kind = textLexeme;
        this.note("“OR” stands between what it is to choose from; here it is read as a word");
      }
    });
  }

  private noteForeign(): void {
    this.lexemes.forEach((x, i) => {
      const note = foreign.get(x.written);
      if (note && i + 1 < this.lexemes.length && /[a-z]/.test(this.text)) {
        this.note(note);
      }
    });
  }

  private sign(): number {
    const sign = this.text[this.pos];
    if (sign !== "+" && sign !== "-") {
      return should;
    }
    const c = this.at(this.pos + 1);
    const next = classOf(c);
    if (next === digit) {
      this.noteNumber(sign);
      return should;
    }
    if (next !== letter && next !== pair && c !== 0x28 && this.closing(this.pos + 1) < 0) {
      return should;
    }
    this.pos++;
    return sign === "+" ? must : mustNot;
  }

  private noteNumber(sign: string): void {
    const verb = sign === "+" ? "require" : "exclude";
    const text = clip(this.text.slice(this.pos + 1, this.chunkEnd()));
    this.note("“" + sign + text + "” is read as a number; to " + verb + " it, quote it: " + sign + "\"" + text + "\"");
  }

  private field(): string {
    let end = this.pos;
    while (end < this.text.length && isName(this.text.charCodeAt(end), end > this.pos)) {
      end++;
    }
    if (end === this.pos || this.text[end] !== ":") {
      return "";
    }
    const name = this.text.slice(this.pos, end).toLowerCase();
    if (this.fields(name) === noField) {
      this.noteNear(name, end + 1);
      return "";
    }
    const next = this.at(end + 1);
    if (isSpace(next) || next === 0x29) {
      this.note("“" + name + ":” has no value directly behind it; it is searched as text");
      return "";
    }
    this.pos = end + 1;
    return name;
  }

  private noteNear(name: string, value: number): void {
    const c = this.at(value);
    const next = classOf(c);
    if (name.length > mostNear || (next !== letter && next !== digit && next !== pair && !isQuote(c) && c !== 0x28 && c !== 0x3c && c !== 0x3e)) {
      return;
    }
    if (++this.names > mostNames) {
      return;
    }
    const near = this.nearField(name);
    if (near) {
      this.note("“" + name + ":” is no field and is searched as text; “" + near + ":” is one");
    }
  }

  private nearField(name: string): string {
    const field = fieldNames.get(name);
    if (field && this.fields(field) !== noField) {
      return field;
    }
    if (name.length < leastNear) {
      return "";
    }
    for (let end = name.length - 1; end > sureNear; end--) {
      if (this.fields(name.slice(0, end)) !== noField) {
        return name.slice(0, end);
      }
    }
    return edited(name).find((near) => this.fields(near) !== noField) || "";
  }

  private quoted(): string | null {
    const end = this.closing(this.pos);
    if (end < 0) {
      this.noteUnclosed();
      return null;
    }
    const text = this.text.slice(this.pos + 1, end);
    this.pos = end + 1;
    return text;
  }

  private closing(start: number): number {
    if (!isQuote(this.at(start))) {
      return -1;
    }
    for (let i = start + 1; i < this.text.length; i++) {
      if (isQuote(this.text.charCodeAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private noteUnclosed(): void {
    const next = classOf(this.at(this.pos + 1));
    if (isQuote(this.at(this.pos)) && (next === letter || next === digit || next === pair)) {
      this.note("the quote before “" + clip(this.text.slice(this.pos + 1, this.chunkEnd())) + "” is not closed; the words after it are searched one by one");
    }
  }

  private chunk(): string {
    const start = this.pos;
    this.pos = this.chunkEnd();
    return this.text.slice(start, this.pos);
  }

  private chunkEnd(): number {
    let end = this.pos;
    let inner = 0;
    for (let c = this.at(end); !isSpace(c); c = this.at(++end)) {
      inner += c === 0x28 ? 1 : c === 0x29 ? -1 : 0;
      if (inner < 0 && this.opened.length > 0) {
        return end;
      }
    }
    if (inner < 0) {
      this.note("a “)” closes nothing; it is read as text");
    }
    return end;
  }

  note(text: string): void {
    if (this.notes.length < 4 && this.notes.indexOf(text) < 0) {
      this.notes.push(text);
    }
  }
}

export function isSpace(c: number): boolean {
  return (
    c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c === 0x1680 || (c >= 0x2000 && c <= 0x200b) ||
    c === 0x2028 || c === 0x2029 || c === 0x202f || c === 0x205f || c === 0x3000 || c === 0xfeff
  );
}

function isName(c: number, inner: boolean): boolean {
  return asciiClass(c) === letter || (inner && c === 0x5f);
}

function isQuote(c: number): boolean {
  return c === 0x22 || c === 0x201c || c === 0x201d || c === 0x201e || c === 0xff02;
}

const foreign = new Map([
  ["AND", "“AND” is read as a word; what must be there has a plus sign: +word"],
  ["NOT", "“NOT” is read as a word; what must not be there has a minus sign: -word"],
]);

const fieldNames = new Map([
  ["sev", "severity"], ["svc", "service"], ["year", "date"], ["after", "date"], ["before", "date"], ["since", "date"],
  ["until", "date"], ["lasted", "duration"], ["dur", "duration"], ["company", "org"], ["vendor", "org"],
]);

const leastNear = 4;
const mostNear = 16;
const sureNear = 2;
const mostNames = 8;

function edited(name: string): string[] {
  const list: string[] = [];
  for (let i = sureNear; i <= name.length; i++) {
    const head = name.slice(0, i);
    const tail = name.slice(i);
    for (const c of "abcdefghijklmnopqrstuvwxyz") {
      list.push(head + c + tail);
      if (tail !== "") {
        list.push(head + c + tail.slice(1));
      }
    }
    if (tail !== "") {
      list.push(head + tail.slice(1));
    }
    if (tail.length > 1) {
      list.push(head + tail[1] + tail[0] + tail.slice(2));
    }
  }
  return list;
}

// clip is what a note quotes of a text: 40 characters of it, without those that would
// move a cursor or turn the direction of the note.
export function clip(text: string): string {
  const characters = Array.from(text);
  const shown = characters.slice(0, 40).map((c) => (isUnseen(c.codePointAt(0)!) ? "\ufffd" : c));
  return shown.join("") + (characters.length > 40 ? "…" : "");
}

function isUnseen(c: number): boolean {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}
