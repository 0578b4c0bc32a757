// The gate on a phone. It decides here and now, keeps every scan, and brings what it kept as soon as there is a
// connection; a scan leaves the waiting line only when the server has answered for its id.
const page = document.getElementById("content");
const { home, list: listUrl, sync: syncUrl, worker, icons } = page.dataset;
const [{ evaluate, FAR, LIFTED }, { openStore }, { read }, { known, insideNow, left }, { deviceOf, keepPage, openClock, openLine, timesIn, wordsOf }] = await Promise.all(
  [page.dataset.evaluator, page.dataset.store, page.dataset.reader, page.dataset.passage, page.dataset.offline].map((address) => import(address)),
);
const words = wordsOf(document.getElementById("words"));
const conflicts = new Set(page.dataset.conflicts.split(" "));
const BATCH = 200;
const SYNC_EVERY = 20_000;
const LIST_EVERY = 60_000;
const NAMES_LIVE = 12 * 60 * 60_000;
const SHOWN_USES = 4;
const SAME_MOMENT = 1000;
const SAME_PASS = 3000; // the same pass held before the lens is one scan, not thirty
const SMALL_GROUP = 8; // up to so many a number is one press
const REASON = 120; // characters of a reason that are kept; the field takes a whole ticket
const TICKET = /\/hadir\/p\//; // the next ticket, read while a reason was asked for, is no reason
const TONES = { accepted: "good", repeated: "warn", held: "warn", refused: "bad" };
const $ = (id) => document.getElementById(id);

const store = await openStore(home);
let list = (await store.fact("list")) ?? null;
let keys = (await store.fact("keys")) ?? {};
const device = await deviceOf(store);
const clock = await openClock(store);
const { now } = clock;
let ended = (await store.fact("ended")) ?? false;
let scans = await store.scans();
let turn = Promise.resolve(); // one scan after the other
let asked = 0; // when the list was asked for
let picked = 0; // when somebody chose the session themselves

navigator.storage?.persist?.();

const say = (key, values) => words[key].replace(/{(\w+)}/g, (_, name) => values[name]);
const { clockTime, dayOf } = timesIn(() => list?.zone);
const waiting = () => scans.filter((scan) => !scan.sent);

// --- the list -------------------------------------------------------------------------------------------------------

