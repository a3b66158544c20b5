// The manifest, as package web writes it.

import { decode } from "./bytes";
import { adler32 } from "./pieces";

export interface TextField {
  name: string;
  query: string;
  weight: number;
}

export interface ExactField {
  query: string;
  names: boolean;
}

export interface Manifest {
  version: number;
  incidents: number;
  formula: { saturation: number; shortening: number; parts: number; coordinate: number; fields: TextField[]; exact: ExactField[]; numbers: string[] };
  lengths: string;
  directory: string;
  characters: string;
  phrases: string;
  ranges: [string, string][];
  cardSize: number;
  cards: string[];
}

// Directory names the pieces that few queries need.
export interface Directory {
  columns: Record<string, string>;
  scale: Record<string, number>;
  values: Record<string, string>;
  words: string;
  facets: Record<string, string>;
  undated: number;
  synonyms: [string, string][];
}

const version = 6;

// readManifest reads the manifest, which ends in the Adler-32 of what comes before.
export function readManifest(data: Uint8Array): Manifest {
  const text = decode(data);
  let manifest: Manifest & { sum: number };
  try {
    manifest = JSON.parse(text) as Manifest & { sum: number };
  } catch {
    throw new Error("search/manifest.json is not a manifest");
  }
  if (manifest.version !== version) {
    throw new Error(`search/manifest.json has version ${manifest.version}, and this client reads ${version}; reload the page`);
  }
  const end = `,"sum":${manifest.sum}}`;
  if (text.slice(-end.length) !== end || adler32(data.subarray(0, data.length - end.length)) !== manifest.sum) {
    throw new Error("search/manifest.json is damaged");
  }
  return manifest;
}
