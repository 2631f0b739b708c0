// Many files and folders: names that travel inside, a queue, and what goes wrong in the middle of it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { promisify } from "node:util";
import { becomes, bytes, download, filesIn, makeFile, open, saveFile, sha256, soon } from "./harness.mjs";
import { MIB, button, choose, holdJobs, makeKey, openKey, parseHeader, processors } from "./steps.mjs";

const run = promisify(execFile);

/** When the files of a folder were changed, in seconds. */
const CHANGED = 1_700_000_123.456;

/** A folder of files, gone with the test: `{ "letters/may.txt": 1000 }` says path and length. */
async function makeFolder(t, lengths) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "waxseal-folder-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const files = {};
  for (const [n, [name, length]] of Object.entries(lengths).entries()) {
    files[name] = bytes(length, n + 1);
    const place = path.join(folder, name);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, files[name]);
    await utimes(place, CHANGED, CHANGED);
  }
  return { folder, files, top: (name) => path.join(folder, name) };
}

const LETTERS = { "letters/may.txt": 1000, "letters/2026/späth 文件.txt": 300_000, "letters/empty.txt": 0 };

const rows = (page) => page.locator(".queue-row");
const row = (page, name) => rows(page).filter({ hasText: name });
const headline = (page, words) => page.getByRole("heading", { level: 2, name: words, exact: true });

/** Chooses a folder on the file page. */
async function chooseFolder(visit, folder, page = visit.page) {
  await page.goto(visit.url("files/"));
  await page.getByLabel("Choose a folder").setInputFiles(folder);
  await rows(page).first().waitFor();
}

/** Chooses several files on the file page. */
async function chooseFiles(visit, paths, page = visit.page) {
  await page.goto(visit.url("files/"));
  await page.getByLabel("Choose a file").setInputFiles(paths);
  await rows(page).first().waitFor();
}

/** Downloads what the rows offer, of which there are so many. */
async function downloads(page, count = 1) {
  const results = [];
  const links = page.getByRole("link", { name: /^Download / });
  await becomes(() => links.count(), count);
  for (let n = 0; n < count; n += 1) results.push(await download(page, () => links.nth(n).click()));
  return results;
}

/** Saves results as files, gone with the test, and returns their paths. */
const saveAll = (t, results) => Promise.all(results.map(({ name, bytes }) => saveFile(t, name, bytes)));

/** A headless browser cannot show its picker for folders: it is replaced by a folder of the private disk. */
const pickFolder = (page) =>
  page.addInitScript(() => {
    window.showDirectoryPicker = async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle("saved", { create: true });
  });

/** What was saved in that folder: path → SHA-256. */
const saved = (page) =>
  page.evaluate(async () => {
    const found = {};
    const walk = async (folder, before) => {
      for await (const entry of folder.values()) {
        const name = before + entry.name;
        if (entry.kind === "directory") await walk(entry, `${name}/`);
        else {
          // What is being written has another name for a moment, and may be gone by now.
          const bytes = await entry.getFile().then((file) => file.arrayBuffer()).catch(() => undefined);
          if (!bytes) continue;
          const digest = await crypto.subtle.digest("SHA-256", bytes);
          found[name] = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        }
      }
    };
    await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("saved", { create: true }), "");
    return found;
  });

const digests = (files) => Object.fromEntries(Object.entries(files).map(([name, content]) => [name, sha256(content)]));

test("a folder goes in, a message for each file comes out, and all of it comes back", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await pickFolder(page);
  await makeKey(visit, "letters");
  const { files, top } = await makeFolder(t, LETTERS);
  await chooseFolder(visit, top("letters"));
  await button(page, "Encrypt 3 files").click();
  await headline(page, "3 files done").waitFor();

  const messages = await downloads(page, 3);
  for (const { name, bytes: message } of messages) {
    assert.match(name, /^sealed-[0-9a-f]{8}\.esdk$/);
    assert.equal(message.subarray(0, 3).toString("hex"), "020478");
    // Long enough not to be in random bytes by chance.
    for (const word of ["letters", "may.txt", "sp\u00e4th", "empty"]) assert.ok(!message.includes(word), `${word} is told`);
  }
  assert.equal(new Set(messages.map(({ name }) => name)).size, 3);

  await chooseFiles(visit, await saveAll(t, messages));
  await button(page, "Decrypt 3 files").click();
  await headline(page, "3 files done").waitFor();
  await button(page, "Save all in a folder…").click();
  await page.getByRole("status").filter({ hasText: "3 files saved." }).waitFor();
  assert.deepEqual(await saved(page), digests(files));

  await t.test("what has the name already stays", async () => {
    await button(page, "Save all in a folder…").click();
    const twice = Object.entries(digests(files)).flatMap(([name, digest]) => [
      [name, digest],
      [name.replace(".txt", " (2).txt"), digest],
    ]);
    // The status says of the first time that all is saved until the second begins.
    await soon("each file twice", async () => isDeepStrictEqual(await saved(page), Object.fromEntries(twice)));
  });
});

