// A page that talks to a worker of its own, frame by frame, as the app does. See crates/api/src/frame.rs.

/**
 * Opens the vault in a page of the site: `page.evaluate(() => vault.call("CreateKey", {}))`. Needs a context with
 * `bypassCSP`, for the page has no policy for workers of a test.
 *
 * @returns {Promise<import("playwright-core").Worker>} the worker of this connection
 */
export async function connect(page, url, world = "vault") {
  await page.goto(url);
  const started = page.waitForEvent("worker", (worker) => worker.url().endsWith("#of-the-test"));
  await page.evaluate(openVault, world);
  return started;
}

/** Runs in the page: makes `globalThis.vault`. */
async function openVault(world) {
  const script = document.querySelector("meta[name=waxseal-worker]").content;
  const worker = new Worker(new URL(`${script}#of-the-test`, location.href), { type: "module" });
  const waiting = new Map();
  let id = 0;
  const { promise: ready, resolve: isReady, reject: isClosed } = Promise.withResolvers();
  worker.onmessage = ({ data }) => {
    const frame = JSON.parse(data.frame);
    if (frame.frame === "loaded") worker.postMessage({ frame: JSON.stringify({ frame: "open", world }) });
    if (frame.frame === "ready") isReady(frame);
    if (frame.frame === "closed") isClosed(new Error(frame.error.code));
    const receive = waiting.get(frame.id);
    if (receive && frame.frame !== "progress") receive({ ...data, frame });
  };
  const send = (frame, file) =>
    new Promise((resolve) => {
      waiting.set(++id, resolve);
      worker.postMessage({ frame: JSON.stringify({ ...frame, id }), file });
    });
  const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());
  globalThis.vault = {
    /** An operation's output, or the name of what was thrown. */
    async call(operation, input) {
      const { frame } = await send({ frame: "call", operation, body: JSON.stringify(input) });
      if (frame.answer.Err) throw new Error(frame.answer.Err.code);
      const { Ok: output, Err: refusal } = frame.answer.Ok.result;
      if (refusal) throw new Error(refusal.__type);
      return output ? JSON.parse(output) : {};
    },
    /** What became of a file: its bytes and the data key, as arrays of numbers would be too slow: kept here. */
    async job(job, file) {
      const { frame, file: result, secret } = await send({ frame: "start", job, name: "test", watch: true }, file);
      if (frame.frame === "failed") throw new Error(frame.failure.code ?? frame.failure.__type);
      return { blob: result, report: frame.report, dataKey: new Uint8Array(secret).toHex?.() ?? hex(secret) };
    },
    bytesOf,
    ready,
  };
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  await ready;
}
