// Counting people on a phone. Every tap is kept before anything else; minutes are brought as soon as there is a
// connection, and leave the waiting line only when the server has named them.
const page = document.getElementById("content");
const { home, facts: factsUrl, sync: syncUrl, worker, icons } = page.dataset;
const [{ openStore }, { deviceOf, keepPage, openClock, openLine, timesIn, wordsOf }, { among, openBuckets }] = await Promise.all(
  [page.dataset.store, page.dataset.offline, page.dataset.buckets].map((address) => import(address)),
);
const words = wordsOf(document.getElementById("words"));
const BATCH = 200;
const SYNC_EVERY = 30_000;
const FACTS_EVERY = 300_000;
const TICK = 1000;
const $ = (id) => document.getElementById(id);

const store = await openStore(home);
const device = await deviceOf(store);
const clock = await openClock(store);
let facts = (await store.fact("facts")) ?? null;
let ended = (await store.fact("ended")) ?? false;
let duty = false; // a page opened anew counts only once somebody says so: nobody stood here meanwhile
let asked = 0;
let square = 0;
let ticked = 0;
let was = ""; // the state of the timer that was last told by a buzz
const rows = await store.scans();
for (const row of rows) {
  delete row.sending;
  row.closed = true;
}
const buckets = openBuckets({ store, rows, clock });
navigator.storage?.persist?.();

const say = (key, values) => words[key].replace(/{(\w+)}/g, (_, name) => values[name]);
const { clockTime, dayOf } = timesIn(() => facts?.zone);
const lasting = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;
const isSquare = () => facts?.method === "density";
const isSampled = () => facts?.method === "sampled";
const over = () => ended || !facts || clock.now() >= facts.ends_at;
// The span in which a tap counts: that of the sample; where everybody is counted there is no other bound.
const spanNow = () => (isSampled() ? among(facts.times, clock.now()).inside : null);
// A sample whose last interval is over: there is nothing to stand here for.
const nothingLeft = () => isSampled() && Object.values(among(facts.times, clock.now())).every((span) => !span);
const counts = () => duty && !over() && (!isSampled() || Boolean(spanNow()));

async function fetchFacts() {
  const before = Date.now();
  const answer = await fetch(factsUrl, { cache: "no-store" });
  if (answer.status === 410) return end();
  if (!answer.ok) throw new Error(String(answer.status));
  const { server_time, ...fresh } = await answer.json();
  await clock.set(server_time, before);
  facts = fresh;
  ended = false;
  asked = Date.now();
  await clock.met();
  await Promise.all([store.keep("facts", facts), store.keep("ended", false)]);
}

async function end() {
  await stop();
  ended = true;
  await store.keep("ended", true);
}

const line = openLine({
  url: syncUrl,
  device,
  batch: BATCH,
  every: SYNC_EVERY,
  pending: () => buckets.pending(clock.now()),
  pack(batch) {
    for (const row of batch) row.sending = true;
    return { counts: batch.map((row) => ({ id: row.id, from: Math.round(row.from), to: Math.round(row.to), offset: row.offset, in: row.in, out: row.out })) };
  },
  async settle(answer, batch, before) {
    const known = new Set(answer.counts);
    for (const row of batch) {
      if (known.has(row.id)) row.sent = true;
    }
    await store.putScans(batch.filter((row) => row.sent));
    await clock.set(answer.server_time, before);
    await clock.met();
  },
  gone: end,
  before: () => Promise.resolve(),
  after: async (brought) => {
    if (Date.now() - asked <= FACTS_EVERY) return;
    await fetchFacts();
    if (duty && !brought) await beat();
  },
  tell,
});

// Between the intervals of a sample there is nothing to bring; that somebody stands here is told all the same.
async function beat() {
  const body = JSON.stringify({ device, sent_at: Date.now(), waiting: buckets.waiting().length, counts: [] });
  const answer = await fetch(syncUrl, { method: "POST", body, headers: { "Content-Type": "application/json" }, cache: "no-store" });
  if (answer.status === 410) await end();
}

// --- counting -------------------------------------------------------------------------------------------------------

async function tap(side, by) {
  if (!counts()) return;
  if (isSquare()) {
    square = Math.max(0, square + by);
    return feel();
  }
  try {
    if (await buckets.tap(side, by, clock.now(), spanNow())) feel();
  } catch {
    $("said").textContent = words.full;
  }
}

function feel() {
  $("said").textContent = "";
  navigator.vibrate?.(15);
  if ($("sound").checked) beep(880);
  tell();
}

async function undo() {
  if (isSquare()) {
    square = Math.max(0, square - 1);
    return tell();
  }
  const back = await buckets.undo();
  if (back) $("said").textContent = say("undone", { by: `−${back.by}` });
  else if (back === false) $("said").textContent = words.late;
  tell();
}

async function keepSquare() {
  await buckets.square(square, clock.now());
  $("said").textContent = say("kept", { n: rows.filter((row) => row.square).length, people: square });
  square = 0;
  tell();
  line.sync();
}

async function start() {
  duty = true;
  buckets.begin(clock.now());
  await stayAwake();
  await tick();
  tell();
}

async function stop() {
  if (!duty) return;
  duty = false;
  await buckets.pause(clock.now());
  await lock?.release?.();
  lock = null;
}

