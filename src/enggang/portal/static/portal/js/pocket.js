// The visitor's pocket: keeps the last pages for a bad line, says how old one is, and gathers a journey on this phone alone.
const KEY = "journey";
const page = document.documentElement;

if ("serviceWorker" in navigator && document.querySelector('link[rel="manifest"]')) {
  navigator.serviceWorker.register("/pengunjung.js", { scope: "/", updateViaCache: "none" }).then(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const used = performance.getEntriesByType("resource").map((entry) => entry.name);
    active.postMessage({ keep: used.filter((name) => name.startsWith(`${location.origin}/static/`)) });
    if (!(await kept())) remember();
  }).catch(() => null);
  tell();
}

async function kept() {
  return (await (await caches.open("portal-pages-1")).match(location.href)) ?? null;
}

// The first page was read before the worker stood: it is fetched once more, quietly, and kept.
async function remember() {
  if (!document.querySelector("[data-kept-note]") || !navigator.onLine) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  await (await caches.open("portal-pages-1")).put(location.href, new Response(await answer.blob(), { headers }));
}

// «As of 3 February, 14.05»: only when the server cannot be reached.
async function tell() {
  const note = document.querySelector("[data-kept-note]");
  const list = document.querySelector("[data-kept]");
  if (!note && !list) return;
  // Without a worker that stands before it a page can only have come from the server.
  const asked = () => fetch("/robots.txt", { method: "HEAD", cache: "no-store" }).then((answer) => answer.ok, () => false);
  const reached = !navigator.serviceWorker.controller || (await asked());
  const words = new Intl.DateTimeFormat(page.lang, { dateStyle: "long", timeStyle: "short" });
  const found = "caches" in window ? await kept() : null;
  const at = found?.headers.get("X-Kept-At");
  if (note && !reached && at) {
    note.textContent = `${note.dataset.keptNote} ${words.format(new Date(at))}`;
    note.hidden = false;
  }
  if (list) await fill(list);
}

async function fill(list) {
  const cache = await caches.open("portal-pages-1");
  for (const request of (await cache.keys()).reverse()) {
    const answer = await cache.match(request);
    const title = (await answer.text()).match(/<title>([^<]*)<\/title>/)?.[1];
    const { pathname, search } = new URL(request.url);
    if (!title || pathname.endsWith("/tanpa-sambungan/") || (pathname.endsWith("/perjalanan/") && !search)) continue;
    const link = document.createElement("a");
    link.href = request.url;
    link.textContent = new DOMParser().parseFromString(title, "text/html").body.textContent;
    const line = document.createElement("li");
    line.append(link);
    list.append(line);
  }
}

// -- the journey --
const read = () => {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((code) => /^[0-9A-Z]{8,16}$/.test(code)).slice(0, 40) : [];
  } catch {
    return [];
  }
};
const write = (codes) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(codes));
  } catch { /* a private window keeps nothing: the link still carries it */ }
};

for (const button of document.querySelectorAll("[data-journey]")) {
  const draw = () => {
    const inside = read().includes(button.dataset.journey);
    button.setAttribute("aria-pressed", String(inside));
    button.querySelector("span").textContent = inside ? button.dataset.in : button.dataset.out;
    for (const link of document.querySelectorAll("[data-journey-link]")) link.href = `${link.pathname}?isi=${read().join(".")}`;
  };
  button.addEventListener("click", () => {
    const codes = read();
    write(codes.includes(button.dataset.journey) ? codes.filter((code) => code !== button.dataset.journey) : [...codes, button.dataset.journey]);
    draw();
  });
  draw();
}

const journey = document.querySelector("[data-journey-page]");
if (journey && !new URLSearchParams(location.search).has("isi") && read().length) location.replace(`${location.pathname}?isi=${read().join(".")}`);
const share = document.querySelector("[data-journey-share]");
if (share && new URLSearchParams(location.search).get("isi")) {
  share.hidden = false;
  share.addEventListener("click", () => {
    if (navigator.share) navigator.share({ title: document.title, url: location.href }).catch(() => null);
    else navigator.clipboard?.writeText(location.href);
  });
}

// A map comes alive when it is asked to: its script is fetched then, and not before.
for (const map of document.querySelectorAll("[data-map]")) {
  const opener = map.querySelector("[data-map-open]");
  opener.addEventListener("click", async () => {
    const { enliven } = await import(map.dataset.map);
    opener.hidden = true;
    enliven(map);
  });
}