async function fetchList() {
  const before = Date.now();
  const tag = list && !list.wiped ? list.tag : "";
  const answer = await fetch(listUrl, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
  if (answer.status === 410) return end();
  if (answer.status === 304) {
    list.gate.wipe_at = Math.min(list.gate.ends_at, now() + NAMES_LIVE);
  } else {
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = await answer.json();
    await clock.set(fresh.server_time, before);
    list = { ...fresh, tag: answer.headers.get("ETag") ?? "" };
    keys = fresh.keys;
  }
  ended = false;
  asked = Date.now();
  await clock.met();
  await Promise.all([store.keep("list", list), store.keep("keys", keys), store.keep("ended", false)]);
}

async function end() {
  ended = true;
  $("answer").replaceChildren(); // the last name goes with the list
  await store.keep("ended", true);
  await wipe();
}

async function wipe() {
  list = list && { ...list, passes: [], wiped: true };
  await (list ? store.keep("list", list) : store.forget("list"));
}

async function wipeInTime() {
  if (list && !list.wiped && now() >= list.gate.wipe_at) await wipe();
  if (list && !ended && now() >= list.gate.ends_at) await end();
}

// --- a scan ---------------------------------------------------------------------------------------------------------

async function scan(input) {
  await wipeInTime();
  moveOn();
  const found = await read(input, keys);
  const occasion = list?.occasions.find((each) => each.code === $("occasion").value) ?? null;
  const pass = list?.passes.find((each) => each.code === found.code) ?? null;
  if (!list?.gate.open || !occasion) return decide(found, occasion, pass);
  const direction = document.querySelector("[name=direction]:checked").value;
  const seen = known(list, scans, pass, found.code, occasion);
  const may = left(pass, occasion, seen, direction);
  const one = { direction, quantity: 1 };
  if ((pass?.quantity ?? 1) < 2 || may < 2) return decide(found, occasion, pass, one);
  // Whoever may not come in is told at once, not asked first how many they are; who may lift it needs the number.
  const [verdict, reason] = verdictOf(now(), found, occasion, pass, one, "");
  const shut = verdict === "refused" && !(list.gate.may_override && LIFTED.has(reason));
  return shut ? decide(found, occasion, pass, one) : choose(found, occasion, pass, direction, seen, may);
}

function verdictOf(at, found, occasion, pass, going, override) {
  return evaluate({
    now: at,
    drift: 0,
    device,
    complete: false,
    listed: !list?.wiped,
    gate: { opens_at: list?.gate.opens_at ?? 0, ends_at: list?.gate.ends_at ?? 0, revoked: ended && at < (list?.gate.ends_at ?? 0) },
    read: found,
    occasion,
    entry: pass && { revoked: Boolean(pass.revoked), quantity: pass.quantity ?? 1, only: pass.only ?? "", withheld: pass.withheld ?? "" },
    mark: going ? null : markOf(found.code, occasion, pass),
    passage: going && passageOf(found, occasion, pass, going, override),
  });
}

// ``going``: which way and how many, where people come and go; ``override``: why a supervisor says so.
async function decide(found, occasion, pass, going = null, override = "") {
  const at = Date.now();
  const { offset } = clock;
  const before = usesOf(found.code, occasion, pass);
  const [verdict, reason] = verdictOf(at + offset, found, occasion, pass, going, override);
  const kept = { id: crypto.randomUUID(), occasion: occasion?.code ?? "", read: found.text, code: found.code, at, offset, verdict, reason, sent: false };
  if (going) Object.assign(kept, going, { own: device, override });
  if (!ended && occasion && found.kind !== "none" && found.signature !== "bad") {
    try {
      await store.addScan(kept);
    } catch {
      return show("refused", "", words.full, "");
    }
    scans.push(kept);
  }
  const forged = found.signature === "bad"; // whose name would stand there has nothing to do with it
  const note = going && pass ? [pass.agency, inOf(found, occasion, pass)].filter(Boolean).join(" · ") : (pass?.agency ?? "");
  if (forged) show(verdict, reason, "", "", at + offset, [], going);
  else show(verdict, reason, pass?.name ?? (found.code ? words.nobody : ""), note, at + offset, before, going);
  if (going && pass && list.gate.may_override && LIFTED.has(reason)) offerOverride(found, occasion, pass, going);
  tell();
  line.sync();
}

function passageOf(found, occasion, pass, going, override) {
  const { inside, entered, device: by } = known(list, scans, pass, found.code, occasion);
  const room = occasion.room === null ? null : Math.max(0, occasion.room - insideNow(list, scans, occasion));
  return { ...going, inside, entered, device: by, re_entry: occasion.re_entry, room, override: Boolean(override) };
}

function inOf(found, occasion, pass) {
  const { inside, entered } = known(list, scans, pass, found.code, occasion);
  return say(!occasion.re_entry && entered > inside ? "in_of_once" : "in_of", { n: inside, all: pass.quantity ?? 1 });
}

// A family stands before the gate: how many of them go now? The usual answer is the first press.
function choose(found, occasion, pass, direction, seen, may) {
  const numbers = may <= SMALL_GROUP ? [...Array(may - 1).keys()].map((number) => number + 1) : [1, 2, 3, 4, 5];
  const box = document.createElement("div");
  box.className = "answer answer--info gate__choice";
  for (const [part, text] of [["name", pass.name ?? words.nobody], ["agency", pass.agency ?? ""], ["text", inOf(found, occasion, pass)]]) {
    const said = document.createElement("p");
    said.className = `answer__${part}`;
    said.textContent = text;
    if (text) box.append(said);
  }
  const press = (label, quantity, kind) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `btn ${kind}`;
    button.textContent = label;
    button.addEventListener("click", () => (turn = turn.then(() => decide(found, occasion, pass, { direction, quantity }))));
    return button;
  };
  const row = document.createElement("div");
  row.className = "gate__numbers";
  row.append(...numbers.map((number) => press(String(number), number, "")));
  box.append(press(say(direction === "out" ? "all_out" : "all_in", { n: may }), may, "btn--primary btn--block"), row);
  $("answer").replaceChildren(box);
  box.querySelector("button").focus();
}

