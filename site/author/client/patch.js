// Makes a tree of nodes equal to another one and leaves alone what is equal already, so
// that focus, selection, scrolling and listeners stay where nothing changed.

// Beyond so many children on either side none is looked for elsewhere than in its place.
const most = 300;

/**
 * Makes old equal to fresh and returns the elements that changed, in their order. It takes
 * what it needs from fresh.
 * @param {Element} old
 * @param {Element} fresh of the same name
 * @returns {Element[]}
 */
export function patch(old, fresh) {
  keepOpen(old, fresh);
  /** @type {Element[]} */
  const changed = [];
  element(old, fresh, changed);
  return changed.filter((e) => e.isConnected);
}

// What its reader opened or closed stays so; it is known by its summary.
function keepOpen(old, fresh) {
  const open = new Map(named(old).map(([name, details]) => [name, details.open]));
  for (const [name, details] of named(fresh)) details.open = open.get(name) ?? details.open;
}

/** @returns {[string, HTMLDetailsElement][]} */
function named(tree) {
  /** @type {Map<string, number>} */
  const times = new Map();
  return [...tree.querySelectorAll("details")].map((details) => {
    const summary = details.id || (details.querySelector("summary")?.textContent ?? "").replace(/[\d.]+/g, "").trim();
    const n = times.get(summary) ?? 0;
    times.set(summary, n + 1);
    return [`${n} ${summary}`, details];
  });
}

function element(old, fresh, changed) {
  if (old.isEqualNode(fresh)) return;
  if (attributes(old, fresh)) changed.push(old);
  children(old, fresh, changed);
}

function attributes(old, fresh) {
  let changed = false;
  for (const { name } of [...old.attributes]) {
    if (fresh.hasAttribute(name)) continue;
    old.removeAttribute(name);
    changed = true;
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) === value) continue;
    old.setAttribute(name, value);
    changed = true;
  }
  return changed;
}

function children(old, fresh, changed) {
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  let start = 0;
  let end = 0;
  while (start < before.length && start < after.length && before[start].isEqualNode(after[start])) start++;
  const rest = Math.min(before.length, after.length) - start;
  while (end < rest && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) end++;
  between(old, before.slice(start, before.length - end), after.slice(start, after.length - end), before[before.length - end] ?? null, changed);
}

// Puts the nodes of after in the place of before, in front of the node next.
function between(parent, before, after, next, changed) {
  let at = 0;
  let from = 0;
  for (const [kept, same] of [...common(before, after), [before.length, after.length]]) {
    run(parent, before.slice(at, kept), after.slice(from, same), before[kept] ?? next, changed);
    [at, from] = [kept + 1, same + 1];
  }
}

// Puts nodes in the place of others none of which is equal.
function run(parent, before, after, next, changed) {
  for (const fresh of after) {
    const old = before[0];
    if (old && old.nodeName === fresh.nodeName && (old.id ?? "") === (fresh.id ?? "")) {
      before.shift();
      replaced(parent, old, fresh, changed);
    } else {
      parent.insertBefore(fresh, old ?? next);
      changed.push(fresh.nodeType === Node.ELEMENT_NODE ? fresh : parent);
    }
  }
  for (const old of before) old.remove();
  if (before.length > 0) changed.push(parent);
}

function replaced(parent, old, fresh, changed) {
  if (old.nodeType === Node.ELEMENT_NODE) {
    element(old, fresh, changed);
    return;
  }
  old.nodeValue = fresh.nodeValue;
  changed.push(parent);
}

/**
 * The longest sequence of nodes that both lists have, as pairs of positions.
 * @returns {[number, number][]}
 */
function common(before, after) {
  if (before.length > most || after.length > most) return [];
  const texts = after.map(text);
  const length = before.map(() => new Uint16Array(after.length + 1));
  length.push(new Uint16Array(after.length + 1));
  const names = before.map(text);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      length[i][j] = names[i] === texts[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (names[i] === texts[j]) pairs.push([i++, j++]);
    else if (length[i + 1][j] >= length[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}

const text = (node) => node.outerHTML ?? `${node.nodeName} ${node.nodeValue}`;
