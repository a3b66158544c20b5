// The list of hits as a file: all that match, not only those that are shown.

import type { Desk, Hit, Question } from "./contract";

interface Row {
  id: string; title: string; date: string | null; organization: string | null; services: string[];
  severity: string | null; lasted: string | null; restored_by: string | null; url: string; score: number;
}

function rowOf(root: string, hit: Hit): Row {
  const { id, title, date, organization, services, severity, lasted, restored, score } = hit;
  const remedy = restored && [restored.mitigation, restored.text].filter(Boolean).join(": ");
  return { id, title, date, organization, services, severity, lasted, restored_by: remedy || null, url: root + hit.url, score };
}

// cell quotes a value. What a spreadsheet would take for a formula begins with an
// apostrophe, which makes it text.
function cell(value: unknown): string {
  const text = Array.isArray(value) ? value.join("; ") : String(value ?? "");
  const risky = typeof value !== "number" && /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text);
  return `"${(risky ? "'" : "") + text.replace(/"/g, '""')}"`;
}

const columns: (keyof Row)[] = ["id", "title", "date", "organization", "services", "severity", "lasted", "restored_by", "url", "score"];

function csv(rows: Row[]): string {
  const lines = [columns.map(cell), ...rows.map((row) => columns.map((name) => cell(row[name])))];
  return "\ufeff" + lines.map((line) => line.join(",") + "\r\n").join("");
}

const types: Record<string, string> = { csv: "text/csv;charset=utf-8", json: "application/json" };

// save asks the question once more, for all hits, and hands the browser a file.
export async function save(desk: Desk, form: string): Promise<void> {
  const question = desk.asked();
  const { query, sort, within } = question;
  const search = await desk.search();
  const { total } = await search.search(query, { limit: 0, passages: false, within });
  const { hits } = await search.search(query, { limit: total, sort, within });
  const rows = hits.map((hit) => rowOf(desk.root, hit));
  const text = form === "csv" ? csv(rows) : JSON.stringify({ query, within, sort, total, hits: rows }, null, 2) + "\n";
  download(new Blob([text], { type: types[form] }), `${nameOf(question)}.${form}`);
  desk.say(`${total.toLocaleString("en")} saved as ${form.toUpperCase()}`);
}

function nameOf({ query }: Question): string {
  return ["incidents", ...(query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])].join("-").slice(0, 60);
}

function download(file: Blob, name: string): void {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(file);
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
}
