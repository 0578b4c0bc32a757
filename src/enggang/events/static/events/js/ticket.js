// A ticket on a phone: kept by the worker so that it opens without a connection, and saved as a picture.
const page = document.querySelector("[data-worker]");
const button = document.querySelector("[data-picture]");
const WIDE = 1080, MARGIN = 60, QR = 760, LINE = 58;

if (page && "serviceWorker" in navigator) start(page.dataset);
button?.addEventListener("click", save);

async function start({ worker, home }) {
  await navigator.serviceWorker.register(worker, { scope: home });
  const ready = await navigator.serviceWorker.ready;
  navigator.serviceWorker.addEventListener("message", () => mark(home));
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.startsWith(location.origin + "/static/"));
  ready.active.postMessage({ keep: [home, ...new Set(loaded)] });
  mark(home);
}

async function mark(home) {
  const cache = await caches.open(`tiket-${home}`);
  document.getElementById("kept").hidden = !(await cache.match(home));
}

// Drawn by the phone itself: its fonts know every script that a name is written in.
async function save() {
  const lines = button.dataset.lines.split("|").filter(Boolean);
  const code = button.dataset.picture;
  const canvas = document.createElement("canvas");
  const draw = canvas.getContext("2d");
  const font = (size, weight = 400) => `${weight} ${size}px system-ui, sans-serif`;
  draw.font = font(40);
  const wrapped = lines.flatMap((line, index) => wrap(draw, line, WIDE - 2 * MARGIN).map((text) => [text, index < 2]));
  const svg = document.querySelector(".qr__code svg");
  canvas.width = WIDE;
  canvas.height = MARGIN * 3 + LINE * (wrapped.length + 1) + (svg ? QR : 0);
  draw.fillStyle = "#fff";
  draw.fillRect(0, 0, canvas.width, canvas.height);
  draw.fillStyle = "#1c1b1a";
  draw.textAlign = "center";
  let y = MARGIN + 40;
  for (const [text, strong] of wrapped) {
    draw.font = font(40, strong ? 700 : 400);
    draw.fillText(text, WIDE / 2, y);
    y += LINE;
  }
  if (svg) {
    draw.drawImage(await imageOf(svg), (WIDE - QR) / 2, y - 20, QR, QR);
    y += QR + 30;
  }
  draw.font = font(48, 700);
  draw.fillText(code, WIDE / 2, y + 10);
  const link = document.createElement("a");
  link.download = `tiket-${code}.png`;
  link.href = canvas.toDataURL("image/png");
  link.click();
}

function wrap(draw, text, most) {
  const found = [""];
  for (const word of text.split(" ")) {
    const longer = `${found.at(-1)} ${word}`.trim();
    if (draw.measureText(longer).width <= most || !found.at(-1)) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

async function imageOf(svg) {
  const copy = svg.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", QR);
  copy.setAttribute("height", QR);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(copy.outerHTML)}`;
  await image.decode();
  return image;
}
