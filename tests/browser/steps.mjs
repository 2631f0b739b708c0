// What people do on the page, and how a test finds what the page answers: by roles, labels and visible words.
import assert from "node:assert/strict";
import { hkdfSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { download } from "./harness.mjs";

export const MIB = 1024 * 1024;
/** Bytes of plaintext in a frame of what the page writes. */
export const FRAME = 256 * 1024;
/** What a frame is longer than its plaintext: number, nonce, tag. */
const FRAME_OVERHEAD = 4 + 12 + 16;

export const button = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" });
export const link = (page, name) => page.getByRole("link", { name, exact: true });
export const title = (page, name) => page.getByRole("heading", { level: 1, name, exact: typeof name === "string" });

/** The names of the wizard's steps, with the review after them. */
export const STEPS = ["Alias", "Description", "Key material", "Administrators", "Users", "Review"];

/** Makes a key in the five steps, with nothing but a name. Leaves the page that says so. */
export async function makeKey(visit, alias, page = visit.page) {
  await page.goto(visit.url("keys/new/"));
  await reachReview(page, alias);
  await button(page, "Make the key").click();
  await title(page, `${alias} is sealed`).waitFor();
}

/** From the first step of the wizard to the review. */
export async function reachReview(page, alias, { own = false, elsewhere } = {}) {
  await page.getByLabel("Alias", { exact: true }).fill(alias);
  for (const step of STEPS.slice(1)) {
    await button(page, "Continue").click();
    await page.getByRole("heading", { level: 2, name: step, exact: true }).waitFor();
    if (step === "Key material" && own) await page.getByRole("radio", { name: "My own key material" }).check();
    if (step === "Key material" && elsewhere) await page.getByLabel("Key ID, if it is elsewhere already").fill(elsewhere);
  }
}

/** Makes a key that waits for material of ours, and opens its page. */
export async function makeOwnKey(visit, alias, page = visit.page, elsewhere) {
  await page.goto(visit.url("keys/new/"));
  await reachReview(page, alias, { own: true, elsewhere });
  await button(page, "Make the key").click();
  await title(page, `${alias} waits for its material`).waitFor();
  await link(page, "Import its material").click();
  await title(page, alias).waitFor();
}

/** On the page of a key: imports bytes from a file. */
export async function importMaterial(page, path) {
  await page.getByLabel("Choose a file").setInputFiles(path);
  await button(page, "Import the material").click();
}

/** Opens the page of a key from the list of keys. */
export async function openKey(visit, alias, page = visit.page) {
  await page.goto(visit.url("keys/"));
  await link(page, alias).click();
  await title(page, alias).waitFor();
}

/** On the page of a key: schedules its deletion in so many days. */
export async function scheduleDeletion(page, alias, days = 7) {
  await page.getByText("Schedule the deletion of this key").click();
  await page.getByLabel("Waiting time in days").fill(String(days));
  await page.getByLabel(`Type “alias/${alias}” to confirm`).fill(`alias/${alias}`);
  await button(page, "Schedule deletion").click();
  await page.getByRole("status").filter({ hasText: "The deletion is scheduled." }).waitFor();
}

/** Chooses a file on the file page. */
export async function choose(visit, path, page = visit.page) {
  await page.goto(visit.url("files/"));
  await page.getByLabel("Choose a file").setInputFiles(path);
  await page.getByRole("radio", { name: "Encrypt it" }).waitFor();
}

/**
 * Starts to encrypt a file, its name not hidden, so that the message has its bytes and no others; where there is no key yet,
 * one is made on the way.
 */
export async function beginEncrypting(visit, path, page = visit.page) {
  await choose(visit, path, page);
  await page.getByRole("radio", { name: "Encrypt it" }).check();
  await page.getByRole("checkbox", { name: "Hide the name" }).uncheck();
  await page.getByRole("button", { name: /^(Encrypt|Make the key and encrypt)$/ }).click();
}

/** Encrypts a file and downloads what comes out. */
export async function encrypt(visit, path, page = visit.page) {
  await beginEncrypting(visit, path, page);
  return downloadResult(page, /is encrypted$/);
}

/** Starts to decrypt a file. */
export async function beginDecrypting(visit, path, page = visit.page) {
  await choose(visit, path, page);
  await page.getByRole("radio", { name: "Decrypt it" }).check();
  await button(page, "Decrypt").click();
}

/** Decrypts a file and downloads what comes out. */
export async function decrypt(visit, path, page = visit.page) {
  await beginDecrypting(visit, path, page);
  return downloadResult(page, /is decrypted, and every byte verified$/);
}

/** Waits for the result of a job and downloads it. */
export async function downloadResult(page, heading) {
  await page.getByRole("heading", { name: heading }).waitFor({ timeout: 120_000 });
  return download(page, () => page.getByRole("link", { name: /^Download / }).click());
}

/**
 * Waits for a failure and holds it to what it has to say: what happened, what to do next, and its code only last.
 *
 * @param {{headline: string, says?: (string|RegExp)[], next: string|RegExp, way?: string, code: string}} expected `way`
 *   is the link or button that leads on.
 */
export async function expectFailure(page, { headline, says = [], next, way, code }) {
  const note = page.getByRole("alert").filter({ hasText: headline });
  await note.waitFor();
  for (const words of [...says, next]) await note.getByText(words).first().waitFor();
  if (way) await note.getByRole("link", { name: way }).or(note.getByRole("button", { name: way })).waitFor();
  const text = await note.innerText();
  assert.match(text.trim(), new RegExp(`Code: ${code}$`), "the code comes last");
  assert.doesNotMatch(text, /undefined|\bat \S+:\d+:\d+|wasm-function|panicked/, "no stack");
  assert.equal(await page.getByRole("link", { name: /^Download / }).count(), 0, "nothing is offered");
}

/** A part of the page that keeps keys safe. */
export const backupPart = (page, name) => page.getByRole("region", { name, exact: true });

export const PASSPHRASE = "correct horse battery staple";

/** Puts a lock on the vault, on its page. */
export async function lockVault(visit, { minutes, page = visit.page } = {}) {
  await page.goto(visit.url("keys/backup/"));
  const part = backupPart(page, "Lock");
  await part.getByText("Lock this vault with a passphrase").click();
  await part.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await part.getByLabel("The same again").fill(PASSPHRASE);
  if (minutes) await part.getByLabel("Lock by itself after").selectOption(`${minutes} minutes without use`);
  await button(part, "Put the lock on").click();
  await button(part, "Lock now").waitFor();
}

/** Makes a backup on its page and downloads it. */
export async function backUp(visit, passphrase, page = visit.page) {
  await page.goto(visit.url("keys/backup/"));
  const part = backupPart(page, "Back up");
  await part.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await part.getByLabel("The same again").fill(passphrase);
  await button(part, "Make a backup").click();
  await part.getByText("was read back whole").waitFor();
  return download(page, () => part.getByRole("link", { name: /^Download waxseal-vault-/ }).click());
}

/** Chooses a backup and opens it with a passphrase. */
export async function openBackup(visit, path, passphrase, page = visit.page) {
  await page.goto(visit.url("keys/backup/"));
  const part = backupPart(page, "Restore");
  await part.getByLabel("Choose a backup").setInputFiles(path);
  await part.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await button(part, "Open the backup").click();
  return part;
}

/** The value beside a name in a list of facts. */
export const fact = (page, name) =>
  page.locator("dt").getByText(name, { exact: true }).locator("xpath=following-sibling::dd[1]");

/** The steps of the flow view, and where the reader is. */
export const flow = (page) => page.getByRole("region", { name: "What happened" });
export async function sentences(page) {
  const all = flow(page).getByRole("list").first().locator("> li .step-sentence");
  await all.first().waitFor();
  return all.allInnerTexts();
}
export const currentStep = (page) => flow(page).locator("[aria-current=step] .step-sentence").innerText();

/** Waits until the flow view shows a step, counted from 0, and the address says so. */
export async function atStep(page, n) {
  await page.waitForFunction((n) => document.querySelectorAll(".steps > li")[n]?.getAttribute("aria-current") === "step", n);
  await page.waitForURL((url) => url.searchParams.get("step") === String(n + 1), { waitUntil: "commit" });
}

/** Goes to the step whose sentence matches, by a click on it. */
export async function goToStep(page, sentence) {
  await flow(page).getByRole("button", { name: sentence }).click();
  await flow(page).locator("[aria-current=step]").filter({ hasText: sentence }).waitFor();
}

/** The bytes in a byte view, in hexadecimal, as a screen reader would read them. */
export async function shownBytes(page, name) {
  const cells = flow(page).getByRole("table", { name, exact: true }).first().getByRole("cell");
  await cells.first().waitFor();
  const texts = await cells.evaluateAll((cells) =>
    cells.map((cell) => {
      const heard = cell.cloneNode(true);
      heard.querySelectorAll("[aria-hidden=true]").forEach((hidden) => hidden.remove());
      return heard.textContent;
    }),
  );
  return texts.filter((text) => /^[0-9a-f]{2}$/.test(text)).join("");
}

/** The number in a sentence such as `1,234 bytes`. */
export const count = (text) => Number(/[\d,]+/.exec(text)[0].replaceAll(",", ""));

/**
 * Reads the header of an AWS Encryption SDK message, version 2: what it is made with, for whom, and where it ends.
 * Source: "AWS Encryption SDK message format reference".
 */
export function parseHeader(message) {
  let at = 0;
  const take = (length) => message.subarray(at, (at += length));
  const number = (length) => take(length).readUIntBE(0, length);
  const field = () => take(number(2));
  const [version, suite, messageId] = [number(1), number(2), take(32)];
  const context = field();
  const keys = Array.from({ length: number(2) }, () => {
    const [provider, info, wrapped] = [field(), field(), field()];
    return { provider: provider.toString(), info: info.toString(), wrapped };
  });
  const [contentType, frameLength, commitment] = [number(1), number(4), take(32)];
  take(16);
  return { version, suite, messageId, context, keys, contentType, frameLength, commitment, length: at };
}

/** Where the ciphertext of a frame begins, counted from 1, when it is not the last. */
export const frameAt = (message, frame) => parseHeader(message).length + (frame - 1) * (FRAME + FRAME_OVERHEAD) + 16;

/** The commitment that a data key gives in a message of suite 0x0478. */
export const commitment = (header, dataKey) =>
  Buffer.from(hkdfSync("sha512", dataKey, header.messageId, "COMMITKEY", 32)).toString("hex");

/** Waits until a page has its vault open. The text that stands there before the app runs says so, too, and has no switch. */
export async function vaultOpen(page) {
  await page.locator("button.theme-switch").waitFor();
  await page.getByText("Vault", { exact: true }).waitFor();
}

/** The worker of a page, with its vault open. */
export async function workerOf(page) {
  await vaultOpen(page);
  return page.workers()[0] ?? page.waitForEvent("worker");
}

/** The lanes that the worker of a page has started. */
export async function lanesOf(page) {
  const workers = page.workers();
  const names = await Promise.all(workers.map((worker) => worker.evaluate(() => self.name)));
  return workers.filter((_, n) => names[n] === "lane");
}

/** The lanes of a page, once so many have started. They stay when the job that they were started for has ended before. */
export async function startedLanes(page, count) {
  for (;;) {
    const lanes = await lanesOf(page);
    if (lanes.length === count) return lanes;
    await page.waitForTimeout(20);
  }
}

/** Lets every worker of the site find so many processors, on any machine. */
export const processors = (visit, count) =>
  prefixWorker(visit, `Object.defineProperty(navigator, "hardwareConcurrency", { value: ${count} });`);

/** Has every worker of the site begin with a line of ours. */
export async function prefixWorker(visit, line) {
  await visit.context.route(/\/worker-[0-9a-f]+\.js$/, async (route) => {
    try {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${line}\n${await response.text()}` });
    } catch (error) {
      // Whoever asked for the script may be gone by now.
      if (!/disposed|closed/.test(error.message)) throw error;
    }
  });
}

/**
 * Holds the worker's ciphers after a few frames, so that a job is in the middle for as long as a test wants.
 * Returns what lets them go on.
 */
export async function holdJobs(page, { frames = 24 } = {}) {
  const worker = await workerOf(page);
  await worker.evaluate((frames) => {
    let left = frames;
    const open = new Promise((resolve) => {
      // From then on nothing is even deferred: a cipher copies what it is given before it returns.
      globalThis.letGo = () => {
        left = Infinity;
        resolve();
      };
    });
    for (const operation of ["encrypt", "decrypt"]) {
      const original = SubtleCrypto.prototype[operation];
      SubtleCrypto.prototype[operation] = async function (...parameters) {
        if ((left -= 1) < 0) await open;
        return original.apply(this, parameters);
      };
    }
  }, frames);
  return () => worker.evaluate(() => letGo());
}

/**
 * A headless browser cannot show its picker: it is replaced by one that takes the suggested name, in the private disk, whose
 * files are written the same way. `null` is nobody's choice.
 */
export async function choosing(page) {
  await page.addInitScript(() => {
    window.choice = (name) => name;
    window.showSaveFilePicker = async ({ suggestedName }) => {
      const name = window.choice(suggestedName);
      if (!name) throw new DOMException("Nothing was chosen.", "AbortError");
      return (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
    };
  });
}

/** A message of a suite without key commitment, written by AWS's client for Python. */
export async function uncommitted() {
  const vectors = new URL("../vectors/esdk_python_4.0.7_raw_aes.json", import.meta.url);
  const { tests } = JSON.parse(await readFile(vectors, "utf8"));
  return Buffer.from(tests.find(({ suite }) => suite === "0178").message_b64, "base64");
}
