// The forms of words in pasted text: the mirror of form.go and frame.go in package alert.

import { type Asked, count, isBlank, isDigit, isHex, isInk, isLetter, isUpper, oneOf, only, span } from "./alerttext";

const isTimeMark = oneOf(":-/");
const inTime = oneOf(".,TZ+_");

export function isTime(word: string): boolean {
  const marks = count(word, isTimeMark);
  const digits = count(word, isDigit);
  if (marks === 0 || digits < 3 || digits * 2 < word.length) {
    return false;
  }
  return only(word, (c) => isDigit(c) || isTimeMark(c) || inTime(c));
}

const mostUnit = 3;
const inNumber = oneOf(".:,+-_/#");

export function isNumber(word: string): boolean {
  const digits = count(word, isDigit);
  const letters = count(word, isLetter);
  if (digits === 0 || letters > mostUnit || digits + letters + count(word, inNumber) < word.length) {
    return false;
  }
  return isDigit(word.charCodeAt(0)) || (word[0] === "v" && isDigit(word.charCodeAt(1)));
}

const isAddressMark = oneOf(".:/");
const isDot = oneOf(".");
const isColon = oneOf(":");

export function isIPv4(word: string): boolean {
  return count(word, isDot) === 3 && only(word, (c) => isDigit(c) || isAddressMark(c));
}

export function isIPv6(word: string): boolean {
  return count(word, isColon) >= 2 && only(word, (c) => isHex(c) || isAddressMark(c));
}

const leastHex = 7;

export function isID(word: string): boolean {
  const bare = without(without(word, "0x"), "sha256:");
  if (bare.length < word.length && only(bare, isHex)) {
    return true;
  }
  if (bare.length >= leastHex && count(bare, isDigit) > 0 && only(bare, (c) => isHex(c) || c === 0x2d)) {
    return true;
  }
  return isMixed(bare);
}

// without takes a beginning from a text that has it.
export function without(text: string, beginning: string): string {
  return text.startsWith(beginning) ? text.slice(beginning.length) : text;
}

function isMixed(word: string): boolean {
  const digits = count(word, isDigit);
  if (word.length < 5 || digits === 0 || digits + count(word, isLetter) < word.length) {
    return false;
  }
  let changes = 0;
  for (let i = 1; i < word.length; i++) {
    changes += isDigit(word.charCodeAt(i)) !== isDigit(word.charCodeAt(i - 1)) ? 1 : 0;
  }
  if (changes >= 4 || (changes >= 2 && word.length >= 16) || (digits > 5 && digits * 2 > word.length)) {
    return true;
  }
  return changes >= 2 && (count(word, isVowel) === 0 || digits * 5 >= word.length * 2);
}

const isVowel: Asked = oneOf("aeiouAEIOU");

export function isSuffix(part: string): boolean {
  const digits = count(part, isDigit);
  const vowels = count(part, isVowel);
  if (part === "" || digits + count(part, isLetter) < part.length) {
    return isID(part);
  }
  if (digits === part.length) {
    return true;
  }
  if (digits === 0) {
    return part.length === 5 && vowels === 0 && count(part, isUpper) === 0;
  }
  return (part.length >= 4 && (vowels === 0 || digits * 3 >= part.length)) || isID(part);
}

export function looksSecret(value: string): boolean {
  return count(value, isBlank) === 0 || count(value, isDigit) > 0;
}

export function isPlaceOfCode(word: string): boolean {
  const at = word.indexOf(":");
  return at >= 0 && isNumber(word.slice(at + 1));
}

export function isAbbreviated(word: string): boolean {
  return word.length > 3 && word[1] === "." && word[3] === "." && isLetter(word.charCodeAt(0)) && isLetter(word.charCodeAt(2));
}

export function isKlog(word: string): boolean {
  return word.length === 5 && "IWEF".indexOf(word[0]) >= 0 && only(word.slice(1), isDigit);
}

export function isShouted(word: string): boolean {
  return count(word, isUpper) > 0 && count(word, isLetter) === count(word, isUpper);
}

export const longestWord = 64;

export function isOverlong(word: string): boolean {
  return word.length > longestWord && only(word, (c) => c < 0x80);
}

const faults = ["Exception", "Error", "Failure", "Fault", "Timeout", "Interrupt", "Unavailable"];

export function isFault(word: string): boolean {
  return faults.some((ending) => word.endsWith(ending) && word.length > ending.length + 1 && isLetter(word.charCodeAt(0)));
}

export function isFrame(text: string): boolean {
  if (text.startsWith("at ")) {
    return isPlace(text);
  }
  if (text.startsWith('File "')) {
    return text.includes('", line ');
  }
  if (text.startsWith("... ")) {
    return isDigit(text.charCodeAt(4));
  }
  return (text.includes(".rb:") && text.includes(":in ")) || isGoPlace(text) || isCall(text) || isRustCall(text);
}

function isPlace(text: string): boolean {
  let end = text.length;
  while (end > 0 && text[end - 1] === ")") {
    end--;
  }
  text = text.slice(0, end);
  if (text.endsWith("Native Method") || text.endsWith("Unknown Source") || text.endsWith("<anonymous>")) {
    return true;
  }
  while (end > 0 && isDigit(text.charCodeAt(end - 1))) {
    end--;
  }
  return end < text.length && end > 0 && (text[end - 1] === ":" || text.slice(0, end).endsWith(":line "));
}

function isGoPlace(text: string): boolean {
  const at = text.indexOf(".go:");
  return at > 0 && text[0] === "/" && span(text, 0, isInk) > at;
}

function isCall(text: string): boolean {
  const name = text.slice(0, Math.max(0, text.indexOf("(")));
  return name !== "" && text.endsWith(")") && name.indexOf(".") > 0 && !name.includes(" ") && !name.includes(":");
}

function isRustCall(text: string): boolean {
  const end = span(text, 0, isDigit);
  return end > 0 && text.startsWith(": ", end) && text.includes("::") && !text.includes(" ", end + 2);
}
