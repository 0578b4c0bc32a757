// Keeps the last pages that were read, so that they can be read again without a line. The server is asked first, always:
// what is shown from here says of when it is (pocket.js), and what has ended is thrown away.
const PAGES = "portal-pages-1";
const PARTS = "portal-parts-1";
const OFFLINE = "{{ offline }}";
const MOST = 20; // pages
const MOST_PARTS = 120;
const PATIENCE = 6000;
const READ = /^\/(?:(?:en|ms|zh)\/)?(?:$|agenda\/|destinasi\/|kisah\/|perjalanan\/)/;
const FILE = /\.(?:ics|json|csv|xml|png|js)$/;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(PAGES).then((cache) => cache.add(OFFLINE)).catch(() => null).then(() => skipWaiting()));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// What a page was loaded from before this worker stood.
addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keep(event.data.keep));
});

async function keep(addresses) {
  const cache = await caches.open(PARTS);
  await Promise.all(addresses.map(async (address) => {
    const answer = (await cache.match(address)) ? null : await fetch(address).catch(() => null);
    if (answer?.ok) await cache.put(address, answer);
  }));
  await shorten(cache, MOST_PARTS);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (READ.test(url.pathname) && !FILE.test(url.pathname)) event.respondWith(page(event, request));
  } else if (url.pathname.startsWith("/static/") || (url.pathname.startsWith("/galeri/") && request.destination === "image")) {
    event.respondWith(part(event, request));
  }
});

async function page(event, request) {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(request.url);
  try {
    const answer = await begun(request, kept);
    if (answer.status === 404 || answer.status === 410) event.waitUntil(cache.delete(request.url));
    else if (answer.ok && !answer.redirected) {
      event.waitUntil(store(cache, request.url, answer.clone()));
      event.waitUntil(without(cache, request.url));
    }
    return answer;
  } catch {
    return kept ?? (await cache.match(offline(request.url))) ?? (await cache.match(OFFLINE)) ?? Response.error();
  }
}

// What is said without a line, in the language of the address.
function offline(address) {
  const language = /^\/(?:en|ms|zh)(?=\/)/.exec(new URL(address).pathname);
  return `${language ?? ""}${OFFLINE}`;
}

async function without(cache, address) {
  if (!(await cache.match(offline(address)))) await cache.add(offline(address)).catch(() => null);
}

async function begun(request, kept) {
  if (!kept) return fetch(request);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    return await fetch(request, { signal: abort.signal });
  } finally {
    clearTimeout(timer);
  }
}

// With the moment in a header of its own: the page tells it when it is read again.
async function store(cache, address, answer) {
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  await cache.delete(address);
  await cache.put(address, new Response(await answer.blob(), { status: 200, headers }));
  await shorten(cache, MOST);
}

async function shorten(cache, most) {
  const keys = (await cache.keys()).filter((key) => !new URL(key.url).pathname.endsWith(OFFLINE));
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key);
}

async function part(event, request) {
  const cache = await caches.open(PARTS);
  const kept = await cache.match(request.url);
  const hashed = /\.[0-9a-f]{12}\./.test(request.url);
  if (kept && hashed) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) event.waitUntil(cache.put(request.url, answer.clone()));
    return answer;
  } catch {
    return kept ?? Response.error();
  }
}
