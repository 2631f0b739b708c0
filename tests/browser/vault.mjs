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
    if (frame === "loaded") worker.postMessage({ frame: JSON.stringify({ open: { world } }) });
    if (frame.ready) isReady(frame.ready);
    if (frame.closed) isClosed(new Error(frame.closed.error.code));
    const answer = frame.answer ?? frame.done ?? frame.failed;
    if (answer) waiting.get(answer.id)({ ...data, ...answer });
  };
  const send = (kind, frame, file) =>
    new Promise((resolve) => {
      waiting.set(++id, resolve);
      worker.postMessage({ frame: JSON.stringify({ [kind]: { ...frame, id } }), file });
    });
  globalThis.vault = {
    /** An operation's output, or the name of what was thrown. */
    async call(operation, input) {
      const { answer } = await send("call", { operation, body: JSON.stringify(input) });
      if (answer.Err) throw new Error(answer.Err.code);
      const { Ok: output, Err: refusal } = answer.Ok.result;
      if (refusal) throw new Error(refusal.__type);
      return output ? JSON.parse(output) : {};
    },
    /** What became of a file: the result, what happened, and the data key in hexadecimal. */
    async job(job, file) {
      const done = await send("start", { job, name: "test", watch: true }, file);
      if (done.failure) throw new Error(done.failure.local?.code ?? done.failure.service.__type);
      return { blob: done.file, report: done.report, dataKey: hex(done.secret) };
    },
  };
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  await ready;
}
