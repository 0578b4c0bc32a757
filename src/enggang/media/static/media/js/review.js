// Judging by keyboard: 1 to 5 give a level, the next work stands there at once, sheets are sent behind it.
const KEYS = /^([1-9unw]|backspace|arrowright)$/;
const root = document.querySelector("[data-review]");
if (root) start(root);

function start(root) {
  const cards = JSON.parse(document.getElementById("kartu").textContent);
  const rubrics = JSON.parse(document.getElementById("rubrik").textContent);
  const token = root.querySelector('[name="csrfmiddlewaretoken"]');
  const part = (name) => root.querySelector(`[data-${name}]`);
  const picture = part("picture"), form = root.querySelector("form"), error = part("error"), words = part("words");
  const images = new Map(), queue = [], judged = [], refused = [], held = [];
  const total = Number(root.dataset.total);
  let at = 0, chosen = {}, sender = null, pause = 500, undoing = false;

  form.noValidate = true;
  show();
  document.addEventListener("keydown", onKey);
  part("skip").addEventListener("click", skip);
  part("undo").addEventListener("click", undo);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (complete()) keep();
    else if (at < cards.length) part("criteria").querySelector('[data-current="true"] input').focus();
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
    chosen = {};
    words.value = "";
    tell();
    const ended = at >= cards.length;
    for (const name of ["send", "skip"]) part(name).hidden = ended;
    words.closest(".field").hidden = picture.parentElement.hidden = ended;
    if (ended) return finish();
    part("finished").hidden = true;
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
    queue.push({ card, levels: { ...chosen }, feedback: words.value.trim() });
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
    if (!judged.length || undoing) return;
    undoing = true;
    const why = await takenBack();
    undoing = false;
    if (why) said(why);
    for (const key of held.splice(0)) press(key); // typed before the former work stood there
  }

  async function takenBack() {
    const last = judged[judged.length - 1], card = cards[last];
    const waiting = queue.find((each) => each.card === card);
    await waiting?.flight; // it may still be on its way: it must not arrive after it was taken back
    const place = queue.indexOf(waiting);
    if (place >= 0) queue.splice(place, 1);
    const answer = place >= 0 || !judged.includes(last) ? { kept: true } : await post(card.undo, {});
    if (!answer.kept) return answer.error;
    if (!judged.includes(last)) return ""; // it was turned down meanwhile
    judged.splice(judged.indexOf(last), 1);
    at = last;
    show();
    part("status").textContent = `${root.dataset.undone} ${part("status").textContent}`;
    return "";
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target === words) return words.blur();
    if (event.target.matches("textarea, input:not([type=radio])")) return;
    const key = event.key.toLowerCase();
    if (!KEYS.test(key)) return;
    event.preventDefault();
    if (undoing) held.push(key);
    else press(key);
  }

  function press(key) {
    if (key === "u" || key === "backspace") undo();
    else if (key === "n" || key === "arrowright") skip();
    else if (at >= cards.length) return;
    else if (key === "w") words.focus();
    else if (current()) pick(Number(key));
  }

  function pick(number) {
    const each = current();
    const found = each.levels[number - 1];
    if (found) choose(each.id, found[0], true);
  }

  function send() {
    sender ??= sendAll().finally(() => (sender = null));
  }

  async function sendAll() {
    while (queue.length) {
      const first = queue[0];
      first.flight = post(first.card.url, first.levels, first.feedback);
      const answer = await first.flight;
      if (answer.again) {
        said(answer.error);
        await new Promise((resolve) => setTimeout(resolve, (pause = Math.min(pause * 2, 15000))));
        continue;
      }
      pause = 500;
      const place = queue.indexOf(first);
      if (place >= 0) queue.splice(place, 1);
      if (!answer.kept) turnedDown(first.card, answer.error);
      said("");
      tell();
      if (at >= cards.length) finish();
    }
  }

  // Not judged after all: its reason stays on the page, and it cannot be taken back.
  function turnedDown(card, why) {
    refused.push(`${card.title}: ${why}`);
    const place = judged.indexOf(cards.indexOf(card));
    if (place >= 0) judged.splice(place, 1);
  }

  function said(text) {
    const lines = text ? [...refused, text] : refused;
    error.replaceChildren(...lines.flatMap((line, index) => (index ? [document.createElement("br"), line] : [line])));
    error.hidden = !lines.length;
  }

  // What the server says of a sheet, or ``again`` where it could not be heard or knows nobody.
  async function post(url, levels, feedback = "") {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token.value, feedback });
    for (const [criterion, id] of Object.entries(levels)) body.set(`level-${criterion}`, id);
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status >= 500) return { again: true, error: root.dataset.failed };
      if ((answer.headers.get("Content-Type") ?? "").startsWith("application/json")) return await answer.json();
      return (await renewed()) ? await post(url, levels, feedback) : { again: true, error: root.dataset.signedOut };
    } catch {
      return { again: true, error: root.dataset.failed };
    }
  }

  // Whoever has signed in again in another window holds another token.
  async function renewed() {
    const answer = await fetch(location.pathname);
    if (answer.redirected || !answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector('[name="csrfmiddlewaretoken"]')?.value;
    if (!found || found === token.value) return false;
    token.value = found;
    return true;
  }

  function left() {
    return Math.max(0, total - judged.length - refused.length);
  }

  function tell() {
    const told = [`${root.dataset.left} ${left()}`];
    if (queue.length) told.push(`${root.dataset.waiting} ${queue.length}`);
    part("status").textContent = told.join(" · ");
    part("undo").disabled = !judged.length;
  }

  // Works that were passed over, and those beyond the first of a long list, still wait.
  function finish() {
    part("title").textContent = left() ? root.dataset.more : root.dataset.done;
    part("finished").hidden = !left() || queue.length > 0;
    part("criteria").replaceChildren();
    picture.removeAttribute("src");
    picture.alt = "";
    if (!part("finished").hidden) part("finished").querySelector("a").focus(); // Enter goes on, so that no mouse is needed
  }
}
