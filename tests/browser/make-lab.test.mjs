// A lab made of a sandbox: from what was done in it to the part of a lesson's files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { becomes, download, openWindow as open } from "./harness.mjs";
import { button } from "./steps.mjs";
import { bench, enter, worlds } from "./workbench.mjs";

const KEY = "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)";
const GOAL = "keys[?contains(Aliases, 'alias/app') && KeyState=='Disabled']";

test("what was done in a sandbox becomes a lab that is played and downloaded", async (t) => {
  const visit = await open(t);
  const page = await bench(visit);
  for (const line of [KEY, "aws kms create-alias --alias-name alias/app --target-key-id $KEY", "ls", "aws kms disable-key --key-id $KEY"]) await enter(page, line);
  await worlds(page);
  await page.getByRole("link", { name: "Make a lab of this sandbox" }).click();
  await page.getByRole("heading", { level: 1, name: "Make a lab" }).waitFor();

  // What only looked is no line; the first draft has all lines in its solution.
  const field = (name) => page.getByLabel(name, { exact: true });
  await becomes(() => field("A solution").inputValue(), [KEY, "aws kms create-alias --alias-name alias/app --target-key-id $KEY", "aws kms disable-key --key-id $KEY"].join("\n"), "all lines");
  await field("It begins").selectOption({ index: 2 });
  await button(page, "Take over 3 lines").click();
  assert.equal(await field("A solution").inputValue(), "aws kms disable-key --key-id $KEY");

  // Of what could be a goal, what was there at the beginning is not offered.
  const offered = (check) => page.getByRole("checkbox", { name: check });
  await offered(GOAL).waitFor();
  await becomes(() => offered("keys[?contains(Aliases, 'alias/app')]").count(), 0, "the alias was there");
  await offered(GOAL).check();
  await page.getByText("Holds now, and does not hold at the beginning.").waitFor();
  await field("Goal 1").fill("keys[?");
  await page.locator("#lab-goal-0-told .wrong").waitFor();
  await field("Goal 1").fill(GOAL);
  await page.getByText("Holds now, and does not hold at the beginning.").waitFor();

  await field("Another way").fill("aws kms disable-key --key-id $(aws kms describe-key --key-id alias/app --query KeyMetadata.KeyId --output text)");
  await button(page, "Add a mistake").click();
  await field("Mistake 1").fill("log[?eventName=='DisableKey' && errorCode]");
  await field("Name of mistake 1").fill("by-its-alias");
  await field("Lines that make mistake 1").fill("true");
  await field("What to say of mistake 1").fill("It wants the ID.");
  await button(page, "Play all of it").click();
  await page.getByText("the mistake by-its-alias is told as nothing").waitFor();
  await field("Lines that make mistake 1").fill("aws kms disable-key --key-id alias/app");
  await button(page, "Play all of it").click();
  await page.getByText("All of it ends as it should.").waitFor();

  for (const [name, text] of Object.entries({
    "Name in addresses": "off", Objectives: "6.1", Title: "Off", Task: "Disable `alias/app`.", "Hint 1": "a", "Hint 2": "b", "Hint 3": "c",
  })) await field(name).fill(text);
  await page.getByText("a text of what to notice is empty").waitFor();
  await page.reload();
  await field("What to notice").fill("It has its name.");
  await page.getByText("Nothing is missing.").waitFor();
  const file = await download(page, () => button(page, "Download the lab").click());
  assert.equal(file.name, "off.toml");
  assert.equal(
    file.bytes.toString(),
    `# Into the lesson's lesson.toml, after its other labs

[[lab]]
id = "off"
objectives = ["6.1"]
prepare = '''
${KEY}
aws kms create-alias --alias-name alias/app --target-key-id $KEY
'''
goals = [
    "${GOAL}",
]
solution = '''
aws kms disable-key --key-id $KEY
'''
routes = ['''
aws kms disable-key --key-id $(aws kms describe-key --key-id alias/app --query KeyMetadata.KeyId --output text)
''']

[[lab.mistake]]
name = "by-its-alias"
when = "log[?eventName=='DisableKey' && errorCode]"
script = '''
aws kms disable-key --key-id alias/app
'''

# Into its en.toml

[labs.off]
title = "Off"
task = "Disable \`alias/app\`."
goals = [
    "The key of \`alias/app\` is \`Disabled\`",
]
hints = [
    "a",
    "b",
    "c",
]
notice = "It has its name."
[labs.off.mistakes]
by-its-alias = "It wants the ID."
`,
  );
});
