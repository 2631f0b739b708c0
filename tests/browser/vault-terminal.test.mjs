// The vault by command and by form: what is done there is done to the vault, and nothing of a sandbox is there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openWindow as open } from "./harness.mjs";
import { PASSPHRASE, button, link, lockVault, makeKey, openKey, title } from "./steps.mjs";
import { command, enter, exits, part, send, answer } from "./workbench.mjs";
import { connect } from "./vault.mjs";

/** Goes to the vault's terminal from its list of keys. */
async function vaultTerminal(visit, page = visit.page) {
  await page.goto(visit.url("keys/"));
  await link(page, "Terminal and console").click();
  await title(page, "The vault’s terminal").waitFor();
  await command(page).waitFor();
  return page;
}

test("a command of the vault's terminal is done to the vault, and says where it is done", async (t) => {
  const visit = await open(t);
  await makeKey(visit, "letters");
  const page = await vaultTerminal(visit);
  assert.equal(await page.locator(".place-world").textContent(), "Vault");
  assert.match(await page.locator(".lead").textContent(), /This is the vault, no sandbox.*there is no going back/);
  for (const name of ["Clock", "Log", "Meter", "Sandboxes"]) {
    assert.equal(await page.getByRole("heading", { name, exact: true }).count(), 0, name);
  }
  assert.equal(await page.locator(".terminal-prompt").textContent(), "vault $");
  assert.equal(await enter(page, "aws kms list-aliases --query Aliases[].AliasName --output text"), "alias/letters");
  await enter(page, "echo hello > letter; aws kms encrypt --key-id alias/letters --plaintext fileb://letter --query CiphertextBlob --output text | base64 -d > sealed");
  assert.equal(await enter(page, "aws kms decrypt --ciphertext-blob fileb://sealed --query Plaintext --output text | base64 -d"), "hello");
  assert.match(await enter(page, "aws iam list-users"), /The vault is a key service and nothing else/);
  assert.equal(await exits(page), "exit 255");
  await page.getByText("They are in this page only").waitFor();
  await enter(page, "aws kms disable-key --key-id $(aws kms describe-key --key-id alias/letters --query KeyMetadata.KeyId --output text)");
  assert.equal(await exits(page), "exit 0");

  // Wherever a link leads, the address stays the vault's.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Workbench" }).click();
  await page.waitForURL(/world=vault/);
  await page.reload();
  assert.match(await enter(page, "aws kms describe-key --key-id alias/letters --query KeyMetadata.KeyState"), /Disabled/);
  assert.doesNotMatch(await page.locator("#files").locator("..").textContent(), /sealed/, "its files are gone with the page");

  await openKey(visit, "letters");
  await page.getByText("Disabled", { exact: true }).first().waitFor();
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  assert.deepEqual(databases, ["waxseal-vault"], "no sandbox was made");
});

test("the vault's console makes requests of its keys", async (t) => {
  const visit = await open(t);
  await makeKey(visit, "letters");
  const page = await vaultTerminal(visit);
  await part(page, "Console");
  await title(page, "The vault’s console").waitFor();
  await button(page, "letters").click();
  assert.equal(await page.getByText("Who may do what", { exact: true }).count(), 0);
  const groups = await page.getByLabel("Operation", { exact: true }).locator("optgroup").evaluateAll((all) => all.map(({ label }) => label));
  assert.deepEqual(groups, ["kms"]);
  await button(page, "Disable").click();
  await send(page);
  assert.match(await answer(page), /aws kms disable-key.*exit 0/s);
  await page.locator("section").filter({ has: page.getByRole("heading", { name: "Key “letters”", exact: true }) }).getByText(/Disabled/).waitFor();
});

test("a locked vault's terminal asks for the passphrase", async (t) => {
  const visit = await open(t);
  await makeKey(visit, "letters");
  await lockVault(visit);
  const page = visit.page;
  await page.goto(visit.url("workbench/?world=vault"));
  await page.getByText("Your passphrase opens it for this page.").waitFor();
  assert.equal(await command(page).count(), 0);
  await page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
  await button(page, "Unlock").click();
  await command(page).waitFor();
  assert.equal(await enter(page, "aws kms list-aliases --query Aliases[].AliasName --output text"), "alias/letters");
});

test("with a terminal, too, the vault takes neither an identity nor another time", async (t) => {
  const visit = await open(t, { context: { bypassCSP: true } });
  const { page } = visit;
  await connect(visit, page, { from: "workbench/" });
  await page.evaluate(() => vault.call("CreateKey", {}));
  for (const task of [{ advance: { to: 2_000_000_000 } }, { be: { profile: "ana" } }, { back: { entry: 1 } }, "save"]) {
    const answer = await page.evaluate((task) => vault.raw({ do: { id: 900, task } }), task);
    assert.equal(answer.answer.answer.Err?.code, "BadRequest", JSON.stringify(answer));
  }
  const call = { id: 901, region: "eu-central-1", identity: { principal: "arn:aws:iam::444455556666:root" }, service: "kms", operation: "ListKeys", body: "{}" };
  const answer = await page.evaluate((call) => vault.raw({ call }), call);
  assert.equal(answer.closed?.error.code, "BadFrame");
});
