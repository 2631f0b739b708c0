// Key material that a person brings along: imported, deleted, expired, and imported again.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { download, makeFile, openWindow as open, saveFile, sha256 } from "./harness.mjs";
import {
  beginDecrypting,
  button,
  decrypt,
  encrypt,
  expectFailure,
  fact,
  importMaterial,
  makeOwnKey,
  openKey,
  prefixWorker,
  reachReview,
  workerOf,
} from "./steps.mjs";

const imported = (page) => page.getByRole("status").filter({ hasText: "The material is imported" }).waitFor();

/** On the page of a key: deletes its material. */
async function deleteMaterial(page, alias) {
  const part = page.getByRole("region", { name: "Key material" });
  await part.locator("summary").filter({ hasText: "Delete the material" }).click();
  await part.getByLabel(`Type “alias/${alias}” to confirm`).fill(`alias/${alias}`);
  await button(part, "Delete the material").click();
  await page.getByRole("status").filter({ hasText: "The material is deleted." }).waitFor();
  // The form to import is another one from here on.
  await page.getByText("Pending import").waitFor();
}

const WAITS = { headline: "The key’s state does not allow this", next: /Material that is missing is imported there/, code: "KMSInvalidStateException" };

test("files open again when the material that was deleted is imported again", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const material = await saveFile(t, "material.bin", randomBytes(32));
  await makeOwnKey(visit, "letters");
  await page.getByText("Pending import").waitFor();
  await importMaterial(page, material);
  await imported(page);
  const id = await fact(page, "Key material ID").locator("code").innerText();
  const file = await makeFile(t, "photos.tar", 700_000);
  const sealed = await encrypt(visit, file.path);
  const message = await saveFile(t, sealed.name, sealed.bytes);

  await openKey(visit, "letters");
  await deleteMaterial(page, "letters");
  await page.getByText("Its material is not here any more").waitFor();
  await beginDecrypting(visit, message);
  await expectFailure(page, WAITS);

  await openKey(visit, "letters");
  await importMaterial(page, await saveFile(t, "other.bin", randomBytes(32)));
  await expectFailure(page, {
    headline: "These bytes are not this key’s material",
    next: /was given first/,
    code: "IncorrectKeyMaterialException",
  });
  await importMaterial(page, material);
  await imported(page);
  assert.equal(await fact(page, "Key material ID").locator("code").innerText(), id, "it is the same material");
  assert.equal(sha256((await decrypt(visit, message)).bytes), sha256(file.bytes));
});

test("a key of own material is made again in another browser, with the same ID, and opens its files", async (t) => {
  const [first, second] = [await open(t), await open(t)];
  const material = await saveFile(t, "material.bin", randomBytes(32));
  await makeOwnKey(first, "letters");
  await importMaterial(first.page, material);
  await imported(first.page);
  const arn = await fact(first.page, "Key ARN").locator("code").innerText();
  const file = await makeFile(t, "photos.tar", 700_000);
  const sealed = await encrypt(first, file.path);
  const message = await saveFile(t, sealed.name, sealed.bytes);

  const { page } = second;
  await page.goto(second.url("keys/new/?step=3"));
  await page.getByRole("radio", { name: "My own key material" }).check();
  await page.getByLabel("Key ID, if it is elsewhere already").fill("1234abcd-12ab-34cd-56ef-1234567890ab");
  await button(page, "Continue").click();
  await page.getByText("Only a key whose ID begins with mrk-").waitFor();
  await makeOwnKey(second, "other", page, arn);
  assert.equal(await fact(page, "Key ARN").locator("code").innerText(), arn);
  await importMaterial(page, await saveFile(t, "other.bin", randomBytes(32)));
  await imported(page);
  await beginDecrypting(second, message);
  await expectFailure(page, { headline: "This file was changed", next: /Use another copy/, code: "Tampered" });
  await page.getByText("or the key was made again here from other bytes").waitFor();

  const third = await open(t);
  await makeOwnKey(third, "letters", third.page, arn);
  await importMaterial(third.page, material);
  await imported(third.page);
  assert.equal(sha256((await decrypt(third, message)).bytes), sha256(file.bytes));
  await third.page.goto(third.url("keys/new/"));
  await reachReview(third.page, "again", { own: true, elsewhere: arn });
  await button(third.page, "Make the key").click();
  await third.page.getByText("AlreadyExistsException").waitFor();
});

