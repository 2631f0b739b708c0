// The meter of the workbench, and flows as pictures.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { becomes, open } from "./harness.mjs";
import { button } from "./steps.mjs";
import { bench, enter, whoIAm } from "./workbench.mjs";

const newest = (page) => page.getByRole("region", { name: "Meter", exact: true }).getByRole("table").first();

/** Waits until the newest bill says that many requests were made. */
const requests = (page, count) => newest(page).getByText(`: ${count} request${count === 1 ? "" : "s"};`).waitFor();

/** The cells of the newest bill's line. */
const line = async (page, what) =>
  (await newest(page).getByRole("row").filter({ has: page.getByRole("rowheader", { name: what, exact: true }) }).locator("th, td").allTextContents()).slice(1);

test("requests are counted, by account, refused ones too; after a reload and after going back", async (t) => {
  const visit = await open(t);
  const page = await bench(visit);
  await requests(page, 0);
  await enter(page, "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)");
  await enter(page, "aws kms generate-data-key --key-id $KEY --key-spec AES_256; aws kms describe-key --key-id nothing");
  const made = 3;
  await requests(page, made);
  assert.deepEqual(await line(page, "Requests that are free"), [`${made}`, "20,000 a month", "$0.00"]);
  assert.match((await line(page, "KMS keys")).at(-1), /^\$0\.00\d+$/);
  const caption = await newest(page).getByRole("caption").textContent();
  assert.match(caption, /[1-9][\d,]* bytes into KMS, [1-9][\d,]* bytes out of it/);
  await page.reload();
  await requests(page, made);
  assert.equal(await newest(page).getByRole("caption").textContent(), caption);
  // What is asked of another service is not counted.
  await enter(page, "aws iam create-user --user-name ana");
  await requests(page, made);
  await button(page, /^GenerateDataKey/).click();
  await button(page, "Go back to before this").click();
  await requests(page, 1);
  await button(page, /^Return/).first().click();
  await requests(page, made);
});

test("after a year with a rotation the bill has it, month by month", async (t) => {
  const visit = await open(t);
  const page = await bench(visit);
  await enter(page, "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text); aws kms enable-key-rotation --key-id $KEY --rotation-period-in-days 300");
  await button(page, "A year on").click();
  await page.getByText("1 thing happened on the way:").waitFor();
  await requests(page, 0);
  const meter = page.getByRole("region", { name: "Meter", exact: true });
  await meter.getByText("Earlier months", { exact: true }).click();
  const months = meter.getByRole("table");
  await becomes(() => months.count(), 13);
  // A whole month after the rotation: a key, and as much again for the rotation.
  const last = months.nth(1);
  assert.match(await last.textContent(), /First and second rotations of keys/);
  assert.match(await last.locator("tfoot").textContent(), /\$2\.00$/);
  assert.match(await months.nth(6).locator("tfoot").textContent(), /\$1\.00$/);
  const total = Number((await meter.getByText(/^All months so far/).textContent()).match(/\$(\d+\.\d+)\./)[1]);
  const sums = await months.locator("tfoot td").allTextContents();
  const sum = sums.reduce((sum, amount) => sum + Number(amount.slice(1)), 0);
  assert.ok(Math.abs(sum - total) < 0.00002 && total > 14 && total < 14.4, `${sum}, ${total}`);
});

/** What is saved when a button is pressed. */
async function saved(page, name) {
  const download = page.waitForEvent("download");
  await button(page, name).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test("a flow is taken along as SVG and as PNG, without the data key", async (t) => {
  const visit = await open(t);
  const page = await bench(visit);
  await enter(page, "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)");
  const printed = await enter(page, "aws kms generate-data-key --key-id $KEY --key-spec AES_256 --query '[Plaintext,CiphertextBlob]' --output text");
  const [plaintext, sealed] = printed.trim().split(/\s+/).map((text) => Buffer.from(text, "base64").toString("hex"));
  await button(page, /^GenerateDataKey/).click();
  const sentences = await page.locator(".step-sentence").allTextContents();
  assert.ok(sentences.length > 4);
  const svg = await saved(page, "Save as SVG");
  assert.equal(svg.name, "flow.svg");
  // A page of the site may not parse a text as a document.
  const told = await (await visit.newPage()).evaluate((text) => {
    const document = new DOMParser().parseFromString(text, "image/svg+xml");
    const root = document.documentElement;
    return {
      name: root.nodeName,
      text: root.textContent.replaceAll(/\s+/g, " "),
      size: [root.getAttribute("width"), root.getAttribute("height")].map(Number),
      foreign: [...root.querySelectorAll("*")].flatMap((element) => [...element.attributes]).filter(({ name, value }) => /href|src/.test(name) || /url\(/.test(value)).length,
    };
  }, svg.bytes.toString());
  assert.equal(told.name, "svg");
  assert.equal(told.foreign, 0);
  for (const part of [...sentences, "encrypted data key, ", "data key, 32 bytes", sealed.slice(0, 8), "GenerateDataKey 20", "bytes cross the wall, inwards."]) {
    assert.ok(told.text.includes(part), `${part} is not in ${told.text}`);
  }
  assert.ok(!told.text.includes(plaintext.slice(0, 8)), told.text);
  const png = await saved(page, "Save as PNG");
  assert.equal(png.name, "flow.png");
  assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
  assert.deepEqual([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)], told.size.map((length) => 2 * length));
  // It is no empty page: paper, ink and at least one colour more.
  assert.ok(png.bytes.length > 20_000, `${png.bytes.length} bytes`);
});

test("another account has a meter of its own", async (t) => {
  const visit = await open(t);
  const page = await bench(visit, { query: "?sandbox=two&start=two-accounts" });
  await whoIAm(page, "arn:aws:iam::111122223333:root");
  const meter = page.getByRole("region", { name: "Meter", exact: true });
  await meter.getByText("What account 111122223333").waitFor();
  await page.getByLabel("You are", { exact: true }).selectOption("carla");
  await meter.getByText("What account 444455556666").waitFor();
});
