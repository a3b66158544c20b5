// The manifest, as package web writes it.

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
}

const version = 3;

// readManifest reads the manifest's JSON.
export function readManifest(text: string): Manifest {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text) as Manifest;
  } catch {
    throw new Error("search/manifest.json is not a manifest");
  }
  if (manifest.version !== version) {
    throw new Error(`search/manifest.json has version ${manifest.version}, and this client reads ${version}; reload the page`);
  }
  return manifest;
}
