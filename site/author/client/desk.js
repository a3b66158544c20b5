// The writer's side of the page: what is wrong, what the text suggests, and the keys that
// decide. The server writes its HTML; this puts it beside the page and keeps it there.

import { patch } from "./patch.js";
import { send } from "./send.js";

const openKey = "faultline:desk";
const followKey = "faultline:follow";
const roomy = matchMedia("(min-width: 70rem)");

export class Desk {
  /** @type {HTMLElement | undefined} */
  #desk;
  #said = document.createElement("p");
  #hidden = ""; // the notice that its reader does not want to see
  #busy = false;
  #again = false;
  #at = 0; // the suggestion that has, or had, the focus

  constructor() {
    this.#said.className = "faultline-said";
    this.#said.setAttribute("role", "status");
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_faultline/reload.css";
    if (!document.querySelector(`link[href="${style.getAttribute("href")}"]`)) document.head.append(style);
  }

  /** Whether edits shall be brought into view. */
  get following() {
    return new URLSearchParams(location.search).has("follow") || kept(followKey) === "on";
  }

  /** Shows what the server says of the page now. */
  async refresh() {
    this.#again = true;
    if (this.#busy) return;
    this.#busy = true;
    while (this.#again) {
      this.#again = false;
      const fresh = await ask();
      if (fresh) this.#show(fresh);
    }
    this.#busy = false;
  }

  /** @param {HTMLElement} fresh */
  #show(fresh) {
    const panel = fresh.querySelector(".faultline-panel");
    if (!this.#desk) panel.open = (kept(openKey) ?? ("draft" in fresh.dataset && roomy.matches ? "open" : "closed")) === "open";
    const notice = fresh.querySelector(".faultline-notice");
    if (notice && notice.textContent === this.#hidden) notice.remove();
    const within = this.#desk?.contains(document.activeElement) ?? false;
    if (this.#desk) patch(this.#desk, fresh);
    else this.#place(fresh);
    this.#desk.querySelector("[data-follow]").checked = this.following;
    this.#rove(within && document.activeElement === document.body);
  }

  #place(fresh) {
    this.#desk = document.importNode(fresh, true);
    document.body.append(this.#desk, this.#said);
    this.#desk.addEventListener("click", (event) => this.#click(event));
    this.#desk.addEventListener("change", (event) => this.#change(event));
    this.#desk.addEventListener("keydown", (event) => this.#key(event));
    this.#desk.addEventListener("focusin", ({ target }) => this.#focused(target));
    // What is opened or closed does not bubble.
    this.#desk.addEventListener("toggle", ({ target }) => target.matches(".faultline-panel") && keep(openKey, target.open ? "open" : "closed"), true);
  }

  get #terms() {
    return [...this.#desk.querySelectorAll(".faultline-term")];
  }

  // One suggestion can be reached with Tab, the others with arrows.
  #rove(refocus = false) {
    const terms = this.#terms;
    this.#at = Math.max(0, Math.min(this.#at, terms.length - 1));
    terms.forEach((term, n) => term.setAttribute("tabindex", n === this.#at ? "0" : "-1"));
    if (refocus) (terms[this.#at] ?? this.#desk.querySelector("summary")).focus({ preventScroll: true });
  }

  #focused(target) {
    const at = this.#terms.indexOf(target.closest(".faultline-term"));
    if (at < 0) return;
    this.#at = at;
    this.#rove();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest(".faultline-term")) return;
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    const decision = { a: "accept", r: "reject" }[event.key];
    if (!step && !decision) return;
    event.preventDefault();
    if (decision) {
      this.#decide(this.#terms[this.#at], decision);
      return;
    }
    this.#at += step;
    this.#rove(true);
    this.#terms[this.#at].scrollIntoView({ block: "nearest" });
  }

  #click({ target }) {
    const decision = target.closest("[data-decision]")?.dataset.decision;
    if (decision) this.#decide(target.closest(".faultline-term"), decision);
    if (!target.closest("[data-hide]")) return;
    const notice = target.closest(".faultline-notice");
    this.#hidden = notice.textContent;
    notice.remove();
  }

  #change({ target }) {
    if (target.matches("[data-follow]")) keep(followKey, target.checked ? "on" : "off");
  }

  /** @param {HTMLElement} term */
  async #decide(term, decision) {
    const { path, sum, token } = this.#desk.dataset;
    if (!sum || term.ariaBusy === "true") return;
    term.ariaBusy = "true";
    const name = term.querySelector(".faultline-tag").textContent;
    const { dimension, term: id } = term.dataset;
    const answer = await send("/_faultline/tags", { path, dimension, term: id, decision }, token, sum);
    term.ariaBusy = null;
    this.#say(answer.error ? `${answer.error.text}. ${answer.error.hint}.` : `${decision === "accept" ? "Accepted" : "Rejected"} ${name}.`);
    // What was written comes back as any edit does.
    if (answer.error) this.refresh();
  }

  #say(text) {
    this.#said.textContent = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#said.textContent = ""), 6000);
  }

  #timer = 0;
}

/** @returns {Promise<HTMLElement | null>} what the server says, null where it cannot be reached */
async function ask() {
  try {
    const response = await fetch("/_faultline/desk?page=" + encodeURIComponent(location.pathname));
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".faultline-desk") : null;
  } catch {
    return null;
  }
}

function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice then lasts for this page.
  }
}
