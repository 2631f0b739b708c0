// The workbench: sandboxes and their terminal, in worlds of their own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, openWindow } from "./harness.mjs";
import { button } from "./steps.mjs";
import { bench, command, enter, exits, lastOutput, moment, whoIAm } from "./workbench.mjs";
import { connect } from "./vault.mjs";

test("a key, made by typing, encrypts and decrypts a file of the terminal", async (t) => {
  const visit = await openWindow(t);
  const page = await bench(visit);
  assert.match(await enter(page, "aws kms create-key --description letters --query KeyMetadata.Description"), /"letters"/);
  await enter(page, "KEY=$(aws kms list-keys --query 'Keys[0].KeyId' --output text); echo 'dear reader' > letter.txt");
  await enter(page, "aws kms encrypt --key-id $KEY --plaintext fileb://letter.txt --query CiphertextBlob --output text | base64 -d > letter.sealed");
  const opened = await enter(page, "aws kms decrypt --ciphertext-blob fileb://letter.sealed --query Plaintext --output text | base64 -d");
  assert.equal(opened.trim(), "dear reader");
  assert.equal(await exits(page), "exit 0");
  await button(page, "Download letter.sealed").waitFor();
  await enter(page, "aws kms rencrypt");
  assert.equal(await exits(page), "exit 252");
});

test("somebody else is refused, and the log says so with its flow", async (t) => {
  const visit = await openWindow(t);
  const page = await bench(visit);
  await enter(page, "aws kms create-key");
  await enter(page, "aws iam create-user --user-name ana");
  await page.getByLabel("You are", { exact: true }).selectOption("ana");
  await whoIAm(page, "arn:aws:iam::111122223333:user/ana");
  const refused = await enter(page, "aws kms list-keys");
  assert.match(refused, /AccessDeniedException.*user\/ana/s);
  assert.equal(await exits(page), "exit 254");
  await page.getByLabel("Filter the log").fill("accessdenied");
  const entry = button(page, /ListKeys.*user\/ana.*AccessDenied/s);
  await entry.click();
  await page.getByRole("heading", { name: "What happened, step by step" }).or(page.locator("#flow-title")).first().waitFor();
  await page.getByLabel("Audit record").getByText('"errorCode": "AccessDenied"').waitFor();
  await page.getByLabel("You are", { exact: true }).selectOption("default");
  await whoIAm(page, "arn:aws:iam::111122223333:root");
  assert.match(await enter(page, "aws kms list-keys"), /KeyArn/);
  assert.match(await enter(page, "aws sts get-caller-identity --profile ana --query Arn"), /user\/ana/);
});

test("a jump of the clock deletes a key that waits for it", async (t) => {
  const visit = await openWindow(t);
  const page = await bench(visit);
  const before = Date.parse(await moment(page));
  await enter(page, "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)");
  await enter(page, "aws kms schedule-key-deletion --key-id $KEY --pending-window-in-days 7");
  await page.getByText("Deletion of a key").waitFor();
  await button(page, "A day on").click();
  await page.getByText("The clock has moved on. Nothing was logged on the way.").waitFor();
  await button(page, "To the next event").click();
  await page.getByText("DeleteKey", { exact: true }).first().waitFor();
  assert.match(await enter(page, "aws kms describe-key --key-id $KEY"), /NotFoundException/);
  const days = (Date.parse(await moment(page)) - before) / 86_400_000;
  assert.ok(days > 6.9 && days < 7.1, `${days} days`);
});

test("a sandbox goes back to before a call, takes another way, and returns", async (t) => {
  const visit = await openWindow(t);
  const page = await bench(visit);
  const other = await bench(visit, { page: await visit.newPage() });
  await enter(page, "aws kms create-key --query KeyMetadata.KeyId --output text > id");
  await enter(page, "aws kms create-alias --alias-name alias/one --target-key-id $(cat id)");
  await enter(page, "aws kms disable-key --key-id $(cat id)");
  const state = (page) => enter(page, "aws kms describe-key --key-id $(cat id) --query KeyMetadata.KeyState; aws kms list-aliases --query 'Aliases[?TargetKeyId].AliasName' --output text");
  assert.match(await state(page), /Disabled/);
  await button(page, /^CreateAlias/).click();
  await button(page, "Go back to before this").click();
  await page.getByText("The sandbox was put back to before that.").waitFor();
  await button(page, /^CreateAlias/).waitFor({ state: "detached" });
  await button(other, /^CreateAlias/).waitFor({ state: "detached" });
  assert.equal((await state(page)).replaceAll(/\s/g, ""), '"Enabled"');
  await page.getByText(/^ListAliases, .* back and 4 steps on/).waitFor();
  await page.reload();
  await button(page, "Return to ListAliases").click();
  await page.getByText("The sandbox was put back as you had left it.").waitFor();
  await button(page, /^CreateAlias/).waitFor();
  assert.match(await state(page), /"Disabled".*alias\/one/s);
  await button(other, /^CreateAlias/).waitFor();
});

