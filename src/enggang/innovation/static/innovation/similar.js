// <div data-similar="url" aria-live="polite"> in a form: while the title and the problem are typed, shows what exists already
// and is alike. Without a script the form shows the same as a step of its own.
const PAUSE = 500;
for (const place of document.querySelectorAll("[data-similar]")) start(place);

function start(place) {
  const form = place.closest("form");
  let timer = 0;
  let asked = "";

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  async function ask() {
    const title = form.elements.title.value.trim();
    const query = new URLSearchParams({ q: title, masalah: form.elements.problem.value.trim().slice(0, 500) });
    if (title.length < 6 || String(query) === asked) return;
    asked = String(query);
    try {
      const answer = await fetch(`${place.dataset.similar}?${query}`, { redirect: "error" });
      if (answer.ok && asked === String(query)) place.innerHTML = await answer.text();
    } catch {
      asked = ""; // a bad line: the next letter asks again
    }
  }
}