function offerOverride(found, occasion, pass, going) {
  const box = document.createElement("form");
  box.className = "gate__override";
  const input = document.createElement("input");
  Object.assign(input, { className: "input", required: true, maxLength: 300, placeholder: words.why });
  input.setAttribute("aria-label", words.why);
  const button = document.createElement("button");
  button.className = "btn btn--danger";
  button.textContent = words.override;
  box.append(input, button);
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    const why = input.value.trim();
    turn = turn.then(() => (TICKET.test(why) ? scan(why) : decide(found, occasion, pass, going, why.slice(0, REASON))));
  });
  $("answer").firstElementChild.append(box);
}

// What this phone did itself is what it knows best; then what the list said.
function markOf(code, occasion, pass) {
  const own = scans.find((each) => each.code === code && each.occasion === occasion?.code && ["accepted", "held"].includes(each.verdict) && each.result?.[0] !== "refused");
  if (own) return { status: "present", at: own.at + own.offset, device };
  const known = pass?.marks?.[occasion?.code];
  return known ? { status: known[0], at: known[1], device: "" } : null;
}

// When this pass was shown at this session before: what the server told, what this phone read, and a mark made otherwise.
function usesOf(code, occasion, pass) {
  if (!occasion || !code) return [];
  const own = scans.filter((each) => each.code === code && each.occasion === occasion.code && each.verdict !== "refused");
  const times = [...(pass?.uses?.[occasion.code] ?? []), ...own.map((each) => each.at + each.offset)];
  const known = pass?.marks?.[occasion.code];
  if (known) times.push(known[1]);
  times.sort((one, other) => one - other);
  return times.filter((at, number) => !number || at - times[number - 1] >= SAME_MOMENT); // one scan, told by both
}

function usedBefore(times) {
  if (!times.length) return "";
  const shown = times.slice(-SHOWN_USES).map(clockTime);
  return say("used", { n: times.length, times: (times.length > SHOWN_USES ? "… " : "") + shown.join(", ") });
}

// At a door the first word says what to do; where people sign, what became of the signature.
function titleOf(verdict, at, going) {
  const door = going && words[`t-${going.direction}-${verdict}`];
  if (door) return door;
  return verdict === "accepted" && at ? `${words["v-accepted"]} ${say("at", { time: clockTime(at) })}` : words[`v-${verdict}`];
}

function show(verdict, reason, name, agency, at = 0, before = [], going = null) {
  const tone = verdict === "accepted" && reason ? "warn" : TONES[verdict];
  const box = document.createElement("div");
  box.className = `answer answer--${tone}`;
  Object.assign(box.dataset, { tone, verdict, reason });
  const shape = document.createElement("span");
  shape.className = "answer__shape";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${icons}#tone-${tone}`);
  svg.append(use);
  shape.append(svg);
  box.append(shape);
  for (const [part, text] of [["title", titleOf(verdict, at, going)], ["name", name], ["agency", agency], ["text", reason && words[`r-${reason}`]], ["used", usedBefore(before)]]) {
    if (!text) continue;
    const words_ = document.createElement("p");
    words_.className = `answer__${part}`;
    words_.textContent = text;
    box.append(words_);
  }
  $("answer").replaceChildren(box);
  navigator.vibrate?.(tone === "good" ? 80 : [80, 60, 80]);
  sound(tone);
}

let audio = null;
function sound(tone) {
  if (!navigator.userActivation?.hasBeenActive) return;
  audio ??= new AudioContext();
  const tones = { good: [880], warn: [520, 520], bad: [180, 180, 180] }[tone];
  tones.forEach((pitch, number) => {
    const voice = audio.createOscillator();
    voice.frequency.value = pitch;
    voice.connect(audio.destination);
    voice.start(audio.currentTime + number * 0.18);
    voice.stop(audio.currentTime + number * 0.18 + 0.12);
  });
}

