// Every error that people can meet and a test can cause: what it says, what to do next, and that nothing is lost.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { becomes, bytes, makeFile, open, saveFile, sha256 } from "./harness.mjs";
import {
  FRAME,
  MIB,
  beginDecrypting,
  button,
  choose,
  decrypt,
  downloadResult,
  encrypt,
  expectFailure,
  flow,
  frameAt,
  holdJobs,
  link,
  makeKey,
  openKey,
  parseHeader,
  prefixWorker,
  reachReview,
  scheduleDeletion,
  title,
  uncommitted,
  workerOf,
} from "./steps.mjs";
import { damage } from "./vault.mjs";

const LENGTH = MIB + 1000;
const CLOSED_PAGES = ["", "files/", "keys/", "keys/new/"];

/** A vault with a key, and a message of five frames under it. */
async function visitWithMessage(t, alias = "errors") {
  const visit = await open(t);
  await makeKey(visit, alias);
  const file = await makeFile(t, "report.pdf", LENGTH);
  const { bytes: message } = await encrypt(visit, file.path);
  return { visit, page: visit.page, file, message };
}

/** Has the page decrypt a message that is not what it was. */
async function decryptChanged(t, visit, change, message) {
  const changed = change(Buffer.from(message));
  await beginDecrypting(visit, await saveFile(t, "changed.esdk", changed));
}

// --- files ------------------------------------------------------------

test("a file that is no message", async (t) => {
  const visit = await open(t);
  const { path } = await makeFile(t, "holiday.jpg", 5000);
  await beginDecrypting(visit, path);
  await expectFailure(visit.page, {
    headline: "This is not an encrypted file",
    says: ["It does not begin like an AWS Encryption SDK message"],
    next: "Choose the encrypted file, or encrypt this one.",
    code: "NotAMessage",
  });
  await button(visit.page, "Back to this file").click();
  await visit.page.getByRole("radio", { name: "Encrypt it" }).check();
});

test("the base64 text of a message", async (t) => {
  const { visit, page, file, message } = await visitWithMessage(t);
  const text = message.toString("base64").replace(/.{76}/g, "$&\n");
  const path = await saveFile(t, "report.pdf.esdk.b64", text);
  await choose(visit, path);
  await page.getByText("looks like an encrypted file, written as base64 text").waitFor();
  await button(page, "Decrypt").click();
  await expectFailure(page, {
    headline: "This is the text form of an encrypted file",
    says: ["as base64 text, not as bytes"],
    next: /^Have it decoded with the button below/,
    code: "Base64Message",
  });
  await button(page, "Decode the text").click();
  await button(page, "Decrypt").click();
  const opened = await downloadResult(page, /is decrypted, and every byte verified$/);
  assert.deepEqual([opened.name, sha256(opened.bytes)], ["report.pdf", sha256(file.bytes)]);
});

test("a message whose key is in another browser", async (t) => {
  const { message } = await visitWithMessage(t, "elsewhere");
  const visit = await open(t);
  await makeKey(visit, "here");
  const path = await saveFile(t, "report.pdf.esdk", message);
  await beginDecrypting(visit, path);
  const [{ info: arn }] = parseHeader(message).keys;
  await expectFailure(visit.page, {
    headline: "The key for this file is not in this browser",
    says: [`Only the key ${arn} can open this file`],
    next: /that has this key, or restore a backup that has it/,
    way: "See the keys in this browser",
    code: "KeyNotHere",
  });
  await link(visit.page, "See the keys in this browser").click();
  await link(visit.page, "here").waitFor();
});

test("a message of a suite without key commitment, which can be opened all the same", async (t) => {
  const visit = await open(t);
  await beginDecrypting(visit, await saveFile(t, "old.esdk", await uncommitted()));
  await expectFailure(visit.page, {
    headline: "This message does not commit to its key",
    says: ["0x0178 (AES-256-GCM, HKDF-SHA-256), which does not commit to its key"],
    next: "Open it only if you trust where it comes from",
    code: "NotCommitting",
  });
  await button(visit.page, "I trust where this file comes from: decrypt it").click();
  // It is read now, up to the key that could open it.
  await expectFailure(visit.page, {
    headline: "The key for this file is not in this browser",
    next: /that has this key, or restore a backup that has it/,
    code: "KeyNotHere",
  });
});

