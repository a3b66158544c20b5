// Fields of numbers: the mirror of column.go in package index, which is read beside this
// file.

import { Reader } from "./bytes";
import { foldValue } from "./fold";
import type { Clause } from "./query";

// Extent is what is known of a number: not below low, not above high; nothing where low
// is above high.
export interface Extent {
  low: number;
  high: number;
}

export type Scale = Record<string, number>;

// ColumnField is a field of numbers: how its values are read and written.
export interface ColumnField {
  form: string;
  read(text: string, scale: Scale): Extent | null;
  write(n: number, scale: Scale): string;
}

export const columnFields: Record<string, ColumnField> = {
  date: { form: "a date is written 2024, 2024-12 or 2024-12-31", read: readDays, write: writeDay },
  duration: { form: "a duration is written 45s, 30m, 1h30m or 2d", read: readSeconds, write: writeSeconds },
  severity: { form: "a severity is written as in the library, or as its number", read: readRank, write: writeRank },
};

// readColumn reads a piece of kind N.
export function readColumn(payload: Uint8Array): Extent[] {
  const reader = new Reader(payload);
  const least = reader.int();
  const column: Extent[] = [];
  while (!reader.done) {
    const low = reader.int();
    column.push(low === 0 ? { low: 1, high: 0 } : { low: least + low - 1, high: least + low - 1 + reader.int() });
  }
  return column;
}

export function isWithin(e: Extent, r: Extent): boolean {
  return e.low <= e.high && e.low >= r.low && e.high <= r.high;
}

export function wholeOf(column: Extent[]): Extent {
  const all = { low: Infinity, high: -Infinity };
  for (const e of column) {
    if (e.low <= e.high) {
      all.low = Math.min(all.low, e.low);
      all.high = Math.max(all.high, e.high);
    }
  }
  return all;
}

// rangeOf returns the numbers that a clause asks for, null where a bound is not of the
// field.
export function rangeOf(f: ColumnField, c: Clause, scale: Scale): Extent | null {
  const r = { low: -Infinity, high: Infinity };
  const low = c.low.value === "" ? r : f.read(c.low.value, scale);
  const high = c.high.value === "" ? r : f.read(c.high.value, scale);
  if (!low || !high || low === high) {
    return null;
  }
  return {
    low: low === r ? r.low : c.low.open ? low.high + 1 : low.low,
    high: high === r ? r.high : c.high.open ? high.low - 1 : high.high,
  };
}

// dayOf numbers days from 1 January of the year 1, months from 0 and beyond the year's.
function dayOf(year: number, month: number, day: number): number {
  const y = year + Math.floor(month / 12) - 1;
  const lengths = [31, isLeap(y + 1) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30];
  let n = y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + day - 1;
  for (let m = 0; m < month % 12; m++) {
    n += lengths[m];
  }
  return n;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

interface Day {
  year: number;
  month: number; // from 0
  day: number;
  parts: number;
}

// nearestDay reads a year, month or day, of which month and day may be too high or 0.
export function nearestDay(text: string): Day | null {
  const m = /^([0-9]{4})(?:-([0-9][0-9]?)(?:-([0-9][0-9]?))?)?$/.exec(text);
  if (!m || m[1] === "0000") {
    return null;
  }
  const year = Number(m[1]);
  const month = m[2] ? Math.min(Math.max(Number(m[2]), 1), 12) - 1 : 0;
  const last = dayOf(year, month + 1, 1) - dayOf(year, month, 1);
  const day = m[3] ? Math.min(Math.max(Number(m[3]), 1), last) : 1;
  return { year, month, day, parts: m[3] ? 3 : m[2] ? 2 : 1 };
}

export function writeNearest(d: Day): string {
  return [pad(d.year, 4), pad(d.month + 1, 2), pad(d.day, 2)].slice(0, d.parts).join("-");
}

function pad(n: number, size: number): string {
  return ("000" + n).slice(-size);
}

function readDays(text: string): Extent | null {
  const d = nearestDay(text);
  if (!d || writeNearest(d).replace(/-0/g, "-") !== text.replace(/-0/g, "-")) {
    return null;
  }
  const { year, month, day, parts } = d;
  const high = parts === 1 ? dayOf(year + 1, 0, 1) - 1 : parts === 2 ? dayOf(year, month + 1, 1) - 1 : dayOf(year, month, day);
  return { low: dayOf(year, month, day), high };
}

function writeDay(n: number): string {
  let year = Math.floor(n / 365.2425) + 2;
  while (dayOf(year, 0, 1) > n) {
    year--;
  }
  let month = 11;
  while (dayOf(year, month, 1) > n) {
    month--;
  }
  return writeNearest({ year, month, day: n - dayOf(year, month, 1) + 1, parts: 3 });
}

const unitSeconds: Record<string, number> = { w: 604800, d: 86400, h: 3600, m: 60, "": 60, s: 1 };

function readSeconds(written: string): Extent | null {
  const text = foldValue(written)
    .replace(/ /g, "")
    .replace(/(w|d|h|m|s)(?:eeks?|ays?|ours?|rs?|inutes?|ins?|ecs?|econds?)?/g, "$1");
  if (!/^(?:[0-9]{1,6}(?:\.[0-9]{1,3})?[wdhms])+$|^[0-9]{1,6}$/.test(text)) {
    return null;
  }
  let sum = 0;
  text.replace(/([0-9.]+)([wdhms]?)/g, (part, n, unit) => {
    sum += Math.floor(Number(n) * unitSeconds[unit] + 0.5);
    return part;
  });
  return { low: sum, high: sum };
}

function writeSeconds(n: number): string {
  let text = "";
  for (const unit of ["d", "h", "m", "s"]) {
    const size = unitSeconds[unit];
    if (n >= size || (text === "" && size === 1)) {
      text += Math.floor(n / size) + unit;
    }
    n %= size;
    if (text !== "" && (n === 0 || text.length > 3)) {
      break;
    }
  }
  return text;
}

function readRank(written: string, scale: Scale): Extent | null {
  const text = foldValue(written);
  if (Object.prototype.hasOwnProperty.call(scale, text)) {
    return { low: scale[text], high: scale[text] };
  }
  return /^[0-9]{1,6}$/.test(text) ? { low: Number(text), high: Number(text) } : null;
}

function writeRank(n: number, scale: Scale): string {
  const names = Object.keys(scale).filter((name) => scale[name] === n);
  return names.length > 0 ? names.sort()[0] : String(n);
}
