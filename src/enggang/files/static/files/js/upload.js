// Files that arrive whole over a bad line, by the tus protocol: in pieces with a checksum, paused and taken up again by
// hand, after a drop, and after a reload when the same file is picked again. What has begun is remembered by the browser.
const SMALLEST = 64 * 1024;
const LARGEST = 1024 * 1024; // the server has few threads: no request takes long
const SECONDS = 6; // a piece should take about so long
const LONGEST_WAIT = 30_000;
const ASK_EVERY = 2000;
const BROUGHT = 2000; // so many files are remembered as handed over
const LANES = 2; // files on their way at once; more would only make each slower
const HEADERS = { "Tus-Resumable": "1.0.0" };

for (const place of document.querySelectorAll("[data-upload]")) start(place);

function start(place) {
  const url = place.dataset.upload;
  const store = `enggang:upload:${place.dataset.store}`; // the address is another one on every page, this is not
  const known = () => {
    try {
      return JSON.parse(localStorage.getItem(store)) ?? {};
    } catch {
      return {}; // no storage, or not ours: the upload itself does not need it
    }
  };
  const keep = (all) => {
    try {
      if (Object.keys(all).length) localStorage.setItem(store, JSON.stringify(all));
      else localStorage.removeItem(store);
    } catch {} // full or forbidden: only the taking up after a reload is lost
  };
  const remember = (key, code) => keep({ ...known(), [key]: code });
  const forget = (key) => {
    const { [key]: _gone, ...rest } = known();
    keep(rest);
  };
  // What was handed over from here: picked again with a whole folder, it is not sent a second time.
  const brought = () => {
    try {
      return JSON.parse(localStorage.getItem(`${store}:brought`)) ?? [];
    } catch {
      return [];
    }
  };
  const keepBrought = (keys) => {
    try {
      localStorage.setItem(`${store}:brought`, JSON.stringify(keys.slice(-BROUGHT)));
    } catch {}
  };
  // No name of a file stays in the browser for that: a number stands for it (FNV-1a, 32 bits).
  const mark = (key) => [...key].reduce((sum, char) => Math.imul(sum ^ char.codePointAt(0), 16777619), 2166136261) >>> 0;
  const keyOf = (file) => [file.name, file.size, file.lastModified].join("|");
  const list = place.querySelector(".upload__list");
  const passed = place.querySelector(".upload__passed");
  const input = place.querySelector("input[type=file]");
  const lines = new Map();
  const waiting = []; // whose turn has not come
  let busy = 0;
  const words = place.dataset;

  input.addEventListener("change", () => {
    const before = new Set(brought());
    const files = [...input.files];
    for (const file of files) if (!before.has(mark(keyOf(file)))) take(file);
    pass(files.filter((file) => before.has(mark(keyOf(file)))));
    input.value = "";
  });
  // A code is forgotten when the server says that it was used, never when the form is sent: that may come to nothing.
  for (const row of list.querySelectorAll("[data-posted]")) adopt(row);
  for (const [key, code] of Object.entries(known())) recall(key, code);

  // What a refused form had sent along stands in the page already, and may be sent again at once.
  function adopt(row) {
    const code = row.dataset.posted;
    const key = Object.entries(known()).find(([, each]) => each === code)?.[0] ?? code;
    const line = addLine(key, row.querySelector("strong").textContent);
    row.remove();
    line.code = code;
    settle(line);
  }

  async function recall(key, code) {
    const answer = await fetch(`${url}${code}/`, { cache: "no-store" }).catch(() => null);
    if (!answer) return;
    const fact = answer.ok ? await answer.json() : null;
    if (!fact || fact.used || fact.state === "refused") return forget(key);
    if (lines.has(key) || lines.size >= Number(words.many)) return; // what was picked meanwhile goes first
    const line = addLine(key, fact.name);
    line.code = code;
    line.show(fact.offset, fact.length, fact.state === "open" ? words.again : words.stored);
    if (fact.state !== "open") settle(line, fact);
  }

  function take(file) {
    const key = keyOf(file);
    if (lines.get(key)?.file) return;
    const line = lines.get(key) ?? addLine(key, file.name);
    if (!known()[key] && file.size > Number(words.largest)) return line.show(0, file.size, words.large);
    line.file = file;
    line.code ??= known()[key];
    run(line);
  }

  function pass(files) {
    passed.hidden = !files.length;
    if (!files.length) return;
    const again = button(words.sendAgain, () => {
      const keys = new Set(files.map((file) => mark(keyOf(file))));
      keepBrought(brought().filter((each) => !keys.has(each)));
      passed.hidden = true;
      for (const file of files) take(file);
    });
    passed.replaceChildren(`${words.passed} ${files.length} `, again);
  }

  function addLine(key, name) {
    while (lines.size >= Number(words.many)) drop(lines.values().next().value);
    const row = document.createElement("li");
    row.className = "stack";
    const title = document.createElement("strong");
    title.textContent = name;
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", name);
    const text = document.createElement("span");
    text.className = "muted";
    const halt = button(words.pause, () => (line.halted ? resume(line) : pause(line)));
    halt.hidden = true;
    const actions = document.createElement("div");
    actions.className = "cluster";
    actions.append(text, halt, button(words.remove, () => drop(line)));
    row.append(title, bar, actions);
    list.append(row);
    const line = {
      key, row, halt, file: null, code: null, field: null, halted: false, gone: false, abort: null,
      show(done, all, message) {
        bar.max = all || 1;
        bar.value = done;
        text.textContent = all ? `${Math.floor((100 * done) / all)}% · ${message}` : message;
      },
      say: (message) => (text.textContent = message),
      rest: (message) => line.show(bar.value, bar.max, message), // how far it is stays told
    };
    lines.set(key, line);
    return line;
  }

  function button(label, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn--small btn--quiet";
    made.textContent = label;
    made.addEventListener("click", press);
    return made;
  }

  function pause(line) {
    line.halted = true;
    line.abort?.abort();
    line.halt.textContent = words.resume;
    line.rest(words.paused);
  }

  function resume(line) {
    line.halted = false;
    line.halt.textContent = words.pause;
    run(line);
  }

  function drop(line) {
    line.gone = true;
    line.abort?.abort();
    line.row.remove();
    lines.delete(line.key);
    forget(line.key);
    if (line.code) fetch(`${url}${line.code}/`, { method: "DELETE", headers: HEADERS, keepalive: true }).catch(() => {});
  }

  // It was used while the page stands: nothing more is to be done about it here.
  function close(line) {
    line.gone = true;
    keepBrought([...brought(), mark(line.key)]);
    line.row.remove();
    lines.delete(line.key);
    forget(line.key);
  }

  function halt(line, message) {
    line.gone = true;
    line.say(`${words.failed} ${message}`);
    line.halt.hidden = true;
    forget(line.key);
  }

  // A few at a time: the others wait for a lane.
  async function lane() {
    if (busy < LANES) busy += 1;
    else await new Promise((go) => waiting.push(go));
  }

  function leave() {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }

  async function run(line) {
    line.halt.hidden = false;
    line.show(0, line.file.size, words.queued);
    await lane();
    try {
      if (!line.halted && !line.gone) await go_on(line);
    } finally {
      leave();
    }
    if (line.whole) await settle(line);
  }

  // Tries until it has arrived, is stopped, or the server says no. The wait grows, and ends when the line is back.
  async function go_on(line) {
    let wait = 1000;
    while (!line.halted && !line.gone) {
      try {
        await send(line, () => (wait = 1000));
        return;
      } catch (error) {
        if (line.halted || line.gone) return;
        if (error.final) {
          line.halt.hidden = true; // nothing is left to be paused
          return line.say(`${words.failed} ${error.message}`);
        }
        line.rest(words.waiting);
        await Promise.race([new Promise((go) => setTimeout(go, wait)), new Promise((go) => addEventListener("online", go, { once: true }))]);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
    }
  }

  async function send(line, moved) {
    let { offset, size } = { offset: 0, size: 4 * SMALLEST };
    if (line.code) offset = await ask(line);
    if (!line.code) await open(line);
    while (offset < line.file.size && !line.halted && !line.gone) {
      line.show(offset, line.file.size, words.arriving);
      const began = performance.now();
      const piece = await line.file.slice(offset, offset + size).arrayBuffer();
      offset = await patch(line, offset, piece);
      moved();
      const rate = (piece.byteLength * 1000) / Math.max(performance.now() - began, 1);
      size = Math.min(LARGEST, Math.max(SMALLEST, Math.min(size * 2, Math.round(rate * SECONDS))));
    }
    line.whole = offset >= line.file.size;
  }

  async function call(line, address, options) {
    line.abort = new AbortController();
    const signal = AbortSignal.any ? AbortSignal.any([line.abort.signal, AbortSignal.timeout(90_000)]) : line.abort.signal;
    return fetch(address, { ...options, headers: { ...HEADERS, ...options.headers }, signal, cache: "no-store" });
  }

  async function open(line) {
    const name = btoa(String.fromCharCode(...new TextEncoder().encode(line.file.name.slice(-150))));
    const headers = { "Upload-Length": String(line.file.size), "Upload-Metadata": `filename ${name}` };
    const answer = await call(line, url, { method: "POST", headers });
    if (answer.status !== 201) throw await refusal(answer);
    line.code = answer.headers.get("Location").split("/").at(-2);
    remember(line.key, line.code);
  }

  async function ask(line) {
    const answer = await call(line, `${url}${line.code}/`, { method: "HEAD" });
    if (answer.ok) return Number(answer.headers.get("Upload-Offset"));
    if (![404, 410].includes(answer.status)) throw new Error(String(answer.status));
    forget(line.key);
    line.code = null;
    return 0;
  }

  async function patch(line, offset, piece) {
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    if (crypto.subtle) headers["Upload-Checksum"] = `sha256 ${base64(await crypto.subtle.digest("SHA-256", piece))}`;
    const answer = await call(line, `${url}${line.code}/`, { method: "PATCH", headers, body: piece });
    if (answer.status === 204) return Number(answer.headers.get("Upload-Offset"));
    throw [409, 460].includes(answer.status) ? new Error(String(answer.status)) : await refusal(answer);
  }

  const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));

  async function refusal(answer) {
    const said = (answer.headers.get("Content-Type") ?? "").startsWith("text/plain") ? await answer.text() : "";
    const error = new Error(said || ([401, 403, 404, 410].includes(answer.status) ? words.ended : String(answer.status)));
    error.final = answer.status >= 400 && answer.status < 500 && ![408, 423, 429].includes(answer.status);
    return error;
  }

  // Every byte is there: the form may be sent. Whether the content is taken is told a little later.
  async function settle(line, fact = null) {
    line.halt.hidden = true;
    if (!line.field) {
      line.field = Object.assign(document.createElement("input"), { type: "hidden", name: "upload", value: line.code });
      line.row.append(line.field);
      const detail = { code: line.code, close: () => close(line), say: (message) => halt(line, message) };
      place.dispatchEvent(new CustomEvent("arrived", { bubbles: true, detail }));
    }
    while (!line.gone) {
      const size = fact?.length ?? line.file?.size ?? 1;
      if (fact?.state === "stored") return line.show(size, size, words.stored);
      if (fact?.state === "refused") {
        line.field.remove();
        line.field = null;
        forget(line.key);
        return line.say(`${words.refused}: ${fact.refusal}`);
      }
      line.show(size, size, words.checking);
      await new Promise((go) => setTimeout(go, ASK_EVERY));
      const answer = await fetch(`${url}${line.code}/`, { cache: "no-store" }).catch(() => null);
      if (answer?.ok) fact = await answer.json();
    }
  }
}
