// Forms on a bad line: one press sends once; nothing is sent while offline; what was typed outlives a failed send.
const notice = document.getElementById("offline");
const SENT = "enggang:sent";
const FILE_MS = 1500; // a form that is answered with a file leaves the page as it is: it may be sent again
const SECRET = "[type=password], [type=file], [type=hidden], [type=submit], [autocomplete=one-time-code], [data-forget]";

const keyOf = (form) => `enggang:${location.pathname}#${form.id || [...document.forms].indexOf(form)}`;
const inputsOf = (form) => [...form.elements].filter((input) => input.name && !input.matches(SECRET));

// Over a ticket that is held up without a connection it would hide the square code, and a form that keeps what waits says
// so itself: there it waits for a press.
const isKept = Boolean(document.querySelector("[data-worker], [data-queue]"));
addEventListener("offline", () => (notice.hidden = isKept));
addEventListener("online", () => (notice.hidden = true));
if (!navigator.onLine) notice.hidden = isKept;

// A page that came back is a sent form that arrived; a reload or "back" after a broken send is not.
const how = performance.getEntriesByType("navigation")[0]?.type;
const sent = sessionStorage.getItem(SENT);
if (sent && how === "navigate") sessionStorage.removeItem(sent);
sessionStorage.removeItem(SENT);

for (const form of document.querySelectorAll("form[data-keep]")) {
  if (!form.querySelector(".error-summary")) restore(form);
  form.addEventListener("input", () => keep(form));
}
document.querySelector(".error-summary[autofocus]")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (!navigator.onLine) {
    event.preventDefault();
    notice.hidden = false;
    return;
  }
  if (form.dataset.sending && !form.matches("[data-resend]")) return event.preventDefault();
  form.dataset.sending = "1";
  if (form.matches("[data-keep]")) sessionStorage.setItem(SENT, keyOf(form));
  event.submitter?.setAttribute("aria-disabled", "true");
  if (form.matches("[data-file]")) setTimeout(release, FILE_MS, form);
});

document.addEventListener("click", (event) => {
  const name = event.target.closest("[data-tick-all]")?.dataset.tickAll;
  if (!name) return;
  const boxes = [...document.querySelectorAll(`input[type=checkbox][name="${name}"]`)];
  const wanted = !boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = wanted;
  boxes[0]?.dispatchEvent(new Event("input", { bubbles: true }));
});

addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));

function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

function keep(form) {
  const values = inputsOf(form).map((input) => [input.name, input.type, input.value, input.checked]);
  sessionStorage.setItem(keyOf(form), JSON.stringify(values));
}

function restore(form) {
  const values = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "[]");
  for (const [index, input] of inputsOf(form).entries()) {
    const [name, type, value, checked] = values[index] ?? [];
    if (name !== input.name || type !== input.type) return;
    if (/checkbox|radio/.test(type)) input.checked = checked;
    else input.value = value;
  }
}
