// A backup made in one browser is restored in another; what goes wrong changes nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { becomes, folders, makeFile, open, saveFile, sha256 } from "./harness.mjs";
import {
  backUp,
  backupPart,
  beginDecrypting,
  button,
  decrypt,
  downloadResult,
  encrypt,
  expectFailure,
  link,
  makeKey,
  openBackup,
  openKey,
  title,
} from "./steps.mjs";
import { connect, damage, loseRootKey, loseTables } from "./vault.mjs";

const PASSPHRASE = "correct horse battery staple";

/** Waits until the list of keys has these names. */
async function hasKeys(visit, names) {
  await visit.page.goto(visit.url("keys/"));
  await listsKeys(visit.page, names);
}

const listsKeys = (page, names) => becomes(() => page.locator(".key-names a").allInnerTexts(), names);

test("a file of one browser opens in another that the keys were taken to", async (t) => {
  const first = await open(t);
  await makeKey(first, "letters");
  await makeKey(first, "photographs");
  const file = await makeFile(t, "photos.tar", 3_000_000);
  const sealed = await encrypt(first, file.path);
  const message = await saveFile(t, sealed.name, sealed.bytes);
  await first.page.goto(first.url());
  await first.page.getByText("There is no backup of your keys yet.").waitFor();
  const backup = await backUp(first, PASSPHRASE);
  assert.match(backup.name, /^waxseal-vault-\d{4}-\d\d-\d\d\.age$/);
  assert.match(backup.bytes.toString("latin1"), /^age-encryption\.org\/v1\n-> scrypt \S{22} 17\n/);
  await first.page.goto(first.url());
  await link(first.page, "See your 2 keys").waitFor();
  assert.equal(await first.page.getByText(/backup/).count(), 0, "nothing to be reminded of");

  const second = await open(t);
  await beginDecrypting(second, message);
  await expectFailure(second.page, {
    headline: "The key for this file is not in this browser",
    next: /has this key/,
    code: "KeyNotHere",
  });
  const part = await openBackup(second, await saveFile(t, backup.name, backup.bytes), PASSPHRASE);
  await part.getByText("Restored: 2 keys and 2 aliases.").waitFor();
  await link(part, "See the keys").click();
  await title(second.page, "Keys").waitFor();
  await hasKeys(second, ["letters", "photographs"]);
  assert.equal(sha256((await decrypt(second, message)).bytes), sha256(file.bytes));

  await second.restart();
  assert.equal(sha256((await decrypt(second, message)).bytes), sha256(file.bytes), "on another day too");
});

test("a wrong passphrase, a damaged backup and another file are told apart and change nothing", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const backup = await backUp(visit, PASSPHRASE);
  await makeKey(visit, "photographs");
  const changed = Buffer.from(backup.bytes);
  changed[changed.length - 100] ^= 1;
  const attempt = async (content, passphrase, failure) => {
    await openBackup(visit, await saveFile(t, "vault.age", content), passphrase);
    await expectFailure(page, failure);
    await hasKeys(visit, ["letters", "photographs"]);
  };
  await attempt(backup.bytes, "correct horse battery stapler", {
    headline: "The passphrase does not open this",
    next: /Type it once more/,
    code: "WrongPassphrase",
  });
  const damaged = { headline: "This backup is damaged", next: /another copy/, code: "BackupDamaged" };
  await attempt(changed, PASSPHRASE, damaged);
  await attempt(backup.bytes.subarray(0, backup.bytes.length - 1), PASSPHRASE, damaged);
  await attempt("Dear Ada", PASSPHRASE, {
    headline: "This is not a backup",
    says: [/does not begin like a backup/],
    next: /its name ends in \.age/,
    code: "NotABackup",
  });
});

