// Recent searches, in this browser alone. Where storage is refused there are none.

const key = "searches";
const most = 8;

export function recent(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored.filter((query): query is string => typeof query === "string").slice(0, most) : [];
  } catch {
    return [];
  }
}

export function keep(query: string): void {
  store([query, ...recent().filter((other) => other !== query)].slice(0, most));
}

export function forget(): void {
  store([]);
}

function store(queries: string[]): void {
  try {
    if (queries.length) localStorage.setItem(key, JSON.stringify(queries));
    else localStorage.removeItem(key);
  } catch {
    // The search works without.
  }
}
