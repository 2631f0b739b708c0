// The main job, as a person does it: make a key, encrypt a real file, see what happened, get it back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFile, open, saveFile, sha256 } from "./harness.mjs";
import {
  MIB,
  atStep,
  button,
  commitment,
  count,
  currentStep,
  decrypt,
  downloadResult,
  encrypt,
  fact,
  flow,
  goToStep,
  holdJobs,
  link,
  makeKey,
  openKey,
  parseHeader,
  sentences,
  shownBytes,
  title,
} from "./steps.mjs";

const ARN = /^arn:aws:kms:us-east-1:111122223333:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test("a key, a file of 50 MB encrypted, decrypted after a reload, and again on another day", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await page.goto(visit.url());
  await link(page, "Make your first key").click();
  await title(page, "Make a key").waitFor();
  await goThroughWizard(page);
  await title(page, "letters is sealed").waitFor();
  const arn = await page.locator("code").filter({ hasText: ARN }).innerText();

  const file = await makeFile(t, "photos.tar", 50 * MIB);
  await link(page, "Encrypt a file with it").click();
  await page.getByLabel("Choose a file").setInputFiles(file.path);
  await button(page, "Encrypt").click();
  const sealed = await downloadResult(page, "photos.tar is encrypted");
  assert.match(sealed.name, /^sealed-[0-9a-f]{8}\.esdk$/);
  assert.ok(!sealed.bytes.includes("photos"), "nothing tells the name");
  assertMessage(sealed.bytes, arn);

  const sealedPath = await saveFile(t, sealed.name, sealed.bytes);
  await page.reload();
  const opened = await decrypt(visit, sealedPath);
  assert.equal(opened.name, "photos.tar");
  assert.equal(sha256(opened.bytes), sha256(file.bytes));

  await visit.restart();
  await openKey(visit, "letters");
  assert.equal(sha256((await decrypt(visit, sealedPath)).bytes), sha256(file.bytes));
});

/** The five steps: some of them with the keyboard, some with the mouse, once back and on again. */
async function goThroughWizard(page) {
  const at = (step) => page.getByRole("heading", { level: 2, name: step, exact: true }).waitFor();
  await at("Alias");
  await page.getByLabel("Alias", { exact: true }).fill("no spaces allowed");
  await page.keyboard.press("Enter");
  await page.getByText("Step 1 of 5").waitFor();
  const alias = page.getByLabel("Alias", { exact: true });
  await alias.and(page.locator("[aria-invalid=true]")).waitFor();
  await alias.fill("letters");
  await page.keyboard.press("Enter");

  await at("Description");
  await page.getByLabel("Description", { exact: true }).fill("For letters and photographs");
  await button(page, "Continue").click();
  await at("Key material");
  await page.goBack();
  await at("Description");
  assert.equal(await page.getByLabel("Description", { exact: true }).inputValue(), "For letters and photographs");
  await page.goForward();
  await at("Key material");
  await button(page, "Continue").click();

  await at("Administrators");
  await page.getByLabel("Name", { exact: true }).fill("ana");
  await button(page, "Add").click();
  await page.getByText("arn:aws:iam::111122223333:user/ana").waitFor();
  await button(page, "Continue").click();
  await at("Users");
  await page.getByLabel("Kind").selectOption("IAM role");
  await page.getByLabel("Name", { exact: true }).fill("backup");
  await button(page, "Add").click();
  await page.getByText("arn:aws:iam::111122223333:role/backup").waitFor();
  await button(page, "Continue").click();

  await at("Review");
  assert.match(page.url(), /step=6$/);
  await page.getByText("The key policy").click();
  await page.getByText(/"Sid": "Allow use of the key"/).first().waitFor();
  await button(page, "Make the key").click();
}

/** AWS Encryption SDK message, version 2, suite 0x0478, its data key under one KMS key. */
function assertMessage(message, arn) {
  assert.equal(message.subarray(0, 3).toString("hex"), "020478");
  const header = parseHeader(message);
  assert.deepEqual(
    header.keys.map(({ provider, info }) => ({ provider, info })),
    [{ provider: "aws-kms", info: arn }],
  );
  assert.equal(header.contentType, 2, "framed");
  // The archive's own header, an extended header, the file's, and the end.
  const plaintext = 50 * MIB + 1024 + 1024 + 512 + 1024;
  const frames = Math.ceil(plaintext / header.frameLength);
  assert.equal(message.length, header.length + plaintext + frames * 32 + 8, "header, frames, and the mark and length of the last");
}

