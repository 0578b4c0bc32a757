// The desk: a pass is sent as soon as the scanner's Enter or the camera has read it, and the answer takes the place
// of the last one. Without this script the form does the same with a page of its own.
const form = document.getElementById("scan-form");
const place = document.getElementById("answer");
const field = form?.querySelector("[name=token]");
const video = document.getElementById("camera");
const start = document.getElementById("camera-start");
const stop = document.getElementById("camera-stop");
const PAUSE = 3000; // the same pass held before the lens is one scan, not thirty

let sending = Promise.resolve();

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  const token = field.value.trim();
  if (!token) return;
  field.value = "";
  sending = sending.then(() => send(token));
});

async function send(token) {
  const body = new FormData(form);
  body.set("token", token);
  try {
    const reply = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "answer" }, redirect: "error" });
    if (!reply.ok) return say(place.dataset.refused, token);
    place.innerHTML = await reply.text();
    navigator.vibrate?.(place.querySelector("[data-tone=good]") ? 80 : [80, 60, 80]);
  } catch {
    say(place.dataset.lost, token);
  }
  field.focus();
}

// What was not sent goes back into the field, unless the next pass is already in it.
function say(text, token) {
  field.value ||= token;
  const box = document.createElement("div");
  const words = document.createElement("p");
  box.className = "answer answer--bad";
  words.className = "answer__title";
  words.textContent = text;
  box.append(words);
  place.replaceChildren(box);
}

const none = document.getElementById("camera-none");
const camera = video && (await import(video.dataset.camera));
if (start && camera) start.hidden = !camera.hasCamera;
if (camera && !camera.hasCamera) none.hidden = false;

start?.addEventListener("click", async () => {
  const read = await camera.openReader(video.dataset.decoder).catch(() => null);
  if (!read || !(await camera.start(video))) {
    none.hidden = false;
    return;
  }
  show(true);
  await camera.watch(video, read, (text) => (sending = sending.then(() => send(text))), PAUSE);
});

stop?.addEventListener("click", () => {
  camera.stop(video);
  show(false);
});

function show(running) {
  video.hidden = stop.hidden = !running;
  start.hidden = running;
}
