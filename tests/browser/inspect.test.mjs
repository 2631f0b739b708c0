// What the page says of an encrypted file, held against what the file is, as the test itself reads it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { axe, becomes, bytes, filesIn, openWindow as open, saveFile } from "./harness.mjs";
import {
  FRAME,
  MIB,
  button,
  choose,
  count,
  downloadResult,
  expectFailure,
  frameAt,
  holdJobs,
  link,
  makeKey,
  openKey,
  parseHeader,
  title,
} from "./steps.mjs";

const LENGTH = 2 * FRAME + 1000;
const vectors = JSON.parse(await readFile(new URL("../vectors/esdk_python_4.0.7_raw_aes.json", import.meta.url), "utf8"));

/** A message of three frames under a key of this browser. */
async function sealed(t, visit, { sign = false, length = LENGTH } = {}) {
  await choose(visit, await saveFile(t, "letter.bin", bytes(length)));
  // Its frames are to be those of the file, without an archive around it.
  await visit.page.getByRole("checkbox", { name: "Hide the name" }).uncheck();
  await visit.page.getByText("Encryption context", { exact: true }).click();
  await button(visit.page, "Add a pair").click();
  await visit.page.getByLabel("Name 1").fill("Project");
  await visit.page.getByLabel("Value 1").fill("Alpha");
  if (sign) await visit.page.getByLabel("Sign it as well").check();
  await button(visit.page, "Encrypt").click();
  return (await downloadResult(visit.page, /is encrypted$/)).bytes;
}

async function look(t, visit, message, hash = "", name = "letter.bin.esdk") {
  await visit.page.goto(visit.url(`files/inspect/${hash}`));
  await visit.page.getByLabel(/^Choose/).setInputFiles(await saveFile(t, name, message));
  await visit.page.getByRole("heading", { name: "In short" }).waitFor();
}

/** The row of a field, by its name in the document. */
const field = (page, id) => page.locator(`[id="${id}"]`);
const fields = (page) => page.locator(".field-list > li");
const value = (page, id) => field(page, id).locator(".field-value").innerText();

/** All bytes of a field that has up to 256. */
async function fieldBytes(page, id) {
  const row = field(page, id);
  await row.getByRole("table").waitFor();
  const all = row.getByRole("button", { name: /^See all/ });
  if (await all.count()) {
    await all.click();
    await row.getByRole("status").waitFor();
    await row.getByRole("table").waitFor();
  }
  const texts = await row.getByRole("cell").allInnerTexts();
  return texts.filter((text) => /^[0-9a-f]{2}$/.test(text)).join("");
}

/** Where a field begins, and how many bytes it has. */
async function place(page, id) {
  const [first, , length] = (await field(page, id).locator(".field-place").innerText()).matchAll(/[\d,]+/g);
  return [count(first[0]), length ? count(length[0]) : 1];
}

