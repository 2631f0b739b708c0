// Where the result of a job is while it is written, and that nothing of it is left when it is not finished.
import assert from "node:assert/strict";
import { truncate } from "node:fs/promises";
import { test } from "node:test";
import { download, filesIn, makeFile, open, saveFile, sha256, soon } from "./harness.mjs";
import {
  MIB,
  beginDecrypting,
  beginEncrypting,
  button,
  choosing,
  decrypt,
  downloadResult,
  encrypt,
  expectFailure,
  frameAt,
  holdJobs,
  makeKey,
  openKey,
  prefixWorker,
  processors,
  workerOf,
} from "./steps.mjs";

/** A result of this length is written to the browser's private disk, and the page does not ask where to save it. */
const LENGTH = 40 * MIB;
/** For results of this length it asks. */
const LARGE = 66 * MIB;
const NO_SPACE = { headline: "There is no space left to store this", next: /Free some space/, code: "StorageFull" };

const onDisk = (page) => filesIn(page, "waxseal-results");

/** Waits until so many files are on the private disk: removing one takes a moment that nobody waits for. */
const waitForFiles = (page, count, list = onDisk) =>
  soon(`${count} files on the private disk`, async () => {
    const files = await list(page);
    return files.length === count && files;
  });

async function visitWithFile(t, length = LENGTH, lanes = 2) {
  const visit = await open(t);
  await processors(visit, lanes);
  await makeKey(visit, "results");
  return { visit, page: visit.page, file: await makeFile(t, "large.bin", length) };
}

test("a result is on the private disk while it is needed, and no longer", async (t) => {
  const { visit, page, file } = await visitWithFile(t);
  const sealed = await encrypt(visit, file.path);
  assert.deepEqual(await onDisk(page), [sealed.bytes.length]);
  await page.getByRole("button", { name: /^Put away/ }).click();
  await waitForFiles(page, 0);

  const message = await saveFile(t, "large.bin.esdk", sealed.bytes);
  const opened = await decrypt(visit, message);
  assert.equal(sha256(opened.bytes), sha256(file.bytes));
  assert.deepEqual(await waitForFiles(page, 1), [LENGTH]);
  await page.getByRole("link", { name: "Keys" }).first().click();
  await waitForFiles(page, 0);
});

test("what is cancelled, refused or left leaves nothing on the private disk", async (t) => {
  const { visit, page, file } = await visitWithFile(t, LENGTH, 1);
  const { bytes } = await encrypt(visit, file.path);

  await t.test("cancelled", async () => {
    await page.goto(visit.url("files/"));
    await waitForFiles(page, 0);
    await holdWhileWriting(visit, page, file);
    await button(page, "Cancel").click();
    await page.getByRole("status").filter({ hasText: "Cancelled. Nothing was written" }).waitFor();
    await waitForFiles(page, 0);
  });

  await t.test("tampered in the last frame", async (t) => {
    const changed = Buffer.from(bytes);
    changed[frameAt(changed, LENGTH / (256 * 1024)) + 100] ^= 1;
    await beginDecrypting(visit, await saveFile(t, "changed.esdk", changed));
    await expectFailure(page, { headline: "This file was changed", next: /Use another copy/, code: "Tampered" });
    await waitForFiles(page, 0);
  });

  await t.test("the tab is closed in the middle", async () => {
    const left = await visit.newPage();
    await left.goto(visit.url("files/"));
    const letGo = await holdWhileWriting(visit, left, file);
    assert.equal(typeof letGo, "function");
    await left.close();
    await page.goto(visit.url("files/"));
    await waitForFiles(page, 0);
  });
});

/** Begins to encrypt and holds the job in the middle, with its result on the disk. */
async function holdWhileWriting(visit, page, file) {
  await page.getByLabel("Choose a file").setInputFiles(file.path);
  const letGo = await holdJobs(page);
  await button(page, "Encrypt").click();
  const before = (await onDisk(visit.page)).length;
  await waitForFiles(visit.page, Math.max(before, 1));
  return letGo;
}