test("nothing is replaced before a word is typed, and then all of it", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const backup = await backUp(visit, PASSPHRASE);
  await makeKey(visit, "photographs");
  const other = await visit.newPage();
  await other.goto(visit.url("keys/"));
  await link(other, "photographs").waitFor();

  const part = await openBackup(visit, await saveFile(t, backup.name, backup.bytes), PASSPHRASE);
  await part.getByText(/^1 key and 1 alias, made/).waitFor();
  await part.getByText("2 keys and 2 aliases", { exact: true }).waitFor();
  await button(part, "Replace what is here").click();
  await part.getByText("Type “replace” to confirm.").waitFor();
  await listsKeys(other, ["letters", "photographs"]);

  await part.getByLabel("Type “replace” to confirm").fill("replace");
  await button(part, "Replace what is here").click();
  await part.getByText("Restored: 1 key and 1 alias.").waitFor();
  await link(other, "photographs").waitFor({ state: "detached" });
  await hasKeys(visit, ["letters"]);
});

test("a passphrase has to be long enough and typed twice, or is suggested", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  await page.goto(visit.url("keys/backup/"));
  const part = backupPart(page, "Back up");
  const [first, again] = [part.getByLabel("Passphrase", { exact: true }), part.getByLabel("The same again")];
  await first.fill("too short");
  await button(part, "Make a backup").click();
  await part.getByText("Take at least 12 characters").waitFor();
  await part.getByText("This is not the same as above.").waitFor();
  assert.equal(await first.getAttribute("type"), "password");
  await button(part, "Suggest one").click();
  await part.locator("input[type=text]").first().waitFor();
  const suggested = await first.inputValue();
  assert.match(suggested, /^([0-9a-hjkmnp-tv-z]{5}-){4}[0-9a-hjkmnp-tv-z]{5}$/);
  assert.equal(await again.inputValue(), suggested);
  assert.equal(await first.getAttribute("type"), "text", "to be read and kept");
  await button(part, "Make a backup").click();
  await part.getByText("was read back whole: 1 key and 1 alias.").waitFor();
  await becomes(() => first.inputValue(), "", "it is not left on the screen");
});

for (const [what, harm] of Object.entries({ damage, loseRootKey, loseTables })) {
  test(`a backup takes the place of a vault that cannot be read: ${what}`, async (t) => {
    const visit = await open(t);
    const { page } = visit;
    await makeKey(visit, "letters");
    const file = await makeFile(t, "photos.tar", 700_000);
    const sealed = await encrypt(visit, file.path);
    const message = await saveFile(t, sealed.name, sealed.bytes);
    const backup = await backUp(visit, PASSPHRASE);
    await makeKey(visit, "photographs");
    await page.goto(visit.url("404.html"));
    await page.evaluate(harm);
    await page.goto(visit.url("keys/"));
    await expectFailure(page, {
      headline: "A stored record cannot be read",
      next: /^Restore a backup in its place/,
      way: "Restore a backup",
      code: "DatabaseDamaged",
    });
    await link(page, "Restore a backup").click();
    await page.getByText("What is stored in this browser cannot be opened.").waitFor();
    assert.equal(await backupPart(page, "Back up").count(), 0, "there is nothing to be backed up");

    const path = await saveFile(t, backup.name, backup.bytes);
    const part = await openBackup(visit, path, "not the passphrase");
    await part.getByText("The passphrase does not open this").waitFor();
    await part.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await button(part, "Open the backup").click();
    const here = harm === loseTables ? "0 keys and 0 aliases" : "2 keys and 2 aliases";
    await part.getByText(here, { exact: true }).waitFor();
    await part.getByText("this ends any chance to rescue it").waitFor();
    await button(part, "Replace what is here").click();
    await part.getByText("Type “replace” to confirm.").waitFor();
    await part.getByLabel("Type “replace” to confirm").fill("replace");
    await button(part, "Replace what is here").click();
    await part.getByText("Restored: 1 key and 1 alias.").waitFor();
    await backupPart(page, "Back up").waitFor();
    await hasKeys(visit, ["letters"]);
    assert.equal(sha256((await decrypt(visit, message)).bytes), sha256(file.bytes));
    await makeKey(visit, "family");
    await visit.restart();
    await hasKeys(visit, ["family", "letters"]);
  });
}

