// The file page in Firefox, driven over WebDriver BiDi: the same jobs, and what Firefox lacks is done otherwise.
import assert from "node:assert/strict";
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { buttonSaying, newPage, openFirefox, radio, saying, selected, skip, until } from "./firefox.mjs";
import { filesIn, makeFile, saveFile, sha256, soon } from "./harness.mjs";
import { MIB, frameAt } from "./steps.mjs";

/** A result of this length is written to the private disk, by several workers. */
const LENGTH = 40 * MIB;

/** Firefox with a page. */
async function open(t) {
  const visit = await openFirefox(t);
  visit.page = await visitPage(visit);
  return visit;
}

async function visitPage(visit) {
  const page = await newPage(visit);
  await page.goto(visit.url("files/"));
  await saying(page, "Vault");
  return page;
}

/** Chooses a file and begins to work on it; where there is no key yet, one is made on the way. */
async function begin(visit, file, way, page = visit.page, prepare = () => {}, ...given) {
  await page.goto(visit.url("files/"));
  await saying(page, "Vault");
  await page.evaluate(prepare, ...given);
  await (await selected(page, "input[type=file]")).uploadFile(file);
  await (await radio(page, way)).click();
  const button = await until(page, () =>
    [...document.querySelectorAll("main button")].find(({ textContent }) => /^(Encrypt|Decrypt|Make the key and encrypt)$/.test(textContent.trim())),
  );
  await button.click();
}

/** Runs in the page: cancels a job so many milliseconds after it can be. */
function cancelAfter(delay) {
  const watch = new MutationObserver(() => {
    const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Cancel");
    if (!button) return;
    watch.disconnect();
    setTimeout(() => button.click(), delay);
  });
  watch.observe(document.body, { childList: true, subtree: true });
}

/** How long a file is; nothing while it is moved. */
const lengthOf = async (file) => (await stat(file).catch(() => ({ size: 0 }))).size;

/** Downloads the result. Firefox writes it beside its place, as `*.part`, and moves it there at the end. */
async function result(visit, heading, page = visit.page) {
  await saying(page, heading);
  const before = new Set(await readdir(visit.downloads));
  await (await selected(page, "a[download]")).click();
  return soon(`a download of what ${heading}`, async () => {
    const names = (await readdir(visit.downloads)).filter((name) => !before.has(name));
    const [name] = names.filter((name) => !name.endsWith(".part"));
    const file = path.join(visit.downloads, name ?? "");
    return name && names.length === 1 && (await lengthOf(file)) > 0 && readFile(file);
  });
}

async function encrypt(visit, file, page) {
  await begin(visit, file, "Encrypt it", page);
  return result(visit, "is encrypted", page);
}

async function decrypt(visit, file, page) {
  await begin(visit, file, "Decrypt it", page);
  return result(visit, "is decrypted, and every byte verified", page);
}

/** The lengths of the results on the private disk. */
const onDisk = (page) => filesIn(page, "waxseal-results");

const waitForFiles = (page, count) => soon(`${count} files on the private disk`, async () => (await onDisk(page)).length === count);

test("Firefox: files of several lengths go and come back", { skip }, async (t) => {
  const visit = await open(t);
  for (const length of [1, 262144, 262145, LENGTH + 5]) {
    const file = await makeFile(t, `file-${length}.bin`, length);
    const sealed = await encrypt(visit, file.path);
    const opened = await decrypt(visit, await saveFile(t, `file-${length}.bin.esdk`, sealed));
    assert.equal(sha256(opened), sha256(file.bytes), `${length} bytes`);
  }
});

test("Firefox: a result is on the private disk while it is needed, and no longer", { skip }, async (t) => {
  const visit = await open(t);
  const file = await makeFile(t, "large.bin", LENGTH);
  const sealed = await encrypt(visit, file.path);
  assert.deepEqual(await onDisk(visit.page), [sealed.length]);

  await t.test("put away", async () => {
    const away = () => [...document.querySelectorAll("button")].find(({ textContent }) => /^Put away/.test(textContent));
    await (await until(visit.page, away)).click();
    await waitForFiles(visit.page, 0);
  });

  await t.test("cancelled at any moment of its beginning", async () => {
    for (const delay of [0, 4, 8, 12, 16, 20, 24, 40]) {
      await begin(visit, file.path, "Encrypt it", visit.page, cancelAfter, delay);
      await saying(visit.page, "Cancelled. Nothing was written");
      await waitForFiles(visit.page, 0);
    }
  });

  await t.test("tampered in the last frame", async (t) => {
    const changed = Buffer.from(sealed);
    changed[frameAt(changed, LENGTH / (256 * 1024)) + 100] ^= 1;
    await begin(visit, await saveFile(t, "changed.esdk", changed), "Decrypt it");
    await saying(visit.page, "This file was changed");
    await waitForFiles(visit.page, 0);
  });

  await t.test("the tab is closed in the middle", async () => {
    const left = await visitPage(visit);
    await begin(visit, file.path, "Encrypt it", left);
    await soon("a file on the private disk", async () => (await onDisk(visit.page)).length > 0);
    await left.close();
    await visit.page.goto(visit.url("files/"));
    await waitForFiles(visit.page, 0);
  });
});

test("Firefox: several files become one archive, and come back with their names", { skip }, async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const files = await Promise.all([["a.txt", 1000], ["späth.bin", 3 * MIB], ["one", 1]].map(([name, length], n) => makeFile(t, name, length, n + 1)));
  await (await selected(page, "input[type=file]")).uploadFile(...files.map((file) => file.path));
  await (await radio(page, "All in one encrypted archive")).click();
  await (await until(page, buttonSaying, "Make the key and encrypt")).click();
  const sealed = await result(visit, "3 files are encrypted");
  await page.goto(visit.url("files/"));
  await (await selected(page, "input[type=file]")).uploadFile(await saveFile(t, "archive.esdk", sealed));
  await (await until(page, buttonSaying, "Decrypt")).click();
  await saying(page, "3 files are decrypted, and every byte verified");
  for (const { path: file, bytes } of files) {
    const name = path.basename(file);
    await (await until(page, (name) => [...document.querySelectorAll("a[download]")].find(({ download }) => download === name), name)).click();
    const saved = path.join(visit.downloads, name);
    await soon(name, async () => (await lengthOf(saved)) >= bytes.length);
    assert.equal(sha256(await readFile(saved)), sha256(bytes), name);
  }
});

test("Firefox: after one visit everything works without a network", { skip }, async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await until(page, () => navigator.serviceWorker.controller?.state === "activated");
  await visit.server.close();
  await page.goto(visit.url("learn/envelope-encryption/"));
  await saying(page, "One call, two copies");
  const file = await makeFile(t, "letter.txt", 3 * MIB);
  const sealed = await encrypt(visit, file.path);
  assert.equal(sha256(await decrypt(visit, await saveFile(t, "letter.esdk", sealed))), sha256(file.bytes));
});

test("Firefox: pages that were left before all of their module had come keep none from starting", { skip }, async (t) => {
  let slow = true;
  const visit = await openFirefox(t, { held: (path) => slow && path.includes("/waxseal_bg-") });
  const page = await newPage(visit);
  for (let left = 0; left < 8; left++) {
    const before = visit.server.arrived("/waxseal_bg-");
    await page.goto(visit.url("files/"));
    await soon("the worker's module", async () => visit.server.arrived("/waxseal_bg-") > before);
  }
  slow = false;
  await page.goto(visit.url("files/"));
  await selected(page, "input[type=file]");
});
