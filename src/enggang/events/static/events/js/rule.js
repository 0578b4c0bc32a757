// <select data-asks='{"fixed": ["month", "day"], …}'>: of the fields that any rule asks for, those of the chosen one are
// shown. What stands in a hidden one is kept and sent; as long as nothing is chosen, and without a script, all are there.
for (const select of document.querySelectorAll("[data-asks]")) {
  const asks = JSON.parse(select.dataset.asks);
  const names = new Set(Object.values(asks).flat());
  const show = () => {
    const wanted = asks[select.value] ?? names;
    for (const name of names) {
      const field = select.form.elements[name].closest(".field");
      field.hidden = ![...wanted].includes(name) && !field.matches(".field--wrong");
    }
  };
  select.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
