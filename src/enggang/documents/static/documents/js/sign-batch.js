// Signing a batch: the passphrase stays in this page's form and goes out again with each part, until none is left.
const form = document.querySelector("form[data-sign-batch]");
const told = document.querySelector("[data-sign-told]");
let running = false;

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (running) return;
  running = true;
  let done = 0;
  try {
    for (let left = 1; left > 0; ) {
      told.textContent = told.dataset.working.replace("{done}", done);
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const { signed, left: rest, problem } = await answer.json();
      done += signed;
      if (problem || !signed) return say(problem || told.dataset.stuck, done);
      left = rest;
    }
    location.reload();
  } catch {
    say(told.dataset.lost, done);
  } finally {
    running = false;
    delete form.dataset.sending; // forms.js holds back a second press; here one goes on where the first one stopped
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

function say(text, done) {
  told.textContent = `${text} ${told.dataset.working.replace("{done}", done)}`;
  told.dataset.tone = "bad";
}
