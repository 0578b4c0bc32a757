// What the phone keeps, in a database of its own per gate. A scan holds codes and times, never a name; names are in
// the list alone, which is wiped by its own clock.
export async function openStore(name) {
  const db = await new Promise((done, fail) => {
    const ask = indexedDB.open(`hadir:${name}`, 1);
    ask.onupgradeneeded = () => {
      ask.result.createObjectStore("facts");
      ask.result.createObjectStore("scans", { keyPath: "id" });
    };
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => fail(ask.error);
  });
  const run = (store, mode, work) =>
    new Promise((done, fail) => {
      const change = db.transaction(store, mode, { durability: "strict" });
      const ask = work(change.objectStore(store));
      change.oncomplete = () => done(ask?.result);
      change.onerror = change.onabort = () => fail(change.error);
    });
  return {
    fact: (key) => run("facts", "readonly", (store) => store.get(key)),
    keep: (key, value) => run("facts", "readwrite", (store) => store.put(value, key)),
    forget: (key) => run("facts", "readwrite", (store) => store.delete(key)),
    addScan: (scan) => run("scans", "readwrite", (store) => store.add(scan)),
    scans: () => run("scans", "readonly", (store) => store.getAll()),
    putScans: (scans) => run("scans", "readwrite", (store) => scans.map((scan) => store.put(scan)).at(-1)),
  };
}
