// Sets the reader's choice of light or dark before the page is drawn.
try {
  const shade = localStorage.getItem("theme");
  if (shade === "light" || shade === "dark") document.documentElement.dataset.theme = shade;
} catch {
  // Storage may be forbidden; the system's choice holds then.
}