test("a folder becomes one archive that any tar opens", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await pickFolder(page);
  await makeKey(visit, "letters");
  const { files, top } = await makeFolder(t, LETTERS);
  await chooseFolder(visit, top("letters"));
  await page.getByRole("radio", { name: "All in one encrypted archive" }).check();
  await button(page, "Encrypt 3 files").click();
  await headline(page, "3 files are encrypted").waitFor();
  const [message] = await downloads(page);
  assert.match(message.name, /^sealed-[0-9a-f]{8}\.esdk$/);
  assert.ok(!message.bytes.includes("letters"));

  await t.test("with its files, times and nothing else", async (t) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "waxseal-untar-"));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const archive = await plaintext(visit, message.bytes);
    await writeFile(path.join(folder, "a.tar"), archive);
    const env = { ...process.env, LC_ALL: "C.UTF-8" };
    const { stdout, stderr } = await run("tar", ["-tf", "a.tar", "--quoting-style=literal"], { cwd: folder, env });
    assert.equal(stderr, "");
    assert.deepEqual(stdout.trim().split("\n").sort(), Object.keys(files).sort());
    await run("tar", ["-xf", "a.tar"], { cwd: folder, env });
    for (const [name, content] of Object.entries(files)) {
      assert.equal(sha256(await readFile(path.join(folder, name))), sha256(content), name);
      assert.equal(Math.round((await stat(path.join(folder, name))).mtimeMs), CHANGED * 1000, name);
    }
  });

  await t.test("and the page gives its files back", async (t) => {
    await choose(visit, await saveFile(t, message.name, message.bytes));
    await button(page, "Decrypt").click();
    await headline(page, "3 files are decrypted, and every byte verified").waitFor();
    await button(page, "Save all in a folder…").click();
    await page.getByRole("status").filter({ hasText: "3 files saved." }).waitFor();
    assert.deepEqual(await saved(page), digests(files));
  });
});

/** The plaintext of a message of the page: the flow view's own output, so the archive as it is. */
async function plaintext(visit, message) {
  const page = await visit.newPage();
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (...parameters) {
      this.addEventListener("message", ({ data }) => data.file && (globalThis.result = data.file));
      return postMessage.apply(this, parameters);
    };
  });
  await page.goto(visit.url("files/"));
  const file = { name: "m.esdk", mimeType: "", buffer: message };
  await page.getByLabel("Choose a file").setInputFiles(file);
  await button(page, "Decrypt").click();
  await page.getByRole("heading", { name: /every byte verified$/ }).waitFor();
  const encoded = await page.evaluate(async () => {
    const content = new Uint8Array(await globalThis.result.arrayBuffer());
    return btoa(Array.from(content, (byte) => String.fromCharCode(byte)).join(""));
  });
  await page.close();
  return Buffer.from(encoded, "base64");
}

test("one file with its name hidden, and with its name in sight", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const file = await makeFile(t, "holiday.jpg", 70_000);
  for (const [hidden, name] of [[true, /^sealed-[0-9a-f]{8}\.esdk$/], [false, /^holiday\.jpg\.esdk$/]]) {
    await choose(visit, file.path);
    await page.getByRole("checkbox", { name: "Hide the name" }).setChecked(hidden);
    await button(page, "Encrypt").click();
    await headline(page, "holiday.jpg is encrypted").waitFor();
    const [sealed] = await downloads(page);
    assert.match(sealed.name, name);
    await choose(visit, await saveFile(t, sealed.name, sealed.bytes));
    await button(page, "Decrypt").click();
    await headline(page, `${hidden ? "holiday.jpg" : sealed.name} is decrypted, and every byte verified`).waitFor();
    const [opened] = await downloads(page);
    assert.equal(opened.name, "holiday.jpg");
    assert.deepEqual(opened.bytes, file.bytes);
  }
});

