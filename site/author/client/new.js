// The form that begins an incident.

import { send } from "./send.js";

const form = document.querySelector("[data-new]");
if (form) {
  const now = new Date();
  form.date.value = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  form.addEventListener("submit", begin);
}

/** @param {SubmitEvent} event */
async function begin(event) {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const { title, date, kind } = Object.fromEntries(new FormData(form));
  const answer = await send("/_faultline/incidents", { title, date, kind }, form.dataset.token);
  button.disabled = false;
  const said = form.querySelector("[data-said]");
  if (answer.error) {
    said.replaceChildren(line(`${answer.error.text}. ${answer.error.hint}`));
    return;
  }
  said.replaceChildren(line(`Wrote ${answer.path}.`), link(`/${answer.url}`, "See its page"));
  if (!answer.editor) return;
  const editor = link(answer.editor, "Open it in the editor");
  said.append(editor);
  editor.querySelector("a").click();
}

function line(text) {
  const p = document.createElement("p");
  p.textContent = text;
  return p;
}

function link(href, text) {
  const p = document.createElement("p");
  const a = p.appendChild(document.createElement("a"));
  a.href = href;
  a.textContent = text;
  return p;
}
