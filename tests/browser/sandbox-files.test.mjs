// Files in a sandbox: encrypted by whom the terminal stands for, from the terminal's files and back to them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFile, openWindow as open, sha256 } from "./harness.mjs";
import { MIB, button, downloadResult, expectFailure, link, title } from "./steps.mjs";
import { connect } from "./vault.mjs";
import { bench, command, enter, part, whoIAm } from "./workbench.mjs";

const QUERY = "?sandbox=files";

/** A sandbox with a key, a user who may use it, and a file. */
async function prepared(visit) {
  const page = await bench(visit, { query: QUERY });
  await enter(page, "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text); aws kms create-alias --alias-name alias/letters --target-key-id $KEY");
  await enter(page, "echo 'dear diary' > diary.txt");
  return page;
}

/** Goes to the file page by its link beside terminal and console. */
async function files(page) {
  await part(page, "Files");
  await title(page, "Encrypt or decrypt a file").waitFor();
}

test("a file of the terminal is encrypted and goes back to the terminal, and the log has who did it", async (t) => {
  const visit = await open(t);
  const page = await prepared(visit);
  await page.getByRole("link", { name: "Encrypt or decrypt diary.txt" }).click();
  await page.getByLabel("Under which KMS key").waitFor();
  assert.match(await page.locator(".place-world").textContent(), /^Sandbox files$/);
  assert.equal(await page.locator(".place time").count(), 1, "what time it is there");
  await page.getByRole("checkbox", { name: "Hide the name" }).uncheck();
  await button(page, "Encrypt").click();
  await page.getByRole("heading", { name: "diary.txt is encrypted" }).waitFor();
  await page.getByText("your app").first().waitFor();
  await button(page, "Give it to the terminal").click();
  await page.getByText("The terminal has it as diary.txt.esdk.").waitFor();

  await part(page, "Terminal");
  await command(page).waitFor();
  assert.equal(await enter(page, "ls"), "diary.txt\ndiary.txt.esdk");
  const last = page.locator(".log-line").first();
  assert.match(await last.textContent(), /GenerateDataKey/);
  assert.match(await last.textContent(), /root/);

  // The terminal's own is not written over.
  await page.getByRole("link", { name: "Encrypt or decrypt diary.txt.esdk" }).click();
  await button(page, "Decrypt").click();
  await page.getByRole("heading", { name: "diary.txt.esdk is decrypted, and every byte verified" }).waitFor();
  await button(page, "Give it to the terminal").click();
  await page.getByText("The terminal has it as diary-2.txt.").waitFor();
  await part(page, "Terminal");
  await command(page).waitFor();
  assert.equal(await enter(page, "cat diary-2.txt"), "dear diary");
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  assert.deepEqual(databases, ["waxseal-sandbox-files"], "the vault was not opened");
});

test("the terminal can be opened beside the files, and each sees what the other does", async (t) => {
  const visit = await open(t);
  const page = await prepared(visit);
  await files(page);
  await page.locator("summary").filter({ hasText: "The terminal, on this page" }).click();
  await enter(page, "echo 'to ana' > letter.txt");
  await button(page, "letter.txt").click();
  await button(page, "Encrypt").click();
  await button(page, "Give it to the terminal").click();
  const kept = await page.getByText("The terminal has it as").textContent();
  const [, name] = kept.match(/it as (.*)\.$/);
  const listed = await enter(page, "ls");
  assert.ok(listed.split("\n").includes(name), `${kept} ${listed}`);
  assert.match(await page.locator(".terminal-output").textContent(), /letter\.txt/, "what was typed before is still there");
});

test("large files come and go, and policies and key states decide", async (t) => {
  const visit = await open(t);
  const page = await prepared(visit);
  const film = await makeFile(t, "film.mov", 20 * MIB);
  await files(page);
  await page.getByLabel("Choose a file").setInputFiles(film.path);
  await button(page, "Encrypt").click();
  const { path: sealed } = await downloadResult(page, /is encrypted$/);
  assert.equal(await button(page, "Give it to the terminal").count(), 0, "the terminal takes 4 MiB at most");

  // Somebody else, who may not.
  await part(page, "Terminal");
  await enter(page, "aws iam create-user --user-name ana");
  await files(page);
  await page.getByLabel("You are", { exact: true }).selectOption("ana");
  await whoIAm(page, "arn:aws:iam::111122223333:user/ana");
  await page.getByLabel("Choose a file").setInputFiles(sealed);
  await button(page, "Decrypt").click();
  await page.getByText(/user\/ana is not authorized to perform: kms:Decrypt/).waitFor();
  await page.getByText("AccessDeniedException").waitFor();
  await page.getByLabel("You are", { exact: true }).selectOption("default");
  await whoIAm(page, "arn:aws:iam::111122223333:root");

  // A disabled key leads to the sandbox's console.
  await part(page, "Terminal");
  await enter(page, "aws kms disable-key --key-id $(aws kms describe-key --key-id alias/letters --query KeyMetadata.KeyId --output text)");
  await files(page);
  await page.getByLabel("Choose a file").setInputFiles(sealed);
  await button(page, "Decrypt").click();
  await expectFailure(page, { headline: "This key is disabled", next: /Enable the key/, way: "Open the key", code: "DisabledException" });
  await link(page, "Open the key").click();
  await title(page, "Console").waitFor();
  assert.match(page.url(), /sandbox=files/);
  await part(page, "Terminal");
  await enter(page, "aws kms enable-key --key-id $(aws kms describe-key --key-id alias/letters --query KeyMetadata.KeyId --output text)");
  await files(page);
  await page.getByLabel("Choose a file").setInputFiles(sealed);
  await button(page, "Decrypt").click();
  const opened = await downloadResult(page, /is decrypted, and every byte verified$/);
  assert.deepEqual([opened.name, sha256(opened.bytes)], ["film.mov", sha256(film.bytes)]);
});

test("a sandbox's worker has no passphrase and no backup", async (t) => {
  const visit = await open(t, { context: { bypassCSP: true } });
  const { page } = visit;
  await connect(visit, page, { world: "sandbox-files" });
  const answer = await page.evaluate(() => vault.raw({ vault: { id: 900, task: { protect: { minutes: 5 } } } }));
  assert.equal(answer.closed?.error.code, "BadRequest", JSON.stringify(answer));
  const again = await page.evaluate(() => vault.raw({ open: { world: "vault" } }));
  assert.equal(again.closed?.error.code, "BadRequest", JSON.stringify(again));
});