test("a message under a key of the user's own, which opens it", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const vectors = new URL("../vectors/esdk_python_4.0.7_raw_aes.json", import.meta.url);
  const { keys, tests } = JSON.parse(await readFile(vectors, "utf8"));
  const message = tests.find(({ suite, plaintext_len, keys }) => suite === "0478" && plaintext_len > 1000 && keys.length === 1);
  const [name] = message.keys;
  await choose(visit, await saveFile(t, "elsewhere.esdk", Buffer.from(message.message_b64, "base64")));
  await page.getByText("It was encrypted under a key of yours").click();
  await page.getByLabel("Key namespace").fill(message.provider_id);
  await page.getByLabel("Key", { exact: true }).fill("not a key");
  await page.getByText("Namespace and name are those that the file has").waitFor();
  await page.getByLabel("Key name", { exact: true }).fill(name);
  await page.getByText("This is neither hexadecimal nor base64").waitFor();
  await page.getByLabel("Key", { exact: true }).fill("00".repeat(32));
  await button(page, "Decrypt").click();
  await page.getByRole("alert").waitFor();
  await button(page, "Back to this file").click();
  await page.getByText("It was encrypted under a key of yours").click();
  await page.getByLabel("Key", { exact: true }).fill(keys[name]);
  await button(page, "Decrypt").click();
  const opened = await downloadResult(page, /is decrypted, and every byte verified$/);
  assert.equal(sha256(opened.bytes), message.plaintext_sha256);
});

test("a message whose key is disabled", async (t) => {
  const { visit, page, file, message } = await visitWithMessage(t);
  const path = await saveFile(t, "report.pdf.esdk", message);
  await openKey(visit, "errors");
  await button(page, "Disable").click();
  await page.getByRole("status").filter({ hasText: "The key is disabled." }).waitFor();
  await beginDecrypting(visit, path);
  await expectFailure(page, {
    headline: "This key is disabled",
    says: [parseHeader(message).keys[0].info],
    next: /^Enable the key on its page, then try again/,
    way: "Open the key",
    code: "DisabledException",
  });
  await flow(page).getByText("KMS says no, and sends back only the reason.").first().waitFor();
  await link(page, "Open the key").click();
  await button(page, "Enable").click();
  await page.getByRole("status").filter({ hasText: "The key is enabled." }).waitFor();
  assert.equal(sha256((await decrypt(visit, path)).bytes), sha256(file.bytes));
});

test("a message whose key waits for its deletion", async (t) => {
  const { visit, page, file, message } = await visitWithMessage(t);
  const path = await saveFile(t, "report.pdf.esdk", message);
  await openKey(visit, "errors");
  await scheduleDeletion(page, "errors");
  await beginDecrypting(visit, path);
  await expectFailure(page, {
    headline: "The key’s state does not allow this",
    says: [/pending deletion/i],
    next: /cancel the deletion, then enable it/,
    way: "Open the key",
    code: "KMSInvalidStateException",
  });
  await link(page, "Open the key").click();
  await button(page, "Cancel the deletion").click();
  await page.getByText("The key comes back disabled.").waitFor();
  await button(page, "Enable it").click();
  await page.getByRole("status").filter({ hasText: "The key is enabled." }).waitFor();
  assert.equal(sha256((await decrypt(visit, path)).bytes), sha256(file.bytes));
});

