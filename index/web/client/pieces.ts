// Pieces are fetched, checked and kept. The format is that of package web.

import { inflate } from "./inflate";

// Fetch is the part of fetch that the client needs.
export type Fetch = (url: string) => Promise<{ ok: boolean; status: number; arrayBuffer(): Promise<ArrayBuffer> }>;

// A Missing piece is one that the host does not have as the manifest promised: the
// site may have been replaced.
export class Missing extends Error {}

// How many pieces of a kind are kept; texts are large once they are read.
const keptTexts = 200;
const keptPieces = 2000;

// patience is how long a file may take, in seconds.
const patience = 30;

// Store fetches the pieces of one site, each once.
export class Store {
  private readonly kept = new Map<string, Map<string, Promise<unknown>>>();

  constructor(
    private readonly base: string,
    private readonly fetch: Fetch,
  ) {}

  // file fetches a file below search/. It rejects where it does not come whole while
  // somebody waits for it.
  file(name: string): Promise<Uint8Array> {
    const url = this.base + "search/" + name;
    return inTime(this.download(url), `search cannot read ${url}: no answer within ${patience} seconds`);
  }

  private async download(url: string): Promise<Uint8Array> {
    let response;
    try {
      response = await this.fetch(url);
      if (response.ok) {
        return new Uint8Array(await response.arrayBuffer());
      }
    } catch (error) {
      throw new Missing(`search cannot reach ${url}: ${error instanceof Error ? error.message : String(error)}`);
    }
    throw new Missing(`search cannot read ${url}: status ${response.status}`);
  }

  // piece returns what read makes of a piece, the same for every call. Nothing is kept
  // of a failure. Before are the bytes after which it was deflated.
  piece<T>(name: string, kind: string, read: (payload: Uint8Array) => T, before?: Promise<Uint8Array>): Promise<T> {
    const kept = this.keptOf(kind);
    const known = kept.get(name);
    if (known) {
      return known as Promise<T>;
    }
    const fetched = this.fetchPiece(name, kind, read, before);
    kept.set(name, fetched);
    fetched.catch(() => kept.delete(name));
    if (kept.size > (kind === "S" ? keptTexts : keptPieces)) {
      kept.delete(kept.keys().next().value!);
    }
    return fetched;
  }

  private keptOf(kind: string): Map<string, Promise<unknown>> {
    let kept = this.kept.get(kind);
    if (!kept) {
      this.kept.set(kind, (kept = new Map()));
    }
    return kept;
  }

  private async fetchPiece<T>(name: string, kind: string, read: (payload: Uint8Array) => T, before?: Promise<Uint8Array>): Promise<T> {
    const file = `pieces/${name}.bin`;
    const [data, shared] = await Promise.all([this.file(file), before]);
    try {
      return read(unpack(data, kind, name, shared));
    } catch (error) {
      throw new Missing(`search cannot read ${this.base}search/${file}: ${(error as Error).message}`);
    }
  }
}

// inTime is a promise that is rejected when it takes too long.
function inTime<T>(promise: Promise<T>, late: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(late)), 1000 * patience);
    const forget = () => clearTimeout(timer);
    promise.then(resolve, reject).then(forget, forget);
  });
}

// unpack returns the payload of a piece once it is known to be whole and the one that
// the name is of.
function unpack(data: Uint8Array, kind: string, name: string, before?: Uint8Array): Uint8Array {
  if (data.length < 4 || String.fromCharCode(data[0], data[1], data[2], data[3]) !== "FLT" + kind) {
    throw new Error("it is not a piece of the index");
  }
  const payload = inflate(data.subarray(4), before);
  if (adler32(payload) !== sumOf(name)) {
    throw new Error("the piece is damaged");
  }
  return payload;
}

const base32 = "abcdefghijklmnopqrstuvwxyz234567";

// sumOf returns the Adler-32 that a name begins with.
function sumOf(name: string): number {
  let bits = 0;
  for (let i = 0; i < 7; i++) {
    bits = bits * 32 + base32.indexOf(name[i]);
  }
  return Math.floor(bits / 8);
}

// adler32 is the checksum of RFC 1950.
export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < bytes.length; ) {
    for (const end = Math.min(i + 3800, bytes.length); i < end; i++) {
      a += bytes[i];
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return b * 65536 + a;
}
