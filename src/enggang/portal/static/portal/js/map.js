// The drawn map, moved and enlarged: by buttons, keys, wheel, one finger or two. What it shows stays what the server drew.
const CLOSEST = 16;
const STEP = 1.6;
const RADIUS = 12; // pixels on the screen: a finger hits it, however near one looks

export function enliven(map) {
  const svg = map.querySelector("svg");
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const view = { x: 0, y: 0, scale: 1 };
  const fingers = new Map();
  let dragged = false;

  const draw = () => {
    view.scale = Math.min(Math.max(view.scale, 1), CLOSEST);
    const [wide, high] = [width / view.scale, height / view.scale];
    view.x = Math.min(Math.max(view.x, 0), width - wide);
    view.y = Math.min(Math.max(view.y, 0), height - high);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${wide} ${high}`);
    const unit = wide / svg.clientWidth;
    for (const dot of svg.querySelectorAll("circle")) dot.setAttribute("r", String(RADIUS * unit));
    for (const button of bar.querySelectorAll("[data-scale]")) {
      button.disabled = button.dataset.scale === "closer" ? view.scale >= CLOSEST : view.scale <= 1;
    }
  };
  const zoom = (factor, at = { x: 0.5, y: 0.5 }) => {
    const before = view.scale;
    view.scale = Math.min(Math.max(before * factor, 1), CLOSEST);
    view.x += at.x * (width / before - width / view.scale);
    view.y += at.y * (height / before - height / view.scale);
    draw();
  };
  const move = (x, y) => {
    view.x += x * (width / view.scale);
    view.y += y * (height / view.scale);
    draw();
  };
  const whole = () => {
    Object.assign(view, { x: 0, y: 0, scale: 1 });
    draw();
  };

  const acts = {
    closer: () => zoom(STEP), farther: () => zoom(1 / STEP), left: () => move(-0.25, 0), right: () => move(0.25, 0),
    up: () => move(0, -0.25), down: () => move(0, 0.25), whole,
  };
  const signs = { closer: "+", farther: "−", left: "←", up: "↑", down: "↓", right: "→" };
  const keys = { "+": "closer", "=": "closer", "-": "farther", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", 0: "whole" };
  const bar = document.createElement("div");
  bar.className = "map__bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", map.dataset.label);
  for (const [name, act] of Object.entries(acts)) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn map__button";
    button.textContent = signs[name] ?? map.dataset[name];
    if (signs[name]) button.setAttribute("aria-label", map.dataset[name]);
    if (name === "closer" || name === "farther") button.dataset.scale = name;
    button.addEventListener("click", act);
    bar.append(button);
  }
  map.prepend(bar);
  map.classList.add("map--alive");

  map.addEventListener("keydown", (event) => {
    const act = acts[keys[event.key]];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(event.deltaY < 0 ? STEP : 1 / STEP, { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
  }, { passive: false });
  svg.addEventListener("dblclick", () => zoom(STEP));

  const spread = () => {
    const [first, second] = [...fingers.values()];
    return Math.hypot(first.x - second.x, first.y - second.y);
  };
  svg.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    dragged = false;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const apart = fingers.size === 2 ? spread() : 0;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (apart) return zoom(spread() / apart);
    const [x, y] = [event.clientX - before.x, event.clientY - before.y];
    if (Math.abs(x) + Math.abs(y) > 1) dragged = true;
    move(-x / svg.clientWidth, -y / svg.clientHeight);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(name, (event) => fingers.delete(event.pointerId));
  svg.addEventListener("click", (event) => { if (dragged) event.preventDefault(); }, true); // the end of a drag opens nothing
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  draw();
  bar.querySelector("button").focus();
}
