// The words of a line of pasted text: the mirror of token.go in package alert.

import * as form from "./alertform";
import { isEdge } from "./alertline";
import { chunks, clip, count, isBlank, isDigit, isInk, isUpper, lower, type Omissions, oneOf, only, span, trim } from "./alerttext";
import { cut, has, levelOf, unstated } from "./alertwords";

export interface Token {
  text: string;
  joined: boolean;
  small: boolean;
  stop: boolean;
  part: boolean;
}

// tokens returns the words of a statement that may tell.
export function tokens(text: string, left: Omissions): Token[] {
  return new Scanner(left).read(text);
}

const isSeparator = oneOf("()[]{}<>\"`,;|=!?*\\&^~$%");
const isMark = oneOf("'.:-_/+#@");

class Scanner {
  private readonly tokens: Token[] = [];
  private apart = true;
  private web = false;
  private before = "";

  constructor(private readonly left: Omissions) {}

  read(text: string): Token[] {
    this.web = chunks(text).some((chunk) => has("web", lower(trim(chunk, isEdge))));
    for (let pos = span(text, 0, isBlank); pos < text.length; ) {
      const end = span(text, pos, isInk);
      this.chunk(text.slice(pos, end));
      pos = span(text, end, isBlank);
      this.apart = this.apart || pos > end + 1 || (pos > end && text[end] === "\t");
    }
    return this.tokens;
  }

  private chunk(text: string): void {
    if (text.includes("://")) {
      this.url(text);
      return;
    }
    while (text !== "") {
      let end = span(text, 0, (c) => !isSeparator(c));
      this.piece(text.slice(0, end));
      if (end < text.length) {
        this.apart = this.apart || (text[end] !== '"' && text[end] !== "`");
        end++;
      }
      text = text.slice(end);
    }
  }

  private piece(text: string): void {
    const word = trim(text, isMark);
    if (word === "") {
      this.apart = this.apart || text !== "";
      return;
    }
    this.apart = this.apart || (text[0] !== word[0] && text[0] !== "'");
    if (text[0] === "/") {
      this.path(word);
    } else {
      this.word(word);
    }
    this.apart = this.apart || text.endsWith(".") || text.endsWith(":");
  }

  private word(word: string): void {
    if (has("secret", this.before) && count(word, isDigit) > 0) {
      this.drop("secrets", "…");
    } else if (this.isCode(word)) {
      this.add(word, false);
    } else if (form.isKlog(word) || (form.isShouted(word) && levelOf(lower(word)) !== unstated)) {
      this.apart = true;
      this.before = lower(word);
    } else if (form.isIPv4(word) || word.indexOf("@") > 0) {
      this.drop("addresses", word);
    } else if (form.isTime(word)) {
      this.drop("times", word);
    } else if (form.isNumber(word)) {
      this.drop("numbers", word);
    } else if (form.isIPv6(word)) {
      this.drop("addresses", word);
    } else if (form.isID(word) || form.isOverlong(word)) {
      this.drop("ids", word);
    } else if (word.includes("/")) {
      this.path(word);
    } else if (isHost(word)) {
      this.host(word);
    } else if (form.isPlaceOfCode(word) || form.isAbbreviated(word)) {
      this.drop("places in code", word);
    } else {
      this.name(word);
    }
  }

  private drop(what: string, word: string): void {
    this.left.add(what, word);
    this.apart = true;
    this.before = lower(word);
  }

  private add(word: string, part: boolean): void {
    const folded = lower(word);
    const stop = has("small", folded) || (word.length === 1 && word.charCodeAt(0) < 0x80);
    this.tokens.push({ text: word, joined: !this.apart, small: stop || has("common", folded), stop, part });
    this.apart = false;
    this.before = folded;
  }

  private isCode(word: string): boolean {
    if (word.length === 3 && (word[0] === "4" || word[0] === "5") && (only(word, isDigit) || word.endsWith("xx"))) {
      return this.web || has("coded", this.before);
    }
    if (only(word, isDigit)) {
      return word.length >= 2 && word.length <= 5 && has("coded", this.before);
    }
    if (this.before === "sqlstate") {
      return word.length === 5 && only(word, (c) => isDigit(c) || isUpper(c));
    }
    const start = span(word, 0, isUpper);
    const digits = form.without(word.slice(start), "-");
    return start >= 2 && digits.length >= 4 && only(digits, (c) => isDigit(c) || c === 0x2d);
  }

  private host(word: string): void {
    this.left.add("hosts", word);
    this.parts(cut(word, ":")[0].split("-").join("."), ".");
  }

  private parts(name: string, separator: string): void {
    this.apart = true;
    for (const part of name.split(separator)) {
      if (Array.from(part).length > 2 && !has("place", lower(part)) && count(part, isDigit) === 0) {
        this.add(part, true);
        this.apart = true;
      }
    }
  }

  private url(text: string): void {
    const rest = lower(cut(text, "://")[1]);
    const name = trim(rest.slice(0, span(rest, 0, isHostCode)), oneOf("."));
    this.drop("addresses", text);
    if (isHost(name)) {
      this.host(name);
    }
  }

  private path(word: string): void {
    const at = word.lastIndexOf("/");
    if (word.indexOf("/") === at && at > 0 && count(word, isDigit) === 0) {
      this.name(word);
      return;
    }
    this.left.add("paths", word);
    this.parts(word.slice(at + 1), "/");
  }

  private name(word: string): void {
    const list = word.split("-");
    let kept = list.length;
    while (list.length > 1 && kept > 0 && form.isSuffix(list[kept - 1])) {
      kept--;
    }
    if (kept === list.length) {
      this.add(clip(word, form.longestWord, ""), false);
      return;
    }
    this.left.add("ids", word);
    this.parts(list.slice(0, kept).join("-"), "-");
  }
}

const isHostCode = (c: number): boolean => isDigit(c) || (c >= 0x61 && c <= 0x7a) || c === 0x2e || c === 0x2d || c === 0x5f;

function isHost(word: string): boolean {
  const [name, port] = cut(word, ":");
  const labels = name.split(".");
  const last = labels.length - 1;
  if (last === 0 || (port !== "" && !only(port, isDigit)) || !only(name, isHostCode)) {
    return false;
  }
  return has("domain", labels[last]) && !has("api", labels[last - 1] + "." + labels[last]);
}