test("messages and other files in one queue", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const { files, top } = await makeFolder(t, { "a.txt": 10, "b.txt": 20, "c.txt": 30 });
  await chooseFiles(visit, [top("a.txt"), top("b.txt")]);
  await button(page, "Encrypt 2 files").click();
  await headline(page, "2 files done").waitFor();
  const messages = await saveAll(t, await downloads(page, 2));
  await chooseFiles(visit, [...messages, top("c.txt")]);
  await button(page, "Encrypt 1 file and decrypt 2").click();
  await headline(page, "3 files done").waitFor();
  const results = await downloads(page, 3);
  assert.deepEqual(results.slice(0, 2).map(({ name }) => name), ["a.txt", "b.txt"]);
  assert.deepEqual(results[1].bytes, files["b.txt"]);
  assert.match(results[2].name, /^sealed-/);

  await t.test("either can be left out", async () => {
    await chooseFiles(visit, [...messages, top("c.txt")]);
    await page.getByRole("checkbox", { name: "Encrypt 1 file" }).uncheck();
    await button(page, "Decrypt 2 files").click();
    await headline(page, "2 files done").waitFor();
  });
});

test("several keys, each of which opens the file", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  for (const alias of ["first", "second", "third"]) await makeKey(visit, alias);
  const file = await makeFile(t, "shared.txt", 100);
  await choose(visit, file.path);
  await page.getByText("Also let other keys open it").click();
  await page.getByRole("checkbox", { name: "third" }).check();
  await button(page, "Encrypt").click();
  const [sealed] = await (await headline(page, "shared.txt is encrypted").waitFor(), downloads(page));
  assert.equal(parseHeader(sealed.bytes).keys.length, 2);
  await openKey(visit, "first");
  await button(page, "Disable").click();
  await page.getByRole("status").filter({ hasText: "The key is disabled." }).waitFor();
  await choose(visit, await saveFile(t, sealed.name, sealed.bytes));
  await button(page, "Decrypt").click();
  await headline(page, "shared.txt is decrypted, and every byte verified").waitFor();
});

/** A queue of files that stands still in the middle of the first. */
async function heldQueue(t, lengths = { "a.bin": 20 * MIB, "b.bin": 1000, "c.bin": 1000 }) {
  const visit = await open(t);
  await processors(visit, 1);
  await makeKey(visit, "letters");
  const folder = await makeFolder(t, lengths);
  await chooseFiles(visit, Object.keys(lengths).map(folder.top));
  const letGo = await holdJobs(visit.page);
  await button(visit.page, `Encrypt ${Object.keys(lengths).length} files`).click();
  await row(visit.page, "a.bin").getByText(/^working, \d+ % encrypted$/).waitFor();
  return { visit, page: visit.page, letGo, ...folder };
}

const nothingOnDisk = (page) => soon("an empty private disk", async () => (await filesIn(page, "waxseal-results")).length === 0);

test("one file of a queue is cancelled while it is worked on, another before", async (t) => {
  const { page, letGo } = await heldQueue(t);
  await button(page, "Cancel b.bin").click();
  await row(page, "b.bin").getByText("Cancelled. Nothing was written.").waitFor();
  await button(page, "Cancel a.bin").click();
  await letGo();
  await headline(page, "1 file done, 2 cancelled").waitFor();
  await downloads(page);
  await nothingOnDisk(page);
  await button(page, "Try the others again").click();
  await headline(page, "3 files done").waitFor();
});

test("all of a queue is cancelled", async (t) => {
  const { page, letGo } = await heldQueue(t);
  await button(page, "Cancel all").click();
  await letGo();
  await headline(page, "0 files done, 3 cancelled").waitFor();
  assert.equal(await page.getByRole("link", { name: /^Download / }).count(), 0);
  await nothingOnDisk(page);
});

test("a queue that is paused stands still in the middle of a file, until it goes on", async (t) => {
  const { page, letGo } = await heldQueue(t, { "a.bin": 60 * MIB, "b.bin": 1000, "c.bin": 1000 });
  await button(page, "Pause").click();
  await headline(page, "Paused").waitFor();
  await letGo();
  // What had begun comes to its end, however slow the machine. The whole file would not take long, and then it would say so.
  const encrypted = () => row(page, "a.bin").getByText(/^paused, \d+ % encrypted$/).innerText();
  for (let before; before !== (before = await encrypted()); ) await page.waitForTimeout(1000);
  await row(page, "b.bin").getByText("waiting").waitFor();
  await button(page, "Go on").click();
  await headline(page, "3 files done").waitFor();
});

test("a queue that is paused can be cancelled", async (t) => {
  const { page, letGo } = await heldQueue(t);
  await button(page, "Pause").click();
  await letGo();
  await button(page, "Cancel all").click();
  await headline(page, "0 files done, 3 cancelled").waitFor();
  await nothingOnDisk(page);
});

