// <div data-poll="url" data-interval="3" aria-live="polite">: asks the address for a partial page and shows it, until
// the answer carries the header X-Poll-Done or an element with data-poll-done. Asks nothing while the page is hidden;
// an unchanged answer (304) changes nothing; a failing line is asked more slowly.
for (const place of document.querySelectorAll("[data-poll]")) start(place);

function start(place) {
  const pause = Math.max(1, Number(place.dataset.interval) || 3) * 1000;
  let etag = "";
  let failures = 0;
  let timer = 0;

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause * 2 ** Math.min(failures, 4));
  };

  async function ask() {
    if (document.visibilityState === "hidden") return;
    try {
      const answer = await fetch(place.dataset.poll, {
        headers: { "X-Partial": "1", ...(etag && { "If-None-Match": etag }) },
        cache: "no-store",
        redirect: "error",
      });
      failures = 0;
      if (answer.status === 404 || answer.status === 403) return;
      if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
      if (answer.ok) {
        etag = answer.headers.get("ETag") ?? "";
        show(await answer.text());
      }
      if (answer.headers.has("X-Poll-Done") || place.querySelector("[data-poll-done]")) return finish();
    } catch {
      failures += 1;
    }
    later();
  }

  function show(html) {
    if (place.contains(document.activeElement) && place.querySelector("details[open], input:focus, textarea:focus")) return;
    if (html.trim() !== place.innerHTML.trim()) place.innerHTML = html;
  }

  function finish() {
    document.removeEventListener("visibilitychange", wake);
    if (place.dataset.pollThen) location.assign(place.dataset.pollThen);
  }

  function wake() {
    if (document.visibilityState === "visible") ask();
    else clearTimeout(timer);
  }

  document.addEventListener("visibilitychange", wake);
  later();
}