test("the key that was made has what the five steps asked for", async (t) => {
  const visit = await open(t);
  await visit.page.goto(visit.url("keys/new/"));
  await goThroughWizard(visit.page);
  await title(visit.page, "letters is sealed").waitFor();
  await link(visit.page, "See the key").click();
  await visit.page.getByText("For letters and photographs").waitFor();
  assert.match(await fact(visit.page, "Key ARN").locator("code").innerText(), ARN);
  await visit.page.getByText("Read the policy").click();
  const policy = JSON.parse(await visit.page.getByRole("region", { name: "Key policy" }).locator("pre").innerText());
  const who = Object.fromEntries(policy.Statement.map(({ Sid, Principal }) => [Sid, Principal.AWS]));
  assert.deepEqual([who["Allow access for Key Administrators"]].flat(), ["arn:aws:iam::111122223333:user/ana"]);
  assert.deepEqual([who["Allow use of the key"]].flat(), ["arn:aws:iam::111122223333:role/backup"]);
});

test("the flow view tells what happened, step by step, with the real bytes", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "flow");
  const file = await makeFile(t, "large.bin", 50 * MIB);
  const { bytes: message } = await encrypt(visit, file.path);
  const header = parseHeader(message);

  const told = await sentences(page);
  assert.ok(told.length >= 10, told.join("\n"));
  for (const sentence of told) assert.match(sentence, /^[A-Z].{10,}\.$/);

  await t.test("one can step through it by hand, and the address follows", () => walk(page, told));

  await t.test("what crossed the boundary is a few hundred bytes, not the file", async () => {
    await flow(page).getByRole("button", { name: told.at(-1) }).click();
    const crossed = count(await fact(page, "Crossed the wall of KMS so far").innerText());
    assert.ok(crossed > 300 && crossed < 3000, `${crossed} bytes crossed`);
    assert.equal(count(await fact(page, "Sending the whole file instead").innerText()), 50 * MIB);
  });

  await t.test("the data key is there, and then zeros", async () => {
    await goToStep(page, /The data key leaves KMS twice/);
    const alive = await shownBytes(page, "data key");
    assert.equal(commitment(header, Buffer.from(alive, "hex")), header.commitment.toString("hex"), "it is the real one");
    assert.equal(await shownBytes(page, "encrypted data key"), header.keys[0].wrapped.subarray(0, 32).toString("hex"));
    await goToStep(page, /Your app overwrites the data key with zeros/);
    assert.equal(await shownBytes(page, "data key"), "00".repeat(32));
  });

  await t.test("the bytes of a file can be read to the last", async () => {
    await goToStep(page, /The encrypted file goes into storage/);
    assert.equal(await shownBytes(page, "encrypted file"), message.subarray(0, 32).toString("hex"));
    await flow(page).getByRole("button", { name: /^See all 52,.* bytes of encrypted file$/ }).click();
    await button(page, "Last bytes of encrypted file").click();
    await flow(page).getByText(/of 52,[\d,]+ bytes$/).waitFor();
    const from = Math.floor((message.length - 1) / 256) * 256;
    await page.waitForFunction((length) => document.querySelectorAll(".bytes-table td:not(.bytes-text, .bytes-missing)").length === length, message.length - from);
    assert.equal(await shownBytes(page, "encrypted file"), message.subarray(from).toString("hex"));
  });
});

/** By buttons, by arrow keys, to both ends; every step has its sentence in sight and its number in the address. */
async function walk(page, told) {
  const at = async (n) => {
    await atStep(page, n);
    await flow(page).getByText(`Step ${n + 1} of ${told.length}`).waitFor();
    assert.equal(await currentStep(page), told[n]);
    assert.equal(await flow(page).locator("[aria-live=polite]").innerText(), told[n]);
  };
  await at(0);
  for (let n = 1; n < told.length; n += 1) {
    await (n % 2 ? button(page, "Step on").click() : page.keyboard.press("ArrowRight"));
    await at(n);
  }
  await button(page, "Step back").click();
  await at(told.length - 2);
  await page.keyboard.press("ArrowLeft");
  await at(told.length - 3);
  await page.keyboard.press("Home");
  await at(0);
  await page.keyboard.press("End");
  await at(told.length - 1);
}

