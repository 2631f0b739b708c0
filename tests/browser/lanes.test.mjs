// Large files, which several workers share: the result is the same, and so is everything that can go wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFile, open, saveFile, sha256 } from "./harness.mjs";
import {
  FRAME,
  MIB,
  beginDecrypting,
  button,
  decrypt,
  downloadResult,
  encrypt,
  expectFailure,
  flow,
  frameAt,
  lanesOf,
  makeKey,
  processors,
  startedLanes,
  vaultOpen,
} from "./steps.mjs";

/** More than one worker would be started for. */
const LENGTH = 40 * MIB;
const LANES = 3;

/** A vault with a key, in a browser of three processors, and a message that was written in as many lanes. */
async function visitWithMessage(t) {
  const visit = await open(t);
  await processors(visit, LANES);
  await makeKey(visit, "lanes");
  const file = await makeFile(t, "large.bin", LENGTH);
  const sealed = await encrypt(visit, file.path);
  return { visit, page: visit.page, file, message: sealed.bytes };
}

test("a large file is shared by workers that obey the page's policy", async (t) => {
  const { visit, page, file, message } = await visitWithMessage(t);
  const lanes = await startedLanes(page, LANES - 1);
  const wasm = visit.server.requests.filter(({ path }) => /\/waxseal_bg-[0-9a-f]+\.wasm$/.test(path));
  const workers = visit.server.requests.filter(({ path }) => /\/worker-[0-9a-f]+\.js$/.test(path));
  assert.ok(wasm.length < workers.length, "a lane is given the module");

  visit.expect(/Content Security Policy/);
  for (const lane of lanes) assert.equal(await lane.evaluate(violate), "connect-src");

  assert.equal(sha256((await decrypt(visit, await saveFile(t, "large.bin.esdk", message))).bytes), sha256(file.bytes));
});

test("a large file that is signed is shared as well, and read the same in one lane", async (t) => {
  const { visit, page, file } = await visitWithMessage(t);
  await button(page, "Put away and erase the data key").click();
  await page.getByLabel("Choose a file").setInputFiles(file.path);
  await page.getByRole("checkbox", { name: "Sign it as well" }).check();
  for (const lane of await lanesOf(page)) await lane.evaluate(countFrames);
  await button(page, "Encrypt").click();
  const { bytes } = await downloadResult(page, "large.bin is encrypted");
  const shared = await Promise.all((await lanesOf(page)).map((lane) => lane.evaluate(() => globalThis.frames ?? 0)));
  assert.ok(shared.length === LANES - 1 && shared.every((frames) => frames > 0), `${shared} frames`);
  const path = await saveFile(t, "large.bin.esdk", bytes);
  assert.equal(sha256((await decrypt(visit, path)).bytes), sha256(file.bytes));
  await processors(visit, 1);
  await page.reload();
  assert.equal(sha256((await decrypt(visit, path)).bytes), sha256(file.bytes));
  assert.equal((await lanesOf(page)).length, 0);
});

/** Runs in a lane: counts the frames that it encrypts. */
function countFrames() {
  const original = SubtleCrypto.prototype.encrypt;
  globalThis.frames = 0;
  SubtleCrypto.prototype.encrypt = function (...parameters) {
    globalThis.frames += 1;
    return original.apply(this, parameters);
  };
}

/** Runs in a lane: asks another origin for something. */
async function violate() {
  const violated = new Promise((resolve) => {
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective));
  });
  await fetch("https://example.com").catch(() => {});
  return violated;
}

test("what is wrong with a large message is told as of a small one", async (t) => {
  const { visit, page, message } = await visitWithMessage(t);
  const refused = async (t, change, expected) => {
    await beginDecrypting(visit, await saveFile(t, "changed.esdk", change(Buffer.from(message))));
    await expectFailure(page, expected);
  };
  const flip = (...frames) => (message) => {
    for (const frame of frames) message[frameAt(message, frame) + 100] ^= 1;
    return message;
  };
  const changed = { headline: "This file was changed", next: /Use another copy of the encrypted file/, code: "Tampered" };

  for (const frames of [[1], [63], [64], [130, 100], [159]]) {
    await t.test(`in frames ${frames}`, async (t) => {
      const first = Math.min(...frames);
      await refused(t, flip(...frames), { ...changed, says: [`Frame ${first} is not what was written`] });
      await flow(page).getByText(`Your app stops: frame ${first} does not verify.`).first().waitFor();
    });
  }
  await t.test("cut in a frame of the second segment", async (t) => {
    const cut = (message) => message.subarray(0, frameAt(message, 70) + FRAME / 2);
    const says = ["it stops in frame 70"];
    await refused(t, cut, { headline: "The file is cut short", says, next: /to its last byte/, code: "Truncated" });
  });
  await t.test("with more behind its end", async (t) => {
    const longer = (message) => Buffer.concat([message, message.subarray(0, 20 * MIB)]);
    await refused(t, longer, {
      headline: "Something follows the end of the message",
      says: ["20971520 bytes follow the end of this message"],
      next: /cut off what was appended/,
      code: "TrailingBytes",
    });
  });
});