test("a message that was changed, cut short, or added to", async (t) => {
  const { visit, page, message } = await visitWithMessage(t);
  const flip = (at) => (message) => {
    message[at] ^= 1;
    return message;
  };
  const changed = { headline: "This file was changed", next: /Use another copy of the encrypted file/, code: "Tampered" };

  await t.test("in its third frame", async (t) => {
    await decryptChanged(t, visit, flip(frameAt(message, 3) + 100), message);
    await expectFailure(page, { ...changed, says: ["Frame 3 is not what was written"] });
    await flow(page).getByText("Frame 3 does not verify. The 2 frames before it did, and yet nothing was released.").waitFor();
  });

  await t.test("in its last bit", async (t) => {
    await decryptChanged(t, visit, flip(message.length - 1), message);
    await expectFailure(page, { ...changed, says: ["Frame 5 is not what was written"] });
  });

  await t.test("in its header", async (t) => {
    await decryptChanged(t, visit, flip(parseHeader(message).length - 1), message);
    await expectFailure(page, { ...changed, says: [/header/i] });
  });

  await t.test("two frames in the wrong order", async (t) => {
    const swap = (message) => {
      const [first, second, third] = [1, 2, 3].map((frame) => frameAt(message, frame) - 16);
      const parts = [[0, first], [second, third], [first, second], [third]];
      return Buffer.concat(parts.map(([from, to]) => message.subarray(from, to)));
    };
    await decryptChanged(t, visit, swap, message);
    await expectFailure(page, { ...changed, says: ["Frame 1 "] });
  });

  await t.test("cut in its second frame", async (t) => {
    await decryptChanged(t, visit, (message) => message.subarray(0, frameAt(message, 2) + FRAME / 2), message);
    await expectFailure(page, {
      headline: "The file is cut short",
      says: ["it stops in frame 2"],
      next: /Copy or download the encrypted file again, to its last byte/,
      code: "Truncated",
    });
  });

  await t.test("cut in its header", async (t) => {
    await decryptChanged(t, visit, (message) => message.subarray(0, 100), message);
    await expectFailure(page, {
      headline: "The file is cut short",
      says: ["The file ends before its message does."],
      next: /Copy or download the encrypted file again/,
      code: "Truncated",
    });
  });

  await t.test("with more behind its end", async (t) => {
    await decryptChanged(t, visit, (message) => Buffer.concat([message, bytes(7)]), message);
    await expectFailure(page, {
      headline: "Something follows the end of the message",
      says: ["7 bytes follow the end of this message"],
      next: /Use an unchanged copy, or cut off what was appended/,
      code: "TrailingBytes",
    });
  });
});

// --- the browser ------------------------------------------------------

test("no space is left to store a key", async (t) => {
  const visit = await open(t);
  await makeKey(visit, "first");
  // Chromium asks for the quota once and then only when it is nearly used up.
  await visit.restart();
  const { page } = visit;
  const devtools = await visit.context.newCDPSession(page);
  const { origin } = new URL(visit.url());
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  await page.goto(visit.url("keys/new/"));
  await reachReview(page, "second");
  await button(page, "Make the key").click();
  const full = {
    headline: "There is no space left to store this",
    says: [/no room left to store the change, so nothing was changed/],
    next: "Free some space on the disk, then try again.",
    way: "Try again",
    code: "StorageFull",
  };
  await expectFailure(page, full);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  await button(page, "Try again").click();
  await title(page, "second is sealed").waitFor();
  await page.goto(visit.url("keys/"));
  await link(page, "first").waitFor();
  await becomes(() => page.getByRole("list").getByText("Enabled").count(), 2, "the refused key was not made");
});

test("site data that is deleted while the page is open", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "lost");
  await page.goto(visit.url("keys/"));
  await link(page, "lost").waitFor();
  const devtools = await visit.context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: new URL(visit.url()).origin, storageTypes: "all" });
  await expectFailure(page, { ...missing, says: ["The keys stored in this browser were deleted while this page was open."] });
  await button(page, "Load this page again").click();
  await link(page, "Make your first key").waitFor();
  await makeKey(visit, "found");
});