for (const sign of [false, true]) {
  test(`every field of a ${sign ? "signed " : ""}message is what the file holds`, async (t) => {
    const visit = await open(t);
    const { page } = visit;
    await makeKey(visit, "letters");
    const message = await sealed(t, visit, { sign });
    const header = parseHeader(message);
    await look(t, visit, message);
    assert.equal(await value(page, "header-version"), String(header.version));
    assert.equal(await value(page, "header-algorithmSuiteId"), sign ? "0x0578" : "0x0478");
    assert.equal(await fieldBytes(page, "header-messageId"), header.messageId.toString("hex"));
    assert.deepEqual(await place(page, "header-messageId"), [3, 32]);
    assert.equal(await value(page, "edk-1-keyProviderId"), "aws-kms");
    assert.equal(await value(page, "edk-1-keyProviderInformation"), header.keys[0].info);
    assert.equal(await fieldBytes(page, "edk-1-encryptedDataKey"), header.keys[0].wrapped.toString("hex"));
    assert.equal(await value(page, "header-frameLength"), "262,144");
    assert.equal(await fieldBytes(page, "header-algorithmSuiteData"), header.commitment.toString("hex"));
    const tag = message.subarray(header.length - 16, header.length);
    assert.equal(await fieldBytes(page, "header-authenticationTag"), tag.toString("hex"));
    const names = await page.locator("[id^='aad-'][id$='-aadKey'] .field-value").allInnerTexts();
    assert.deepEqual(names, sign ? ["Project", "aws-crypto-public-key"] : ["Project"]);
    assert.deepEqual(await place(page, "frame-first-sequenceNumber"), [header.length, 4]);
    assert.equal(await value(page, "frame-last-sequenceNumber"), "3");
    assert.equal(await value(page, "frame-last-encryptedContentLength"), "1,000");
    assert.equal(await page.getByRole("heading", { name: "Footer" }).count(), sign ? 1 : 0);
    if (sign) {
      const [offset, length] = await place(page, "footer-signature");
      assert.equal(offset + length, message.length);
      assert.equal(await fieldBytes(page, "footer-signature"), message.subarray(offset).toString("hex"));
    }

    await t.test("a frame between the first and the last is shown by its number", async () => {
      await page.getByLabel("Show frame number").fill("2");
      await page.keyboard.press("Enter");
      const begin = frameAt(message, 2);
      assert.equal(await value(page, "frame-2-sequenceNumber"), "2");
      assert.deepEqual(await place(page, "frame-2-encryptedContent"), [begin, FRAME]);
      const end = begin + FRAME;
      assert.equal(await fieldBytes(page, "frame-2-authenticationTag"), message.subarray(end, end + 16).toString("hex"));
    });

    await t.test("it is verified, and nothing is written", async () => {
      await button(page, "Verify with the key").click();
      const words = `Every one of 3 frames verifies${sign ? ", and so does the signature" : ""}. 525,288 bytes would come out`;
      await page.getByRole("status").filter({ hasText: words }).waitFor();
      assert.deepEqual(await filesIn(page, "waxseal-results"), []);
      assert.equal(await page.getByRole("link", { name: /^Download/ }).count(), 0);
      await page.getByText("What happened, step by step").click();
      assert.equal(await page.getByText("The file is back").count(), 0);
    });
    assert.deepEqual(await axe(page), []);
  });
}

test("fields are found, linked and led to, with the keyboard alone", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const message = await sealed(t, visit);
  await look(t, visit, message, "#edk-1-keyProviderId");
  await page.waitForFunction(() => document.activeElement?.id === "edk-1-keyProviderId");
  await becomes(() => field(page, "edk-1-keyProviderId").getAttribute("aria-current"), "location");

  await page.getByLabel("Find a field").focus();
  await page.keyboard.type("authenticationtag frame");
  await page.getByRole("status").filter({ hasText: /^2 of \d+ fields$/ }).waitFor();
  await becomes(() => fields(page).count(), 2);
  await page.getByLabel("Find a field").fill("Alpha");
  await page.getByRole("status").filter({ hasText: /^1 of/ }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.hash === "#aad-1-aadValue");
  await page.locator("#aad-1-aadValue[aria-current=location]").waitFor();
  await becomes(() => fields(page).count(), 1, "the message is still there");
  await page.getByLabel("Find a field").fill("nothing has this");
  await page.getByRole("status").filter({ hasText: /^None of \d+ fields has this\.$/ }).waitFor();
  assert.equal(await fields(page).count(), 0);
  assert.deepEqual(await axe(page), []);
});

test("the file goes along from the file page and back", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const message = await sealed(t, visit);
  await choose(visit, await saveFile(t, "letter.bin.esdk", message));
  await link(page, "Look inside without a key").click();
  await page.getByRole("heading", { name: "In short" }).waitFor();
  await page.getByText("letter.bin.esdk").waitFor();
  await link(page, "To the file page with it").click();
  await button(page, "Decrypt").click();
  await page.getByRole("heading", { name: /is decrypted/ }).waitFor();
});