// A phone in a pocket counts nobody: only a page that is seen keeps the minutes without a tap.
async function tick() {
  const now = clock.now();
  if (counts() && !isSquare() && document.visibilityState === "visible") {
    if (now - ticked >= 5000 || now < ticked || Math.floor(now / 60_000) !== Math.floor(ticked / 60_000)) {
      ticked = now;
      await buckets.tick(now, spanNow());
    }
  } else await buckets.idle(now);
}

// --- the phone ------------------------------------------------------------------------------------------------------

let lock = null;
async function stayAwake() {
  if (duty && document.visibilityState === "visible") lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
}

let audio = null;
function beep(pitch) {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  audio ??= new AudioContext();
  const voice = audio.createOscillator();
  voice.frequency.value = pitch;
  voice.connect(audio.destination);
  voice.start();
  voice.stop(audio.currentTime + 0.05);
}

// --- what is on the page --------------------------------------------------------------------------------------------

function tell() {
  const left = buckets.waiting().length;
  const dead = over();
  $("sync").textContent = clock.synced ? say("synced", { time: clockTime(clock.synced), n: left }) : say("never", { n: left });
  if (facts) {
    $("point-name").textContent = facts.name;
    $("place").textContent = facts.place;
    $("place").hidden = !facts.place;
  }
  $("dead").hidden = !(ended || (facts && dead));
  $("start").hidden = duty || dead || nothingLeft();
  $("pause").hidden = $("undo").hidden = $("board").hidden = !duty || dead || nothingLeft();
  $("square").hidden = !duty || dead || !isSquare();
  $("out-side").hidden = isSquare();
  $("board").classList.toggle("counter__board--one", isSquare());
  for (const button of document.querySelectorAll("[data-side]")) button.disabled = !counts();
  const total = (side) => rows.reduce((sum, row) => sum + row[side], 0);
  $("in-label").textContent = isSquare() ? words.people : ($("in-label").dataset.text ??= $("in-label").textContent);
  $("in-total").textContent = isSquare() ? square : total("in");
  $("out-total").textContent = total("out");
  $("today").textContent = say("today", { in: total("in"), out: total("out") });
  $("save").hidden = !(ended && left);
  if (ended && left) offerFile();
  timer();
}

function timer() {
  const [state, text] = facts && !over() ? stateNow(clock.now()) : ["", ""];
  $("timer").textContent = text;
  $("timer").dataset.state = state;
  if (duty && was && state !== was && isSampled()) {
    navigator.vibrate?.(state === "now" ? [300, 100, 300] : [150, 100, 150]);
    if ($("sound").checked) beep(state === "now" ? 660 : 330);
  }
  was = state;
}

function stateNow(now) {
  if (isSampled()) {
    const { inside, next } = among(facts.times, now);
    const later = next ? say("next", { time: clockTime(next[0]) }) : words.over;
    if (inside) return ["now", `${say("now", { left: lasting(inside[1] - now) })}; ${later}`];
    return ["wait", next ? say("wait", { time: clockTime(next[0]), left: lasting(next[0] - now) }) : words.over];
  }
  if (isSquare()) {
    const next = among(facts.times, now).next;
    return ["moment", say("moment", { m2: facts.square_m2, time: next ? clockTime(next[0]) : "–" })];
  }
  if (!duty && rows.length) return ["paused", words.paused];
  const { inside, next } = among(facts.hours, now);
  if (inside) return ["every", words.every];
  const span = next ?? facts.hours.at(-1);
  return ["closed", span ? say("closed", { time: hoursTold(span, now) }) : words.none];
}

// With its day when that is another one than today.
function hoursTold(span, now) {
  const day = dayOf(span[0]);
  return `${day === dayOf(now) ? "" : `${day}, `}${span.map(clockTime).join("–")}`;
}

// A link that was revoked takes nothing more: what waits here goes to the organiser as a file; forms/counts.py reads it.
function offerFile() {
  const lines = buckets.waiting().map((row) => [row.id, device, facts?.phone ?? "", Math.round(row.from), Math.round(row.to), row.offset, row.in, row.out].join(","));
  URL.revokeObjectURL($("save-link").href);
  $("save-link").href = URL.createObjectURL(new Blob([["id,perangkat,telepon,dari_ms,sampai_ms,selisih_ms,masuk,keluar", ...lines, ""].join("\r\n")], { type: "text/csv" }));
}

// --- the ways in ----------------------------------------------------------------------------------------------------

let turn = Promise.resolve(); // one tap after the other
const inTurn = (work) => (turn = turn.then(work).catch(() => {}));
for (const button of document.querySelectorAll("[data-side]")) {
  button.addEventListener("click", () => inTurn(() => tap(button.dataset.side, Number(button.dataset.by))));
}
$("undo").addEventListener("click", () => inTurn(undo));
$("square").addEventListener("click", () => inTurn(keepSquare));
$("start").addEventListener("click", () => inTurn(start));
$("pause").addEventListener("click", () => inTurn(stop).then(tell));
$("sync-now").addEventListener("click", () => line.again(() => (asked = 0)));
document.addEventListener("visibilitychange", stayAwake);
line.start();
setInterval(() => inTurn(tick).then(() => (over() ? inTurn(stop).then(tell) : tell())), TICK);

// --- start ----------------------------------------------------------------------------------------------------------

if (rows.length) await store.putScans(rows.filter((row) => !row.sent));
tell();
await fetchFacts().catch(() => {});
tell();
line.sync();
page.dataset.ready = "1";
await keepPage(page, { home, worker, icons });
