// Making elements. What is shown goes in as text, never as markup.

export function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string, ...content: (Node | string)[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(name);
  if (className) e.className = className;
  e.append(...content);
  return e;
}

export function link(href: string, ...content: (Node | string)[]): HTMLAnchorElement {
  const a = element("a", "", ...content);
  a.href = href;
  return a;
}

export function button(className: string, act: () => void, ...content: (Node | string)[]): HTMLButtonElement {
  const b = element("button", className, ...content);
  b.type = "button";
  b.addEventListener("click", act);
  return b;
}

// part returns the one element of the page that has the attribute.
export function part<T extends HTMLElement>(attribute: string): T {
  return document.querySelector<T>(`[${attribute}]`)!;
}

// counted writes a number with its noun.
export function counted(n: number, noun: string): string {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}
