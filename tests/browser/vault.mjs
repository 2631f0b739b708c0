// A page that talks to a worker of its own, frame by frame, as the app does. See crates/api/src/frame.rs.

/**
 * Opens a world in a page: `page.evaluate(() => vault.call("CreateKey", {}))`. The page is the one without the app, so
 * that nobody else calls. Needs a context with `bypassCSP`, for that page has no policy for workers.
 *
 * @param {string | undefined} stopAt a point of the module's `faults` at which opening the world is to stop for good
 * @param {boolean} closed whether the world cannot be opened, which is waited for
 * @returns {Promise<import("playwright-core").Worker>} the worker of this connection
 */
export async function connect(visit, page, { world = "vault", stopAt, closed = false, from = world.startsWith("sandbox-") ? "workbench/" : "./" } = {}) {
  visit.expect(/404.*favicon\.ico/); // That page names no icon, so the browser asks the host for one.
  await page.goto(visit.url("404.html"));
  const started = page.waitForEvent("worker");
  await page.evaluate(openVault, { world, stopAt, closed, from, site: visit.url() });
  return started;
}

/** Runs in the page: makes `globalThis.vault`. */
async function openVault({ world, stopAt, closed, from, site }) {
  const home = new URL(from, site);
  const document = new DOMParser().parseFromString(await (await fetch(home)).text(), "text/html");
  const script = document.querySelector("meta[name=waxseal-worker]").content;
  const worker = new Worker(new URL(script, home), { type: "module" });
  const waiting = new Map();
  let id = 0;
  const { promise: ready, resolve: isReady, reject: isClosed } = Promise.withResolvers();
  const faults = new BroadcastChannel("waxseal-fault");
  const hear = (text) =>
    new Promise((resolve) => faults.addEventListener("message", ({ data }) => data === text && resolve()));
  /** Makes the worker stop at a point; `vault.reached` is when it has. */
  const arm = async (point) => {
    const armed = hear(`armed ${point}`);
    globalThis.vault.reached = hear(`reached ${point}`);
    faults.postMessage(`arm ${point}`);
    await armed;
  };
  const openWorld = async () => {
    if (stopAt) await arm(stopAt);
    worker.postMessage({ frame: JSON.stringify({ open: { world } }) });
  };
  worker.onmessage = ({ data }) => {
    const frame = JSON.parse(data.frame);
    if (frame === "loaded") openWorld();
    if (frame.ready) isReady(frame.ready);
    if (frame.closed) isClosed(new Error(frame.closed.error.code));
    const answer = frame.answer ?? frame.done ?? frame.failed ?? frame.vault;
    if (answer) waiting.get(answer.id)?.({ ...data, ...answer });
  };
  const send = (kind, frame, file, secret) =>
    new Promise((resolve) => {
      waiting.set(++id, resolve);
      const message = { frame: JSON.stringify({ [kind]: { ...frame, id } }), file, secret };
      worker.postMessage(message, secret ? [secret] : []);
    });
  globalThis.vault = {
    arm,
    /** Whatever the worker says next after a frame of any form. */
    raw: (frame) =>
      new Promise((resolve) => {
        worker.addEventListener("message", ({ data }) => resolve(JSON.parse(data.frame)), { once: true });
        worker.postMessage({ frame: JSON.stringify(frame) });
      }),
    /** An operation's output, or the name of what was thrown. */
    async call(operation, input) {
      const { answer } = await send("call", { operation, body: JSON.stringify(input) });
      if (answer.Err) throw new Error(answer.Err.code);
      const { Ok: output, Err: refusal } = answer.Ok.result;
      if (refusal) throw new Error(refusal.__type);
      return output ? JSON.parse(output) : {};
    },
    /** An operation's output in a sandbox, where a call says who makes it. */
    async callAs(principal, operation, input) {
      const frame = { identity: { principal }, region: "us-east-1", service: "kms", operation, body: JSON.stringify(input) };
      return JSON.parse((await send("call", frame)).answer.Ok.result.Ok || "{}");
    },
    /** What came of a task in a sandbox, or the name of what was thrown. */
    async perform(task, file) {
      const { answer } = await send("do", { task }, file);
      if (answer.Err) throw new Error(answer.Err.code);
      return JSON.parse(answer.Ok.result.Ok);
    },
    /** The sandbox as a file. */
    async save() {
      const { answer, file } = await send("do", { task: "save" });
      if (answer.Err) throw new Error(answer.Err.code);
      return file;
    },
    /** The same as base64, which can leave the page. */
    async saved() {
      const reader = new FileReader();
      reader.readAsDataURL(await globalThis.vault.save());
      await new Promise((resolve) => (reader.onload = resolve));
      return reader.result.split(",")[1];
    },
    /** Makes another sandbox of a file in base64; the name of what was thrown, if anything was. */
    async takeIn(name, file) {
      const blob = await (await fetch(`data:application/octet-stream;base64,${file}`)).blob();
      const { perform } = globalThis.vault;
      return perform("examine", blob).then(() => perform({ takeIn: { name } })).catch(({ message }) => message);
    },
    /** What became of a task for the whole vault: its outcome and the file, if there is one. */
    async task(task, passphrase, file) {
      const secret = passphrase && new TextEncoder().encode(passphrase).buffer;
      const { result, file: made } = await send("vault", { task }, file, secret);
      if (result.Err) throw new Error(result.Err.local?.code ?? result.Err.service.__type);
      return { outcome: result.Ok, file: made };
    },
    /** What became of a file: the result and how to let go of it, what happened, and the data key in hexadecimal. */
    async job(job, file) {
      const done = await send("start", { job, name: "test", watch: true }, file);
      if (done.failure) throw new Error(done.failure.local?.code ?? done.failure.service.__type);
      const release = () => worker.postMessage({ frame: JSON.stringify({ cancel: { id: done.id } }) });
      return { blob: done.file, report: done.report, dataKey: hex(done.secret), release };
    },
  };
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  // A world that is stopped while it opens is never ready.
  if (closed) await ready.catch(() => {});
  else if (!stopAt) await ready;
}