test("a job in several lanes is cancelled in all of them at once", async (t) => {
  const { page } = await visitWithMessage(t);
  const workers = [page.workers()[0], ...(await lanesOf(page))];
  for (const worker of workers) await worker.evaluate(holdFrames, { frame: FRAME, frames: 20 });
  await button(page, "Put away and erase the data key").click();
  await page.getByLabel("Choose a file").setInputFiles((await makeFile(t, "other.bin", LENGTH)).path);
  await button(page, "Encrypt").click();
  for (const worker of workers) await worker.evaluate(() => held);
  await button(page, "Cancel").click();
  await page.getByRole("status").filter({ hasText: "Cancelled. Nothing was written, and the file is as it was." }).waitFor();
  assert.equal(await page.getByRole("link", { name: /^Download / }).count(), 0);

  const begun = async () => (await Promise.all(workers.map((worker) => worker.evaluate(() => begun)))).reduce((a, b) => a + b);
  const before = await begun();
  for (const worker of workers) await worker.evaluate(() => letGo());
  await button(page, "Back to this file").click();
  await button(page, "Encrypt").click();
  await downloadResult(page, "other.bin is encrypted");
  assert.equal((await begun()) - before, LENGTH / FRAME, "nobody has gone on with the cancelled job");
});

/** Runs in a worker: lets it encrypt so many frames; `held` is when it waits with another, `begun` counts them all. */
function holdFrames({ frame, frames }) {
  let isHeld;
  globalThis.begun = 0;
  globalThis.held = new Promise((resolve) => (isHeld = resolve));
  const open = new Promise((resolve) => (globalThis.letGo = resolve));
  const original = SubtleCrypto.prototype.encrypt;
  SubtleCrypto.prototype.encrypt = async function (algorithm, key, bytes) {
    if (bytes.byteLength === frame && (begun += 1) > frames) {
      const copy = bytes.slice();
      isHeld();
      await open;
      return original.call(this, algorithm, key, copy);
    }
    return original.call(this, algorithm, key, bytes);
  };
}

test("a lane that stops in the middle ends its job, and nothing else", async (t) => {
  const { visit, page } = await visitWithMessage(t);
  visit.expect(/a fault in a lane/);
  const [lane] = await lanesOf(page);
  await lane.evaluate(holdFrames, { frame: FRAME, frames: 10 });
  await button(page, "Put away and erase the data key").click();
  await page.getByLabel("Choose a file").setInputFiles((await makeFile(t, "other.bin", LENGTH)).path);
  await button(page, "Encrypt").click();
  await lane.evaluate(() => held);
  await lane.evaluate(() => {
    setTimeout(() => {
      throw new Error("a fault in a lane");
    });
  });
  await expectFailure(page, {
    headline: "A worker that helped with this file has stopped",
    says: ["nothing of it was kept"],
    next: "Try again: a new one is started in its place.",
    code: "LaneCrashed",
  });
  await vaultOpen(page);
  await button(page, "Back to this file").click();
  await button(page, "Encrypt").click();
  await downloadResult(page, "other.bin is encrypted");
  const lanes = await lanesOf(page);
  assert.equal(lanes.length, LANES - 1);
  assert.ok(!lanes.includes(lane), "there is a new one in place of the one that stopped");
});

test("where no lane can be started, the worker does all of it", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await processors(visit, LANES);
  visit.expect(/status of 404/);
  await makeKey(visit, "alone");
  const file = await makeFile(t, "large.bin", LENGTH);
  await page.goto(visit.url("files/"));
  await vaultOpen(page);
  await visit.context.route(/\/worker-[0-9a-f]+\.js$/, (route) => route.fulfill({ status: 404 }));
  await page.getByLabel("Choose a file").setInputFiles(file.path);
  await button(page, "Encrypt").click();
  const sealed = await downloadResult(page, "large.bin is encrypted");
  assert.equal((await lanesOf(page)).length, 0);
  await visit.context.unrouteAll();
  const opened = await decrypt(visit, await saveFile(t, sealed.name, sealed.bytes));
  assert.equal(sha256(opened.bytes), sha256(file.bytes));
});
