// <details data-menu>: one open at a time; Escape and a press elsewhere close it.
const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Prints the page: <button data-print class="needs-js">.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

// On a narrow screen the part one is in may stand outside the row of tabs: bring it into view, without moving the page.
for (const current of document.querySelectorAll(".tabs [aria-current]")) {
  const row = current.closest(".tabs");
  const edges = [current.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += edges[0].left - edges[1].left - (edges[1].width - edges[0].width) / 2;
}

// A long menu at the side scrolls by itself: the entry of this page stands in view.
for (const current of document.querySelectorAll(".sidenav [aria-current]")) {
  const row = current.closest(".sidenav");
  const [entry, list] = [current.getBoundingClientRect(), row.getBoundingClientRect()];
  if (entry.bottom > list.bottom) row.scrollTop += entry.top - list.top - list.height / 2;
}
