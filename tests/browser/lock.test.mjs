// The passphrase of the vault itself: what is stored, what is in memory, who has to give it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { becomes, folders, open, saveFile } from "./harness.mjs";
import { PASSPHRASE, backUp, backupPart, button, expectFailure, link, lockVault as lock, makeKey, title } from "./steps.mjs";
import { connect, searchMemory, unsealedMaterial } from "./vault.mjs";

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
    names: ["changed", "epoch", "generation", "lock"],
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
  await part.locator("summary").filter({ hasText: "Take the lock off" }).click();
  await part.getByLabel("Passphrase", { exact: true }).fill("not the passphrase");
  await button(part, "Take the lock off").click();
  await part.getByText("The passphrase does not open this").waitFor();
  await part.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await button(part, "Take the lock off").click();
  await part.getByText("Lock this vault with a passphrase").waitFor();
  assert.deepEqual(await page.evaluate(meta), { names: ["changed", "epoch", "generation", "root"], lock: undefined });
  await page.goto(visit.url("keys/"));
  await link(page, "letters").waitFor();
});

test("the passphrase is changed in one go, given the old one", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const other = "battery staple horse correct";
  await makeKey(visit, "letters");
  await lock(visit);
  const part = backupPart(page, "Lock");
  const change = async (old, fresh) => {
    await part.getByLabel("Old passphrase").fill(old);
    await part.getByLabel("New passphrase").fill(fresh);
    await part.getByLabel("The same again").fill(fresh);
    await button(part, "Change the lock").click();
  };
  await part.locator("summary").filter({ hasText: "Change the passphrase or the time" }).click();
  const before = await page.evaluate(meta);
  await change("not the passphrase", other);
  await part.getByText("The passphrase does not open this").waitFor();
  assert.deepEqual(await page.evaluate(meta), before);
  await part.getByLabel("Lock by itself after").selectOption("60 minutes without use");
  await change(PASSPHRASE, other);
  await part.getByText("The lock is changed.").waitFor();
  await part.getByText("after 60 minutes without use").waitFor();
  await becomes(() => part.getByLabel("Old passphrase").inputValue(), "", "it is not left on the screen");

  await visit.restart();
  await visit.page.goto(visit.url("keys/"));
  await unlock(visit.page);
  await visit.page.getByText("The passphrase does not open this").waitFor();
  await unlock(visit.page, other);
  await link(visit.page, "letters").waitFor();
});

test("whoever has forgotten the passphrase has the backup", async (t) => {
  const visit = await open(t);
  await makeKey(visit, "letters");
  const backup = await backUp(visit, "another passphrase");
  await makeKey(visit, "photographs");
  await lock(visit);
  await visit.restart();
  const { page } = visit;
  await page.goto(visit.url("keys/"));
  await title(page, "The vault is locked").waitFor();
  await page.getByText("The passphrase is forgotten").click();
  await page.getByLabel("Choose a backup").setInputFiles(await saveFile(t, backup.name, backup.bytes));
  await page.locator("#backup-passphrase").fill("another passphrase");
  await button(page, "Open the backup").click();
  await page.getByText("2 keys and 2 aliases", { exact: true }).waitFor();
  await page.getByText("A lock on it is taken off.").waitFor();
  await page.getByLabel("Type “replace” to confirm").fill("replace");
  await button(page, "Replace what is here").click();
  await title(page, "Keys").waitFor();
  await link(page, "letters").waitFor();
  await becomes(() => page.locator(".key-names a").allInnerTexts(), ["letters"]);
  assert.equal((await page.evaluate(meta)).lock, undefined);
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
  const other = await visit.newPage();
  await other.goto(visit.url("keys/"));
  await link(other, "letters").waitFor();
  await lock(visit);
  await unlock(other);
  await link(other, "letters").waitFor();
});

test("of a vault that was locked nothing stays in the worker's memory", async (t) => {
  const visit = await open(t, { context: { bypassCSP: true } });
  const worker = await connect(visit, visit.page);
  await visit.page.evaluate(() => vault.call("CreateKey", {}));
  const material = await visit.page.evaluate(unsealedMaterial);
  await searchMemory(visit, worker);
  await visit.page.evaluate((passphrase) => vault.task({ protect: { minutes: 5 } }, passphrase), PASSPHRASE);
  assert.ok((await worker.evaluate((hex) => findInMemory(hex), material)) > 0, "the key is in use");
  await visit.page.evaluate(() => vault.task("lock"));
  assert.equal(await worker.evaluate((hex) => findInMemory(hex), material), 0);
  const refused = await visit.page.evaluate(() => vault.call("ListKeys", {}).catch(({ message }) => message));
  assert.equal(refused, "VaultLocked");
});

for (const [point, truth] of Object.entries({ sealed: "open", cleared: "open", written: "open", committed: "locked" })) {
  test(`a tab that is closed while the lock is put on, at "${point}", leaves the vault ${truth}`, async (t) => {
    const visit = await open(t, { folder: folders.faults, context: { bypassCSP: true } });
    const page = await visit.newPage();
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