/** Runs in the page: changes one bit of sealed key material. */
export function damage() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("waxseal-vault");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const transaction = request.result.transaction("materials", "readwrite");
      transaction.objectStore("materials").openCursor().onsuccess = ({ target: { result: cursor } }) => {
        cursor.value.sealed[0] ^= 1;
        cursor.update(cursor.value);
      };
      transaction.oncomplete = () => resolve(request.result.close());
    };
  });
}

/** Runs in the page: forgets the key that seals all others. */
export function loseRootKey() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("waxseal-vault");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const transaction = request.result.transaction("meta", "readwrite");
      transaction.objectStore("meta").delete("root");
      transaction.oncomplete = () => resolve(request.result.close());
    };
  });
}

/** Runs in the page: makes a database of the same version in which tables are missing. */
export async function loseTables() {
  const request = (it) => new Promise((resolve, reject) => Object.assign(it, { onsuccess: () => resolve(it.result), onerror: reject }));
  const database = await request(indexedDB.open("waxseal-vault"));
  const { version } = database;
  database.close();
  await request(indexedDB.deleteDatabase("waxseal-vault"));
  const opening = indexedDB.open("waxseal-vault", version);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
  (await request(opening)).close();
}

/** The address of the module that the site's worker imports. */
export function moduleUrl(visit) {
  const { path } = visit.server.requests.find(({ path }) => /\/waxseal-[0-9a-f]+\.js$/.test(path));
  return new URL(path, visit.server.url).href;
}

/** Runs in the page: the first key material, unsealed with the root key of a vault without a lock, in hexadecimal. */
export async function unsealedMaterial() {
  const request = (it) => new Promise((resolve, reject) => Object.assign(it, { onsuccess: () => resolve(it.result), onerror: reject }));
  const database = await request(indexedDB.open("waxseal-vault"));
  const objects = (store) => database.transaction(store).objectStore(store);
  const root = await request(objects("meta").get("root"));
  const [name] = await request(objects("materials").getAllKeys());
  const { nonce, sealed } = await request(objects("materials").get(name));
  database.close();
  const additionalData = new TextEncoder().encode(`waxseal v1/materials/${name}`);
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, root, sealed);
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Has a worker count where its module's memory holds some bytes: `findInMemory(hex)`. */
export const searchMemory = (visit, worker) =>
  worker.evaluate(async (url) => {
    const { memory } = await (await import(url)).default();
    globalThis.findInMemory = (hex) => {
      const wanted = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
      const all = new Uint8Array(memory.buffer);
      let count = 0;
      for (let at = all.indexOf(wanted[0]); at >= 0; at = all.indexOf(wanted[0], at + 1)) {
        if (wanted.every((byte, offset) => all[at + offset] === byte)) count += 1;
      }
      return count;
    };
  }, moduleUrl(visit));