test("messages of AWS's clients, framed and not, tell whose key they need", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const samples = [vectors.tests.find(({ frame_length }) => frame_length === 0), vectors.tests.find(({ frame_length }) => frame_length > 0)];
  for (const { message_b64, frame_length, plaintext_len, provider_id, keys } of samples) {
    await look(t, visit, Buffer.from(message_b64, "base64"), "", "foreign.esdk");
    assert.equal(await value(page, "header-contentType"), frame_length ? "2" : "1");
    await page.getByText(`${plaintext_len.toLocaleString("en")} byte`).first().waitFor();
    await page.getByText(`namespace ${provider_id}, name ${keys[0]}`).waitFor();
    await page.getByText("can be read but not verified").waitFor();
    assert.equal(await button(page, "Verify with the key").count(), 0);
  }
});

test("a key that is in AWS, or in another vault, or disabled, is said to be", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const message = await sealed(t, visit);
  const rename = (from, to) => Buffer.from(message.toString("latin1").replace(from, to), "latin1");
  await look(t, visit, rename(":111122223333:", ":444455556666:"));
  await page.getByText("A KMS key in AWS").waitFor();
  await page.getByText("account 444455556666, Region us-east-1").waitFor();
  const { info } = parseHeader(message).keys[0];
  await look(t, visit, rename(info, `${info.slice(0, -4)}0000`));
  await page.getByText("A KMS key of another vault").waitFor();
  await openKey(visit, "letters");
  await button(page, "Disable").click();
  await page.getByRole("status").filter({ hasText: "The key is disabled." }).waitFor();
  await look(t, visit, message);
  await page.getByText("cannot be used now").waitFor();
  await page.getByText("can be read but not verified").waitFor();
});

test("what is wrong is told with its place, and what could be read is there", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const note = page.getByRole("alert");
  await makeKey(visit, "letters");
  const message = await sealed(t, visit);
  const begin = parseHeader(message).length;

  await look(t, visit, message.subarray(0, begin + FRAME + 200));
  await note.getByText("The file is cut short").waitFor();
  await note.getByText("It could be read up to byte").waitFor();
  assert.equal(await value(page, "frame-first-sequenceNumber"), "1");
  assert.equal(await field(page, "frame-last-sequenceNumber").count(), 0);
  await button(page, "Verify with the key").click();
  await note.getByText("again, to its last byte").waitFor();

  await look(t, visit, Buffer.concat([message, Buffer.from("more")]));
  await page.getByText("The last 4 bytes are not part of the message").waitFor();

  await look(t, visit, message.subarray(0, 20));
  await note.getByText("The file is cut short").waitFor();
  assert.equal(await value(page, "header-version"), "2");

  await look(t, visit, Buffer.from("%PDF-1.7 and so on"));
  await note.getByText("This is not an encrypted file").waitFor();
  assert.equal(await fields(page).count(), 0);

  await look(t, visit, Buffer.from(message.toString("base64")), "", "letter.txt");
  await note.getByText("text form of an encrypted file").waitFor();
  await button(page, "Decode the text").click();
  await field(page, "header-messageId").waitFor();
});

test("verifying names the frame that was changed, and can be cancelled", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "letters");
  const message = await sealed(t, visit, { length: 24 * MIB });
  const changed = Buffer.from(message);
  changed[frameAt(message, 2) + 5] ^= 1;
  await look(t, visit, changed);
  assert.equal(await page.getByRole("alert").count(), 0, "nothing is verified by reading");
  await button(page, "Verify with the key").click();
  await expectFailure(page, { headline: "This file was changed", says: [/Frame 2 /], next: /Use another copy/, code: "Tampered" });

  await look(t, visit, message);
  const letGo = await holdJobs(page, { frames: 10 });
  await button(page, "Verify with the key").click();
  await page.getByRole("progressbar").waitFor();
  await button(page, "Cancel").click();
  await page.getByRole("status").filter({ hasText: "Cancelled. Nothing was written." }).waitFor();
  await letGo();
  await button(page, "Verify with the key").click();
  await page.getByRole("status").filter({ hasText: "Every one of 96 frames verifies" }).waitFor({ timeout: 60_000 });
  await title(page, "Look inside an encrypted file").waitFor();
});
