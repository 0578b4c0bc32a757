// The list: searching hides lines without sending anything, so that nothing chosen is lost; one press fills in the rest.
const search = document.getElementById("list-search");
const field = search?.querySelector("input");
const lines = [...document.querySelectorAll("#hands > .hand")];
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = lines.map((line) => fold(line.dataset.text));
let unsaved = false;

field?.addEventListener("input", () => {
  const words = fold(field.value).split(/\s+/);
  lines.forEach((line, at) => (line.hidden = !words.every((word) => texts[at].includes(word))));
});
search?.addEventListener("submit", (event) => {
  if (unsaved) event.preventDefault();
});

document.getElementById("list-fill")?.addEventListener("click", () => {
  for (const line of lines) {
    if (line.hidden || line.querySelector("input[type=radio]:checked")) continue;
    line.querySelector("input[value=present]").checked = unsaved = true;
  }
});

const form = document.getElementById("list-form");
form?.addEventListener("input", () => (unsaved = true));
form?.addEventListener("submit", () => (unsaved = false));
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