test("everything is there again after a reload, and after the browser was closed", async (t) => {
  const visit = await open(t);
  let page = await bench(visit);
  await enter(page, "aws kms create-key > made.json");
  await button(page, "A year on").click();
  await page.getByText("The clock has moved on. Nothing was logged on the way.").waitFor();
  await page.reload();
  await command(page).waitFor();
  assert.match(await enter(page, "cat made.json"), /KeyMetadata/);
  await visit.restart();
  page = await bench(visit);
  await command(page).press("ArrowUp");
  assert.equal(await command(page).inputValue(), "cat made.json");
  await command(page).fill("");
  assert.match(await enter(page, "aws kms list-keys --query 'length(Keys)'"), /^1$/m);
  assert.ok(Date.parse(await moment(page)) > Date.now() + 364 * 86_400_000, "the clock stays ahead");
  await button(page, /CreateKey/).waitFor();
});

test("other services are clients of KMS, and a sandbox keeps what they have", async (t) => {
  const visit = await openWindow(t);
  let page = await bench(visit);
  await enter(page, "echo 'dear reader' > letter.txt; aws s3 mb s3://letters");
  const uploaded = await enter(page, "aws s3 cp letter.txt s3://letters/ --sse aws:kms");
  assert.equal(uploaded.trim(), "upload: ./letter.txt to s3://letters/letter.txt");
  await button(page, /GenerateDataKey/).waitFor();
  await button(page, /PutObject/).waitFor();
  await enter(page, "aws ssm put-parameter --name /password --type SecureString --value hunter2");
  page = await bench(visit);
  assert.equal((await enter(page, "aws s3 cp s3://letters/letter.txt -")).trim(), "dear reader");
  const value = "aws ssm get-parameter --name /password --with-decryption --query Parameter.Value --output text";
  assert.equal((await enter(page, value)).trim(), "hunter2");
  assert.match(await enter(page, "aws kms encrypt --key-id alias/aws/s3 --plaintext aGVsbG8="), /AccessDeniedException/);
});

test("two tabs agree", async (t) => {
  const visit = await openWindow(t);
  const one = await bench(visit);
  const two = await bench(visit, { page: await visit.newPage() });
  await enter(one, "aws kms create-key --query KeyMetadata.KeyId --output text > id");
  await button(two, /CreateKey/).waitFor();
  await enter(two, "aws kms disable-key --key-id $(cat id)");
  assert.match(await enter(one, "aws kms describe-key --key-id $(cat id) --query KeyMetadata.KeyState"), /"Disabled"/);
  await button(one, "A day on").click();
  await one.getByText("The clock has moved on. Nothing was logged on the way.").waitFor();
  await two.getByText("1 day ahead of your clock").waitFor();
});

test("two tabs write files at the same instant, and all of them stay", async (t) => {
  const visit = await openWindow(t);
  const one = await bench(visit);
  const two = await bench(visit, { page: await visit.newPage() });
  for (const n of [1, 2, 3]) {
    const write = (page, name) => enter(page, `aws kms generate-random --number-of-bytes 8 > ${name}${n}`);
    await Promise.all([write(one, "left"), write(two, "right")]);
  }
  for (const page of [one, two]) {
    assert.equal(await enter(page, "ls"), "left1\nleft2\nleft3\nright1\nright2\nright3");
  }
});

/** A line that takes a while. */
const SLOW = "aws kms create-key --key-spec RSA_4096 --key-usage SIGN_VERIFY > made; ".repeat(3);

