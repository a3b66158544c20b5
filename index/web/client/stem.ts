// The English stemmer: the mirror of stem.go in package query, which is read beside
// this file.

const irregular: { [word: string]: string } = {
  skis: "ski", skies: "sky", dying: "die", lying: "lie", tying: "tie", idly: "idl", gently: "gentl",
  ugly: "ugli", early: "earli", only: "onli", singly: "singl", sky: "sky", news: "news", howe: "howe",
  atlas: "atlas", cosmos: "cosmos", bias: "bias", andes: "andes",
};

const stressed = ["gener", "commun", "arsen"];
const agreed = ["eedly", "eed"];
const past = ["ingly", "edly", "ing", "ed"];
const finished = ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];

// A suffix, its replacement, and the letters of which one must stand before it.
type Suffix = [string, string, string];

type Suffixes = { [last: string]: Suffix[] };

function byEnding(list: Suffix[]): Suffixes {
  const table: Suffixes = {};
  for (const s of list) {
    const last = s[0][s[0].length - 1];
    table[last] = (table[last] || []).concat([s]);
  }
  return table;
}

const step2 = byEnding([
  ["ational", "ate", ""], ["fulness", "ful", ""], ["iveness", "ive", ""], ["ization", "ize", ""], ["ousness", "ous", ""],
  ["biliti", "ble", ""], ["lessli", "less", ""], ["tional", "tion", ""], ["alism", "al", ""], ["aliti", "al", ""],
  ["ation", "ate", ""], ["entli", "ent", ""], ["fulli", "ful", ""], ["iviti", "ive", ""], ["ousli", "ous", ""],
  ["abli", "able", ""], ["alli", "al", ""], ["anci", "ance", ""], ["ator", "ate", ""], ["enci", "ence", ""],
  ["izer", "ize", ""], ["bli", "ble", ""], ["ogi", "og", "l"], ["li", "", "cdeghkmnrt"],
]);

const step3 = byEnding([
  ["ational", "ate", ""], ["tional", "tion", ""], ["alize", "al", ""], ["ative", "", ""], ["icate", "ic", ""],
  ["iciti", "ic", ""], ["ical", "ic", ""], ["ness", "", ""], ["ful", "", ""],
]);

const step4 = byEnding([
  ["ement", "", ""], ["able", "", ""], ["ance", "", ""], ["ence", "", ""], ["ible", "", ""], ["ment", "", ""],
  ["ant", "", ""], ["ate", "", ""], ["ent", "", ""], ["ion", "", "st"], ["ism", "", ""], ["iti", "", ""],
  ["ive", "", ""], ["ize", "", ""], ["ous", "", ""], ["al", "", ""], ["er", "", ""], ["ic", "", ""],
]);

// stem returns the stem of a word of the letters a to z.
export function stem(word: string): string {
  if (word.length <= 3) {
    return word;
  }
  if (Object.prototype.hasOwnProperty.call(irregular, word)) {
    return irregular[word];
  }
  word = markConsonants(word);
  const [r1, r2] = regions(word);
  word = cutPlural(word);
  if (finished.indexOf(word) >= 0) {
    return word;
  }
  word = cutPast(word, r1);
  word = softenY(word);
  word = replaceSuffix(word, step2, r1);
  word = replaceStep3(word, r1, r2);
  word = replaceSuffix(word, step4, r2);
  word = cutFinal(word, r1, r2);
  return word.toLowerCase();
}

function markConsonants(word: string): string {
  let marked = "";
  for (let i = 0; i < word.length; i++) {
    marked += word[i] === "y" && (i === 0 || vowel(marked[i - 1])) ? "Y" : word[i];
  }
  return marked;
}

function vowel(c: string): boolean {
  return c === "a" || c === "e" || c === "i" || c === "o" || c === "u" || c === "y";
}

function regions(word: string): [number, number] {
  let r1 = region(word, 0);
  for (let i = 0; i < stressed.length; i++) {
    if (word.startsWith(stressed[i])) {
      r1 = stressed[i].length;
    }
  }
  return [r1, region(word, r1)];
}

function region(word: string, from: number): number {
  for (let i = from + 1; i < word.length; i++) {
    if (vowel(word[i - 1]) && !vowel(word[i])) {
      return i + 1;
    }
  }
  return word.length;
}

function hasVowel(word: string, n: number): boolean {
  for (let i = 0; i < n; i++) {
    if (vowel(word[i])) {
      return true;
    }
  }
  return false;
}

function cutPlural(word: string): string {
  const n = word.length;
  if (word.endsWith("sses")) {
    return word.slice(0, n - 2);
  }
  if (word.endsWith("ied") || word.endsWith("ies")) {
    return word.slice(0, n > 4 ? n - 2 : n - 1);
  }
  if (word.endsWith("us") || word.endsWith("ss")) {
    return word;
  }
  if (word.endsWith("s") && hasVowel(word, n - 2)) {
    return word.slice(0, n - 1);
  }
  return word;
}

function cutPast(word: string, r1: number): string {
  for (let i = 0; i < agreed.length; i++) {
    if (word.endsWith(agreed[i])) {
      const n = word.length - agreed[i].length;
      return n >= r1 ? word.slice(0, n + 2) : word;
    }
  }
  for (let i = 0; i < past.length; i++) {
    if (word.endsWith(past[i])) {
      const n = word.length - past[i].length;
      return hasVowel(word, n) ? mend(word.slice(0, n), r1) : word;
    }
  }
  return word;
}

function mend(word: string, r1: number): string {
  const n = word.length;
  if (word.endsWith("at") || word.endsWith("bl") || word.endsWith("iz")) {
    return word + "e";
  }
  if (doubled(word)) {
    return word.slice(0, n - 1);
  }
  return r1 >= n && shortSyllable(word) ? word + "e" : word;
}

function doubled(word: string): boolean {
  const n = word.length;
  return n >= 2 && word[n - 1] === word[n - 2] && oneOf("bdfgmnprt", word[n - 1]);
}

function shortSyllable(word: string): boolean {
  const n = word.length;
  if (n < 2 || vowel(word[n - 1]) || !vowel(word[n - 2])) {
    return false;
  }
  return n === 2 || (!vowel(word[n - 3]) && !oneOf("wxY", word[n - 1]));
}

function softenY(word: string): string {
  const n = word.length;
  if (n > 2 && oneOf("yY", word[n - 1]) && !vowel(word[n - 2])) {
    return word.slice(0, n - 1) + "i";
  }
  return word;
}

function replaceSuffix(word: string, step: Suffixes, region: number): string {
  const list = step[word[word.length - 1]] || [];
  for (let i = 0; i < list.length; i++) {
    if (word.endsWith(list[i][0])) {
      const [text, replacement, after] = list[i];
      const n = word.length - text.length;
      if (n < region || (after !== "" && (n === 0 || !oneOf(after, word[n - 1])))) {
        return word;
      }
      return word.slice(0, n) + replacement;
    }
  }
  return word;
}

function oneOf(letters: string, c: string): boolean {
  return letters.indexOf(c) >= 0;
}

function replaceStep3(word: string, r1: number, r2: number): string {
  return replaceSuffix(word, step3, word.endsWith("ative") ? r2 : r1);
}

function cutFinal(word: string, r1: number, r2: number): string {
  const n = word.length - 1;
  if (word[n] === "e" && (n >= r2 || (n >= r1 && !shortSyllable(word.slice(0, n))))) {
    return word.slice(0, n);
  }
  if (word[n] === "l" && n >= r2 && word[n - 1] === "l") {
    return word.slice(0, n);
  }
  return word;
}
