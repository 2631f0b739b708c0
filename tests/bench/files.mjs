// Speed and memory of the file path beside raw WebCrypto and other programs in the same run, and the size of what is
// downloaded. See `cargo xtask bench`.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { bytes, folders, launch, Visit } from "../browser/harness.mjs";
import { isEqual, peak, roundTrip, writeLarge } from "../browser/memory.mjs";
import { serve } from "../browser/server.mjs";
import { connect } from "../browser/vault.mjs";

const MEGABYTES = Number(process.env.WAXSEAL_BENCH_MB ?? 256);
const ROUNDS = Number(process.env.WAXSEAL_BENCH_ROUNDS ?? 5);
const FRAME_LENGTHS = [4096, 65536, 262144, 1048576];
const SUITES = { "0x0478": 0x0478, "0x0578": 0x0578 };
const MIB = 1024 * 1024;
/** The last is longer than 4 GiB. */
const SIZES = [64 * MIB, 1024 * MIB, 4097 * MIB];
/** Which tables to print: all, unless some are named. */
const wanted = process.argv.slice(2);
const wants = (table) => wanted.length === 0 || wanted.includes(table);

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
const server = await serve(folders.site);
const visit = new Visit(server, () => launch(profile, { bypassCSP: true }));
try {
  await visit.start();
  console.log(`Chromium ${visit.context.browser().version()}, ${os.cpus().length} processors, load ${os.loadavg()[0].toFixed(1)}`);
  if (wants("memory")) await fromMemory();
  if (wants("file")) await fromFile();
  if (wants("peak")) await peaks();
  if (wants("sizes")) {
    console.log("\nDownloaded, in KB");
    for (const line of await sizes()) console.log(line);
  }
} finally {
  await visit.context?.close();
  await server.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

/** The median of some numbers, and their range. */
function summary(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  return { median, shown: `${median.toFixed(0)} [${sorted[0].toFixed(0)}–${sorted.at(-1).toFixed(0)}]`.padEnd(19) };
}

/** Rounds of measurements as one summary for each name. */
function summaries(rounds) {
  return Object.fromEntries(Object.keys(rounds[0]).map((name) => [name, summary(rounds.map((round) => round[name]))]));
}

function ratio(ours, theirs) {
  return (ours.median / theirs.median).toFixed(2).padEnd(6);
}

/** Bytes in memory in, bytes in memory out: the package's own calls, raw WebCrypto with as many frames in flight, others. */
async function fromMemory() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "waxseal-bench-page-"));
  await cp(folders.npm, path.join(folder, "waxseal"), { recursive: true });
  await cp(process.env.WAXSEAL_PEERS, path.join(folder, "peers.js"));
  await cp(process.env.WAXSEAL_DIGEST, path.join(folder, "digest"), { recursive: true });
  await writeFile(path.join(folder, "index.html"), '<!doctype html><link rel="icon" href="data:,"><title>bench</title>');
  const site = await serve(folder);
  const page = await visit.context.newPage();
  try {
    const run = async (action, parameters) => {
      const rounds = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        await page.goto(site.url); // A new page each time: what the last one made is given back to the browser.
        rounds.push(await page.evaluate(action, parameters));
      }
      return summaries(rounds);
    };
    console.log(`\nFrom memory to memory, ${MEGABYTES} MB, median of ${ROUNDS} [range], MB/s; "raw" keeps nothing, "raw, kept" and ours write what comes out into an array that is there`);
    console.log("suite   frame    raw encrypt         raw, kept           ours                of raw of kept raw decrypt         raw, kept           ours                of raw of kept");
    let signed;
    for (const [name, suite] of Object.entries(SUITES)) {
      for (const frameLength of FRAME_LENGTHS) {
        const of = await run(measureMemory, { frameLength, suite, length: MEGABYTES * 1e6 });
        const half = (raw, kept, ours) => [of[raw].shown, of[kept].shown, of[ours].shown, ratio(of[ours], of[raw]), ratio(of[ours], of[kept])].join(" ");
        console.log([name.padEnd(7), String(frameLength).padEnd(8), half("rawEncrypt", "keptEncrypt", "encrypt"), half("rawDecrypt", "keptDecrypt", "decrypt")].join(" "));
        if (suite === SUITES["0x0578"] && frameLength === 262144) signed = of;
      }
    }
    const limit = await run(measureDigest, { mebibytes: 64 });
    console.log(`SHA-384 in WebAssembly, of what is in its memory: alone ${limit.sha384.shown} while raw WebCrypto encrypts as much ${limit.encrypt.shown} decrypts as much ${limit.decrypt.shown}`);
    console.log(`So much of that is ours, signed, 256 KiB: encrypt ${ratio(signed.encrypt, limit.encrypt)} decrypt ${ratio(signed.decrypt, limit.decrypt)}`);
    const peers = await run(measurePeers, { length: 64e6 });
    const names = Object.keys(peers).filter((name) => name.endsWith(" encrypt")).map((name) => name.slice(0, -" encrypt".length));
    console.log("\nBeside other programs, 64 MB from memory to memory, MB/s\nprogram                                    encrypt             decrypt");
    for (const name of names) console.log(name.padEnd(42), peers[`${name} encrypt`].shown, peers[`${name} decrypt`].shown);
  } finally {
    await page.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file on disk in, a file on the browser's private disk out. */
async function fromFile() {
  await writeFile(file, bytes(MEGABYTES * 1e6));
  console.log(`\nFrom a file to the private disk, ${MEGABYTES} MB, median of ${ROUNDS} [range], MB/s; "plain workers" make a Blob of it`);
  console.log("suite   frame    raw encrypt         plain workers       ours                of raw raw decrypt         ours                of raw");
  for (const [name, suite] of Object.entries(SUITES)) {
    for (const frameLength of FRAME_LENGTHS) {
      const rounds = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        await choose(file);
        rounds.push(await visit.page.evaluate(measure, { frameLength, suite, length: MEGABYTES * 1e6, plain: PLAIN }));
      }
      const of = summaries(rounds);
      console.log([
        name.padEnd(7), String(frameLength).padEnd(8),
        of.rawEncrypt.shown, of.plain.shown, of.encrypt.shown, ratio(of.encrypt, of.rawEncrypt),
        of.rawDecrypt.shown, of.decrypt.shown, ratio(of.decrypt, of.rawDecrypt),
      ].join(" "));
    }
  }
}