test("a tab sweeps away what another has left, and nothing that another needs", async (t) => {
  const { visit, page, file } = await visitWithFile(t);
  await encrypt(visit, file.path);
  const other = await visit.newPage();
  await other.goto(visit.url("files/"));
  const sealed = await encrypt(visit, file.path, other);
  assert.equal((await onDisk(page)).length, 2);
  const again = await downloadResult(page, "large.bin is encrypted");
  assert.equal(again.bytes.length, sealed.bytes.length);
  await page.close();
  const third = await visit.newPage();
  await third.goto(visit.url("files/"));
  await waitForFiles(third, 1);
  assert.equal((await downloadResult(other, "large.bin is encrypted")).bytes.length, sealed.bytes.length);
  await other.close();
  await waitForFiles(third, 0);
});

test("a file that is still open when its tab has gone is removed as soon as it is closed", async (t) => {
  const visit = await open(t, { context: { bypassCSP: true } });
  const other = await visit.newPage();
  await other.goto(visit.url("files/"));
  await other.evaluate(async () => {
    const code = async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("waxseal-results", { create: true });
      const access = await (await folder.getFileHandle("left", { create: true })).createSyncAccessHandle();
      access.truncate(1000);
      onmessage = () => access.close();
      postMessage("open");
    };
    globalThis.holder = new Worker(URL.createObjectURL(new Blob([`(${code})()`])));
    await new Promise((opened) => (holder.onmessage = opened));
  });
  const { page } = visit;
  await page.goto(visit.url("files/"));
  await makeKey(visit, "results");
  assert.deepEqual(await onDisk(page), [1000], "nobody removes what is open");
  await other.evaluate(() => holder.postMessage("close"));
  await waitForFiles(page, 0);
});

test("a worker that fails in the middle leaves nothing on the private disk", async (t) => {
  const { visit, page, file } = await visitWithFile(t, LENGTH, 1);
  visit.expect(/a fault in the worker/);
  await page.goto(visit.url("files/"));
  await holdWhileWriting(visit, page, file);
  await page.workers()[0].evaluate(() => {
    setTimeout(() => {
      throw new Error("a fault in the worker");
    });
  });
  await page.getByRole("alert").first().waitFor();
  await page.goto(visit.url("keys/"));
  await waitForFiles(page, 0);
});

test("no space is left for a result", async (t) => {
  const { visit, page, file } = await visitWithFile(t);
  const session = await visit.context.newCDPSession(page);
  const { origin } = new URL(visit.url());
  const quota = (quotaSize) => session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize });

  await t.test("before it begins", async () => {
    await quota(20 * MIB);
    await beginEncrypting(visit, file.path);
    await expectFailure(page, NO_SPACE);
    await waitForFiles(page, 0);
  });
  await t.test("and there is again", async () => {
    await quota(undefined);
    await encrypt(visit, file.path);
  });
});

test("a disk that is taken away in the middle", async (t) => {
  const { visit, page, file } = await visitWithFile(t, LENGTH, 1);
  await page.goto(visit.url("files/"));
  const worker = await prefixDisk(page);
  const letGo = await holdWhileWriting(visit, page, file);
  await worker.evaluate(() => loseDisk());
  await letGo();
  await expectFailure(page, { headline: "The browser refused to store this", next: /Try again/, code: "StorageRefused" });
  await waitForFiles(page, 0);
});

/** Lets a test close the handle of the file that the worker writes, as a browser does whose disk goes away. */
async function prefixDisk(page) {
  const worker = await workerOf(page);
  await worker.evaluate(() => {
    const { createSyncAccessHandle } = FileSystemFileHandle.prototype;
    const opened = Promise.withResolvers();
    // A file is there a moment before it is open.
    globalThis.loseDisk = async () => (await opened.promise).close();
    FileSystemFileHandle.prototype.createSyncAccessHandle = async function () {
      const handle = await createSyncAccessHandle.call(this);
      opened.resolve(handle);
      return handle;
    };
  });
  return worker;
}

test("a file that changes while it is read", async (t) => {
  const { visit, page, file } = await visitWithFile(t, LENGTH, 1);
  await page.goto(visit.url("files/"));
  const letGo = await holdWhileWriting(visit, page, file);
  await truncate(file.path, LENGTH / 4);
  await letGo();
  await expectFailure(page, { headline: "The file cannot be read any more", next: /Choose the file again/, code: "FileUnreadable" });
  await waitForFiles(page, 0);
});

