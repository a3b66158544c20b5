// The lines of a pasted text and how telling they are: the mirror of line.go, json.go and
// judge.go in package alert.

import { isFault, isFrame, isKlog, isShouted, looksSecret, without } from "./alertform";
import { chunks, clean, count, first, isBlank, isDigit, isHex, isLetter, keyOf, lower, type Omissions, oneOf, only, sizeAt, span, trim } from "./alerttext";
import { doubtful, grave, has, levelOf, quiet, routine, unstated } from "./alertwords";

const maxDepth = 4;

interface Line {
  key: string;
  text: string;
  group: number;
}

export interface Statement {
  rank: number;
  text: string;
}

export const [ofRoot, ofCause, ofMessage, ofName, ofError, ofWarning, ofText, ofLabel, ofQuiet] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

export const whys = ["the cause behind it", "the error", "the message", "the alert's name", "a line that says an error", "a warning", "the text", "a label", "a line without a fault"];

export const skipped: { [rank: number]: string } = { [ofText]: "lines that say no fault", [ofLabel]: "other labels", [ofQuiet]: "lines without a fault" };

// Divider divides a text into lines.
export class Divider {
  readonly lines: Line[] = [];
  readonly levels: number[] = [unstated];
  private frame = false;

  constructor(private readonly left: Omissions) {}

  divide(text: string, key: string, group: number, depth: number): void {
    while (text !== "") {
      const start = objectStart(text);
      for (const part of text.slice(0, start).split("\n")) {
        this.line(part, key, group, depth);
      }
      text = text.slice(start);
      text = text.slice(this.object(text, depth));
    }
  }

  private group(): number {
    return this.levels.push(unstated) - 1;
  }

  private value(key: string, text: string, group: number, depth: number): void {
    if (has("level", key) && levelOf(lower(text)) !== unstated) {
      this.levels[group] = levelOf(lower(text));
    } else if (has("secret", key) && looksSecret(text)) {
      this.left.add("secrets", "…");
    } else if (has("where", key)) {
      this.left.add("labels of place and time", unquoted(text));
    } else if (depth < maxDepth) {
      this.divide(clean(text), key, group, depth + 1);
    } else {
      this.lines.push({ key, text: clean(text), group });
    }
  }

  private line(text: string, key: string, group: number, depth: number): void {
    const indented = text !== "" && isBlank(text.charCodeAt(0));
    text = unquoted(text);
    if (text === "") {
      return;
    }
    if (isRoutine(text)) {
      this.left.add("lines of every report", text);
      return;
    }
    if (isFrame(text)) {
      this.frame = text.startsWith("File ");
      this.left.add("stack frames", text);
      return;
    }
    const source = this.frame && indented;
    this.frame = false;
    if (source) {
      return;
    }
    const pair = named(text);
    if (pair && depth <= maxDepth) {
      this.value(pair.key, pair.value, group || this.group(), depth + 1);
      return;
    }
    this.lines.push({ key, text, group });
    this.pairs(group, depth);
  }

  private pairs(group: number, depth: number): void {
    const at = this.lines.length - 1;
    const line = this.lines[at];
    const text = line.text;
    let rest = "";
    for (let pos = 0; pos < text.length; ) {
      let end = span(text, pos, isNameCode);
      if (end > pos && text[end] === "=" && (pos === 0 || !isDigit(text.charCodeAt(pos)))) {
        const key = keyOf(text.slice(pos, end));
        if (known(key) && depth <= maxDepth) {
          const [value, after] = pairValue(text, end + 1);
          group = group || this.group();
          line.group = group;
          this.value(key, value, group, depth + 1);
          rest += " , ";
          pos = after;
          continue;
        }
      }
      end = Math.min(text.length, span(text, end, (c) => !isBlank(c) && !opensPair(c)) + 1);
      rest += text.slice(pos, end);
      pos = end;
    }
    line.text = rest;
    if (!says(rest)) {
      this.lines.splice(at, 1);
    }
  }

