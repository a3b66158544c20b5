// What the pages on patterns can do with JavaScript; all of it works without.

// The day of the reader is not known when the page is made.
function showToday(section: HTMLElement): void {
  const now = new Date();
  const key = `${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  const entries = section.querySelectorAll<HTMLElement>(`[data-day="${key}"]`);
  entries.forEach((entry) => (entry.hidden = false));
  section.hidden = entries.length === 0;
}

// The way to count tags is kept for the next page.
function keepCounting(radios: NodeListOf<HTMLInputElement>): void {
  try {
    const kept = localStorage.getItem("counting");
    radios.forEach((radio) => {
      if (radio.value === kept) radio.checked = true;
      radio.addEventListener("change", () => localStorage.setItem("counting", radio.value));
    });
  } catch {
    // The choice then lasts for this page.
  }
}

function valueOf(row: HTMLTableRowElement, column: number): number {
  return Number(row.cells[column]?.textContent || 0);
}

// A matrix is sorted by a column, and back into its own order by a second press.
function offerSorting(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const first = [...body.rows];
  table.querySelectorAll<HTMLButtonElement>(".sort").forEach((button, i) => {
    button.addEventListener("click", () => {
      const sorted = button.getAttribute("aria-pressed") === "true";
      table.querySelectorAll(".sort[aria-pressed]").forEach((other) => other.removeAttribute("aria-pressed"));
      if (!sorted) button.setAttribute("aria-pressed", "true");
      body.append(...(sorted ? first : [...first].sort((a, b) => valueOf(b, i + 1) - valueOf(a, i + 1))));
    });
    button.disabled = false;
  });
}

const today = document.querySelector<HTMLElement>("[data-today]");
if (today) showToday(today);
keepCounting(document.querySelectorAll<HTMLInputElement>("[name=counting]"));
document.querySelectorAll<HTMLTableElement>("[data-sortable]").forEach(offerSorting);
