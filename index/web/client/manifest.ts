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
  formula: { saturation: number; shortening: number; parts: number; coordinate: number; fields: TextField[]; exact: ExactField[] };
  lengths: string;
  ranges: [string, string][];
  cardSize: number;
  cards: string[];
}

const version = 1;

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
