// Marks the page as scripted, and lets a person choose light or dark for this browser (a cookie the server reads,
// so that the next page is drawn right at once).
const root = document.documentElement;
root.classList.add("js");

const cookie = document.cookie.match(/(?:^|; )theme=(light|dark)/);
if (cookie) apply(cookie[1]);

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
    apply(next);
  });
}

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function apply(theme) {
  root.dataset.theme = theme;
  const colour = getComputedStyle(root).getPropertyValue("--ground").trim();
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = colour;
}
