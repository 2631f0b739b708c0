// Sandboxes as files and links, and under other names.
import assert from "node:assert/strict";
import { test } from "node:test";
import { download, openWindow as open, saveFile } from "./harness.mjs";
import { backupPart, button, openBackup } from "./steps.mjs";
import { arrived, bench, command, enter, exits, worlds } from "./workbench.mjs";
import { connect } from "./vault.mjs";

const OPEN = "aws kms decrypt --ciphertext-blob $(cat sealed) --query Plaintext --output text | base64 -d";

/** A sandbox with a key, and a file that it has encrypted. */
async function furnish(page) {
  await enter(page, "aws kms create-key --query KeyMetadata.KeyId --output text > id");
  await enter(page, "aws kms encrypt --key-id $(cat id) --plaintext $(echo 'dear reader' | base64) --query CiphertextBlob --output text > sealed");
  assert.equal(await exits(page), "exit 0");
  return enter(page, "cat id");
}

const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());

async function save(page) {
  await worlds(page);
  const file = await download(page, () => button(page, "Save as a file").click());
  await page.getByText(/^Saved as /).waitFor();
  return file;
}

test("a link opens the same sandbox in another browser, beside what is there", async (t) => {
  const from = await open(t);
  const page = await bench(from);
  const id = await furnish(page);
  await enter(page, "aws kms disable-key --key-id $(cat id)");
  await worlds(page);
  await page.getByText("Whoever has the file or the link has the keys of this sandbox.").waitFor();
  await button(page, "Make a link").click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  t.diagnostic(`a link of ${link.length} characters`);
  assert.ok(link.startsWith(from.url("workbench/#sandbox=first.")));
  await page.getByText(/^The link has [\d,]+ characters\.$/).waitFor();

  const to = await open(t);
  await to.page.goto(link.replace(from.url(), to.url()));
  await arrived(to.page).waitFor();
  await to.page.getByText(/^Saved on .+: 1 key, and 3 entries in its log\. It is opened as a new sandbox beside the others, and nothing that is here changes\.$/).waitFor();
  await command(to.page).waitFor();
  assert.deepEqual(await databases(to.page), ["waxseal-sandbox-first"], "nothing is opened unasked");
  await to.page.waitForFunction(() => document.querySelector("#arrived-name").value === "first-2");
  await button(to.page, "Open it").click();
  await to.page.waitForURL(/sandbox=first-2/);
  assert.equal(new URL(to.page.url()).hash, "", "the keys do not stay in the address");
  await command(to.page).waitFor();
  assert.equal(await enter(to.page, "cat id"), id);
  assert.match(await enter(to.page, OPEN), /DisabledException/);
  await button(to.page, /^DisableKey/).click();
  await button(to.page, "Go back to before this").click();
  await to.page.getByText("The sandbox was put back to before that.").waitFor();
  assert.equal((await enter(to.page, OPEN)).trim(), "dear reader");
  assert.deepEqual(await databases(to.page), ["waxseal-sandbox-first", "waxseal-sandbox-first-2"]);
  assert.ok(!from.server.requests.concat(to.server.requests).some(({ path }) => path.includes("sandbox=first.")), "no server sees it");
});

test("a link that is cut, or not wanted, changes nothing", async (t) => {
  const visit = await open(t);
  const page = await bench(visit);
  await furnish(page);
  await worlds(page);
  await button(page, "Make a link").click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  for (const cut of [1, 2, 3, 4, 100, link.length - visit.url("workbench/#sandbox=first.").length]) {
    // The page is the same: only the fragment changes.
    await page.evaluate((hash) => (location.hash = hash), new URL(link.slice(0, -cut)).hash);
    await arrived(page).waitFor();
    const refused = page.getByRole("alert").filter({ hasText: /This sandbox was damaged on its way|This is not a sandbox/ });
    await refused.waitFor();
    assert.equal(await button(page, "Open it").count(), 0, "it is refused before it gets a name");
    assert.doesNotMatch(await refused.textContent(), /Error:|\.\./, "a browser's words are not ours");
    await button(page, "Do not open it").click();
    await arrived(page).waitFor({ state: "detached" });
    assert.equal(new URL(page.url()).hash, "");
  }
  assert.deepEqual(await databases(page), ["waxseal-sandbox-first"]);
  assert.equal((await enter(page, OPEN)).trim(), "dear reader");
});

