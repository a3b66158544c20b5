// Facets: the mirror of facet.go in package index, which is read beside this file.

// Facet is what the answers are, counted, as type Facet of package index says.
export interface Facet {
  name: string;
  label: string;
  values: FacetValue[];
  more: number;
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
  chosen: boolean;
}