test("a browser that blocks what sites store", async (t) => {
  const BLOCK = 2;
  const visit = await open(t, { settings: { profile: { default_content_setting_values: { cookies: BLOCK } } } });
  for (const route of CLOSED_PAGES) {
    await visit.page.goto(visit.url(route));
    if (route === "files/") await visit.page.getByLabel("Choose a file").setInputFiles((await makeFile(t, "a.txt", 10)).path);
    await expectFailure(visit.page, missing);
  }
  await visit.page.getByText("The vault is closed").waitFor();
});

const missing = {
  headline: "What is stored in this browser cannot be reached",
  says: [/IndexedDB is missing or blocked/],
  next: "Load this page again. If that does not help, open it in an ordinary window, or allow site data for it.",
  way: "Load this page again",
  code: "StorageMissing",
};

test("a browser without IndexedDB", async (t) => {
  const visit = await open(t);
  await prefixWorker(visit, `Object.defineProperty(globalThis, "indexedDB", { value: undefined });`);
  for (const route of CLOSED_PAGES.filter((route) => route !== "files/")) {
    await visit.page.goto(visit.url(route));
    await expectFailure(visit.page, missing);
  }
});

test("an address without https, where browsers have no WebCrypto", async (t) => {
  const visit = await open(t, {
    context: { args: ["--host-resolver-rules=MAP waxseal.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] },
  });
  visit.expect(/^foreign request: http:\/\/waxseal\.test:/);
  visit.expect(/Cross-Origin-Opener-Policy header has been ignored/);
  const url = new URL(visit.url("keys/"));
  url.hostname = "waxseal.test";
  await visit.page.goto(url.href);
  assert.equal(await visit.page.evaluate(() => isSecureContext), false);
  await expectFailure(visit.page, {
    headline: "The browser’s cryptography is not available",
    says: [/WebCrypto|https/],
    next: "Open this page by its https address.",
    code: "CryptoMissing",
  });
});

test("a database from a newer version", async (t) => {
  const visit = await open(t);
  const newer = {
    headline: "What is stored here is from a newer version",
    next: "Load the page again to get the newer version. Your keys are safe and were not changed.",
    way: "Load this page again",
    code: "DatabaseNewer",
  };
  await makeKey(visit, "old");
  await visit.page.goto(visit.url("keys/"));
  await link(visit.page, "old").waitFor();
  const other = await visit.newPage();
  await other.goto(visit.url("404.html"));
  await other.evaluate(openNewer);
  await expectFailure(visit.page, newer);
  await visit.page.getByText("The vault is closed").waitFor();
  await other.goto(visit.url("keys/"));
  await expectFailure(other, newer);
  await other.goto(visit.url("404.html"));
  assert.ok(await other.evaluate(countKeys), "the key is still stored");
});

/** Runs in the page: what a newer version would do, while this one may be open in another tab. */
function openNewer() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("waxseal-vault", 99);
    request.onsuccess = () => resolve(request.result.close());
    request.onerror = () => reject(request.error);
  });
}

/** Runs in the page. */
function countKeys() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("waxseal-vault");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const count = request.result.transaction("keys").objectStore("keys").count();
      count.onsuccess = () => resolve(count.result);
    };
  });
}

test("a stored record that was damaged", async (t) => {
  const visit = await open(t);
  await makeKey(visit, "damaged");
  await visit.page.goto(visit.url("404.html"));
  await visit.page.evaluate(damage);
  await visit.page.goto(visit.url("keys/"));
  await expectFailure(visit.page, {
    headline: "A stored record cannot be read",
    next: /^Restore a backup in its place, or the browser profile from a copy/,
    way: "Restore a backup",
    code: "DatabaseDamaged",
  });
});

const stopped = {
  headline: "The worker that keeps your keys has stopped",
  next: "Start it again. Your keys are still there.",
  way: "Start the worker again",
  code: "WorkerCrashed",
};

test("a worker whose script cannot be loaded", async (t) => {
  const visit = await open(t);
  visit.expect(/status of 404/);
  await makeKey(visit, "kept");
  await visit.context.route(/\/worker-[0-9a-f]+\.js$/, (route) => route.fulfill({ status: 404 }));
  await visit.page.goto(visit.url("keys/"));
  await expectFailure(visit.page, stopped);
  await visit.context.unrouteAll();
  await button(visit.page, "Start the worker again").click();
  await link(visit.page, "kept").waitFor();
});

