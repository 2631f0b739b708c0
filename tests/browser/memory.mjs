// How much memory a page and its workers take while they work on a file.
import { open as openFile, readFile, writeFile } from "node:fs/promises";
import { createCipheriv, randomBytes } from "node:crypto";

/** Writes a file of bytes that look random. */
export async function writeLarge(path, length) {
  const cipher = createCipheriv("aes-128-ctr", randomBytes(16), Buffer.alloc(16));
  const zeros = Buffer.alloc(16 * 1024 * 1024);
  const file = await openFile(path, "w");
  for (let left = length; left > 0; left -= zeros.length) {
    await file.write(cipher.update(zeros.subarray(0, Math.min(left, zeros.length))));
  }
  await file.close();
}

/** Bytes in one line of `/proc/PID/status`. */
async function status(pid, name) {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0) * 1024;
}

/** The processes that render pages and run their workers. */
async function renderers(visit) {
  const session = await visit.context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

/**
 * The most bytes that were resident at one moment in the process of the page and its workers, while something was done: as
 * the kernel counts them, and without what is only mapped from files, such as Chromium's own program. That process is the
 * one that grew most; the others wait for pages to come. Linux only.
 */
export async function peak(visit, action) {
  const pids = await renderers(visit);
  for (const pid of pids) await writeFile(`/proc/${pid}/clear_refs`, "5");
  const sizes = async (pid) => (await status(pid, "RssAnon")) + (await status(pid, "RssShmem"));
  const before = await Promise.all(pids.map(sizes));
  const most = pids.map(() => 0);
  let running = true;
  const sampling = (async () => {
    while (running) {
      for (const [n, pid] of pids.entries()) most[n] = Math.max(most[n], await sizes(pid));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const result = await action();
  running = false;
  await sampling;
  const grown = most.map((size, n) => size - before[n]);
  const page = grown.indexOf(Math.max(...grown));
  return { own: most[page], resident: await status(pids[page], "VmHWM"), result };
}

/** Runs in the page: encrypts the file that was chosen in `#file` and decrypts what came out. Returns MB/s. */
export async function roundTrip({ frameLength, suite }) {
  const [file] = document.getElementById("file").files;
  const keyId = (await vault.call("CreateKey", {})).KeyMetadata.KeyId;
  const rate = async (job, input) => {
    const begun = performance.now();
    const done = await vault.job(job, input);
    return [file.size / 1000 / (performance.now() - begun), done];
  };
  const [encrypt, sealed] = await rate({ encrypt: { keyIds: [keyId], context: {}, frameLength, suite } }, file);
  const [decrypt, opened] = await rate({ decrypt: {} }, sealed.blob);
  globalThis.done = { sealed, opened };
  return { encrypt, decrypt };
}

/** Runs in the page after {@link roundTrip}: whether what came back is the file, by SHA-256, slice by slice. */
export async function isEqual() {
  const [file] = document.getElementById("file").files;
  const { sealed, opened } = globalThis.done;
  const slice = 16 * 1024 * 1024;
  const digest = async (blob, at) => {
    const hash = await crypto.subtle.digest("SHA-256", await blob.slice(at, at + slice).arrayBuffer());
    return String(new Uint8Array(hash));
  };
  let equal = opened.blob.size === file.size && sealed.blob.size > file.size;
  for (let at = 0; at < file.size && equal; at += slice) equal = (await digest(file, at)) === (await digest(opened.blob, at));
  sealed.release();
  opened.release();
  return equal;
}
