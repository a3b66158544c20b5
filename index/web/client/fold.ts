// Classes and folds of code points: the mirror of fold.go in package query, which is
// read beside this file.

import { classRuns, core, foldRuns } from "./tables";

export const separator = "N";
export const letter = "L";
export const digit = "D";
export const pair = "P";
export const mark = "M";

interface ClassTable {
  starts: number[];
  classes: string[];
}

// The tables of the module are those of the code points below core; of the others, and
// until useTables, only the signs of covers are known.
let classes = readClasses(classRuns);
let complete = false;

// useTables takes the whole tables, as query.Tables has them.
export function useTables(tables: string): void {
  const [classRuns, foldRuns] = tables.split(" ");
  classes = readClasses(classRuns);
  folds = readFolds(foldRuns);
  complete = true;
}

// covers reports whether the tables at hand are enough for a text: dashes, quotes and
// dots are no part of any word.
export function covers(text: string): boolean {
  for (let i = 0; !complete && i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= core && (c < 0x2010 || c > 0x205f)) {
      return false;
    }
  }
  return true;
}

function readClasses(runs: string): ClassTable {
  const table: ClassTable = { starts: [], classes: [] };
  let start = 0;
  for (let from = 0, i = 0; i < runs.length; i++) {
    if (runs[i] >= "A" && runs[i] <= "Z") {
      table.starts.push(start);
      table.classes.push(runs[i]);
      start += base36(runs.slice(from, i));
      from = i + 1;
    }
  }
  return table;
}

export function classOf(c: number): string {
  if (c < 0x80) {
    return asciiClass(c);
  }
  return classes.classes[lastFrom(classes.starts, c)];
}

export function asciiClass(c: number): string {
  if ((c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a)) {
    return letter;
  }
  return c >= 0x30 && c <= 0x39 ? digit : separator;
}

interface FoldRun {
  length: number;
  step: number;
  shift: number;
  text: string;
  fixed: boolean; // each becomes text
}

interface FoldTable {
  starts: number[];
  runs: FoldRun[];
}

let folds = readFolds(foldRuns);

function readFolds(runs: string): FoldTable {
  const table: FoldTable = { starts: [], runs: [] };
  let end = 0;
  for (let from = 0, i = 0; i < runs.length; i++) {
    if (runs[i] === ",") {
      const [start, run] = readFold(runs.slice(from, i), end);
      table.starts.push(start);
      table.runs.push(run);
      end = start + (run.length - 1) * run.step + 1;
      from = i + 1;
    }
  }
  return table;
}

function readFold(text: string, end: number): [number, FoldRun] {
  let [gap, i] = readNumber(text, 0);
  const start = end + gap;
  const run: FoldRun = { length: 1, step: 1, shift: 0, text: "", fixed: false };
  if (text[i] === "*") {
    [run.length, i] = readNumber(text, i + 1);
  } else if (text[i] === "/") {
    run.step = 2;
    [run.length, i] = readNumber(text, i + 1);
  }
  const [code] = readNumber(text, i + 1);
  switch (text[i]) {
    case "+":
      run.shift = code;
      break;
    case "-":
      run.shift = -code;
      break;
    case ">":
      run.shift = code - start;
      break;
    default:
      run.fixed = true;
      run.text = readText(text.slice(i + 1));
  }
  return [start, run];
}

function readText(codes: string): string {
  let text = "";
  for (const code of codes.split("_")) {
    if (code !== "") {
      text += String.fromCodePoint(base36(code));
    }
  }
  return text;
}

function readNumber(text: string, i: number): [number, number] {
  let end = i;
  while (end < text.length && asciiClass(text.charCodeAt(end)) !== separator) {
    end++;
  }
  return [base36(text.slice(i, end)), end];
}

function base36(digits: string): number {
  return parseInt("0" + digits, 36);
}

function lastFrom(starts: number[], c: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (starts[mid] <= c) {
      low = mid + 1;
    } else {
      high = mid;
    }
  }
  return low - 1;
}

// foldOf returns what a code point is folded to.
export function foldOf(c: number): string {
  if (c >= 0x41 && c <= 0x5a) {
    return String.fromCharCode(c + 0x20);
  }
  if (c < 0x80) {
    return String.fromCharCode(c);
  }
  const i = lastFrom(folds.starts, c);
  if (i < 0) {
    return String.fromCodePoint(c);
  }
  const run = folds.runs[i];
  const offset = c - folds.starts[i];
  if (offset >= run.length * run.step || offset % run.step !== 0) {
    return String.fromCodePoint(c);
  }
  if (run.fixed) {
    return run.text;
  }
  return String.fromCodePoint(c + run.shift);
}

// fold returns text without differences of case, accents, width and script of
// digits. Values of exact fields are compared folded.
export function fold(text: string): string {
  let folded = "";
  for (const c of text) {
    folded += foldOf(c.codePointAt(0)!);
  }
  return folded;
}

const gaps = /[\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

// foldValue makes values of exact fields comparable.
export function foldValue(value: string): string {
  return fold(clean(value));
}

// clean returns text as one line: runs of spaces and control characters are one space, none
// at the ends.
export function clean(text: string): string {
  return text.replace(gaps, " ").replace(/^ | $/g, "");
}
