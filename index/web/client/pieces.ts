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

// Store fetches the pieces of one site, each once.
export class Store {
  private readonly kept = new Map<string, Map<string, Promise<unknown>>>();

  constructor(
    private readonly base: string,
    private readonly fetch: Fetch,
  ) {}

  // file fetches a file below search/.
  async file(name: string): Promise<Uint8Array> {
    const url = this.base + "search/" + name;
    let response;
    try {
      response = await this.fetch(url);
    } catch (error) {
      throw new Missing(`search cannot reach ${url}: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (!response.ok) {
      throw new Missing(`search cannot read ${url}: status ${response.status}`);
    }
    return new Uint8Array(await response.arrayBuffer());
  }

  // piece returns what read makes of a piece, the same for every call. Nothing is kept
  // of a failure.
  piece<T>(name: string, kind: string, read: (payload: Uint8Array) => T): Promise<T> {
    const kept = this.keptOf(kind);
    const known = kept.get(name);
    if (known) {
      return known as Promise<T>;
    }
    const fetched = this.fetchPiece(name, kind, read);
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

  private async fetchPiece<T>(name: string, kind: string, read: (payload: Uint8Array) => T): Promise<T> {
    const file = `pieces/${name}.bin`;
    const data = await this.file(file);
    try {
      return read(unpack(data, kind));
    } catch (error) {
      throw new Missing(`search cannot read ${this.base}search/${file}: ${(error as Error).message}`);
    }
  }
}

// unpack returns the payload of a piece once it is known to be whole.
function unpack(data: Uint8Array, kind: string): Uint8Array {
  if (data.length < 8 || String.fromCharCode(data[0], data[1], data[2], data[3]) !== "FLT" + kind) {
    throw new Error("it is not a piece of the index");
  }
  const payload = inflate(data.subarray(8));
  const sum = ((data[4] << 24) | (data[5] << 16) | (data[6] << 8) | data[7]) >>> 0;
  if (adler32(payload) !== sum) {
    throw new Error("the piece is damaged");
  }
  return payload;
}

function adler32(bytes: Uint8Array): number {
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