test("whoever becomes somebody else while a line runs stays so", async (t) => {
  const visit = await openWindow(t);
  const page = await bench(visit);
  await enter(page, "aws iam create-user --user-name ana");
  await command(page).fill(SLOW);
  await command(page).press("Enter");
  await lastOutput(page).getByText("RSA_4096").waitFor();
  await page.getByLabel("You are", { exact: true }).selectOption("ana");
  await whoIAm(page, "arn:aws:iam::111122223333:user/ana");
  await page.getByLabel("Region", { exact: true }).selectOption("eu-west-1");
  assert.equal(await lastOutput(page).locator(".terminal-exit").count(), 0, "the line still runs");
  await lastOutput(page).getByText("exit 0").waitFor();
  await whoIAm(page, "arn:aws:iam::111122223333:user/ana");
  assert.match(await enter(page, "cat made | head -3; aws sts get-caller-identity; aws configure list"), /user\/ana.*eu-west-1/s);
});

test("a line that is given up leaves the terminal as it was, and lines that were typed meanwhile run", async (t) => {
  const visit = await openWindow(t);
  const page = await bench(visit);
  const { keyboard } = page;
  await command(page).focus();
  await keyboard.insertText(SLOW);
  await keyboard.press("Enter");
  await page.getByText("Running…").waitFor();
  await keyboard.press("Control+c");
  await lastOutput(page).getByText("exit 130").waitFor();
  assert.equal(await enter(page, "ls"), "", "no file was made");
  await keyboard.insertText("aws kms create-key --key-spec RSA_2048 --key-usage SIGN_VERIFY > made");
  await keyboard.press("Enter");
  await keyboard.type("echo 'typed");
  await keyboard.press("Enter");
  await keyboard.type("meanwhile'; ls");
  await keyboard.press("Enter");
  await lastOutput(page).getByText("typed\nmeanwhile\nmade").waitFor();
});

test("a sandbox that begins with two accounts", async (t) => {
  const visit = await openWindow(t);
  const page = await bench(visit);
  await page.getByText("Sandboxes", { exact: true }).click();
  await page.getByLabel("Name of a new sandbox").fill("company");
  await page.getByLabel("Two accounts").check();
  await button(page, "Make the sandbox").click();
  await page.waitForURL(/sandbox=company/);
  await command(page).waitFor();
  const seal = "aws kms encrypt --key-id alias/orders --plaintext aGk= --query CiphertextBlob --output text --profile orders-app > sealed";
  await enter(page, seal);
  assert.equal(await exits(page), "exit 0");
  await page.getByLabel("You are", { exact: true }).selectOption("carla");
  await whoIAm(page, "arn:aws:iam::444455556666:user/carla");
  assert.match(await enter(page, "aws kms decrypt --ciphertext-blob $(cat sealed) --query Plaintext --output text"), /aGk=/);
  assert.match(await enter(page, "aws kms create-key"), /AccessDenied/);
  await button(page, /AssumeRole/).waitFor();

  await page.getByText("Sandboxes", { exact: true }).click();
  await page.getByRole("link", { name: "first", exact: true }).waitFor();
  await page.getByRole("link", { name: "company", exact: true }).waitFor();
  await page.getByLabel("Type “company” to confirm").fill("company");
  await button(page, "Throw this sandbox away").click();
  await page.waitForURL(/sandbox=first/);
  await command(page).waitFor();
  const left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  assert.deepEqual(left, ["waxseal-sandbox-first"]);
});

test("the vault stays untouched, and takes neither an identity nor another time", async (t) => {
  const visit = await openWindow(t, { context: { bypassCSP: true } });
  const page = await bench(visit);
  await enter(page, "aws kms create-key");
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  assert.deepEqual(databases, ["waxseal-sandbox-first"], "the workbench opens no vault");

  await connect(visit, page);
  assert.deepEqual((await page.evaluate(() => vault.call("ListKeys", {}))).Keys, []);
  const own = await page.evaluate(async () => (await vault.call("CreateKey", {})).KeyMetadata.KeyId);
  const call = { id: 900, service: "kms", operation: "ScheduleKeyDeletion", body: JSON.stringify({ KeyId: own }) };
  for (const frame of [
    { call: { ...call, identity: { principal: "arn:aws:iam::444455556666:root" } } },
    { call: { ...call, region: "eu-central-1", identity: { principal: "arn:aws:iam::111122223333:root" } } },
    { do: { id: 901, task: { advance: { to: 2_000_000_000 } } } },
    { do: { id: 902, task: { enter: { line: "ls" } } } },
  ]) {
    const answer = await page.evaluate((frame) => vault.raw(frame), frame);
    assert.equal(answer.closed?.error.code, "BadFrame", JSON.stringify(frame));
  }
  const { KeyMetadata: key } = await page.evaluate((KeyId) => vault.call("DescribeKey", { KeyId }), own);
  assert.equal(key.KeyState, "Enabled");
  assert.ok(Math.abs(key.CreationDate * 1000 - Date.now()) < 600_000);
});

