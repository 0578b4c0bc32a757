// Hands every file over as soon as it has arrived, so that any number can be picked at once; renews the page when all are.
for (const form of document.querySelectorAll("[data-bring]")) {
  const count = form.querySelector(".bring__count");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let taken = 0;
  let renew = 0;

  form.addEventListener("arrived", (event) => hand(event.detail));

  async function hand({ code, close, say }) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, upload: code });
    for (let wait = 1000; ; wait = Math.min(wait * 2, 30_000)) {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body }).catch(() => null);
      if (answer?.ok) return done(close);
      if (answer?.status === 409) return say((await answer.json()).refusal);
      if (answer && answer.status < 500 && answer.status !== 429) return say(form.querySelector("[data-upload]").dataset.ended);
      await new Promise((go) => setTimeout(go, wait));
    }
  }

  function done(close) {
    close();
    taken += 1;
    count.hidden = false;
    const left = form.querySelectorAll(".upload__list li").length;
    count.textContent = `${form.dataset.taken} ${taken}${left ? "" : `. ${form.dataset.again}`}`;
    clearTimeout(renew);
    if (!left) renew = setTimeout(again, 4000);
  }

  // Only while the line is there: a browser that renews a page without one shows its own error in its place.
  async function again() {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (form.querySelector(".upload__list li")) return;
    if (answer?.ok) location.reload();
    else renew = setTimeout(again, 4000);
  }
}
