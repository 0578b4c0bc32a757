// Giving plots to vendors by dragging or by two touches, and moving plots. Without this file every plot opens its own page.
const plan = document.querySelector("[data-plan]");
const form = document.querySelector("form[data-give]");
const word = document.querySelector("[data-plan-word]");
const switcher = document.querySelector("[data-moving]");
const hint = document.querySelector("[data-moving-hint]");
const STEP = 2; // units of the plan; the arrow keys move by it, a dragged plot snaps to it
const FAR = 6; // pixels from which on a press is a drag
let vendor = null;
let moving = false;

const plotAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-plot]");
const addressOf = (pattern, plot) => pattern.replace("/0/", `/${plot}/`);

function choose(chip) {
  const same = vendor === chip;
  vendor?.setAttribute("aria-pressed", "false");
  vendor = same ? null : chip;
  vendor?.setAttribute("aria-pressed", "true");
  plan?.classList.toggle("is-giving", Boolean(vendor));
}

function give(chip, plot) {
  form.action = addressOf(form.dataset.give, plot.dataset.plot);
  form.elements.application.value = chip.dataset.vendor;
  form.requestSubmit();
}

for (const chip of document.querySelectorAll("[data-vendor]")) {
  let ghost = null;
  let from = null;
  let dragged = false;
  chip.addEventListener("pointerdown", (event) => {
    // A finger drags by the handle, so that the list itself can be scrolled.
    if (event.button || (event.pointerType !== "mouse" && !event.target.closest(".handle"))) return;
    from = [event.clientX, event.clientY];
    dragged = false;
    chip.setPointerCapture(event.pointerId);
  });
  chip.addEventListener("pointermove", (event) => {
    if (!from) return;
    if (!ghost && Math.hypot(event.clientX - from[0], event.clientY - from[1]) < FAR) return;
    if (!ghost) {
      ghost = chip.cloneNode(true);
      ghost.classList.add("chip-ghost");
      document.body.append(ghost);
      dragged = true;
    }
    ghost.style.left = `${event.clientX + 8}px`;
    ghost.style.top = `${event.clientY + 8}px`;
    mark(plotAt(event));
  });
  const end = (event) => {
    const plot = ghost && event.type === "pointerup" ? plotAt(event) : null;
    ghost?.remove();
    ghost = from = null;
    mark(null);
    if (plot) give(chip, plot);
  };
  chip.addEventListener("pointerup", end);
  chip.addEventListener("pointercancel", end);
  chip.addEventListener("click", () => {
    if (!dragged) choose(chip);
    dragged = false;
  });
}

function mark(plot) {
  for (const each of plan?.querySelectorAll(".is-target") ?? []) if (each !== plot) each.classList.remove("is-target");
  plot?.classList.add("is-target");
}

plan?.addEventListener("click", (event) => {
  const plot = event.target.closest("[data-plot]");
  if (!plot) return;
  if (moving) return event.preventDefault();
  if (!vendor) return; // the link opens the page of the plot
  event.preventDefault();
  give(vendor, plot);
});

switcher?.addEventListener("click", () => {
  moving = !moving;
  if (moving && vendor) choose(vendor);
  switcher.setAttribute("aria-pressed", String(moving));
  plan?.classList.toggle("is-moving", moving);
  hint.hidden = !moving;
});

// -- moving ------------------------------------------------------------------------------------------

const groupOf = (plot) => plot.querySelector("g");
const placeOf = (group) => group.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
const place = (group, x, y) => group.setAttribute("transform", `translate(${x} ${y})`);

function point(event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(plan.getScreenCTM().inverse());
}

async function save(plot, back) {
  const [x, y] = placeOf(groupOf(plot));
  const body = new FormData(form);
  body.set("x", Math.round(x));
  body.set("y", Math.round(y));
  try {
    const answer = await fetch(addressOf(form.dataset.move, plot.dataset.plot), { method: "POST", body });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error);
    place(groupOf(plot), said.x, said.y);
    word.textContent = "";
  } catch (error) {
    place(groupOf(plot), ...back);
    word.textContent = error.message;
  }
}

for (const plot of plan?.querySelectorAll("[data-plot]") ?? []) {
  let held = null;
  plot.addEventListener("dragstart", (event) => event.preventDefault());
  plot.addEventListener("pointerdown", (event) => {
    if (!moving || event.button) return;
    event.preventDefault();
    plot.focus();
    const at = point(event);
    const start = placeOf(groupOf(plot));
    held = { start, by: [at.x - start[0], at.y - start[1]] };
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointermove", (event) => {
    if (!held) return;
    const at = point(event);
    const [x, y] = [at.x - held.by[0], at.y - held.by[1]].map((each) => Math.max(0, Math.round(each / STEP) * STEP));
    place(groupOf(plot), x, y);
  });
  plot.addEventListener("pointerup", () => {
    if (!held) return;
    const { start } = held;
    held = null;
    if (String(placeOf(groupOf(plot))) !== String(start)) save(plot, start);
  });
  plot.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (!moving || !by) return;
    event.preventDefault();
    const start = placeOf(groupOf(plot));
    place(groupOf(plot), Math.max(0, start[0] + by[0]), Math.max(0, start[1] + by[1]));
    clearTimeout(plot.saving);
    plot.saving = setTimeout(() => save(plot, start), 400);
  });
}