test("a file opens as a new sandbox, and other files are refused", async (t) => {
  const visit = await open(t);
  const page = await bench(visit);
  const id = await furnish(page);
  const { name, bytes } = await save(page);
  assert.equal(name, "first.waxseal-sandbox");
  assert.equal(bytes.subarray(0, 18).toString(), "waxseal-sandbox 1\n");
  const choose = async (name, content) => {
    await page.getByLabel("Open a sandbox from a file").setInputFiles(await saveFile(t, name, content));
    await arrived(page).waitFor();
  };
  const changed = Buffer.from(bytes);
  changed[bytes.length >> 1] ^= 1;
  for (const [content, text] of [
    [changed, "This sandbox was damaged on its way"],
    [bytes.subarray(0, -1), "This sandbox was damaged on its way"],
    [Buffer.concat([Buffer.from("waxseal-sandbox 2\n"), bytes.subarray(18)]), "This sandbox is from a newer version"],
    [Buffer.from("age-encryption.org/v1\n-> scrypt"), "This is the backup of a vault."],
    [Buffer.from("something else"), "This is not a sandbox"],
  ]) {
    await choose("other.waxseal-sandbox", content);
    await page.getByRole("alert").getByText(text).waitFor();
    await button(page, "Do not open it").click();
  }
  assert.deepEqual(await databases(page), ["waxseal-sandbox-first"]);
  await choose("My copy.waxseal-sandbox", bytes);
  await button(page, "Open it").click();
  await page.waitForURL(/sandbox=my-copy/);
  await command(page).waitFor();
  assert.equal(await enter(page, "cat id"), id);
  assert.equal((await enter(page, OPEN)).trim(), "dear reader");
  await enter(page, "aws kms schedule-key-deletion --key-id $(cat id)");
  await bench(visit);
  assert.equal((await enter(page, OPEN)).trim(), "dear reader", "the first one is another one");

  await page.goto(visit.url("keys/backup/"));
  await openBackup(visit, await saveFile(t, name, bytes), "a passphrase of some length");
  await backupPart(page, "Restore").getByRole("alert").getByText("This is a sandbox, which the workbench opens; the vault never takes one.").waitFor();
});

test("no file is opened over a sandbox, and no changed byte goes unseen", async (t) => {
  const visit = await open(t, { context: { bypassCSP: true } });
  const { page } = visit;
  await connect(visit, page, { world: "sandbox-first" });
  await page.evaluate(() => vault.callAs("arn:aws:iam::111122223333:root", "CreateKey", {}));
  await page.evaluate(() => vault.perform({ begin: { start: "empty" } }));
  const file = await page.evaluate(() => vault.saved());
  const takeIn = (name, file) => page.evaluate(({ name, file }) => vault.takeIn(name, file), { name, file });
  assert.equal(await page.evaluate(() => vault.perform({ takeIn: { name: "other" } }).catch(({ message }) => message)), "BadRequest", "no file was read");
  for (const name of ["first", "", "../vault", "a/b", "A"]) assert.equal(await takeIn(name, file), "BadRequest", name);
  const bytes = Buffer.from(file, "base64");
  for (let at = 28; at < bytes.length; at += 37) {
    const changed = Buffer.from(bytes);
    changed[at] ^= 1 << (at % 8);
    assert.equal(await takeIn("other", changed.toString("base64")), "SandboxDamaged", `byte ${at}`);
  }
  assert.deepEqual(await databases(page), ["waxseal-sandbox-first"]);
  assert.equal(await takeIn("other", file), null);
  assert.equal(await takeIn("other", file), "BadRequest", "not over what was opened just now");
  await connect(visit, page, { world: "sandbox-other" });
  const again = await page.evaluate(() => vault.saved());
  const text = (file) => page.evaluate(async (file) => {
    const packed = await (await fetch(`data:application/octet-stream;base64,${file}`)).blob();
    return new Response(packed.slice(18).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }, file);
  const [before, after] = [await text(file), await text(again)];
  const body = (text) => text.split("\n").slice(1, -2);
  assert.deepEqual(body(after), body(before));
});

test("a sandbox gets another name", async (t) => {
  const visit = await open(t);
  const page = await bench(visit, { query: "?sandbox=draft" });
  const id = await furnish(page);
  await worlds(page);
  await page.getByLabel("Its new name").fill("draft");
  await button(page, "Rename it").click();
  await page.getByText("There is a sandbox of this name already.").waitFor();
  await page.getByLabel("Its new name").fill("final");
  await button(page, "Rename it").click();
  await page.waitForURL(/sandbox=final/);
  await command(page).waitFor();
  assert.equal(await enter(page, "cat id"), id);
  assert.equal((await enter(page, OPEN)).trim(), "dear reader");
  assert.deepEqual(await databases(page), ["waxseal-sandbox-final"]);
});

test("two tabs that open the same new world make it once", async (t) => {
  const visit = await open(t);
  const other = await visit.newPage();
  const query = "?sandbox=shop&start=company";
  await Promise.all([bench(visit, { query }), bench(visit, { page: other, query })]);
  for (const page of [visit.page, other]) {
    await page.getByLabel("Filter the log").fill("CreateUser");
    await page.getByText(/^1 of \d+\.$/).waitFor();
    await page.getByText("28 days ahead of your clock").waitFor();
    assert.match(await enter(page, "aws kms list-aliases --query 'length(Aliases[?TargetKeyId])'"), /^[3-9]$/m);
  }
});
