// Keeps the page that registered it and every file once opened below it, so that they can be read without a connection.
// The server is asked first: an address that ended, a withdrawn seat or a closed account take what was kept with them.
const PREFIX = "{{ prefix }}-";
const CACHE = PREFIX + new URL(registration.scope).pathname;
const HOME = new URL(registration.scope).pathname;
const PATIENCE = 5000; // until the server begins to answer, when a kept copy could be shown instead
const LARGEST = {{ largest }}; // bytes; what is larger is not kept, and the page says so

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keep(event.data.keep));
});

// The page tells what it was loaded from; those addresses change with every release.
async function keep(addresses) {
  const cache = await caches.open(CACHE);
  await Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && !answer.redirected) await cache.put(address, answer);
  }));
  for (const client of await clients.matchAll()) client.postMessage({ kept: addresses.length });
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith(HOME)) event.respondWith(ours(event, request, url));
  else if (request.mode !== "navigate") event.respondWith(part(request));
});

async function ours(event, request, url) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(url.pathname);
  try {
    const answer = await begun(request, kept && request.mode === "navigate");
    if (gone(answer)) await forget(url);
    else if (answer.status === 200) event.waitUntil(store(cache, url.pathname, answer.clone()));
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// The patience is for the first word of the answer alone: the rest of a large file may take its time on a weak line.
async function begun(request, hurried) {
  if (!hurried) return fetch(request);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    return await fetch(request, { signal: abort.signal });
  } finally {
    clearTimeout(timer);
  }
}

// Kept only when it came whole; the page is told either way.
async function store(cache, pathname, answer) {
  let fate = "large";
  if (Number(answer.headers.get("Content-Length") ?? 0) <= LARGEST) {
    fate = await cache.put(pathname, answer).then(() => "kept", () => "failed");
  } else answer.body?.cancel();
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage({ pathname, fate });
}

// A redirect seen by a navigation is opaque: it leads to the sign-in page.
const gone = (answer) => [401, 403, 404, 410].includes(answer.status) || answer.redirected || answer.type === "opaqueredirect";

async function forget(url) {
  if (url.pathname === HOME) await caches.delete(CACHE);
  else await (await caches.open(CACHE)).delete(url.pathname);
}

async function part(request) {
  return (await (await caches.open(CACHE)).match(request.url)) ?? fetch(request);
}