test("a key that is disabled in the middle: that file says so, and what another key opens goes on", async (t) => {
  const { visit, page, letGo } = await heldQueue(t);
  const other = await visit.newPage();
  await openKey(visit, "letters", other);
  await button(other, "Disable").click();
  await other.getByRole("status").filter({ hasText: "The key is disabled." }).waitFor();
  await letGo();
  await headline(page, "1 file done, 2 failed").waitFor();
  await row(page, "b.bin").getByText("This key is disabled").waitFor();
  await button(other, "Enable").click();
  await other.getByRole("status").filter({ hasText: "The key is enabled." }).waitFor();
  await button(page, "Try the others again").click();
  await headline(page, "3 files done").waitFor();
});

test("a file that changes in the middle fails alone", async (t) => {
  const { page, letGo, top } = await heldQueue(t);
  await truncate(top("a.bin"), MIB);
  await letGo();
  await headline(page, "2 files done, 1 failed").waitFor();
  await row(page, "a.bin").getByText("The file cannot be read any more").waitFor();
  await nothingOnDisk(page);
});

test("a worker that dies in the middle takes its file with it, and neither the others nor results on the disk", async (t) => {
  const { visit, page, letGo, files } = await heldQueue(t, { "a.bin": 20 * MIB, "b.bin": 20 * MIB, "c.bin": 1000 });
  visit.expect(/a fault in the worker/);
  // Each of the large files has 81 frames, and those of the first are under way: the hundredth from here is one of the second.
  await page.workers()[0].evaluate(() => {
    const { encrypt } = SubtleCrypto.prototype;
    let left = 100;
    SubtleCrypto.prototype.encrypt = function (...parameters) {
      if ((left -= 1) > 0) return encrypt.apply(this, parameters);
      setTimeout(() => {
        throw new Error("a fault in the worker");
      });
      return new Promise(() => {});
    };
  });
  await letGo();
  await headline(page, "2 files done, 1 failed").waitFor();
  await row(page, "b.bin").getByText(/stopped/).waitFor();
  const [a] = await downloads(page, 2);
  assert.ok(a.bytes.length > files["a.bin"].length, "what was on the disk is still there");
  assert.deepEqual(await filesIn(page, "waxseal-results"), [a.bytes.length]);
  await button(page, "Put away").click();
  await page.reload();
  await nothingOnDisk(page);
});

test("no space is left for one of the files", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const { top } = await makeFolder(t, { "a.bin": 1000, "large.bin": 40 * MIB, "z.bin": 1000 });
  const session = await visit.context.newCDPSession(page);
  await chooseFiles(visit, ["a.bin", "large.bin", "z.bin"].map(top));
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(visit.url()).origin, quotaSize: 20 * MIB });
  await button(page, "Encrypt 3 files").click();
  await headline(page, "2 files done, 1 failed").waitFor();
  await row(page, "large.bin").getByText("There is no space left to store this").waitFor();
  await nothingOnDisk(page);
});

test("a page with a hundred files answers at once while it encrypts", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const lengths = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`many/${String(n).padStart(3, "0")}.bin`, n === 50 ? 64 * MIB : 1.5 * MIB]));
  const { top } = await makeFolder(t, lengths);
  // A machine that does other work besides may hold up a press; not in each of three rounds.
  const rounds = [];
  while (rounds.length < 3 && !rounds.some((longest) => longest < 100)) {
    rounds.push(await encryptHundred(visit, top("many"), t));
  }
  assert.ok(rounds.some((longest) => longest < 100), `key presses waited ${rounds.join(", ")} ms`);
});

/** Encrypts the hundred files of a folder while keys are pressed. Returns the longest wait of a key in milliseconds. */
async function encryptHundred(visit, folder, t) {
  const { page } = visit;
  await chooseFolder(visit, folder);
  await page.evaluate(() => {
    globalThis.delays = [];
    const observer = new PerformanceObserver((list) => {
      for (const { name, duration, processingStart, startTime } of list.getEntries()) {
        if (name === "keydown") delays.push([processingStart - startTime, duration]);
      }
    });
    observer.observe({ type: "event", durationThreshold: 16, buffered: true });
    globalThis.presses = 0;
    addEventListener("keydown", () => (presses += 1));
  });
  await button(page, "Encrypt 100 files").click();
  await headline(page, "Working on your files").waitFor();
  const done = headline(page, "100 files done");
  let seen = false;
  done.waitFor({ timeout: 240_000 }).then(() => (seen = true));
  while (!seen) await page.keyboard.press("Tab");
  const { delays, presses } = await page.evaluate(() => ({ delays, presses }));
  const most = (n) => Math.max(0, ...delays.map((delay) => delay[n]));
  t.diagnostic(`${presses} key presses; longest input delay ${most(0).toFixed(0)} ms, to the next frame ${most(1)} ms`);
  assert.ok(presses > 50, `${presses} key presses`);
  await button(page, "Put away").click();
  return most(0);
}

