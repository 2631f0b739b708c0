// What study notes say of setting up a key, step by step: in the wizard of the vault, and with the console of a sandbox.
import assert from "node:assert/strict";
import { button, link, title } from "../steps.mjs";
import { part } from "../workbench.mjs";
import { NEW_KEY } from "./service.mjs";

const at = (page, step) => page.getByRole("heading", { level: 2, name: step, exact: true }).waitFor();

/** Goes on to a step of the wizard. */
async function goOn(page, step) {
  await button(page, "Continue").click();
  await at(page, step);
}

/** Names a user or role in the wizard. */
async function name(page, who, kind = "IAM user") {
  await page.getByLabel("Kind").selectOption(kind);
  await page.getByLabel("Name", { exact: true }).fill(who);
  await button(page, "Add").click();
  await page.getByText(`arn:aws:iam::111122223333:${kind === "IAM user" ? "user" : "role"}/${who}`).waitFor();
}

const people = (principal) => [principal.AWS].flat();

export const setup = {
  async "first, it is given an alias, in a call of its own"({ visit, page }) {
    await page.goto(visit.url("keys/new/"));
    await at(page, "Alias");
    await page.getByLabel("Alias", { exact: true }).fill("letters");
    await goOn(page, "Description");
  },

  async "second, a description"({ page }) {
    await page.getByLabel("Description", { exact: true }).fill("For letters and photographs");
    await goOn(page, "Key material");
  },

  async "third, its material is chosen, once and for all"({ page }) {
    assert.ok(await page.getByRole("radio", { name: "Made here" }).isChecked());
    await page.getByRole("radio", { name: "My own key material" }).check();
    await page.getByText("You bring 32 bytes").waitFor();
    await page.getByRole("radio", { name: "Made here" }).check();
    await page.getByText("These four are fixed once the key exists.").waitFor();
    await goOn(page, "Administrators");
  },

  async "fourth, who administers it through the API and may not use it"({ visit, page, terminal }) {
    await name(page, "kim");
    await page.getByText("They cannot encrypt or decrypt with it").waitFor();
    await goOn(page, "Users");
    await name(page, "dora");
    await name(page, "backup", "IAM role");
    await goOn(page, "Review");
    await page.getByText("The calls that make the key").click();
    const calls = page.locator(".call");
    assert.deepEqual(await calls.locator("figcaption").allTextContents(), ["CreateUser", "CreateUser", "CreateRole", "CreateKey", "CreateAlias"]);
    const create = JSON.parse(await calls.nth(3).locator("pre").textContent());
    assert.equal(create.Description, "For letters and photographs");
    await page.getByText("The same as commands").click();
    const commands = (await page.locator(".commands code").innerText()).split(/^(?=aws|KEY_ID)/m);
    const names = commands.map((command) => command.match(/aws \S+ \S+/)[0]);
    assert.deepEqual(names, ["aws iam create-user", "aws iam create-user", "aws iam create-role", "aws kms create-key", "aws kms create-alias"]);
    await button(page, "Make the key").click();
    await title(page, "letters is sealed").waitFor();
    await link(page, "See the key").click();
    await page.getByText("For letters and photographs").waitFor();
    await page.getByText("Read the policy").click();
    const { Statement } = JSON.parse(await page.getByRole("region", { name: "Key policy" }).locator("pre").innerText());
    const of = Object.fromEntries(Statement.map((statement) => [statement.Sid, statement]));
    const administer = of["Allow access for Key Administrators"];
    assert.deepEqual(people(administer.Principal), ["arn:aws:iam::111122223333:user/kim"]);
    assert.ok(["kms:Encrypt", "kms:Decrypt", "kms:*"].every((action) => !administer.Action.includes(action)), administer.Action.join());
    const users = ["arn:aws:iam::111122223333:user/dora", "arn:aws:iam::111122223333:role/backup"].sort();
    assert.deepEqual(people(of["Allow use of the key"].Principal).sort(), users);
    assert.deepEqual(people(of["Allow attachment of persistent resources"].Principal).sort(), users);
    assert.deepEqual(of["Allow attachment of persistent resources"].Condition, { Bool: { "kms:GrantIsForAWSResource": "true" } });

    await giveRoles(page, terminal);
    await terminal.run("aws kms disable-key --key-id $KEY --profile kim && aws kms enable-key --key-id $KEY --profile kim");
    await terminal.refused("aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --profile kim", /AccessDeniedException/);
    const policy = "aws kms get-key-policy --key-id $KEY --query Policy --output text --profile kim";
    await terminal.run(`${policy} | tr -d '\\n' > policy.json`);
    const own = JSON.parse(await terminal.run("cat policy.json"));
    own.Statement.push({ Sid: "And kim", Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:user/kim" }, Action: "kms:Encrypt", Resource: "*" });
    await terminal.run(`aws kms put-key-policy --key-id $KEY --profile kim --policy '${JSON.stringify(own)}'`);
    await terminal.run("aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --profile kim");
  },

  async "fifth, who encrypts and decrypts with it, and may not administer it"({ terminal }) {
    await terminal.run("aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --query CiphertextBlob --output text --profile dora > sealed");
    await terminal.run("aws kms decrypt --ciphertext-blob $(cat sealed) --profile dora && aws kms generate-data-key --key-id $KEY --key-spec AES_256 --profile dora");
    await terminal.refused("aws kms disable-key --key-id $KEY --profile dora", /AccessDeniedException/);
    await terminal.refused("aws kms create-grant --key-id $KEY --operations Decrypt --grantee-principal arn:aws:iam::111122223333:user/kim --profile dora", /AccessDeniedException/);
    const services = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ec2:*", Resource: "*" }] };
    await terminal.run(`aws iam put-user-policy --user-name dora --policy-name disks --policy-document '${JSON.stringify(services)}'`);
    await terminal.run("VOLUME=$(aws ec2 create-volume --availability-zone us-east-1a --size 8 --encrypted --kms-key-id $KEY --query VolumeId --output text --profile dora)");
    await terminal.run("aws ec2 attach-volume --volume-id $VOLUME --instance-id i-0abcdef1234567890 --device /dev/sdf --profile dora");
    assert.deepEqual((await terminal.json("aws kms list-grants --key-id $KEY --query Grants[].Operations")), [["Decrypt"]], "a service has a grant of hers");
  },
};

/** A key `$KEY` that kim administers and dora uses, as the console makes it of two ticks. */
async function giveRoles(page, terminal) {
  for (const name of ["kim", "dora"]) {
    await terminal.run(`aws iam create-user --user-name ${name}`);
    await terminal.profile(name, `arn:aws:iam::111122223333:user/${name}`);
  }
  await terminal.run(`KEY=${NEW_KEY()}`);
  const id = (await terminal.run("echo $KEY")).trim();
  await part(page, "Console");
  await page.getByRole("row", { name: new RegExp(id) }).getByRole("button").click();
  await page.getByText("Who may do what", { exact: true }).click();
  const person = (name, role) => page.getByRole("group", { name: `user/${name}` }).getByRole("checkbox", { name: role });
  await person("kim", "administers").check();
  await person("dora", "uses").check();
  const cell = (action, text) => page.getByRole("row", { name: new RegExp(`^${action} `) }).getByRole("button", { name: text });
  await cell("DisableKey", "yes, changed").waitFor();
  await cell("Decrypt", "yes, changed").waitFor();
  await button(page, "Make it the key’s policy").click();
  await page.locator(".policy-editor .terminal-exit").getByText("exit 0").waitFor();
}
