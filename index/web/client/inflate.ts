// Inflate undoes DEFLATE (RFC 1951). Pieces are compressed by us, because a host may
// not compress, and read by us, because not every engine can.

const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// Code is a canonical Huffman code: how many words it has of each length, and its
// symbols in order of their words. Short says for the next nine bits which symbol a
// word of at most nine begins, times 16, plus its length; 0 for longer words.
interface Code {
  counts: Uint16Array;
  symbols: Uint16Array;
  short: Uint16Array;
}

const shortBits = 9;

function newCode(lengths: number[]): Code {
  const counts = new Uint16Array(16);
  for (const length of lengths) {
    counts[length]++;
  }
  counts[0] = 0;
  const next = new Uint16Array(16);
  for (let length = 1; length < 15; length++) {
    next[length + 1] = next[length] + counts[length];
  }
  const symbols = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    if (lengths[symbol] > 0) {
      symbols[next[lengths[symbol]]++] = symbol;
    }
  }
  return { counts, symbols, short: shortWords(counts, symbols) };
}

function shortWords(counts: Uint16Array, symbols: Uint16Array): Uint16Array {
  const short = new Uint16Array(1 << shortBits);
  let word = 0;
  let index = 0;
  for (let length = 1; length <= shortBits; length++, word <<= 1) {
    for (let i = 0; i < counts[length]; i++, word++, index++) {
      for (let next = reversed(word, length); next < short.length; next += 1 << length) {
        short[next] = (symbols[index] << 4) | length;
      }
    }
  }
  return short;
}

// reversed turns a word around: the data has its first bit first.
function reversed(word: number, length: number): number {
  let result = 0;
  for (; length > 0; length--, word >>= 1) {
    result = (result << 1) | (word & 1);
  }
  return result;
}

function repeat(length: number, count: number): number[] {
  return new Array<number>(count).fill(length);
}

const fixedLiterals = newCode([...repeat(8, 144), ...repeat(9, 112), ...repeat(7, 24), ...repeat(8, 8)]);
const fixedDistances = newCode(repeat(5, 30));

// inflate returns what was compressed after the bytes before. Damaged data is an error.
export function inflate(data: Uint8Array, before = new Uint8Array(0)): Uint8Array {
  return new Inflater(data, before).run().subarray(before.length);
}

class Inflater {
  private pos = 0;
  private buffer = 0;
  private buffered = 0;
  private out: Uint8Array;
  private size: number;

  constructor(
    private readonly data: Uint8Array,
    before: Uint8Array,
  ) {
    this.size = before.length;
    this.out = new Uint8Array(this.size + data.length * 4 + 64);
    this.out.set(before);
  }

  // run returns the bytes before, and what was compressed.
  run(): Uint8Array {
    for (let last = false; !last; ) {
      last = this.bits(1) === 1;
      const type = this.bits(2);
      if (type === 0) {
        this.stored();
      } else if (type === 1) {
        this.block(fixedLiterals, fixedDistances);
      } else if (type === 2) {
        this.dynamic();
      } else {
        throw new Error("the piece is damaged");
      }
    }
    return this.out.subarray(0, this.size);
  }

  private bits(count: number): number {
    while (this.buffered < count) {
      if (this.pos >= this.data.length) {
        throw new Error("the piece ends too early");
      }
      this.buffer |= this.data[this.pos++] << this.buffered;
      this.buffered += 8;
    }
    const value = this.buffer & ((1 << count) - 1);
    this.buffer >>>= count;
    this.buffered -= count;
    return value;
  }

  // symbol reads one word of a code.
  private symbol(code: Code): number {
    while (this.buffered < shortBits && this.pos < this.data.length) {
      this.buffer |= this.data[this.pos++] << this.buffered;
      this.buffered += 8;
    }
    const entry = code.short[this.buffer & ((1 << shortBits) - 1)];
    const length = entry & 15;
    if (length === 0 || length > this.buffered) {
      return this.longSymbol(code);
    }
    this.buffer >>>= length;
    this.buffered -= length;
    return entry >> 4;
  }

  // longSymbol reads one word bit by bit.
  private longSymbol(code: Code): number {
    let word = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      word |= this.bits(1);
      const count = code.counts[length];
      if (word - count < first) {
        return code.symbols[index + word - first];
      }
      index += count;
      first = (first + count) << 1;
      word <<= 1;
    }
    throw new Error("the piece is damaged");
  }

  private grow(count: number): void {
    if (this.size + count > this.out.length) {
      const larger = new Uint8Array(2 * this.out.length + count);
      larger.set(this.out);
      this.out = larger;
    }
  }

  private stored(): void {
    this.pos -= this.buffered >> 3;
    this.buffer = this.buffered = 0;
    const length = this.data[this.pos] | (this.data[this.pos + 1] << 8);
    this.pos += 4;
    if (!(this.pos + length <= this.data.length)) {
      throw new Error("the piece ends too early");
    }
    this.grow(length);
    this.out.set(this.data.subarray(this.pos, this.pos + length), this.size);
    this.pos += length;
    this.size += length;
  }

  private dynamic(): void {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    const codes = repeat(0, 19);
    for (let i = 0, count = this.bits(4) + 4; i < count; i++) {
      codes[codeOrder[i]] = this.bits(3);
    }
    const lengths = this.lengths(newCode(codes), literals + distances);
    this.block(newCode(lengths.slice(0, literals)), newCode(lengths.slice(literals)));
  }

  // lengths reads the lengths of the words of both codes.
  private lengths(code: Code, count: number): number[] {
    const lengths: number[] = [];
    while (lengths.length < count) {
      const symbol = this.symbol(code);
      if (symbol < 16) {
        lengths.push(symbol);
      } else if (symbol === 16) {
        lengths.push(...repeat(lengths[lengths.length - 1], this.bits(2) + 3));
      } else {
        lengths.push(...repeat(0, symbol === 17 ? this.bits(3) + 3 : this.bits(7) + 11));
      }
    }
    return lengths;
  }

  private block(literals: Code, distances: Code): void {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === 256) {
        return;
      }
      if (symbol < 256) {
        this.grow(1);
        this.out[this.size++] = symbol;
      } else {
        this.copy(symbol - 257, distances);
      }
    }
  }

  private copy(symbol: number, distances: Code): void {
    const length = lengthBase[symbol] + this.bits(lengthBits[symbol]);
    const far = this.symbol(distances);
    const distance = distanceBase[far] + this.bits(far < 4 ? 0 : (far >> 1) - 1);
    if (!(length > 0 && distance <= this.size)) {
      throw new Error("the piece is damaged");
    }
    this.grow(length);
    for (let i = 0; i < length; i++, this.size++) {
      this.out[this.size] = this.out[this.size - distance];
    }
  }
}
