// What a hit shows of an incident beside its passages: the mirror of fact.go in package
// index.

export interface Facts {
  organization: string | null;
  services: string[];
  severity: string | null;
  lasted: string | null;
  restored: { mitigation: string | null; source: string | null; text: string | null } | null;
  wrong_turn: { text: string; anchor: string } | null;
}

// readFacts reads the list of facts as package web writes it.
export function readFacts(list: string[]): Facts {
  const [severity, lasted, restored, wrong, anchor, , organization, services] = list;
  const [remedy, text] = lines(restored);
  const mitigation = (remedy || "").replace(/^[~+]/, "") || null;
  return {
    organization: organization || null,
    services: lines(services),
    severity: severity || null,
    lasted: lasted || null,
    restored: restored ? { mitigation, source: mitigation && (sources[remedy[0]] || "author"), text: text || null } : null,
    wrong_turn: wrong ? { text: wrong, anchor: anchor || "" } : null,
  };
}

const sources: Record<string, string> = { "~": "suggested", "+": "accepted" };

// tagsOf returns the tags of a list of facts: places in the vocabulary, "~" before
// suggestions.
export function tagsOf(list: string[]): string[] {
  return lines(list[5]);
}

// namesOf returns all names of a list of facts, and the severity.
export function namesOf(list: string[]): string[] {
  return [...list.slice(6).flatMap(lines), ...lines(list[0])];
}

// otherNamesOf returns those of technologies, teams and tags.
export function otherNamesOf(list: string[]): string[] {
  return lines(list[8]);
}

function lines(text: string | undefined): string[] {
  return text ? text.split("\n") : [];
}
