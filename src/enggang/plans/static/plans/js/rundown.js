// <ol data-rundown="url" data-track="" data-version="3">: the items of a track, put in another order with their handles
// ([data-handle]): dragged, or moved with the arrow keys. The whole order is sent with the version of the day that was
// seen; when somebody else was faster nothing is moved and the page says so. Without a script the buttons do the same.
const lists = [...document.querySelectorAll("[data-rundown]")];
for (const list of lists) start(list);

function start(list) {
  const status = document.getElementById(list.dataset.status);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const rowsOf = () => [...list.querySelectorAll(":scope > [data-row]")];
  let saved = orderOf();
  let dragged = null;
  let timer = 0;

  for (const handle of list.querySelectorAll("[data-handle]")) {
    handle.hidden = false;
    handle.addEventListener("pointerdown", lift);
    handle.addEventListener("keydown", step);
  }

  function orderOf() {
    return rowsOf().map((row) => row.dataset.row);
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
    const before = dragged.previousElementSibling;
    const after = dragged.nextElementSibling;
    // The neighbour changes place, not the row in hand: taken out of the page it would lose the pointer.
    if (before && event.clientY < middle(before)) dragged.after(before);
    else if (after && event.clientY > middle(after)) dragged.before(after);
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
    if (!other) return;
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
    const order = orderOf();
    if (order.join() === saved.join()) return;
    tell(list.dataset.saving);
    try {
      const body = { rows: order.join(","), track: list.dataset.track, version: list.dataset.version };
      const answer = await fetch(list.dataset.rundown, {
        method: "POST",
        headers: { "X-CSRFToken": token, "X-Partial": "1" },
        body: new URLSearchParams(body),
        redirect: "error",
      });
      const told = answer.status === 200 || answer.status === 409 ? await answer.json() : null;
      if (!told) throw new Error(String(answer.status));
      if (answer.status === 409) return refuse(told.message);
      saved = order;
      // Every form of the page knows the new version; a reload shows what the new times clash with.
      for (const each of lists) each.dataset.version = told.version;
      for (const input of document.querySelectorAll(".rundown input[name=version]")) input.value = told.version;
      for (const row of rowsOf()) row.querySelector("[data-time]").textContent = told.times[row.dataset.row];
      tell(list.dataset.saved);
    } catch {
      put(saved);
      tell(list.dataset.failed, true);
    }
  }

  function put(order) {
    const rows = new Map(rowsOf().map((row) => [row.dataset.row, row]));
    for (const id of order) list.append(rows.get(id));
  }

  function refuse(message) {
    for (const each of lists) each.dataset.stale = "1";
    put(saved);
    tell(message, true);
  }

  // What was not done must not be overlooked: the rows are back where they were, far from this line perhaps.
  function tell(message, bad = false) {
    status.textContent = message;
    status.className = bad ? "alert alert--bad" : "muted";
    if (bad) status.scrollIntoView({ block: "nearest" });
  }
}