test("new bytes are saved before they are imported, and what was saved is what the key has", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeOwnKey(visit, "team/letters");
  await button(page, "Make random bytes").click();
  await button(page, "Import the material").click();
  await page.getByText("Save the bytes first.").waitFor();
  await page.getByText("Pending import").waitFor();
  const saved = await download(page, () => page.getByRole("link", { name: /^Save / }).click());
  assert.equal(saved.name, "team-letters-material.bin");
  assert.equal(saved.bytes.length, 32);
  await button(page, "Import the material").click();
  await imported(page);

  await page.locator("summary").filter({ hasText: "Import the same bytes again" }).click();
  const expiry = page.getByText(/ It expires on \d+ \w+ 20\d\d; /);
  await page.getByLabel("Or type the bytes").fill(saved.bytes.toString("hex").replaceAll(/(.{8})/g, "$1 "));
  await page.getByLabel("Expires after so many days").fill("30");
  await button(page, "Import the material").click();
  await expiry.waitFor();
  await page.getByLabel("Or type the bytes").fill(saved.bytes.toString("base64"));
  await button(page, "Import the material").click();
  await expiry.waitFor({ state: "detached" });
});

test("bytes that cannot be a key are told before anything is sent", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeOwnKey(visit, "letters");
  const attempt = async (bytes, problem) => {
    await importMaterial(page, await saveFile(t, "material.bin", bytes));
    await page.getByText(problem).waitFor();
  };
  await attempt(randomBytes(31), "A key of this kind takes 32 bytes; these are 31 bytes.");
  await attempt(randomBytes(70_000), "takes 32 bytes; these are 65,536 bytes.");
  await attempt("", "There are no bytes");
  await page.getByLabel("Or type the bytes").fill("no bytes!");
  await page.getByText("Choose a file, type the bytes in hexadecimal or base64, or make random bytes.").waitFor();
  await page.getByLabel("Or type the bytes").fill("ab".repeat(32));
  await page.getByLabel("Expires after so many days").fill("366");
  await page.getByText("Enter a number of days from 1 to 365").waitFor();
  await button(page, "Import the material").click();
  await page.getByText("Pending import").waitFor();
});

test("material that has expired is gone, and the same bytes bring it back", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  // The engine asks the worker's clock, which is moved.
  await prefixWorker(visit, "{ const now = Date.now; globalThis.later = 0; Date.now = () => now() + later; }");
  const material = await saveFile(t, "material.bin", randomBytes(32));
  await makeOwnKey(visit, "letters");
  await page.getByLabel("Expires after so many days").fill("2");
  await importMaterial(page, material);
  await imported(page);
  const worker = await workerOf(page);
  const day = 24 * 60 * 60 * 1000;
  await worker.evaluate((later) => (globalThis.later = later), day);
  await button(page, "Disable").click();
  await button(page, "Enable").click();
  await page.getByRole("status").filter({ hasText: "The key is enabled." }).waitFor();
  // The page reads the key again after each act; only then it offers this, and asks nothing more of the moved clock.
  await button(page, "Disable").waitFor();
  await worker.evaluate((later) => (globalThis.later = later), 3 * day);
  await button(page, "Disable").click();
  await expectFailure(page, WAITS);
  await page.reload();
  await (await workerOf(page)).evaluate((later) => (globalThis.later = later), 3 * day);
  await page.getByText("Its material is not here any more").waitFor();
  await importMaterial(page, material);
  await imported(page);
  await page.getByText("Enabled", { exact: true }).waitFor();
});
