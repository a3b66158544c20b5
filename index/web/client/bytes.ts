// Bytes as pieces hold them: varints and UTF-8, read front to back.

// Reader reads a run of bytes. Reading past its end is an error.
export class Reader {
  constructor(
    readonly bytes: Uint8Array,
    public pos = 0,
  ) {}

  get done(): boolean {
    return this.pos >= this.bytes.length;
  }

  // int reads an unsigned varint.
  int(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      if (this.pos >= this.bytes.length) {
        throw new Error("the piece ends too early");
      }
      const byte = this.bytes[this.pos++];
      value += (byte & 127) * factor;
      if (byte < 128) {
        return value;
      }
    }
  }

  // take reads so many bytes.
  take(count: number): Uint8Array {
    if (this.pos + count > this.bytes.length) {
      throw new Error("the piece ends too early");
    }
    this.pos += count;
    return this.bytes.subarray(this.pos - count, this.pos);
  }
}

// decode reads valid UTF-8.
export function decode(bytes: Uint8Array): string {
  const parts: string[] = [];
  let units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const [point, size] = pointAt(bytes, i);
    i += size;
    if (point > 0xffff) {
      units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
    } else {
      units.push(point);
    }
    if (units.length > 4000) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
  }
  return parts.join("") + String.fromCharCode(...units);
}

// pointAt returns the code point at an offset and how many bytes it has.
function pointAt(bytes: Uint8Array, i: number): [number, number] {
  const b = bytes[i];
  if (b < 0x80) {
    return [b, 1];
  }
  if (b < 0xe0) {
    return [((b & 31) << 6) | (bytes[i + 1] & 63), 2];
  }
  if (b < 0xf0) {
    return [((b & 15) << 12) | ((bytes[i + 1] & 63) << 6) | (bytes[i + 2] & 63), 3];
  }
  return [((b & 7) << 18) | ((bytes[i + 1] & 63) << 12) | ((bytes[i + 2] & 63) << 6) | (bytes[i + 3] & 63), 4];
}

// encode is the UTF-8 of a string without lone surrogates.
export function encode(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0)!;
    if (point < 0x80) {
      bytes.push(point);
    } else if (point < 0x800) {
      bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    } else if (point < 0x10000) {
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    } else {
      bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    }
  }
  return new Uint8Array(bytes);
}
