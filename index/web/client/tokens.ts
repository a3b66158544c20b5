// The tokenizer: the mirror of tokens.go in package query, which is read beside this
// file and says what the terms of a text are.

import { classOf, digit, foldOf, letter, mark, pair, separator } from "./fold";
import { stem } from "./stem";

// Token is one term of a text. Start and end are UTF-16 offsets of the surface text.
export interface Token {
  term: string;
  position: number;
  start: number;
  end: number;
  part: boolean;
}

const maxTerm = 64;

// tokens returns the terms of text in order of position, a whole before its parts.
export function tokens(text: string): Token[] {
  const s = new Scanner(text);
  while (s.pos < text.length) {
    const c = s.at(s.pos);
    switch (classOf(c)) {
      case letter:
      case digit:
        s.word();
        break;
      case pair:
        s.run();
        break;
      default:
        s.pos += sizeOf(c);
    }
  }
  return s.tokens;
}

interface Atom {
  from: number;
  to: number;
  start: number;
  end: number;
  size: number;
  digits: boolean;
}

function sizeOf(c: number): number {
  return c > 0xffff ? 2 : 1;
}

class Scanner {
  pos = 0;
  position = 0;
  size = 0;
  folded = "";
  atoms: Atom[] = [];
  joints: string[] = [];
  pieces: number[] = [];
  tokens: Token[] = [];

  constructor(readonly text: string) {}

  at(offset: number): number {
    return offset < this.text.length ? this.text.codePointAt(offset)! : 0;
  }

  reset(): void {
    this.folded = "";
    this.atoms = [];
    this.joints = [];
    this.pieces = [];
  }

  open(digits: boolean): void {
    const from = this.folded.length;
    this.atoms.push({ from, to: from, start: this.pos, end: this.pos, size: 0, digits });
  }

  last(): Atom {
    return this.atoms[this.atoms.length - 1];
  }

  take(c: number): void {
    const open = this.last();
    if (this.size < maxTerm) {
      this.folded += foldOf(c);
    }
    this.pos += sizeOf(c);
    this.size++;
    open.to = this.folded.length;
    open.end = this.pos;
    open.size++;
  }

  run(): void {
    this.reset();
    for (let c = this.at(this.pos); ; c = this.at(this.pos)) {
      const kind = classOf(c);
      if (kind === pair) {
        this.size = 0;
        this.open(false);
      } else if (kind !== mark) {
        break;
      }
      this.take(c);
    }
    if (this.atoms.length === 1) {
      this.emit(0, 1, false);
      this.position++;
    }
    for (let i = 1; i < this.atoms.length; i++) {
      this.emit(i - 1, i + 1, false);
      this.position++;
    }
  }

  word(): void {
    this.reset();
    this.piece();
    while (this.joint()) {
      this.piece();
    }
    this.contract();
    this.emitWord();
  }

  piece(): void {
    const first = this.atoms.length;
    this.pieces.push(first);
    this.size = 0;
    let before = separator;
    for (let c = this.at(this.pos); ; c = this.at(this.pos)) {
      let kind = kindOf(c);
      if (kind === separator || kind === pair) {
        break;
      }
      if (kind === mark) {
        kind = before;
      } else if (before === separator || (this.size < maxTerm && this.borders(before, kind))) {
        this.open(kind === digit);
      }
      if (before === upper && kind === letter && this.plural(c)) {
        this.pos += sizeOf(c);
        this.last().end = this.pos;
        break;
      }
      this.take(c);
      before = kind;
    }
    this.sign(first);
    if (!this.divides(first)) {
      this.merge(first);
    }
  }

  borders(before: string, kind: string): boolean {
    if ((before === digit) !== (kind === digit)) {
      return true;
    }
    if (kind !== upper) {
      return false;
    }
    const next = kindOf(this.at(this.pos + 1));
    return (before === letter && (next === letter || next === upper)) || (before === upper && next === letter && !this.pluralAfter());
  }

  pluralAfter(): boolean {
    return this.at(this.pos + 1) === lowerS && !continues(this.at(this.pos + 2));
  }

  plural(c: number): boolean {
    return c === lowerS && !continues(this.at(this.pos + 1)) && this.last().size > 1;
  }

  sign(first: number): void {
    if (this.atoms.length !== 1 || this.atoms[first].size !== 1 || this.atoms[first].digits) {
      return;
    }
    for (const sign of ["++", "#"]) {
      if (this.text.startsWith(sign, this.pos) && !continues(this.at(this.pos + sign.length))) {
        for (let i = 0; i < sign.length; i++) {
          this.take(sign.charCodeAt(i));
        }
        return;
      }
    }
  }

