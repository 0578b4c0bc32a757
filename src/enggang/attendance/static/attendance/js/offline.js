// What a page needs that works without signal: the server's clock, a waiting line that is brought when there is a
// connection, and the page itself kept by the service worker.

export const wordsOf = (box) =>
  Object.fromEntries([...box.querySelectorAll("dt")].map((term) => [term.textContent, term.nextElementSibling.textContent]));

export async function deviceOf(store) {
  let device = await store.fact("device");
  if (!device) await store.keep("device", (device = crypto.randomUUID()));
  return device;
}

// How times are told: in the language of the page, in the zone() of the place once it is known.
export function timesIn(zone) {
  const { lang } = document.documentElement;
  return {
    clockTime: (at) => new Date(at).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone() }),
    dayOf: (at) => new Date(at).toLocaleDateString(lang, { weekday: "short", day: "numeric", month: "short", timeZone: zone() }),
  };
}

// offset: milliseconds to be added to this phone's clock; synced: when the server was heard of last.
export async function openClock(store) {
  const clock = {
    offset: (await store.fact("offset")) ?? 0,
    synced: (await store.fact("synced")) ?? 0,
    now: () => Date.now() + clock.offset,
    set(serverTime, before) {
      clock.offset = Math.round(serverTime - (before + Date.now()) / 2);
      return store.keep("offset", clock.offset);
    },
    met: () => store.keep("synced", (clock.synced = clock.now())),
  };
  return clock;
}

// pending() is what waits, oldest first; pack(batch) what is sent of it; settle(answer, batch, before) takes note of what
// the server acknowledged. gone() when the address is dead; before() and after(brought) stand around every try.
export function openLine({ url, device, batch, every, pending, pack, settle, gone, before, after, tell }) {
  let running = null;

  const sync = () =>
    (running ??= bring().catch(() => {}).finally(() => {
      running = null;
      tell();
    }));
  // Who asks is answered: a try that is under way may have begun before the signal came back. first() stands before it.
  const again = async (first = () => {}) => {
    await running;
    first();
    return sync();
  };

  async function bring() {
    await before();
    const brought = pending().length;
    while (pending().length) {
      const part = pending().slice(0, batch);
      const sent = Date.now();
      const body = JSON.stringify({ device, sent_at: sent, waiting: pending().length - part.length, ...pack(part) });
      const answer = await fetch(url, { method: "POST", body, headers: { "Content-Type": "application/json" }, cache: "no-store" });
      if (answer.status === 410) return gone();
      if (!answer.ok) throw new Error(String(answer.status));
      await settle(await answer.json(), part, sent);
    }
    await after(brought);
  }

  function start() {
    addEventListener("online", () => again());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sync());
    setInterval(() => (navigator.onLine ? sync() : before().then(tell)), every);
  }

  return { sync, again, start };
}

// The worker keeps this page and all it was made of, so that it opens without signal; page.dataset.kept says how much.
export async function keepPage(page, { home, worker, icons }) {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", (event) => event.data.kept && (page.dataset.kept = event.data.kept));
  await navigator.serviceWorker.register(worker, { scope: new URL("../", new URL(home, location)).pathname });
  const active = (await navigator.serviceWorker.ready).active;
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name.split("#")[0]);
  const own = parts.filter((address) => new URL(address).origin === location.origin && !address.includes(home));
  active.postMessage({ keep: [...new Set([location.href.split(/[?#]/)[0], ...own, new URL(icons, location).href])] });
}
