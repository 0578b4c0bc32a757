// Answers of a survey: kept on the phone when the line is down, and sent by themselves once there is one. An interviewer
// goes on with the next visitor meanwhile. Without this file the form's own button works.
const form = document.querySelector("form[data-queue]");
const word = form?.querySelector("[data-word]");
const name = `enggang:survei:${form?.dataset.queue}`;
const PAUSE = 15_000;
let sending = false;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? [];
  } catch {
    return [];
  }
}

function keep(all) {
  try {
    if (all.length) localStorage.setItem(name, JSON.stringify(all));
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false; // full or forbidden: the form is sent as it is
  }
}

const keyOf = (pairs) => pairs.find(([key]) => key === "key")?.[1];

function tell(state) {
  const n = kept().length;
  word.textContent = state === "kept" ? word.dataset.kept.replace("#", n) : (word.dataset[state] ?? "");
  if (state !== "sending") word.scrollIntoView({ block: "nearest" });
}

function complete() {
  const night = form.elements.stay.value === "night";
  for (const each of ["nights", "bed_price"]) form.elements[each].required = night;
  return form.checkValidity();
}

form?.addEventListener("submit", (event) => {
  if (!complete()) {
    if (navigator.onLine) return; // the page says what is missing
    event.preventDefault();
    event.stopPropagation();
    form.reportValidity();
    return;
  }
  const pairs = [...new FormData(form)].filter(([key]) => key !== "csrfmiddlewaretoken");
  if (!keep([...kept().filter((each) => keyOf(each) !== keyOf(pairs)), pairs])) return;
  event.preventDefault();
  event.stopPropagation();
  sessionStorage.removeItem(`enggang:${location.pathname}#${form.id}`);
  send();
});

async function send() {
  if (sending) return;
  sending = true;
  tell("sending");
  try {
    for (const pairs of kept()) if (!(await sendOne(pairs))) return;
    location.assign(form.dataset.done);
  } catch {
    if ("next" in form.dataset) next();
    tell("kept");
    setTimeout(() => kept().length && send(), PAUSE);
  } finally {
    sending = false;
  }
}

// The form is empty for the next visitor; what was answered waits.
function next() {
  if (!kept().some((pairs) => keyOf(pairs) === form.elements.key.value)) return;
  form.reset();
  form.elements.key.value = [...crypto.getRandomValues(new Uint8Array(18))].map((byte) => byte.toString(16)).join("");
  scrollTo(0, 0);
}

// Whether the next may be sent; a network that fails throws.
async function sendOne(pairs) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [key, value] of pairs) body.set(key, value);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  if (answer.type !== "opaqueredirect" && answer.status !== 422) {
    if (answer.status !== 404) throw new Error(String(answer.status));
    tell("ended");
    return false;
  }
  keep(kept().filter((each) => keyOf(each) !== keyOf(pairs)));
  if (answer.status !== 422) return true;
  refuse(pairs); // the page says what is wrong, with what was typed
  return false;
}

function refuse(pairs) {
  form.reset();
  for (const [key, value] of pairs) if (form.elements[key]) form.elements[key].value = value;
  form.submit();
}

if (form) {
  addEventListener("online", () => kept().length && send());
  if (kept().length && !form.querySelector(".error-summary")) send();
}
