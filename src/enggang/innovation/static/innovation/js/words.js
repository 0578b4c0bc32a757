// Counts words while they are typed, under every field that asks for a least number of them.
const wording = document.querySelector("[data-words-of]")?.dataset.wordsOf ?? "";

for (const field of document.querySelectorAll("[data-least-words]")) {
  const told = document.createElement("p");
  told.className = "field__hint";
  told.setAttribute("role", "status");
  field.after(told);
  const count = () => {
    const words = field.value.trim().split(/\s+/).filter(Boolean).length;
    told.textContent = wording.replace("{n}", words).replace("{least}", field.dataset.leastWords);
  };
  field.addEventListener("input", count);
  count();
}
