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

// "/" goes to the search box from anywhere.
function focusSearch(event: KeyboardEvent): void {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typesText(event.target)) return;
  const box = document.querySelector<HTMLInputElement>("[data-search]") ?? document.querySelector<HTMLInputElement>("[data-quick]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
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
