// Names to choose from while somebody types into a search field; without an answer the field is an ordinary one.
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.getElementById(field.getAttribute("list"));
  let asked = "";
  let waiting = 0;

  async function ask() {
    const typed = field.value.trim();
    if (typed.length < 2 || typed === asked) return;
    asked = typed;
    const address = `${field.dataset.suggest}?${new URLSearchParams({ cari: typed })}`;
    const answer = await fetch(address, { credentials: "omit" }).catch(() => null);
    if (!answer?.ok || asked !== typed) return;
    const { names } = await answer.json();
    list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 200);
  });
}
