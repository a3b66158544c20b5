// The query language: the mirror of parse.go in package query.

import { expansion } from "./expand";
import { clip, closeLexeme, isSpace, type Lexeme, Lexer, openLexeme, orLexeme, quotedLexeme } from "./lex";
import {
  choice, type Clause, type FieldsOf, group, must, mustNot, newClause, noField, numberField, phrase, plain, type Query, range, scaleField, should,
  surfaces,
} from "./query";

const maxWords = 128;

// parse reads a query.
export function parse(text: string, fields: FieldsOf): Query {
  const p = new Parser(new Lexer(text, fields));
  const clauses: Clause[] = [];
  while (p.more()) {
    p.list(clauses, "");
  }
  return p.finish(clauses);
}

class Parser {
  private next = 0;
  private words = 0;
  private full = false;
  private readonly lexemes: Lexeme[];

  constructor(private readonly lexer: Lexer) {
    this.lexemes = lexer.lexemes;
  }

  more(): boolean {
    return this.next < this.lexemes.length && !this.full;
  }

  private peek(offset: number, kind: number): boolean {
    const at = this.next + offset;
    return at < this.lexemes.length && this.lexemes[at].kind === kind;
  }

  list(clauses: Clause[], field: string): void {
    while (this.more() && !this.peek(0, closeLexeme)) {
      this.choice(clauses, field);
    }
    this.next++;
  }

  private choice(clauses: Clause[], field: string): void {
    const operand = this.operand(field, this.peek(1, orLexeme));
    if (!this.peek(0, orLexeme)) {
      operand.forEach((c) => this.include(clauses, c));
      return;
    }
    const c = newClause(choice, should, "", "");
    this.offer(c, operand);
    while (this.peek(0, orLexeme)) {
      this.next++;
      this.offer(c, this.operand(field, true));
    }
    this.include(clauses, c);
  }

  private offer(into: Clause, operand: Clause[]): void {
    for (let c of operand.map(simple)) {
      if (c.occur === must) {
        into.occur = must;
        c = { ...c, occur: should };
      } else if (c.occur === mustNot) {
        const other = newClause(group, should, "", "");
        this.add(other.clauses, c);
        c = other;
      }
      if (c.kind === choice) {
        into.clauses.push(...c.clauses);
      } else {
        this.add(into.clauses, c);
      }
    }
  }

  private operand(field: string, joined: boolean): Clause[] {
    const x = this.lexemes[this.next++];
    if (x.kind !== openLexeme) {
      return this.leaves(x, x.field || field, joined);
    }
    const c = newClause(group, x.occur, "", "");
    this.list(c.clauses, x.field || field);
    return [c];
  }

  private include(clauses: Clause[], written: Clause): void {
    const c = simple(written);
    if (c.kind !== group || c.occur !== should || c.clauses.some(asksMore)) {
      this.add(clauses, c);
      return;
    }
    for (const inner of c.clauses) {
      if (!has(clauses, inner)) {
        clauses.push(inner);
      }
    }
  }

  private leaves(x: Lexeme, field: string, joined: boolean): Clause[] {
    const kind = this.lexer.fields(field);
    if (x.kind === quotedLexeme && kind !== numberField) {
      return withWords(newClause(phrase, x.occur, field, x.text));
    }
    const text = trim(x.text);
    const ranged = isRange(text);
    if (kind === numberField || (kind === scaleField && ranged)) {
      return [rangeOf(newClause(range, x.occur, field, text))];
    }
    if (kind !== noField && ranged) {
      this.lexer.note("“" + clip(x.written) + "” is searched as text: “" + field + "” has no order that a range could be of");
      return words(x.written);
    }
    const c = newClause(plain, x.occur, field, text);
    if (expansion(c, kind, this.lexer)) {
      return [c];
    }
    return field === "" && x.occur === should && !joined ? words(x.text) : withWords(c);
  }

  private add(clauses: Clause[], c: Clause): void {
    if (this.full || has(clauses, c)) {
      return;
    }
    if (c.kind === group || c.kind === choice) {
      if (c.clauses.length > 0) {
        clauses.push(c);
      }
      return;
    }
    const room = maxWords - this.words;
    if (Math.max(1, c.words.length) > room) {
      this.full = true;
      this.lexer.note("the query is long; its first 128 different words are searched");
      if (room === 0) {
        return;
      }
      c.words = c.words.slice(0, room);
    }
    this.words += Math.max(1, c.words.length);
    clauses.push(c);
  }

  finish(clauses: Clause[]): Query {
    const { text, notes } = this.lexer;
    if (clauses.length === 0) {
      if (Array.from(text).some((c) => !isSpace(c.codePointAt(0)!))) {
        this.lexer.note("“" + clip(text) + "” has no word to search for");
      }
    } else if (clauses.every((c) => c.occur === mustNot)) {
      this.lexer.note("the query only excludes: all others are found; quote it to search for it");
    }
    return { text, clauses, notes };
  }
}

function asksMore(c: Clause): boolean {
  return c.occur !== should || c.field !== "" || c.kind >= range;
}

function simple(c: Clause): Clause {
  while ((c.kind === group || c.kind === choice) && c.clauses.length === 1 && c.clauses[0].occur === should) {
    c = { ...c.clauses[0], occur: c.occur };
  }
  return c;
}

function words(text: string): Clause[] {
  return surfaces(text).map((s) => {
    const c = newClause(plain, should, "", text.slice(s.start, s.end));
    c.words.push(s.word);
    return c;
  });
}

function withWords(c: Clause): Clause[] {
  c.words = surfaces(c.text).map((s) => s.word);
  if (c.words.length === 0 && c.field === "") {
    return [];
  }
  if (c.words.length > 1) {
    c.kind = phrase;
  }
  return [c];
}

function isRange(value: string): boolean {
  return value[0] === "<" || value[0] === ">" || value.indexOf("..") >= 0;
}

function rangeOf(c: Clause): Clause {
  const value = c.text.replace(/^[<>=]+/, "");
  const operator = c.text.slice(0, c.text.length - value.length);
  const bound = { value, open: operator === "<" || operator === ">" };
  if (operator === "<" || operator === "<=") {
    c.high = bound;
  } else if (operator === ">" || operator === ">=") {
    c.low = bound;
  } else {
    const dots = c.text.indexOf("..");
    c.low.value = dots < 0 ? c.text : c.text.slice(0, dots);
    c.high.value = dots < 0 ? c.text : c.text.slice(dots + 2);
  }
  return c;
}

// trim cuts off the quotes, commas and semicolons around a value.
function trim(text: string): string {
  return text.replace(/^[",;]+|[",;]+$/g, "");
}

function has(clauses: Clause[], c: Clause): boolean {
  return clauses.some((other) => same(other, c));
}

function same(a: Clause, b: Clause): boolean {
  return (
    a.kind === b.kind && a.occur === b.occur && a.field === b.field && a.edits === b.edits && (a.field === "" || a.text === b.text) &&
    a.words.length === b.words.length && a.words.every((w, i) => w.whole === b.words[i].whole) &&
    a.clauses.length === b.clauses.length && a.clauses.every((c, i) => same(c, b.clauses[i]))
  );
}