test("a worker that fails in the middle of a job", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  visit.expect(/a fault in the worker/);
  await makeKey(visit, "kept");
  const file = await makeFile(t, "large.bin", 8 * MIB);
  await page.goto(visit.url("files/"));
  await holdJobs(page, { frames: 20 });
  await page.getByLabel("Choose a file").setInputFiles(file.path);
  await button(page, "Encrypt").click();
  await page.getByRole("progressbar").waitFor();
  await (await workerOf(page)).evaluate(() => {
    setTimeout(() => {
      throw new Error("a fault in the worker");
    });
  });
  await expectFailure(page, stopped);
  await button(page, "Start the worker again").click();
  await button(page, "Back to this file").click();
  await button(page, "Encrypt").click();
  await page.getByRole("link", { name: /^Download sealed-/ }).waitFor();
});

test("a tab that is closed in the middle of an encryption leaves no file, and the vault works", async (t) => {
  const visit = await open(t);
  await makeKey(visit, "closed");
  const file = await makeFile(t, "large.bin", 8 * MIB);
  const tab = await visit.newPage();
  const downloads = [];
  tab.on("download", (download) => downloads.push(download));
  await tab.goto(visit.url("files/"));
  await holdJobs(tab, { frames: 20 });
  await tab.getByLabel("Choose a file").setInputFiles(file.path);
  await button(tab, "Encrypt").click();
  await tab.getByRole("progressbar").waitFor();
  await tab.close();
  assert.deepEqual(downloads, []);
  assert.deepEqual(await visit.page.evaluate(storedFiles), []);
  const sealed = await encrypt(visit, file.path);
  const opened = await decrypt(visit, await saveFile(t, sealed.name, sealed.bytes));
  assert.equal(sha256(opened.bytes), sha256(file.bytes));
});

/** Runs in the page: the names of the files in the origin's private file system. */
async function storedFiles() {
  const names = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
  return names;
}

// --- names ------------------------------------------------------------

test("an alias that is taken is refused before anything is made", async (t) => {
  const visit = await open(t);
  await makeKey(visit, "taken");
  await visit.page.goto(visit.url("keys/new/"));
  await visit.page.getByLabel("Alias", { exact: true }).fill("taken");
  await button(visit.page, "Continue").click();
  const alias = visit.page.getByLabel("Alias", { exact: true });
  await alias.and(visit.page.locator("[aria-invalid=true]")).waitFor();
  await becomes(() => alias.evaluate((field) => field === document.activeElement), true, "the focus is where the mistake is");
  await alias.fill("free");
  await button(visit.page, "Continue").click();
  await visit.page.getByText("Step 2 of 5").waitFor();
});

test("an alias that another tab takes at the last moment costs no key", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await page.goto(visit.url("keys/new/"));
  await page.getByLabel("Alias", { exact: true }).waitFor();
  await (await workerOf(page)).evaluate(hearNothing);
  await reachReview(page, "contested");
  const other = await visit.newPage();
  await makeKey(visit, "contested", other);
  await button(page, "Make the key").click();
  await title(page, "The key is made, but has no name yet").waitFor();
  await expectFailure(page, {
    headline: "This name is taken",
    says: [/alias\/contested/],
    next: /^Choose another alias/,
    code: "AlreadyExistsException",
  });
  await page.getByLabel("Another alias").fill("uncontested");
  await button(page, "Give it this name").click();
  await title(page, "uncontested is sealed").waitFor();
  await other.goto(visit.url("keys/"));
  await link(other, "contested").waitFor();
  await link(other, "uncontested").waitFor();
});

/** Runs in a worker: the news of what other tabs have changed comes too late. */
function hearNothing() {
  const post = self.postMessage;
  self.postMessage = (message, transfer) => {
    if (JSON.parse(message.frame) !== "changed") post.call(self, message, transfer);
  };
}
