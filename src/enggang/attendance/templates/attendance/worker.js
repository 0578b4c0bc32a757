// Keeps the page of a gate and what it is made of, so that it opens without signal. Never keeps data: lists and scans
// go past here, the page stores them itself and wipes them.
const CACHE = "hadir-app-1";
const HOME = new URL("./", location.href).pathname;
const PATIENCE = 4000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(tidy()));

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith("hadir-app-") && name !== CACHE) await caches.delete(name);
  await clients.claim();
}

addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keep(event.data.keep));
});

// The page tells what it was loaded from: the addresses of static files change with every release.
async function keep(addresses) {
  const cache = await caches.open(CACHE);
  await Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address, { cache: "no-cache" }).catch(() => null);
    if (answer?.ok) await cache.put(address, answer);
    if (answer?.status === 410) await cache.delete(address);
  }));
  for (const client of await clients.matchAll()) client.postMessage({ kept: addresses.length });
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname.startsWith(HOME)) event.respondWith(page(request));
  else if (request.mode !== "navigate" && !url.pathname.startsWith(HOME)) event.respondWith(part(request));
});

// The server first, so that a revoked link is dead at the next contact; the kept page when there is no contact.
async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) (await caches.open(CACHE)).put(request.url, answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match(request.url, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

async function part(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}
