// Saves each answer as it is given. What could not be sent is kept on this device, over a reload as well, and tried again
// until it arrives; at the end of the time the page hands in by itself. Without this file the form's own buttons work.
const form = document.querySelector("[data-autosave]");
const word = document.querySelector("[data-saved]");
const clock = document.querySelector("[data-left]");
const LONGEST_WAIT = 20_000;
const waiting = new Set();
const stale = new Set(); // rows where another page's newer answer stands
let sending = false;
let timer = 0;
let failures = 0;
let end = 0;
let submitter = null; // the button that was pressed while answers were still on their way

// What is kept on the device: by row what was answered, on which revision, and what was sent without hearing back.
function kept() {
  try {
    return JSON.parse(localStorage.getItem(`enggang:test:${form.dataset.store}`)) ?? {};
  } catch {
    return {};
  }
}

function keep(all) {
  const name = `enggang:test:${form.dataset.store}`;
  try {
    if (Object.keys(all).length) localStorage.setItem(name, JSON.stringify(all));
    else localStorage.removeItem(name);
  } catch {} // full or forbidden: the page itself still tries
}

const codeOf = (row) => row.dataset.row;
const rowOf = (code) => form.querySelector(`[data-row="${code}"]`);
const revisionOf = (code) => form.elements[`r${code}`];
const same = (one, other) => flat(one) === flat(other);
const flat = (pairs) => JSON.stringify(pairs.map(([name, value]) => [name, value.trim()]).filter(([, value]) => value).sort());

// Only what was typed, without the revision.
function answerOf(row) {
  const all = new FormData(form);
  const names = new Set([...row.querySelectorAll("fieldset [name]")].map((input) => input.name));
  return [...names].flatMap((name) => all.getAll(name).map((value) => [name, value]));
}

function fill(row, pairs) {
  for (const input of row.querySelectorAll("fieldset [name]")) {
    const values = pairs.filter(([name]) => name === input.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(input.type)) input.checked = values.includes(input.value);
    else input.value = values[0] ?? "";
  }
}

// After a reload: what this device still holds is put back and sent, on the revision it was given for.
function takeUp() {
  const all = kept();
  for (const [code, { answer, revision }] of Object.entries(all)) {
    const row = rowOf(code);
    if (!row || same(answerOf(row), answer)) {
      delete all[code];
      continue;
    }
    fill(row, answer);
    revisionOf(code).value = revision;
    waiting.add(row);
  }
  keep(all);
  later(0);
}

function note(input, pause) {
  const row = input.closest("[data-row]");
  if (!row) return;
  const all = kept();
  const code = codeOf(row);
  all[code] = { answer: answerOf(row), revision: revisionOf(code).value, sent: all[code]?.sent ?? [] };
  keep(all);
  if (stale.has(row)) return; // they choose which of the two stands
  waiting.add(row);
  later(pause);
}

function later(pause) {
  clearTimeout(timer);
  if (waiting.size) timer = setTimeout(send, pause);
  else go();
}

async function send() {
  if (sending || !waiting.size) return;
  sending = true;
  const rows = [...waiting];
  waiting.clear();
  word.textContent = word.dataset.saving;
  const sent = new Map(rows.map((row) => [row, answerOf(row)]));
  remember(sent);
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: bodyOf(sent), redirect: "error", signal: AbortSignal.timeout?.(30_000) });
    const said = await answer.json();
    if (answer.status === 409) return tell(said.message);
    if (!answer.ok) throw new Error(String(answer.status));
    for (const [row, pairs] of sent) settle(row, pairs, said);
    if (said.left !== null && clock) end = Date.now() + said.left * 1000;
    failures = 0;
    word.textContent = stale.size ? word.dataset.leftOver : word.dataset.saved;
  } catch {
    rows.forEach((row) => waiting.add(row));
    failures += 1;
    word.textContent = `${word.dataset.waiting}. ${word.dataset.kept}`;
  } finally {
    sending = false;
    later(Math.min(1000 * 2 ** failures, LONGEST_WAIT) * Math.sign(failures));
  }
}

function remember(sent) {
  const all = kept();
  for (const [row, pairs] of sent) {
    const before = all[codeOf(row)] ?? { answer: pairs, revision: revisionOf(codeOf(row)).value, sent: [] };
    all[codeOf(row)] = { ...before, sent: [...before.sent, pairs].slice(-5) };
  }
  keep(all);
}

// The newer answer that stands may be one of ours whose receipt was lost on the way: then ours goes on from there.
function settle(row, pairs, said) {
  const all = kept();
  const code = codeOf(row);
  const standing = said.stale[code];
  revisionOf(code).value = said.revisions[code] ?? revisionOf(code).value;
  if (!standing) {
    if (same(answerOf(row), pairs)) delete all[code];
    else all[code] = { ...all[code], answer: answerOf(row), revision: revisionOf(code).value, sent: [] };
  } else if (all[code]?.sent.some((each) => same(each, standing))) {
    all[code] = { ...all[code], revision: revisionOf(code).value };
    waiting.add(row);
  } else {
    stale.add(row);
    row.querySelector("[data-stale]").hidden = false;
  }
  keep(all);
}

function choose(event) {
  const row = event.target.closest("[data-row]");
  if (event.target.matches("[data-mine]")) {
    calm(row);
    note(event.target, 0);
  } else if (event.target.matches("[data-theirs]")) {
    const { [codeOf(row)]: _gone, ...rest } = kept();
    keep(rest);
    location.reload(); // what else is unsent is taken up again
  }
}

function calm(row) {
  stale.delete(row);
  row.querySelector("[data-stale]").hidden = true;
}

// A button of the form waits for what is on its way: else its answer would be refused as older than itself.
function hold(event) {
  if (!sending && !waiting.size && !stale.size) return;
  event.preventDefault();
  event.stopPropagation(); // nobody else takes it for sent
  submitter = event.submitter;
  if (stale.size && !isOver()) show();
  later(0);
}

function go() {
  if (!submitter || sending || waiting.size || !navigator.onLine) return; // an error page would stand for the test
  if (stale.size && !isOver()) return show();
  const button = submitter;
  stale.clear();
  submitter = null;
  form.requestSubmit(button);
}

function show() {
  submitter = null;
  word.textContent = word.dataset.leftOver;
  [...stale][0].scrollIntoView({ block: "center" });
}

const isOver = () => end > 0 && Date.now() >= end;

function bodyOf(sent) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [row, pairs] of sent) {
    body.append(`r${codeOf(row)}`, revisionOf(codeOf(row)).value);
    for (const [name, value] of pairs) body.append(name, value);
  }
  return body;
}

function tell(message) {
  waiting.clear();
  submitter = null;
  keep({});
  word.textContent = message;
  setTimeout(() => location.reload(), 2500);
}

function tick() {
  const left = Math.max(0, Math.round((end - Date.now()) / 1000));
  clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (left) return setTimeout(tick, 1000);
  word.textContent = word.dataset.over;
  submitter = form.querySelector("[data-hand-in]");
  later(0);
}

if (form) {
  form.addEventListener("change", (event) => note(event.target, 0));
  form.addEventListener("input", (event) => event.target.matches("input:not([type])") && note(event.target, 800));
  form.addEventListener("submit", hold);
  form.addEventListener("click", choose);
  addEventListener("online", () => later(0));
  takeUp();
}
if (clock) {
  end = Date.now() + Number(clock.dataset.left) * 1000;
  tick();
}
