// The light table: tick all, and how many are ticked.
const form = document.querySelector("[data-table]");
if (form) {
  const all = form.querySelector("[data-tick-all]");
  const boxes = [...form.querySelectorAll('input[name="karya"]')];
  const told = form.querySelector("[data-ticked]");
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    told.textContent = ticked ? String(ticked) : "";
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  form.addEventListener("change", count);
  count();
}
