// A vendor's number of the day: written with dots while it is typed, kept on the phone when the line is down, and sent
// once there is one. Without this file the form's own button works.
const form = document.querySelector("form[data-report]");
const word = form?.querySelector("[data-word]");
const name = `enggang:omzet:${form?.dataset.report}`;
const PAUSE = 15_000;
let sending = false;

for (const input of document.querySelectorAll("[data-rupiah]")) {
  input.addEventListener("input", () => dots(input));
  dots(input);
}

// Only digits count; the caret stays as many digits from the end as it was.
function dots(input) {
  const after = input.value.slice(input.selectionEnd ?? input.value.length).replace(/\D/g, "").length;
  const digits = input.value.replace(/,\d{1,2}$/, "").replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  const shown = digits.replace(/\B(?=(\d{3})+$)/g, ".");
  if (shown === input.value) return;
  input.value = shown;
  if (document.activeElement !== input) return;
  let at = shown.length;
  for (let left = after; at > 0 && left > 0; at--) if (/\d/.test(shown[at - 1])) left--;
  input.setSelectionRange(at, at);
}

// By day what was typed and has not arrived: {"2027-02-20": [["amount", "1.250.000"], …]}
function kept() {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

function keep(all) {
  try {
    if (Object.keys(all).length) localStorage.setItem(name, JSON.stringify(all));
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false; // full or forbidden: the form is sent as it is
  }
}

function tell(key) {
  word.textContent = key ? word.dataset[key] : "";
}

function typed() {
  return [...new FormData(form)].filter(([key]) => key !== "csrfmiddlewaretoken");
}

form?.addEventListener("submit", (event) => {
  const pairs = typed();
  const day = pairs.find(([key]) => key === "day")?.[1];
  const amount = pairs.find(([key]) => key === "amount")?.[1];
  if (!day || !amount || !keep({ ...kept(), [day]: pairs })) return;
  event.preventDefault();
  event.stopPropagation();
  send(day);
});

async function send(first) {
  if (sending) return;
  sending = true;
  tell("sending");
  const days = Object.keys(kept()).sort((one, other) => (other === first) - (one === first));
  try {
    for (const day of days) if (!(await sendOne(day))) return;
    location.assign(form.dataset.back);
  } catch {
    tell("kept");
    document.getElementById("offline").hidden = true; // its words, to send again, do not hold here
    setTimeout(() => Object.keys(kept()).length && send(), PAUSE);
  } finally {
    sending = false;
  }
}

// Whether the next may be sent; a network that fails throws.
async function sendOne(day) {
  const all = kept();
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [key, value] of all[day]) body.set(key, value);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  if (answer.type === "opaqueredirect") {
    delete all[day];
    keep(all);
    return true;
  }
  if (answer.status === 404) {
    tell("ended");
    return false;
  }
  if (answer.status === 422) {
    delete all[day];
    keep(all);
    refuse(body); // the page says what is wrong, with what was typed
    return false;
  }
  throw new Error(String(answer.status));
}

function refuse(body) {
  for (const [key, value] of body) if (form.elements[key]) form.elements[key].value = value;
  form.submit();
}

if (form) {
  addEventListener("online", () => Object.keys(kept()).length && send());
  const waiting = kept();
  const here = form.elements.day.value;
  if (waiting[here]) {
    for (const [key, value] of waiting[here]) if (key !== "version" && form.elements[key]) form.elements[key].value = value;
  }
  if (Object.keys(waiting).length) send();
}