/** The memory of the page with its workers while files of several lengths are encrypted, decrypted and compared. */
async function peaks() {
  if (process.platform !== "linux") return;
  console.log("\nPeak memory of the page with its workers, MiB: their own, and with what is mapped from Chromium's program; MB/s");
  console.log("file, MiB  own    resident  encrypt  decrypt  equal");
  for (const length of SIZES) {
    await writeLarge(file, length);
    await visit.page.close().catch(() => {});
    visit.page = await visit.context.newPage();
    await choose(file);
    const { own, resident, result } = await peak(visit, () => visit.page.evaluate(roundTrip, {}));
    const cell = (number, width) => number.toFixed(0).padEnd(width);
    console.log(cell(length / MIB, 10), cell(own / MIB, 6), cell(resident / MIB, 9), cell(result.encrypt, 8), cell(result.decrypt, 8), await visit.page.evaluate(isEqual));
  }
}

/** Connects a new page to a vault, with a file chosen in it. */
async function choose(file) {
  await connect(visit, visit.page, { world: "bench" });
  await visit.page.evaluate(() => {
    document.body.replaceChildren(Object.assign(document.createElement("input"), { type: "file", id: "file" }));
  });
  await visit.page.setInputFiles("#file", file);
}

/** Runs in a page beside the package: MB/s of raw WebCrypto with 4 MiB in flight, and of the package's calls. */
async function measureMemory({ frameLength, suite, length }) {
  const { Waxseal } = await import("./waxseal/index.js");
  const waxseal = await Waxseal.open();
  const { KeyMetadata } = await waxseal.createKey({});
  const rate = async (action) => {
    const begun = performance.now();
    const result = await action();
    return [length / 1000 / (performance.now() - begun), result];
  };
  const file = new Uint8Array(length);
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(file.subarray(at, at + 65536));
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const parameters = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: new Uint8Array(80) };
  const depth = Math.max(2, (4 << 20) / frameLength);
  const raw = async (operation, input, step, keep) => {
    let next = 0;
    const lane = async () => {
      while (next < input.length) {
        const at = next;
        next += step;
        const frame = input.subarray(at, at + step);
        keep?.set(new Uint8Array(await crypto.subtle[operation](parameters, key, frame)), (at / step) * (step + (operation === "encrypt" ? 16 : -16)));
      }
    };
    await Promise.all(Array.from({ length: depth }, lane));
  };
  const drop = { set() {} };
  const frames = Math.ceil(length / frameLength);
  const sealed = new Uint8Array(length + frames * 16).fill(1);
  const [into, back] = [new Uint8Array(length + frames * 40 + 8192).fill(1), new Uint8Array(length).fill(1)];
  await waxseal.encryptFile(file.subarray(0, 8e6), { keyId: KeyMetadata.KeyId, frameLength, suite });
  const [rawEncrypt] = await rate(() => raw("encrypt", file, frameLength, drop));
  const [keptEncrypt] = await rate(() => raw("encrypt", file, frameLength, sealed));
  const [rawDecrypt] = await rate(() => raw("decrypt", sealed, frameLength + 16, drop));
  const [keptDecrypt] = await rate(() => raw("decrypt", sealed, frameLength + 16, back));
  const [encrypt, message] = await rate(() => waxseal.encryptFile(file, { keyId: KeyMetadata.KeyId, frameLength, suite }, into));
  const [decrypt, { plaintext }] = await rate(() => waxseal.decryptFile(message, undefined, back));
  if (plaintext.length !== length) throw new Error("the file came back with another length");
  return { rawEncrypt, keptEncrypt, encrypt, rawDecrypt, keptDecrypt, decrypt };
}

