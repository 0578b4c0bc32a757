// <ol data-ranking="url" data-version="3">: its rows (data-row="id") are put in another order with their handles
// ([data-handle]): dragged with a finger or a mouse, or moved with the arrow keys. The whole order is sent in one
// request with the version that was seen; when somebody else was faster nothing is changed and the page says so.
// Without a script the buttons of each row do the same.
for (const list of document.querySelectorAll("[data-ranking]")) start(list);

function start(list) {
  const status = document.getElementById(list.dataset.status);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const rowsOf = () => [...list.querySelectorAll(":scope > [data-row]")];
  let saved = rowsOf().map((row) => row.dataset.row);
  let dragged = null;
  let timer = 0;
  let saving = false;

  for (const handle of list.querySelectorAll("[data-handle]")) {
    handle.hidden = false;
    handle.addEventListener("pointerdown", lift);
    handle.addEventListener("keydown", step);
  }

  function lift(event) {
    if (event.button !== 0 || list.dataset.stale) return;
    const handle = event.currentTarget;
    dragged = handle.closest("[data-row]");
    dragged.classList.add("is-dragged");
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", drag);
    for (const end of ["pointerup", "pointercancel"]) handle.addEventListener(end, drop, { once: true });
    event.preventDefault();
  }

  function drag(event) {
    const edge = 60;
    if (event.clientY < edge) scrollBy(0, -12);
    else if (event.clientY > innerHeight - edge) scrollBy(0, 12);
    // The neighbours change place, not the row in hand: taken out of the page it would lose the pointer.
    const before = () => dragged.previousElementSibling;
    const after = () => dragged.nextElementSibling;
    while (before()?.dataset.row && event.clientY < middle(before())) dragged.after(before());
    while (after()?.dataset.row && event.clientY > middle(after())) dragged.before(after());
  }

  function drop(event) {
    event.currentTarget.removeEventListener("pointermove", drag);
    dragged.classList.remove("is-dragged");
    dragged = null;
    send();
  }

  function step(event) {
    const row = event.currentTarget.closest("[data-row]");
    const up = event.key === "ArrowUp";
    if ((!up && event.key !== "ArrowDown") || list.dataset.stale) return;
    event.preventDefault();
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other?.dataset.row) return;
    if (up) row.after(other);
    else row.before(other);
    clearTimeout(timer);
    timer = setTimeout(send, 600);
  }

  function middle(row) {
    const box = row.getBoundingClientRect();
    return box.top + box.height / 2;
  }

  async function send() {
    const order = rowsOf().map((row) => row.dataset.row);
    if (saving || order.join() === saved.join()) return;
    saving = true;
    status.textContent = list.dataset.saving;
    try {
      const answer = await fetch(list.dataset.ranking, {
        method: "POST",
        headers: { "X-CSRFToken": token, "X-Partial": "1" },
        body: new URLSearchParams({ rows: order.join(","), version: list.dataset.version }),
        redirect: "error",
      });
      const told = answer.status === 200 || answer.status === 409 ? await answer.json() : null;
      if (!told) throw new Error(String(answer.status));
      if (answer.status === 409) return refuse(told.message);
      saved = order;
      list.dataset.version = told.version;
      status.textContent = list.dataset.saved;
      number();
    } catch {
      put(saved);
      status.textContent = list.dataset.failed;
    } finally {
      saving = false;
    }
    if (rowsOf().map((row) => row.dataset.row).join() !== saved.join()) send();
  }

  function number() {
    const first = Number(list.dataset.first) || 1;
    for (const [index, row] of rowsOf().entries()) {
      for (const place of row.querySelectorAll("[data-place]")) place.textContent = first + index;
    }
  }

  function put(order) {
    const rows = new Map(rowsOf().map((row) => [row.dataset.row, row]));
    for (const id of order) list.append(rows.get(id));
  }

  function refuse(message) {
    list.dataset.stale = "1";
    put(saved);
    status.textContent = message;
  }
}