// --- bringing it home -----------------------------------------------------------------------------------------------

const line = openLine({
  url: syncUrl,
  device,
  batch: BATCH,
  every: SYNC_EVERY,
  pending: waiting,
  pack: (batch) => ({ scans: batch.map(sentAs) }),
  settle: acknowledged,
  gone: end,
  before: wipeInTime,
  after: (brought) => (brought || Date.now() - asked > LIST_EVERY) && fetchList(),
  tell,
});

function sentAs({ id, occasion, read, at, offset, direction, quantity, verdict, override }) {
  const scan = { id, occasion, read, at, offset };
  return direction ? { ...scan, direction, quantity, told: verdict, override } : scan;
}

async function acknowledged(answer, batch, before) {
  const results = new Map(answer.scans.map(([id, ...result]) => [id, result]));
  for (const scan of batch) {
    if (!results.has(scan.id)) continue;
    scan.sent = true;
    scan.sentAt = answer.server_time;
    scan.result = results.get(scan.id);
    scan.read = "";
  }
  await store.putScans(batch.filter((scan) => scan.sent));
  await clock.set(answer.server_time, before);
  await clock.met();
}

// --- what is on the page --------------------------------------------------------------------------------------------

function tell() {
  const left = waiting().length;
  $("sync").textContent = clock.synced ? say("synced", { time: clockTime(clock.synced), n: left }) : say("never", { n: left });
  $("count").textContent = say("count", { n: scans.length });
  if (list) $("gate-name").textContent = list.gate.name;
  $("ways").hidden = $("inside").hidden = ended || !list?.gate.open; // without the list nobody can be counted inside
  $("session").hidden = ended;
  if (list?.gate.open) {
    $("scan-word").textContent = words.check;
    $("read-label").textContent = words.ticket;
    $("session-label").textContent = words.when;
  }
  $("dead").hidden = !ended;
  $("nameless").hidden = ended || !list?.wiped;
  $("scan-form").hidden = ended;
  $("save").hidden = !(ended && left);
  if (ended && left) offerFile();
  fillOccasions();
  tellChosen();
  if (list?.gate.open) tellInside();
  report();
}

// A closed list on a phone cuts off the place, which is what tells two times of one hour apart.
function tellChosen() {
  $("chosen").hidden = ended || !list?.gate.open || list.occasions.length < 2;
  $("chosen").textContent = $("occasion").selectedOptions[0]?.textContent ?? "";
}

function tellInside() {
  const occasion = list.occasions.find((each) => each.code === $("occasion").value);
  if (!occasion) return;
  const n = insideNow(list, scans, occasion);
  $("inside").textContent = occasion.room === null ? say("inside", { n }) : say("inside_of", { n, room: occasion.room });
  $("inside").classList.toggle("gate__inside--full", occasion.room !== null && n >= occasion.room);
}

function fillOccasions() {
  const select = $("occasion");
  const all = list?.occasions ?? [];
  const severalDays = new Set(all.map((each) => dayOf(each.starts_at))).size > 1;
  const lines = all.map((each) => {
    const option = document.createElement("option");
    option.value = each.code;
    option.textContent = `${each.state === "cancelled" ? `(${words.cancelled}) ` : ""}${severalDays ? `${dayOf(each.starts_at)}, ` : ""}${clockTime(each.starts_at)} ${each.title}`;
    return option;
  });
  const text = lines.map((option) => option.value + option.textContent).join();
  if (select.dataset.text !== text) {
    const kept = all.some((each) => each.code === select.value); // a new list leaves out what is long over
    const asked = all.find((each) => `#${each.code}` === location.hash);
    const chosen = kept ? select.value : (asked ?? running())?.code;
    select.replaceChildren(...lines);
    select.dataset.text = text;
    if (chosen) select.value = chosen;
  }
  moveOn();
}

// A phone that stays open overnight goes on to today's session; whoever chose another one since then meant it.
function moveOn() {
  const old = list?.occasions.find((each) => each.code === $("occasion").value);
  const next = running();
  if (old && next && now() > old.ends_at + FAR && picked <= old.ends_at + FAR && now() >= next.starts_at - FAR) $("occasion").value = next.code;
}

