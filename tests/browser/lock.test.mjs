// The passphrase of the vault itself: what is stored, what is in memory, who has to give it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { folders, open } from "./harness.mjs";
import { backupPart, button, expectFailure, link, makeKey, title } from "./steps.mjs";
import { connect } from "./vault.mjs";

const PASSPHRASE = "correct horse battery staple";

/** Puts the lock on, on its page. */
async function lock(visit, { minutes, page = visit.page } = {}) {
  await page.goto(visit.url("keys/backup/"));
  const part = backupPart(page, "Lock");
  await part.getByText("Lock this vault with a passphrase").click();
  await part.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await part.getByLabel("The same again").fill(PASSPHRASE);
  if (minutes) await part.getByLabel("Lock by itself after").selectOption(`${minutes} minutes without use`);
  await button(part, "Put the lock on").click();
  await button(part, "Lock now").waitFor();
}

/** Gives a passphrase to a locked page. */
async function unlock(page, passphrase = PASSPHRASE) {
  await title(page, "The vault is locked").waitFor();
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await button(page, "Unlock").click();
}

/** Runs in the page: what `meta` holds. */
async function meta() {
  const request = (it) => new Promise((resolve, reject) => Object.assign(it, { onsuccess: () => resolve(it.result), onerror: reject }));
  const database = await request(indexedDB.open("waxseal-vault"));
  const store = database.transaction("meta").objectStore("meta");
  const names = await request(store.getAllKeys());
  const lock = await request(database.transaction("meta").objectStore("meta").get("lock"));
  database.close();
  return { names, lock: lock && Object.keys(lock).sort() };
}

test("a locked vault asks for its passphrase, refuses a wrong one and opens with the right one", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  await lock(visit);
  assert.deepEqual(await page.evaluate(meta), {
    names: ["epoch", "generation", "lock"],
    lock: ["logN", "minutes", "nonce", "salt", "v", "wrapped"],
  });

  await visit.restart();
  await visit.page.goto(visit.url("keys/"));
  await unlock(visit.page, "correct horse battery stapler");
  await expectFailure(visit.page, {
    headline: "The passphrase does not open this",
    next: /Type it once more/,
    code: "WrongPassphrase",
  });
  await unlock(visit.page);
  await title(visit.page, "Keys").waitFor();
  await link(visit.page, "letters").waitFor();
});

test("locked by hand, the lock is taken off with the passphrase only", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  await lock(visit);
  const part = backupPart(page, "Lock");
  await button(part, "Lock now").click();
  await unlock(page);
  await part.getByText("Take the lock off, or change its passphrase").click();
  await part.getByLabel("Passphrase", { exact: true }).fill("not the passphrase");
  await button(part, "Take the lock off").click();
  await part.getByText("The passphrase does not open this").waitFor();
  await part.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await button(part, "Take the lock off").click();
  await part.getByText("Lock this vault with a passphrase").waitFor();
  assert.deepEqual(await page.evaluate(meta), { names: ["epoch", "generation", "root"], lock: undefined });
  await page.goto(visit.url("keys/"));
  await link(page, "letters").waitFor();
});

test("a vault that nobody uses locks itself", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await page.clock.install();
  await makeKey(visit, "letters");
  await lock(visit, { minutes: 5 });
  await page.clock.fastForward("04:50");
  await page.keyboard.press("Shift");
  await page.clock.fastForward("04:50");
  await button(page, "Lock now").waitFor();
  await page.clock.fastForward("00:20");
  await title(page, "The vault is locked").waitFor();
});

test("another tab has to give the passphrase too", async (t) => {
  const visit = await open(t);
  await makeKey(visit, "letters");
  const other = await visit.context.newPage();
  await other.goto(visit.url("keys/"));
  await link(other, "letters").waitFor();
  await lock(visit);
  await unlock(other);
  await link(other, "letters").waitFor();
});

/** Counts where the module's memory holds some bytes. Runs in the worker. */
async function countInMemory([url, hex]) {
  const { memory } = await (await import(url)).default();
  const wanted = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const all = new Uint8Array(memory.buffer);
  let count = 0;
  for (let at = all.indexOf(wanted[0]); at >= 0; at = all.indexOf(wanted[0], at + 1)) {
    if (wanted.every((byte, offset) => all[at + offset] === byte)) count += 1;
  }
  return count;
}

/** Runs in the page: the first key material, unsealed with the root key of a vault without a lock, in hexadecimal. */
async function material() {
  const request = (it) => new Promise((resolve, reject) => Object.assign(it, { onsuccess: () => resolve(it.result), onerror: reject }));
  const database = await request(indexedDB.open("waxseal-vault"));
  const objects = (store) => database.transaction(store).objectStore(store);
  const root = await request(objects("meta").get("root"));
  const [name] = await request(objects("materials").getAllKeys());
  const { nonce, sealed } = await request(objects("materials").get(name));
  database.close();
  const additionalData = new TextEncoder().encode(`waxseal v1/materials/${name}`);
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, root, sealed);
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

test("of a vault that was locked nothing stays in the worker's memory", async (t) => {
  const visit = await open(t, { context: { bypassCSP: true } });
  const worker = await connect(visit, visit.page);
  await visit.page.evaluate(() => vault.call("CreateKey", {}));
  const { path } = visit.server.requests.find(({ path }) => /\/waxseal-[0-9a-f]+\.js$/.test(path));
  const wanted = [new URL(path, visit.server.url).href, await visit.page.evaluate(material)];
  await visit.page.evaluate((passphrase) => vault.task({ protect: { minutes: 5 } }, passphrase), PASSPHRASE);
  assert.ok((await worker.evaluate(countInMemory, wanted)) > 0, "the key is in use");
  await visit.page.evaluate(() => vault.task("lock"));
  assert.equal(await worker.evaluate(countInMemory, wanted), 0);
  const refused = await visit.page.evaluate(() => vault.call("ListKeys", {}).catch(({ message }) => message));
  assert.equal(refused, "VaultLocked");
});

for (const [point, truth] of Object.entries({ sealed: "open", cleared: "open", written: "open", committed: "locked" })) {
  test(`a tab that is closed while the lock is put on, at "${point}", leaves the vault ${truth}`, async (t) => {
    const visit = await open(t, { folder: folders.faults, context: { bypassCSP: true } });
    const page = await visit.context.newPage();
    await connect(visit, page);
    await page.evaluate(() => vault.call("CreateKey", {}));
    await page.evaluate((point) => vault.arm(point), point);
    page.evaluate((passphrase) => vault.task({ protect: { minutes: 5 } }, passphrase), PASSPHRASE).catch(() => {});
    await page.evaluate(() => vault.reached);
    await page.close();

    await visit.page.goto(visit.url("keys/"));
    if (truth === "locked") await unlock(visit.page);
    await visit.page.locator(".key-list li").waitFor();
  });
}