test("a file that was not watched shows no data key", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "unwatched");
  const file = await makeFile(t, "secret.txt", 1000);
  await page.goto(visit.url("files/"));
  await page.getByLabel("Choose a file").setInputFiles(file.path);
  const watch = page.getByRole("checkbox", { name: "Show this file’s data key while I watch" });
  assert.ok(await watch.isChecked());
  await watch.uncheck();
  await button(page, "Encrypt").click();
  await downloadResult(page, "secret.txt is encrypted");
  const told = await sentences(page);
  for (let n = 0; n < told.length; n += 1) {
    if (n > 0) await button(page, "Step on").click();
    await atStep(page, n);
    assert.equal(await flow(page).getByRole("table", { name: "data key", exact: true }).count(), 0, told[n]);
  }
});

test("a job that is cancelled leaves nothing", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "cancelled");
  const file = await makeFile(t, "large.bin", 24 * MIB);
  await page.goto(visit.url("files/"));
  const letGo = await holdJobs(page, { frames: 40 });
  await page.getByLabel("Choose a file").setInputFiles(file.path);
  await button(page, "Encrypt").click();
  const progress = page.getByRole("progressbar", { name: "Progress of the file" });
  await page.waitForFunction(() => document.querySelector("progress")?.value > 0);
  assert.ok((await progress.evaluate((bar) => bar.value)) < file.bytes.length, "it is in the middle");
  await button(page, "Cancel").click();
  await letGo();
  await page.getByRole("status").filter({ hasText: "Cancelled. Nothing was written, and the file is as it was." }).waitFor();
  assert.equal(await page.getByRole("link", { name: /^Download / }).count(), 0);
  assert.equal(await page.getByRole("table").count(), 0);

  await button(page, "Back to this file").click();
  await button(page, "Encrypt").click();
  await downloadResult(page, "large.bin is encrypted");
});

test("a first file makes its key on the way", async (t) => {
  const visit = await open(t);
  const file = await makeFile(t, "first.txt", 12);
  const sealed = await encrypt(visit, file.path);
  const opened = await decrypt(visit, await saveFile(t, sealed.name, sealed.bytes));
  assert.deepEqual(opened.bytes, file.bytes);
  await openKey(visit, "my-files");
});

test("a file that is signed as well, in frames of a chosen length", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "signer");
  const file = await makeFile(t, "contract.pdf", 3 * MIB + 5);
  await page.goto(visit.url("files/"));
  await page.getByLabel("Choose a file").setInputFiles(file.path);
  await page.getByRole("checkbox", { name: "Sign it as well" }).check();
  await page.getByText("Frames", { exact: true }).click();
  await page.getByLabel("Length of a frame").selectOption("64 KiB");
  await button(page, "Encrypt").click();
  const sealed = await downloadResult(page, "contract.pdf is encrypted");
  assert.equal(sealed.bytes.readUInt16BE(1), 0x0578);
  assert.equal(parseHeader(sealed.bytes).frameLength, 64 * 1024);
  assert.match(parseHeader(sealed.bytes).context.toString("latin1"), /aws-crypto-public-key/);
  const opened = await decrypt(visit, await saveFile(t, sealed.name, sealed.bytes));
  assert.deepEqual(opened.bytes, file.bytes);
});

test("the encryption context travels with the file", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "context");
  const file = await makeFile(t, "plan.txt", 100);
  await page.goto(visit.url("files/"));
  await page.getByLabel("Choose a file").setInputFiles(file.path);
  await page.getByText("Encryption context", { exact: true }).click();
  await button(page, "Add a pair").click();
  await page.getByLabel("Name 1").fill("Project");
  await page.getByLabel("Value 1").fill("Alpha");
  await button(page, "Encrypt").click();
  const sealed = await downloadResult(page, "plan.txt is encrypted");
  assert.match(parseHeader(sealed.bytes).context.toString("latin1"), /Project..Alpha/);
  await decrypt(visit, await saveFile(t, sealed.name, sealed.bytes));
  await page.getByText("It carries, unchanged since it was written: Project: Alpha.").waitFor();
});

test("a file goes and comes back whatever its length", async (t) => {
  const visit = await open(t);
  await makeKey(visit, "lengths");
  for (const length of [0, 1, 256 * 1024, 256 * 1024 + 1]) {
    const file = await makeFile(t, `${length}.bin`, length);
    const sealed = await encrypt(visit, file.path);
    const opened = await decrypt(visit, await saveFile(t, sealed.name, sealed.bytes));
    assert.deepEqual(opened.bytes, file.bytes, `${length} bytes`);
  }
});