  private object(text: string, depth: number): number {
    const groups: number[] = [];
    let key = "";
    let mute = 0;
    let pos = 0;
    while (pos < text.length) {
      const c = text[pos];
      if (c === "{") {
        groups.push(this.group());
        if (mute === 0 && (has("where", key) || has("party", key))) {
          mute = groups.length;
        }
        pos++;
      } else if (c === "[") {
        groups.push(groups[groups.length - 1]);
        pos++;
      } else if (c === "}" || c === "]") {
        pos++;
        groups.pop();
        if (groups.length === 0) {
          return pos;
        }
        if (groups.length < mute) {
          mute = 0;
        }
      } else if (c === "," || isBlank(text.charCodeAt(pos))) {
        pos++;
      } else {
        const [value, end] = scalar(text, pos);
        if (end === pos) {
          return pos;
        }
        pos = span(text, end, isBlank);
        if (c === '"' && text[pos] === ":") {
          key = keyOf(value);
          pos++;
        } else if (mute === 0) {
          this.value(key, value, groups[groups.length - 1], depth);
        }
      }
    }
    return pos;
  }

  judge(): Statement[] {
    const ranks: Statement[][] = whys.map(() => []);
    for (const l of this.lines) {
      const rank = this.rank(l);
      ranks[rank].push({ rank, text: l.text });
    }
    return ([] as Statement[]).concat(...ranks);
  }

  private rank(l: Line): number {
    let level = this.levels[l.group];
    if (level === unstated || l.key === "") {
      level = Math.max(level, levelIn(l.text));
    }
    if (has("name", l.key)) {
      return ofName;
    }
    if (level === quiet) {
      return ofQuiet;
    }
    if (l.text.startsWith("Caused by: ")) {
      return ofRoot;
    }
    if (has("cause", l.key) || isCause(l.text)) {
      return ofCause;
    }
    if (has("message", l.key)) {
      return level === grave || hasSign(l.text) ? ofMessage : ofName;
    }
    if (l.key !== "") {
      return ofLabel;
    }
    return level === grave ? ofError : level === doubtful ? ofWarning : hasSign(l.text) ? ofError : ofText;
  }
}

const isNameCode = (c: number): boolean => isLetter(c) || isDigit(c) || c === 0x5f || c === 0x2e || c === 0x2d;
const opensPair = oneOf(",{(");
const endsPair = oneOf(",})");
const isQuoting = oneOf(">|#");

function unquoted(text: string): string {
  let start = span(text, 0, (c) => isBlank(c) || isQuoting(c));
  while (start < text.length && "*-+".indexOf(text[start]) >= 0 && (start + 1 === text.length || isBlank(text.charCodeAt(start + 1)))) {
    start = span(text, start + 1, isBlank);
  }
  return trim(without(text.slice(start), "•"), isBlank);
}

function isRoutine(text: string): boolean {
  const folded = lower(text);
  return routine.some((beginning) => folded.startsWith(beginning));
}

function known(key: string): boolean {
  return has("name", key) || has("message", key) || has("cause", key) || has("level", key) || has("where", key) || has("secret", key);
}

const longestName = 32;

function named(text: string): { key: string; value: string } | null {
  const end = span(text, 0, (c) => c < 0x80 && c !== 0x3a && c !== 0x3d);
  if (end === text.length || end > longestName || text.charCodeAt(end) >= 0x80) {
    return null;
  }
  const value = text.slice(end + 1);
  if (value !== "" && !isBlank(value.charCodeAt(0)) && value[0] !== "*" && value[0] !== "`") {
    return null;
  }
  const key = keyOf(text.slice(0, end));
  return known(key) ? { key, value } : null;
}

function says(text: string): boolean {
  return count(text, (c) => isLetter(c) || isDigit(c) || c >= 0x80) > 0;
}

