// What every page can do with JavaScript; all of it works without.

const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const wide = matchMedia("(min-width: 64rem)");

function isDark(): boolean {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : systemDark.matches;
}

function offerShade(button: HTMLButtonElement): void {
  const show = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Use ${isDark() ? "light" : "dark"} colors`);
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // The choice then lasts for this page.
    }
    show();
  });
  systemDark.addEventListener("change", show);
  show();
  button.hidden = false;
}

function typesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

// asksForSearch: "/" where nothing is being typed, and Ctrl-K or Cmd-K anywhere.
function asksForSearch(event: KeyboardEvent): boolean {
  if (event.altKey || event.shiftKey && event.key !== "/") return false;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k" && event.ctrlKey !== event.metaKey;
  return event.key === "/" && !typesText(event.target);
}

// focusSearch goes to the search box of the page, else to the page of searching.
function focusSearch(event: KeyboardEvent): void {
  if (!asksForSearch(event)) return;
  event.preventDefault();
  const box = document.querySelector<HTMLInputElement>("[data-search]") ?? document.querySelector<HTMLInputElement>("[data-quick]");
  if (box) box.select();
  else location.href = (root.dataset.root ?? "./") + "search/";
}

// The timeline stands open beside the report, and folded above it on narrow screens.
function unfoldTimeline(): void {
  const timeline = document.querySelector<HTMLDetailsElement>("[data-timeline]");
  if (timeline) timeline.open = wide.matches;
}

const shade = document.querySelector<HTMLButtonElement>("[data-shade]");
if (shade) offerShade(shade);
document.addEventListener("keydown", focusSearch);
wide.addEventListener("change", unfoldTimeline);
unfoldTimeline();
addEventListener("beforeprint", () => {
  document.querySelector("[data-timeline]")?.setAttribute("open", "");
});
addEventListener("afterprint", unfoldTimeline);
