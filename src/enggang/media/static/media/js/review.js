// Judging by keyboard: 1 to 5 give a level, the next work stands there at once, sheets are sent behind it.
const root = document.querySelector("[data-review]");
if (root) start(root);

function start(root) {
  const cards = JSON.parse(document.getElementById("kartu").textContent);
  const rubrics = JSON.parse(document.getElementById("rubrik").textContent);
  const token = root.querySelector('[name="csrfmiddlewaretoken"]').value;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const picture = part("picture"), form = root.querySelector("form"), error = part("error");
  const images = new Map(), queue = [], judged = [];
  let at = 0, chosen = {}, sending = false, pause = 500;

  show();
  document.addEventListener("keydown", onKey);
  part("skip").addEventListener("click", skip);
  part("undo").addEventListener("click", undo);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (complete()) keep();
  });
  form.addEventListener("change", (event) => {
    const input = event.target.closest("[data-level]");
    if (input) choose(Number(input.dataset.criterion), Number(input.value), false);
  });
  addEventListener("beforeunload", (event) => {
    if (queue.length) event.preventDefault();
  });

  function criteria() {
    return rubrics[cards[at].rubric];
  }

  function show() {
    error.hidden = true;
    chosen = {};
    tell();
    part("undo").disabled = !judged.length;
    if (at >= cards.length) return finish();
    const card = cards[at];
    picture.src = load(card).src;
    picture.alt = card.alt;
    part("title").textContent = card.title;
    draw();
    for (const next of cards.slice(at + 1, at + 4)) load(next);
  }

  function load(card) {
    if (!images.has(card.code)) {
      const image = new Image();
      image.src = card.image;
      images.set(card.code, image);
    }
    return images.get(card.code);
  }

  function draw() {
    const box = part("criteria");
    box.replaceChildren(...criteria().map(field));
    mark();
  }

  function field(each) {
    const set = document.createElement("fieldset");
    set.className = "review__criterion";
    const legend = document.createElement("legend");
    legend.textContent = each.title;
    const levels = document.createElement("div");
    levels.className = "review__levels";
    each.levels.forEach(([id, title], index) => levels.append(level(each, id, `${index + 1} ${title}`)));
    set.append(legend, levels);
    return set;
  }

  function level(each, id, words) {
    const label = document.createElement("label");
    label.className = "check";
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: `level-${each.id}`, value: id });
    input.dataset.level = "";
    input.dataset.criterion = each.id;
    label.append(input, ` ${words}`);
    return label;
  }

  function current() {
    return criteria().find((each) => !(each.id in chosen));
  }

  function mark() {
    const now = current();
    [...part("criteria").children].forEach((set, index) => {
      set.dataset.current = String(criteria()[index] === now);
    });
  }

  function choose(criterion, id, goesOn) {
    chosen[criterion] = id;
    const input = part("criteria").querySelector(`[name="level-${criterion}"][value="${id}"]`);
    if (input) input.checked = true;
    mark();
    if (goesOn && complete()) keep();
  }

  function complete() {
    return at < cards.length && !current();
  }

  function keep() {
    const card = cards[at];
    queue.push({ card, levels: { ...chosen } });
    judged.push(at);
    at += 1;
    show();
    send();
  }

  function skip() {
    if (at < cards.length) at += 1;
    show();
  }

  async function undo() {
    if (!judged.length) return;
    at = judged.pop();
    const card = cards[at];
    const waiting = queue.findIndex((each) => each.card === card && !each.sent);
    if (waiting >= 0) queue.splice(waiting, 1);
    else await post(card.undo, {});
    show();
    part("status").textContent = root.dataset.undone;
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("textarea, input:not([type=radio])")) return;
    const key = event.key.toLowerCase();
    if (key === "u" || key === "backspace") undo();
    else if (key === "n" || key === "arrowright") skip();
    else if (/^[1-9]$/.test(key) && at < cards.length && current()) pick(Number(key));
    else return;
    event.preventDefault();
  }

  function pick(number) {
    const each = current();
    const found = each.levels[number - 1];
    if (found) choose(each.id, found[0], true);
  }

  async function send() {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const first = queue[0];
      first.sent = true;
      const answer = await post(first.card.url, first.levels);
      if (answer === null) {
        first.sent = false;
        error.textContent = root.dataset.failed;
        error.hidden = false;
        await new Promise((resolve) => setTimeout(resolve, (pause = Math.min(pause * 2, 15000))));
        continue;
      }
      pause = 500;
      const place = queue.indexOf(first);
      if (place >= 0) queue.splice(place, 1);
      error.hidden = answer.kept;
      if (!answer.kept) error.textContent = `${first.card.title}: ${answer.error}`;
      tell();
    }
    sending = false;
  }

  async function post(url, levels) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token });
    for (const [criterion, id] of Object.entries(levels)) body.set(`level-${criterion}`, id);
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
      return answer.status >= 500 ? null : await answer.json();
    } catch {
      return null;
    }
  }

  function tell() {
    const words = [`${root.dataset.left} ${Math.max(0, cards.length - at)}`];
    if (queue.length) words.push(`${root.dataset.waiting} ${queue.length}`);
    part("status").textContent = words.join(" · ");
  }

  function finish() {
    part("title").textContent = root.dataset.done;
    part("criteria").replaceChildren();
    picture.removeAttribute("src");
    picture.alt = "";
  }
}