/**
 * Runs in a page: MB/s of the digest that a signature is made of, alone, and while WebCrypto works on as much beside it, two
 * MiB in flight, nothing of which is kept. No signed message can be written or read faster in one thread.
 */
async function measureDigest({ mebibytes }) {
  const { default: init, sha384 } = await import("./digest/waxseal_bench_digest.js");
  await init();
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const parameters = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: new Uint8Array(80) };
  const frame = new Uint8Array(262144).fill(7);
  const sealed = await crypto.subtle.encrypt(parameters, key, frame);
  const rate = async (action) => {
    const begun = performance.now();
    await action();
    return (mebibytes * 1024 * 1024) / 1000 / (performance.now() - begun);
  };
  const beside = async (operation, frame) => {
    let left = mebibytes;
    const lane = async () => {
      for (; left > 0; left -= 1) {
        await Promise.all(Array.from({ length: 4 }, () => crypto.subtle[operation](parameters, key, frame)));
        sha384(1);
      }
    };
    await Promise.all([lane(), lane()]);
  };
  sha384(4);
  return {
    sha384: await rate(() => sha384(mebibytes)),
    encrypt: await rate(() => beside("encrypt", frame)),
    decrypt: await rate(() => beside("decrypt", sealed)),
  };
}

/** Runs in a page beside the package: MB/s of it and of each peer, by name and direction. */
async function measurePeers({ length }) {
  const { Waxseal } = await import("./waxseal/index.js");
  const { peers } = await import("./peers.js");
  const waxseal = await Waxseal.open();
  const { KeyMetadata } = await waxseal.createKey({});
  const ours = (frameLength, suite) => ({
    encrypt: (bytes) => waxseal.encryptFile(bytes, { keyId: KeyMetadata.KeyId, frameLength, suite }),
    decrypt: async (message) => (await waxseal.decryptFile(message)).plaintext,
  });
  const programs = {
    "ours, default (0x0478, 256 KiB)": ours(262144, 0x0478),
    "ours, 0x0478, 4 KiB": ours(4096, 0x0478),
    "ours, 0x0578, 256 KiB": ours(262144, 0x0578),
    "ours, 0x0578, 4 KiB": ours(4096, 0x0578),
    ...(await peers()),
  };
  const file = new Uint8Array(length);
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(file.subarray(at, at + 65536));
  const rates = {};
  for (const [name, { encrypt, decrypt }] of Object.entries(programs)) {
    await decrypt(await encrypt(file.slice(0, 1e6)));
    const begun = performance.now();
    const message = await encrypt(file);
    const sealed = performance.now();
    const plaintext = await decrypt(message);
    const opened = performance.now();
    if (plaintext.length !== length || plaintext[length - 1] !== file[length - 1]) throw new Error(`${name} is wrong`);
    rates[`${name} encrypt`] = length / 1000 / (sealed - begun);
    rates[`${name} decrypt`] = length / 1000 / (opened - sealed);
  }
  return rates;
}

/**
 * Runs in the page: MB/s of raw WebCrypto, two frames in flight; of plain workers, two, that read a part of the file each,
 * encrypt it and put it into a Blob, with no message format around it; and of whole file jobs. Files come from disk.
 */
async function measure({ frameLength, suite, length, plain }) {
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
  const job = { encrypt: { keyIds: [keyId], context: {}, frameLength, suite } };
  (await vault.job(job, file.slice(0, 40e6))).release();
  const [encrypt, sealedFile] = await rate(() => vault.job(job, file));
  const [decrypt, opened] = await rate(() => vault.job({ decrypt: {} }, sealedFile.blob));
  if (opened.blob.size !== length) throw new Error("the file came back with another length");
  sealedFile.release();
  opened.release();
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