test("ten thousand files do not become ten thousand rows", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  await page.goto(visit.url("files/"));
  await page.getByText("Drop files or a folder here").waitFor();
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    for (let n = 0; n < 10_000; n += 1) transfer.items.add(new File([`${n}`], `${n}.txt`));
    const input = document.querySelector("input[type=file]");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await rows(page).first().waitFor({ timeout: 60_000 });
  assert.equal(await rows(page).count(), 100);
  await button(page, "Show 100 more of 9,900").click();
  await page.waitForFunction(() => document.querySelectorAll(".queue-row").length === 200);
  await button(page, "Encrypt 10,000 files").click();
  await page.getByText(/^\d+ of 10,000 files done/).waitFor();
  await button(page, "Cancel all").click();
  await page.getByRole("heading", { name: /cancelled$/ }).waitFor();
});

test("a queue with the keyboard alone", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const { top } = await makeFolder(t, { "a.txt": 10, "b.txt": 20, "c.txt": 30 });
  await chooseFiles(visit, ["a.txt", "b.txt", "c.txt"].map(top));
  const press = async (name) => {
    const target = button(page, name);
    for (let presses = 0; presses < 60; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    assert.ok(await target.evaluate((element) => element === document.activeElement), `Tab leads to ${name}`);
    await page.keyboard.press("Enter");
  };
  await press("Remove c.txt");
  await page.waitForFunction(() => document.querySelectorAll(".queue-row").length === 2);
  await press("Encrypt 2 files");
  await headline(page, "2 files done").waitFor();
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY", "the focus is not lost");
});

/** Drops files and folders onto the file page. */
async function drop(visit, paths) {
  const { page } = visit;
  const session = await visit.context.newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await session.send("Input.dispatchDragEvent", { type, x: 200, y: 300, data });
}

test("a folder that is dropped is walked to its last file", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const { top } = await makeFolder(t, { ...LETTERS, "other.txt": 5 });
  await page.goto(visit.url("files/"));
  await page.getByText("Drop files or a folder here").waitFor();
  await drop(visit, [top("letters"), top("other.txt")]);
  await rows(page).nth(3).waitFor();
  const names = await page.locator(".queue-name").allInnerTexts();
  assert.deepEqual(names.sort(), [...Object.keys(LETTERS), "other.txt"].sort());
});

test("what of a dropped folder cannot be read is named", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const { top } = await makeFolder(t, { "all/a.txt": 1, "all/b.txt": 2, "all/closed.txt": 3, "all/shut/c.txt": 4 });
  await page.goto(visit.url("files/"));
  await page.getByText("Drop files or a folder here").waitFor();
  // Tests may run as a user who can read everything: the browser says here what it says of a folder that it may not read.
  await page.evaluate(() => {
    const refuse = (_, refused) => setTimeout(() => refused(new DOMException("", "NotReadableError")));
    const { webkitGetAsEntry } = DataTransferItem.prototype;
    DataTransferItem.prototype.webkitGetAsEntry = function () {
      const entry = webkitGetAsEntry.call(this);
      const directory = Object.getPrototypeOf(entry);
      const { createReader } = directory;
      directory.createReader = function () {
        if (this.name === "shut") return { readEntries: refuse };
        const reader = createReader.call(this);
        const closed = (entries) => entries.filter(({ name }) => name === "closed.txt");
        const readEntries = (read, refused) =>
          reader.readEntries((entries) => {
            closed(entries).forEach((entry) => (entry.file = refuse));
            read(entries);
          }, refused);
        return { readEntries };
      };
      return entry;
    };
  });
  await drop(visit, [top("all")]);
  await rows(page).nth(1).waitFor();
  assert.equal(await rows(page).count(), 2);
  const alert = page.getByRole("alert");
  assert.match(await alert.innerText(), /cannot read these/);
  assert.deepEqual(await alert.getByRole("listitem").allInnerTexts(), ["all/closed.txt", "all/shut"]);
  await button(page, "Put away").click();
  await alert.waitFor({ state: "detached" });
});