  divides(first: number): boolean {
    let single = 0;
    let digits = false;
    let total = 0;
    for (let i = first; i < this.atoms.length; i++) {
      const a = this.atoms[i];
      if (a.size === 1) {
        single++;
      }
      digits = digits || a.digits;
      total += a.size;
    }
    const n = this.atoms.length - first;
    if (single === 0) {
      return true;
    }
    if (digits) {
      return n === 2 && (total > 2 || this.folded[this.atoms[first].from] === "v");
    }
    return 2 * single < n;
  }

  merge(first: number): void {
    const last = this.last();
    const whole = this.atoms[first];
    for (let i = first + 1; i < this.atoms.length; i++) {
      whole.size += this.atoms[i].size;
      whole.digits = whole.digits || this.atoms[i].digits;
    }
    whole.to = last.to;
    whole.end = last.end;
    this.atoms.length = first + 1;
  }

  joint(): boolean {
    const c = this.at(this.pos);
    const joiner = joinerOf(c);
    if (joiner === "") {
      return false;
    }
    let next = this.pos + sizeOf(c);
    if (joiner === ":" && this.text[next] === ":") {
      next++;
    }
    const after = classOf(this.at(next));
    if (after !== letter && after !== digit) {
      return false;
    }
    this.joints.push(joiner);
    this.pos = next;
    return true;
  }

  contract(): void {
    const n = this.pieces.length;
    if (n < 2 || this.joints[n - 2] !== "'" || this.pieces[n - 1] !== this.atoms.length - 1) {
      return;
    }
    const last = this.last();
    const before = this.atoms[this.atoms.length - 2];
    switch (this.folded.slice(last.from, last.to)) {
      case "s":
        break;
      case "t":
      case "d":
      case "m":
      case "re":
      case "ve":
      case "ll":
        before.to = last.to;
        before.size += last.size;
        break;
      default:
        return;
    }
    before.end = last.end;
    this.atoms.pop();
    this.pieces.pop();
    this.joints.pop();
  }

  emitWord(): void {
    const n = this.pieces.length;
    const whole = n > 1 && this.emitWhole();
    for (let i = 0; i < n; i++) {
      const first = this.pieces[i];
      const end = i + 1 < n ? this.pieces[i + 1] : this.atoms.length;
      this.emit(first, end, whole);
      for (let a = first; end - first > 1 && a < end; a++) {
        this.emit(a, a + 1, true);
      }
      this.position++;
    }
  }

  emitWhole(): boolean {
    let size = this.joints.length;
    let digits = false;
    for (const a of this.atoms) {
      size += a.size;
      digits = digits || a.digits;
    }
    if (size > maxTerm) {
      return false;
    }
    let term = "";
    for (let i = 0; i < this.pieces.length; i++) {
      const end = i + 1 < this.pieces.length ? this.pieces[i + 1] : this.atoms.length;
      if (i > 0 && this.written(this.joints[i - 1], digits)) {
        term += this.joints[i - 1];
      }
      term += this.folded.slice(this.atoms[this.pieces[i]].from, this.atoms[end - 1].to);
    }
    this.push(term, this.atoms[0].start, this.last().end, false);
    return true;
  }

  written(joint: string, digits: boolean): boolean {
    if (joint !== "-" || digits) {
      return joint !== "'";
    }
    for (const j of this.joints) {
      if (j !== "-" && j !== "'") {
        return true;
      }
    }
    return false;
  }

  emit(first: number, end: number, part: boolean): void {
    const a = this.atoms[first];
    const b = this.atoms[end - 1];
    this.push(this.folded.slice(a.from, b.to), a.start, b.end, part);
  }

  push(term: string, start: number, end: number, part: boolean): void {
    this.tokens.push({ term: plain(term) ? stem(term) : term, position: this.position, start, end, part });
  }
}

const lowerS = 0x73;

const upper = "U";

function kindOf(c: number): string {
  return c >= 0x41 && c <= 0x5a ? upper : classOf(c);
}

function continues(c: number): boolean {
  const kind = classOf(c);
  return kind === letter || kind === digit || kind === mark;
}

export function joinerOf(c: number): string {
  switch (c) {
    case 0x2e:
    case 0x5f:
    case 0x2d:
    case 0x2f:
    case 0x40:
    case 0x3a:
    case 0x27:
      return String.fromCharCode(c);
    case 0x2019:
    case 0xff07:
      return "'";
    case 0x2010:
    case 0x2011:
      return "-";
  }
  return "";
}

export function plain(term: string): boolean {
  for (let i = 0; i < term.length; i++) {
    if (term[i] < "a" || term[i] > "z") {
      return false;
    }
  }
  return true;
}