test("a sandbox reaches neither the vault's database nor its frames", async (t) => {
  const visit = await openWindow(t, { context: { bypassCSP: true } });
  const { page } = visit;
  await connect(visit, page);
  await page.evaluate(() => vault.call("CreateKey", {}));
  await connect(visit, page, { world: "sandbox-first" });
  const root = { principal: "arn:aws:iam::111122223333:root" };
  const listed = await page.evaluate(
    (identity) => vault.raw({ call: { id: 900, identity, region: "us-east-1", service: "kms", operation: "ListKeys", body: "{}" } }),
    root,
  );
  assert.deepEqual(JSON.parse(listed.answer.answer.Ok.result.Ok).Keys, []);
  // As whom the terminal stands for, and of the sandbox's keys all the same.
  const own = await page.evaluate(() => vault.raw({ call: { id: 901, operation: "ListKeys", body: "{}" } }));
  assert.deepEqual(JSON.parse(own.answer.answer.Ok.result.Ok).Keys, []);
  for (const frame of [{ open: { world: "vault" } }, { vault: { id: 902, task: "backUp" } }]) {
    const answer = await page.evaluate((frame) => vault.raw(frame), frame);
    assert.equal(answer.closed?.error.code, "BadRequest", JSON.stringify(frame));
  }
  await assert.rejects(connect(visit, page, { world: "sandbox-first", from: "./" }), /BadRequest/, "the vault's worker has no sandboxes");
});

test("with the keyboard alone: completion, history, several lines, and out again", async (t) => {
  const visit = await openWindow(t);
  const page = await bench(visit);
  const { keyboard } = page;
  await command(page).focus();
  await keyboard.type("aws kms cr");
  await keyboard.press("Tab");
  await page.getByRole("status").filter({ hasText: "create-alias  create-custom-key-store  create-grant  create-key" }).waitFor();
  assert.equal(await command(page).inputValue(), "aws kms create-");
  await keyboard.type("key --key-spec SY");
  await keyboard.press("Tab");
  await page.waitForFunction(() => document.querySelector("#command").value === "aws kms create-key --key-spec SYMMETRIC_DEFAULT ");
  await keyboard.press("Enter");
  await lastOutput(page).getByText("exit 0").waitFor();
  await keyboard.type("aws kms describe-key --key-id ");
  await keyboard.press("Tab");
  await page.getByRole("status").filter({ hasText: "arn:aws:kms:us-east-1:111122223333:key/" }).waitFor();
  await keyboard.press("Control+c");
  assert.equal(await command(page).inputValue(), "");

  await keyboard.type("echo 'one");
  await keyboard.press("Enter");
  await keyboard.type("two'");
  await keyboard.press("Enter");
  await lastOutput(page).filter({ hasText: "echo" }).getByText("exit 0").waitFor();
  assert.equal(await lastOutput(page).locator("pre").textContent(), "one\ntwo");
  await keyboard.press("ArrowUp");
  assert.equal(await command(page).inputValue(), "echo 'one\ntwo'");
  await keyboard.press("ArrowDown");
  await keyboard.type("ec");
  await keyboard.press("Escape");
  await keyboard.press("Tab");
  assert.notEqual(await page.evaluate(() => document.activeElement.id), "command", "Escape and Tab lead out");
  await keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "command");
  await keyboard.press("Shift+Tab");
  assert.notEqual(await page.evaluate(() => document.activeElement.id), "command", "Shift and Tab too");
});

test("pasted lines run one after the other, each with its exit code", async (t) => {
  const visit = await openWindow(t);
  const page = await bench(visit);
  await command(page).fill("echo one\naws kms nothing\necho two \\\n  three");
  await command(page).press("Enter");
  await lastOutput(page).getByText("two three").waitFor();
  const codes = await page.locator(".terminal-exit").allTextContents();
  assert.deepEqual(codes, ["exit 0", "exit 252", "exit 0"]);
});
