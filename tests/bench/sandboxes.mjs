// How long a large sandbox takes to be saved, shared, opened and gone back in, and what a line of the terminal costs the page.
// See `cargo xtask bench`.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { launch, folders, Visit } from "../browser/harness.mjs";
import { Meter, measureLine, median, runLines } from "../browser/page-time.mjs";
import { serve } from "../browser/server.mjs";
import { button } from "../browser/steps.mjs";
import { connect } from "../browser/vault.mjs";
import { arrived, bench, command, worlds } from "../browser/workbench.mjs";

const KEYS = Number(process.env.WAXSEAL_BENCH_KEYS ?? 1000);
const CALLS = Number(process.env.WAXSEAL_BENCH_CALLS ?? 5000);
const ROUNDS = Number(process.env.WAXSEAL_BENCH_ROUNDS ?? 5);
/** A line is measured when so many have been run. */
const LINES = [30, 200, 1000];
/** So many lines are measured each time. */
const LINE_ROUNDS = 15;

const profile = await mkdtemp(path.join(os.tmpdir(), "waxseal-bench-"));
const server = await serve(folders.site);
const visit = new Visit(server, () => launch(profile, { bypassCSP: true }));
try {
  await visit.start();
  const { page } = visit;
  console.log(`Chromium ${visit.context.browser().version()}, ${os.cpus().length} processors, load ${os.loadavg()[0].toFixed(1)}`);
  await connect(visit, page, { world: "sandbox-many" });
  const made = await page.evaluate(fill, { keys: KEYS, calls: CALLS });
  console.log(`${KEYS} keys, ${CALLS} calls, made in ${(made / 1000).toFixed(1)} s`);
  const file = path.join(profile, "many.waxseal-sandbox");
  const inWorker = [];
  for (let round = 0; round < ROUNDS; round++) inWorker.push(await page.evaluate(measure, { round, calls: CALLS }));
  await writeFile(file, Buffer.from(await page.evaluate(() => vault.saved()), "base64"));
  show("the worker", inWorker);
  await page.addInitScript(watchTerminal);
  const inPage = [];
  for (let round = 0; round < ROUNDS; round++) inPage.push(await measurePage(page, file));
  show("the page", inPage);
  await measureLines(page);
} finally {
  await visit.context?.close();
  await server.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

/** Runs in the page: makes keys, and encrypts with one after the other until there have been so many calls. */
async function fill({ keys, calls }) {
  const root = "arn:aws:iam::111122223333:root";
  const start = performance.now();
  await vault.perform({ begin: { start: "empty" } });
  const ids = [];
  for (let n = 0; n < keys; n++) ids.push((await vault.callAs(root, "CreateKey", { Description: `key ${n}` })).KeyMetadata.KeyId);
  for (let n = keys; n < calls; n++) {
    await vault.callAs(root, "Encrypt", { KeyId: ids[n % keys], Plaintext: btoa(`letter ${n}`), EncryptionContext: { number: String(n) } });
  }
  return performance.now() - start;
}

/** Runs in the page: milliseconds of what the worker is asked for. */
async function measure({ round, calls }) {
  const times = {};
  const timed = async (name, task, file) => {
    const start = performance.now();
    const done = task === "save" ? await vault.save() : await vault.perform(task, file);
    times[name] = performance.now() - start;
    return done;
  };
  const file = await timed("save", "save");
  await timed("read and try the file", "examine", file);
  await timed("open it", { takeIn: { name: `round-${round}` } });
  // Each round ends where it has begun, and leaves a step on a way of its own.
  await timed("undo one step", { back: { entry: calls } });
  await timed("come back to it", { return: { step: calls } });
  await timed("undo all steps", { back: { entry: 1 } });
  await timed("return over all of them", { return: { step: calls } });
  await timed("undo half of the steps", { back: { entry: calls / 2 } });
  const root = "arn:aws:iam::111122223333:root";
  const start = performance.now();
  await vault.callAs(root, "GenerateRandom", { NumberOfBytes: 32 });
  times["begin another way"] = performance.now() - start;
  await timed("come back to all of them", { return: { step: calls } });
  await new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase(`waxseal-sandbox-round-${round}`);
    Object.assign(deleting, { onsuccess: resolve, onerror: reject });
  });
  return times;
}

/** Milliseconds until the page shows what a person waits for. */
async function measurePage(page, file) {
  const times = {};
  const timed = async (name, action, done) => {
    const start = performance.now();
    await action();
    await done();
    times[name] = performance.now() - start;
  };
  const click = (name) => button(page, name).click();
  await bench(visit, { query: "?sandbox=many" });
  await worlds(page);
  await timed("save", () => click("Save as a file"), () => page.getByText(/^Saved as /).waitFor());
  await timed("link", () => click("Make a link"), () => page.getByText(/link would have/).waitFor());
  await page.getByLabel("Open a sandbox from a file").setInputFiles(file);
  await arrived(page).waitFor();
  await page.waitForFunction(() => document.querySelector("#arrived-name")?.value);
  const start = now();
  await click("Open it");
  await page.waitForURL(/sandbox=many-/);
  await command(page).waitFor();
  times["open, until its terminal is shown"] = (await page.evaluate(() => shownAt)) - start;
  return times;
}

/** Milliseconds that documents and this program count alike. */
function now() {
  return performance.timeOrigin + performance.now();
}

/** Runs in each document: notes when the terminal is seen. Who asks for it from outside hears of it up to half a second later. */
function watchTerminal() {
  const look = () => {
    if (document.querySelector("#command")?.checkVisibility()) globalThis.shownAt = performance.timeOrigin + performance.now();
    else requestAnimationFrame(look);
  };
  look();
}

/** What a line costs the page, where the log is out of sight and where it is not. */
async function measureLines(page) {
  console.log(`\nA line of the terminal, page time in ms: median of ${LINE_ROUNDS} (script, style, layout)`);
  for (const [where, height] of [["log out of sight", 720], ["log in sight", 2600]]) {
    await page.setViewportSize({ width: 1280, height });
    await bench(visit, { query: `?sandbox=lines-${height}` });
    const meter = await Meter.of(page);
    let run = 0;
    for (const lines of LINES) {
      await runLines(page, lines - run);
      const rounds = [];
      for (let round = 0; round < LINE_ROUNDS; round++) rounds.push(await measureLine(page, meter));
      run = lines + LINE_ROUNDS;
      const middle = (part, name) => median(rounds.map((round) => round[part][name])).toFixed(1);
      const told = (part) => `${middle(part, "sum")} (${middle(part, "script")}, ${middle(part, "style")}, ${middle(part, "layout")})`;
      console.log(`${String(lines).padStart(5)} lines, ${where}: typed ${told("typed")}; answered ${told("answered")}; after it ${told("after")}`);
    }
  }
}

/** Prints the median of each, and the range. */
function show(where, rounds) {
  console.log(`\nAsked of ${where}, ms: median of ${rounds.length} [range]`);
  for (const name of Object.keys(rounds[0])) {
    const sorted = rounds.map((round) => round[name]).sort((a, b) => a - b);
    const [least, median, most] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].map(Math.round);
    console.log(`${name.padEnd(36)}${String(median).padStart(6)} [${least}–${most}]`);
  }
}