test("every tab is reminded by what is kept, not by what it has seen", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const other = await visit.newPage();
  await makeKey(visit, "letters");
  await other.goto(visit.url());
  await other.getByText("There is no backup of your keys yet.").waitFor();
  const backup = await backUp(visit, PASSPHRASE);
  await other.getByText("There is no backup of your keys yet.").waitFor({ state: "detached" });
  await encrypt(visit, (await makeFile(t, "photos.tar", 1000)).path);
  await openKey(visit, "letters");
  await page.getByLabel("Another alias").fill("post");
  await button(page, "Add").click();
  const behind = other.getByText("Something has changed since your last backup.");
  await behind.waitFor();
  await visit.restart();
  await visit.page.goto(visit.url());
  await visit.page.getByText("Something has changed since your last backup.").waitFor();

  const part = await openBackup(visit, await saveFile(t, backup.name, backup.bytes), PASSPHRASE);
  await part.getByLabel("Type “replace” to confirm").fill("replace");
  await button(part, "Replace what is here").click();
  await part.getByText("Restored: 1 key and 1 alias.").waitFor();
  await visit.page.goto(visit.url());
  await link(visit.page, "See your one key").waitFor();
  assert.equal(await visit.page.getByText(/backup/).count(), 0, "nothing to be reminded of");
});

const POINTS = { sealed: "before", transaction: "before", cleared: "before", row: "before", written: "before", committed: "after" };

for (const [point, truth] of Object.entries(POINTS)) {
  test(`a tab that is closed while a backup is restored, at "${point}", leaves the vault as ${truth}`, async (t) => {
    const visit = await open(t, { folder: folders.faults, context: { bypassCSP: true } });
    const page = await visit.newPage();
    await connect(visit, page);
    const before = await page.evaluate(async (passphrase) => {
      const { KeyMetadata } = await vault.call("CreateKey", {});
      globalThis.backup = (await vault.task("backUp", passphrase)).file;
      await vault.call("CreateKey", {});
      await vault.call("CreateAlias", { AliasName: "alias/late", TargetKeyId: KeyMetadata.KeyId });
      globalThis.opened = (await vault.task("open", passphrase, globalThis.backup)).outcome.opened;
      return { keys: globalThis.opened.here.keys, aliases: globalThis.opened.here.aliases };
    }, PASSPHRASE);
    assert.deepEqual(before, { keys: 2, aliases: 1 });
    await page.evaluate((point) => vault.arm(point), point);
    page.evaluate(() => vault.task({ restore: { seen: globalThis.opened.here } })).catch(() => {});
    await page.evaluate(() => vault.reached);
    await page.close();

    await connect(visit, visit.page);
    const after = await visit.page.evaluate(async () => ({
      keys: (await vault.call("ListKeys", {})).Keys.length,
      aliases: (await vault.call("ListAliases", {})).Aliases.length,
    }));
    assert.deepEqual(after, truth === "before" ? before : { keys: 1, aliases: 0 });
  });
}

for (const [point, truth] of Object.entries({ cleared: "before", written: "before", committed: "after" })) {
  test(`a tab that is closed while a damaged vault is replaced, at "${point}", leaves it as ${truth}`, async (t) => {
    const visit = await open(t, { folder: folders.faults, context: { bypassCSP: true } });
    const page = await visit.newPage();
    await connect(visit, page);
    const backup = await page.evaluate(async (passphrase) => {
      await vault.call("CreateKey", {});
      const { file } = await vault.task("backUp", passphrase);
      await vault.call("CreateKey", {});
      return Array.from(new Uint8Array(await file.arrayBuffer()));
    }, PASSPHRASE);
    await page.evaluate(damage);
    await connect(visit, page, { closed: true });
    const opened = await page.evaluate(
      async ([passphrase, backup]) => (await vault.task("open", passphrase, new Blob([new Uint8Array(backup)]))).outcome.opened,
      [PASSPHRASE, backup],
    );
    assert.deepEqual([opened.unreadable, opened.here.keys], [true, 2]);
    await page.evaluate((point) => vault.arm(point), point);
    page.evaluate((seen) => vault.task({ restore: { seen } }), opened.here).catch(() => {});
    await page.evaluate(() => vault.reached);
    await page.close();

    await connect(visit, visit.page, { closed: truth === "before" });
    const refused = await visit.page.evaluate(() => vault.call("ListKeys", {}).then(({ Keys }) => Keys.length, (error) => error.message));
    assert.equal(refused, truth === "before" ? "DatabaseDamaged" : 1);
  });
}
