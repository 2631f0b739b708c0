// Speed of the file path beside raw WebCrypto in the same run, and the size of what is downloaded. See `cargo xtask bench`.
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { bytes, folders, Visit } from "./harness.mjs";
import { serve } from "./server.mjs";
import { connect } from "./vault.mjs";

const MEGABYTES = 256;
const ROUNDS = 5;
const FRAME_LENGTHS = [4096, 65536, 262144, 1048576];

/** The script of a plain worker. */
const PLAIN = `onmessage = async ({ data: { part, key, frameLength } }) => {
  const buffer = new Uint8Array(Math.max(frameLength, 1 << 20));
  const parameters = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: new Uint8Array(80) };
  const blobs = [];
  let [sealing, filled, sealed] = [[], 0, []];
  const encrypt = async () => {
    const before = sealing;
    sealing = [];
    for (let at = 0; at < filled; at += frameLength) {
      sealing.push(crypto.subtle.encrypt(parameters, key, buffer.subarray(at, Math.min(at + frameLength, filled))));
    }
    filled = 0;
    sealed.push(...(await Promise.all(before)));
    if (sealed.length * frameLength >= 1 << 24) blobs.push(new Blob(sealed.splice(0)));
  };
  for await (let chunk of part.stream()) {
    while (chunk.length > 0) {
      const taken = chunk.subarray(0, buffer.length - filled);
      buffer.set(taken, filled);
      filled += taken.length;
      chunk = chunk.subarray(taken.length);
      if (filled === buffer.length) await encrypt();
    }
  }
  await encrypt();
  await encrypt();
  postMessage(new Blob([...blobs, ...sealed]));
};`;

const profile = await mkdtemp(path.join(os.tmpdir(), "waxseal-bench-"));
const file = path.join(profile, "file");
await writeFile(file, bytes(MEGABYTES * 1e6));
const server = await serve(folders.site);
const visit = new Visit(server, profile, { bypassCSP: true });
try {
  await visit.start();
  console.log(`AES-256-GCM in Chromium, ${MEGABYTES} MB, median of ${ROUNDS} [range], MB/s`);
  console.log("frame      raw encrypt          plain workers        ours                 ratio   raw decrypt          ours                 ratio");
  for (const frameLength of FRAME_LENGTHS) console.log(await row(frameLength));
  console.log("\nDownloaded, in KB");
  for (const line of await sizes()) console.log(line);
} finally {
  await visit.context?.close();
  await server.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

async function row(frameLength) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // A new page each time: what the last one made is given back to the browser.
    await connect(visit, visit.page, { world: "bench" });
    await visit.page.evaluate(() => {
      const input = Object.assign(document.createElement("input"), { type: "file", id: "file" });
      document.body.replaceChildren(input);
    });
    await visit.page.setInputFiles("#file", file);
    rounds.push(await visit.page.evaluate(measure, { frameLength, length: MEGABYTES * 1e6, plain: PLAIN }));
  }
  const of = (name) => rounds.map((round) => round[name]).sort((a, b) => a - b);
  const median = (name) => of(name)[ROUNDS >> 1];
  const shown = (name) => `${median(name).toFixed(0)} [${of(name)[0].toFixed(0)}–${of(name).at(-1).toFixed(0)}]`.padEnd(20);
  const ratio = (ours, raw) => (median(ours) / median(raw)).toFixed(2).padEnd(7);
  return [
    String(frameLength).padEnd(10),
    shown("rawEncrypt"), shown("plain"), shown("encrypt"), ratio("encrypt", "rawEncrypt"),
    shown("rawDecrypt"), shown("decrypt"), ratio("decrypt", "rawDecrypt"),
  ].join(" ");
}

/**
 * Runs in the page: MB/s of raw WebCrypto, two frames in flight; of plain workers, two, that read a part of the file each,
 * encrypt it and put it into a Blob, with no message format around it; and of whole file jobs. Files come from disk.
 */
async function measure({ frameLength, length, plain }) {
  const rate = async (action) => {
    const begun = performance.now();
    const result = await action();
    return [length / 1000 / (performance.now() - begun), result];
  };
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const frame = new Uint8Array(frameLength).fill(7);
  const parameters = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: new Uint8Array(80) };
  const sealed = await crypto.subtle.encrypt(parameters, key, frame);
  const frames = Math.ceil(length / frameLength);
  const inFlight = async (work) => {
    for (let at = 0; at < frames; at += 2) await Promise.all([work(), work()]);
  };
  const [rawEncrypt] = await rate(() => inFlight(() => crypto.subtle.encrypt(parameters, key, frame)));
  const [rawDecrypt] = await rate(() => inFlight(() => crypto.subtle.decrypt(parameters, key, sealed)));

  const [file] = document.getElementById("file").files;
  const half = Math.ceil(frames / 2) * frameLength;
  const script = URL.createObjectURL(new Blob([plain], { type: "text/javascript" }));
  const workers = [0, half].map((from) => ({ worker: new Worker(script), part: file.slice(from, from + half) }));
  const work = ({ worker, part }) =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage({ part, key, frameLength });
    });
  const joined = async (parts) => {
    const blob = new Blob(await Promise.all(parts.map(work)));
    await blob.slice(-1).arrayBuffer();
  };
  // What starts on first use has started before anything is measured: these workers, and those of a large job.
  await joined(workers.map(({ worker }) => ({ worker, part: file.slice(0, frameLength) })));
  const [plainEncrypt] = await rate(() => joined(workers));
  workers.forEach(({ worker }) => worker.terminate());

  const keyId = (await vault.call("CreateKey", {})).KeyMetadata.KeyId;
  const job = { encrypt: { keyIds: [keyId], context: {}, frameLength } };
  await vault.job(job, file.slice(0, 40e6));
  const [encrypt, { blob }] = await rate(() => vault.job(job, file));
  const [decrypt, opened] = await rate(() => vault.job({ decrypt: {} }, blob));
  if (opened.blob.size !== length) throw new Error("the file came back with another length");
  return { rawEncrypt, plain: plainEncrypt, rawDecrypt, encrypt, decrypt };
}

async function sizes() {
  const files = (await readdir(folders.site)).filter((name) => /\.(wasm|js|css)$/.test(name));
  const lines = files.map(async (name) => {
    const content = await readFile(path.join(folders.site, name));
    const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(8);
    return `${kilobytes(content.length)} raw ${kilobytes(brotliCompressSync(content).length)} brotli  ${name}`;
  });
  return Promise.all(lines);
}
