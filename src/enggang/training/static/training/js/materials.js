// The page of materials on a phone: lets the worker keep it, and says what can be read without a connection.
const page = document.querySelector("[data-worker]");
const { worker, home } = page.dataset;
const status = document.getElementById("kept");

if ("serviceWorker" in navigator) start();

async function start() {
  await navigator.serviceWorker.register(worker, { scope: home });
  const ready = await navigator.serviceWorker.ready;
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data?.fate === "failed") unkept(event.data.pathname);
    mark();
  });
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.startsWith(location.origin + "/static/"));
  ready.active.postMessage({ keep: [home, ...new Set(loaded)] });
  mark();
}

async function mark() {
  const cache = await caches.open(`bahan-${home}`);
  status.hidden = !(await cache.match(home));
  for (const link of document.querySelectorAll("[data-material]")) {
    const badge = link.closest("li").querySelector("[data-kept]");
    badge.hidden = !(await cache.match(new URL(link.href).pathname));
    if (!badge.hidden) link.closest("li").querySelector("[data-unkept]").hidden = true;
  }
}

// The line dropped in the middle, or the phone has no room: opening it once more tries again.
function unkept(pathname) {
  for (const link of document.querySelectorAll("[data-material]")) {
    if (new URL(link.href).pathname === pathname) link.closest("li").querySelector("[data-unkept]").hidden = false;
  }
}