function pairValue(text: string, pos: number): [string, number] {
  if (text[pos] === '"') {
    return quoted(text, pos);
  }
  const end = span(text, pos, (c) => !isBlank(c) && !endsPair(c));
  return [text.slice(pos, end), end];
}

const longestKey = 80;

function objectStart(text: string): number {
  for (let pos = text.indexOf("{"); pos >= 0; pos = text.indexOf("{", pos + 1)) {
    if (isObject(text, pos + 1)) {
      return pos;
    }
  }
  return text.length;
}

function isObject(text: string, pos: number): boolean {
  const within = (end: number): number => Math.min(text.length, end + longestKey);
  const start = span(text, pos, isBlank, within(pos));
  if (text[start] !== '"') {
    return false;
  }
  const end = span(text, start + 1, (c) => c < 0x80 && c !== 0x22, within(start));
  return text[span(text, Math.min(end + 1, text.length), isBlank, within(end))] === ":";
}

function scalar(text: string, pos: number): [string, number] {
  if (text[pos] === '"') {
    return quoted(text, pos);
  }
  const end = span(text, pos, (c) => isLetter(c) || isDigit(c) || c === 0x2b || c === 0x2d || c === 0x2e);
  return [text.slice(pos, end), end];
}

function quoted(text: string, pos: number): [string, number] {
  let value = "";
  for (pos++; pos < text.length && text[pos] !== '"'; ) {
    if (text[pos] === "\\" && pos + 1 < text.length) {
      const [c, size] = escaped(text, pos + 1);
      value += c;
      pos += 1 + size;
      continue;
    }
    const end = Math.max(pos + 1, span(text, pos, (c) => c !== 0x22 && c !== 0x5c));
    value += text.slice(pos, end);
    pos = end;
  }
  return [value, Math.min(pos + 1, text.length)];
}

function escaped(text: string, pos: number): [string, number] {
  switch (text[pos]) {
    case "n":
    case "r":
      return ["\n", 1];
    case "t":
    case "b":
    case "f":
      return ["\t", 1];
    case "u": {
      const digits = text.slice(pos + 1, pos + 5);
      if (digits.length === 4 && only(digits, isHex)) {
        const n = parseInt(digits, 16);
        return [n >= 0xd800 && n < 0xe000 ? "\ufffd" : String.fromCharCode(n), 5];
      }
    }
  }
  const size = sizeAt(text, pos);
  return [text.slice(pos, pos + size), size];
}

export const isEdge = oneOf("[](){}<>:|*,.;!\"'`");

const levelWords = 8;

function levelIn(text: string): number {
  const list = first(chunks(text), levelWords);
  for (let i = 0; i < list.length; i++) {
    const word = trim(list[i], isEdge);
    const level = levelOf(lower(word));
    if (level !== unstated && (i > 0 || list[i] !== word || isShouted(word))) {
      return level;
    }
    const letter = levelOfLetter(list[i], word);
    if (letter !== unstated) {
      return letter;
    }
  }
  return unstated;
}

function levelOfLetter(chunk: string, word: string): number {
  if (!isKlog(word) && (word.length !== 1 || chunk !== "[" + word)) {
    return unstated;
  }
  switch (word[0]) {
    case "E":
    case "F":
      return grave;
    case "W":
      return doubtful;
    case "I":
    case "D":
      return quiet;
  }
  return unstated;
}

function isCause(text: string): boolean {
  if (["panic: ", "fatal error: ", "thread '"].some((beginning) => text.startsWith(beginning))) {
    return true;
  }
  const name = text.slice(0, span(text, 0, (c) => !isBlank(c) && c !== 0x3a && c !== 0x28));
  return isFault(name) && name.length < text.length;
}

function hasSign(text: string): boolean {
  return chunks(text).some((chunk) => {
    const word = trim(chunk, isEdge);
    return has("sign", lower(word)) || isFault(word);
  });
}