// The session that runs, else the next one.
function running() {
  const planned = (list?.occasions ?? []).filter((each) => each.state === "planned");
  return planned.find((each) => now() < each.ends_at) ?? planned.at(-1);
}

function report() {
  const odd = scans.filter((scan) => scan.result && (conflicts.has(scan.result[1]) || (scan.verdict === "accepted" && scan.result[0] === "refused")));
  odd.sort((one, other) => one.at - other.at); // a page opened anew finds them in the order of their ids
  $("report").hidden = !odd.length;
  $("conflicts").replaceChildren(...odd.map((scan) => {
    const item = document.createElement("li");
    const name = list?.passes.find((each) => each.code === scan.code)?.name ?? scan.code;
    const at = scan.at + scan.offset;
    const day = dayOf(at) === dayOf(now()) ? "" : `${dayOf(at)}, `;
    item.textContent = `${day}${clockTime(at)} · ${name} · ${words[`v-${scan.result[0]}`]}: ${words[`r-${scan.result[1]}`]}`;
    item.dataset.reason = scan.result[1];
    return item;
  }));
}

// A gate that was closed takes nothing more: what waits here goes to the organiser as a file, with codes and no names;
// forms/saved.py reads it back in.
function offerFile() {
  const rows = waiting().map((scan) =>
    [scan.id, device, list?.gate.code ?? "", scan.occasion, scan.read, scan.at, scan.offset, new Date(scan.at + scan.offset).toISOString(),
     scan.direction ?? "", scan.quantity ?? "", scan.direction ? scan.verdict : "", `"${(scan.override ?? "").replaceAll('"', '""')}"`].join(","),
  );
  URL.revokeObjectURL($("save-link").href);
  $("save-link").href = URL.createObjectURL(new Blob([["id,perangkat,gerbang,sesi,kode,waktu_ms,selisih_ms,waktu,arah,orang,kata_ponsel,alasan", ...rows, ""].join("\r\n")], { type: "text/csv" }));
}

// --- the ways in ----------------------------------------------------------------------------------------------------

$("scan-form").addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  const text = $("read").value.trim();
  $("read").value = "";
  if (text) turn = turn.then(() => scan(text)).finally(() => $("read").focus());
});
// A hardware scanner types into whatever has the focus: after a press, on the way or on the time, that is no field, and
// the scan would be lost or choose another time. The first character brings it here; a space still presses a button.
addEventListener("keydown", (event) => {
  const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && !event.target.matches("input:not([type=radio])")) $("read").focus();
});
$("occasion").addEventListener("change", () => {
  picked = now();
  tell();
});
$("sync-now").addEventListener("click", () => line.again(() => (asked = 0)));
line.start();

// The reader is made now, while there is a connection: without the browser's own detector it has to be fetched.
const camera = await import(page.dataset.camera);
const readCode = camera.hasCamera ? await camera.openReader(page.dataset.decoder).catch(() => null) : null;
$("camera-start").hidden = !readCode;
$("camera-start").addEventListener("click", async () => {
  const runs = await camera.start($("camera"));
  $("camera-none").hidden = runs;
  if (!runs) return;
  lens(true);
  $("torch").hidden = !camera.hasTorch($("camera"));
  await camera.watch($("camera"), readCode, (text) => (turn = turn.then(() => scan(text))), SAME_PASS);
});
$("camera-stop").addEventListener("click", () => {
  camera.stop($("camera"));
  lens(false);
});

$("torch").addEventListener("click", async () => light(await camera.torch($("camera"), $("torch").ariaPressed !== "true")));

const light = (on) => $("torch").setAttribute("aria-pressed", String(on));

// The light goes out with the camera.
function lens(running) {
  light(false);
  if (!running) $("torch").hidden = true;
  $("camera").hidden = $("camera-stop").hidden = !running;
  $("camera-start").hidden = running;
}

// --- start ----------------------------------------------------------------------------------------------------------

tell();
await fetchList().catch(wipeInTime);
tell();
line.sync();
page.dataset.ready = "1";
await keepPage(page, { home, worker, icons });
