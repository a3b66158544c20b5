// The search page beyond its first hits: filters, pasted alerts, export, recent searches
// and what to try where nothing is found.

import type { Desk, Refined } from "./search/contract";
import { button, element, link, part } from "./search/element";
import { suggest } from "./search/empty";
import { Facets } from "./search/facets";
import { Paste } from "./search/paste";
import { save } from "./search/save";
import { forget, keep, recent } from "./search/storage";

// refine takes its part of the page. The first script calls it once.
export function refine(desk: Desk): Refined {
  const filters = new Facets(desk);
  const paste = new Paste(desk);
  return {
    async answered(question, result) {
      filters.answered(question);
      if (result.total === 0) await suggest(desk, question);
    },
    remember: keep,
    start: () => offerRecent(desk),
    read: (text) => paste.open(text),
    save: (form) => save(desk, form).catch(() => desk.say("The incidents could not be read from the search index. Try again.")),
  };
}

// offerRecent lists what was searched for before.
function offerRecent(desk: Desk): void {
  const place = part("data-recent");
  const rows = recent().map((query) => element("li", "", link(`?q=${encodeURIComponent(query)}`, query)));
  const clear = button("plain", () => {
    forget();
    place.replaceChildren();
    desk.box.focus();
  }, "Forget them");
  place.replaceChildren(...(rows.length ? [element("h2", "", "Searched before, in this browser"), element("ul", "", ...rows), clear] : []));
}