test("a key that is disabled in the middle: the file is finished, the next one refused", async (t) => {
  const { visit, page, file } = await visitWithFile(t, LENGTH, 1);
  await page.goto(visit.url("files/"));
  const letGo = await holdWhileWriting(visit, page, file);
  const other = await visit.newPage();
  await openKey(visit, "results", other);
  await button(other, "Disable").click();
  await other.getByRole("status").filter({ hasText: "The key is disabled." }).waitFor();
  await letGo();
  const sealed = await downloadResult(page, "large.bin is encrypted");
  await beginDecrypting(visit, await saveFile(t, "large.bin.esdk", sealed.bytes));
  await expectFailure(page, { headline: "This key is disabled", next: /^Enable the key/, code: "DisabledException" });
  await waitForFiles(page, 0);
});

test("a browser without a private disk", async (t) => {
  const { visit, page, file } = await visitWithFile(t);
  await prefixWorker(visit, "delete StorageManager.prototype.getDirectory;");
  const sealed = await encrypt(visit, file.path);
  assert.deepEqual(await onDisk(page), []);
  const opened = await decrypt(visit, await saveFile(t, "large.bin.esdk", sealed.bytes));
  assert.equal(sha256(opened.bytes), sha256(file.bytes));

  const sparse = await saveFile(t, "sparse.bin", "");
  await truncate(sparse, 1025 * MIB);
  await page.addInitScript(() => delete window.showSaveFilePicker);
  await beginEncrypting(visit, sparse);
  await expectFailure(page, NO_SPACE);
});

test("a large result goes straight to the place that was chosen", async (t) => {
  const { visit, page, file } = await visitWithFile(t, LARGE);
  await choosing(page);
  const inRoot = (page) => filesIn(page);

  await beginEncrypting(visit, file.path);
  await page.getByRole("heading", { name: "large.bin is encrypted" }).waitFor({ timeout: 120_000 });
  await page.getByText("It is where you chose to save it.").waitFor();
  assert.equal(await page.getByRole("link", { name: /^Download / }).count(), 0);
  assert.deepEqual(await onDisk(page), []);
  const message = await readChosen(page, "large.bin.esdk");
  // What is in a message is known when it is open: nobody is asked before.
  const opened = await decrypt(visit, await saveFile(t, "large.bin.esdk", message));
  assert.equal(sha256(opened.bytes), sha256(file.bytes));

  await t.test("nothing was chosen", async () => {
    await page.goto(visit.url("files/"));
    await page.getByLabel("Choose a file").setInputFiles(file.path);
    const asked = page.evaluate(() => new Promise((resolve) => (window.choice = (name) => resolve(name))));
    await button(page, "Encrypt").click();
    assert.match(await asked, /^sealed-[0-9a-f]{8}\.esdk$/);
    await button(page, "Encrypt").waitFor();
    assert.equal(await page.getByRole("progressbar").count(), 0);
  });
  await t.test("cancelled", async () => {
    // Lanes would go on while their worker is held.
    await processors(visit, 1);
    await page.goto(visit.url("files/"));
    await page.getByLabel("Choose a file").setInputFiles(file.path);
    await page.evaluate(() => (window.choice = () => "cancelled"));
    await holdJobs(page);
    await button(page, "Encrypt").click();
    // The message of before, the place that was chosen, and beside it what Chromium puts there in the end.
    assert.ok((await waitForFiles(page, 3, inRoot)).includes(0), "nothing of it is in its place");
    await button(page, "Cancel").click();
    await page.getByRole("status").filter({ hasText: "Cancelled." }).waitFor();
    await waitForFiles(page, 1, inRoot);
  });
});

/** The bytes of a file that was chosen. */
async function readChosen(page, name) {
  const save = async (name) => {
    const file = await (await (await navigator.storage.getDirectory()).getFileHandle(name)).getFile();
    Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name }).click();
  };
  return (await download(page, () => page.evaluate(save, name))).bytes;
}
