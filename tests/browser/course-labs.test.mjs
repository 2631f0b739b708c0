// Labs are done in the page of their lesson, as a learner would: by typing, and with the switches beside the terminal.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, becomes, open } from "./harness.mjs";
import { begin, doScript, holding, judged, labPart, lesson, solved, waitUntilSolved } from "./labs.mjs";
import { button } from "./steps.mjs";
import { command } from "./workbench.mjs";

test("every lab of four lessons is solved by doing what its solution says, and by nothing else", { concurrency: 2 }, async (t) => {
  const visit = await open(t);
  const free = [visit.page, await visit.newPage()];
  const doLesson = (slug) =>
    t.test(slug, async () => {
      const page = free.pop();
      await doLabs(visit, slug, page).finally(() => free.push(page));
    });
  await Promise.all(["what-kms-is", "envelope-encryption", "rotation", "access"].map(doLesson));
});

async function doLabs(visit, slug, page) {
  const { labs } = await lesson(visit, slug, page);
  assert.ok(labs.length >= 8, `${labs.length} labs`);
  for (const { id, solution } of labs) {
    await begin(page, id);
    assert.equal(await solved(page, id).count(), 0, `${id} before anything was done`);
    await doScript(page, id, solution);
    await waitUntilSolved(page, id);
    await labPart(page, id).getByRole("heading", { name: "What to notice" }).waitFor();
  }
  // Each lab that was begun has closed the one before.
  assert.equal(await page.getByLabel("Command", { exact: true }).count(), 1);
  assert.equal(page.workers().length, 1);
}

test("a mistake is told in words, and the lab can begin again", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const { labs, text } = await lesson(visit, "envelope-encryption");
  const { id, mistake, solution } = labs.find(({ id }) => id === "envelope-by-hand");
  const { script } = mistake.find(({ name }) => name === "left-alive");
  const words = text.labs[id].mistakes["left-alive"].replace(/<[^>]+>/g, "").trim().slice(0, 30);
  await begin(page, id);
  await doScript(page, id, script);
  await labPart(page, id).getByText(words).waitFor();
  assert.equal(await solved(page, id).count(), 0);

  await button(labPart(page, id), "Begin again").click();
  await labPart(page, id).getByText("would be gone").waitFor();
  await button(labPart(page, id), "Keep it").click();
  await labPart(page, id).getByText(words).waitFor();
  await button(labPart(page, id), "Begin again").click();
  await button(labPart(page, id), "Throw it away and begin again").click();
  await labPart(page, id).getByText(words).waitFor({ state: "hidden" });
  await judged(page, id);
  await doScript(page, id, solution);
  await waitUntilSolved(page, id);
});

test("a lab is left and goes on where it was, in its page and in the workbench", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const { labs } = await lesson(visit, "what-kms-is");
  const { id, solution } = labs.find(({ id }) => id === "a-key-you-control");
  const lines = solution.trim().split("\n");
  await begin(page, id);
  const before = await holding(page, id);
  await doScript(page, id, lines[0]);
  await page.reload();
  await begin(page, id);
  await command(page).press("ArrowUp");
  assert.equal(await command(page).inputValue(), lines[0]);
  await command(page).press("Control+c");

  await page.getByRole("link", { name: "Open it in the workbench" }).click();
  await page.getByRole("heading", { level: 1, name: "Workbench" }).waitFor();
  await page.locator(".place-world").getByText(`Sandbox lab-${id}`).waitFor();
  await command(page).fill(lines.slice(1).join("\n"));
  await command(page).press("Enter");
  await page.locator(".terminal-exit").nth(lines.length - 2).waitFor();

  await lesson(visit, "what-kms-is");
  await begin(page, id);
  await waitUntilSolved(page, id);
  assert.ok((await holding(page, id)) > before);
  await page.reload();
  await labPart(page, id).getByText("You have solved it.").waitFor();
});

test("hints come one after another, and a solution is played beside what one has", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const { labs, text } = await lesson(visit, "what-kms-is");
  const { id, solution, goals } = labs.find(({ id }) => id === "what-kms-tells");
  const part = labPart(page, id);
  await begin(page, id);
  for (const [n, name] of ["A hint", "Another hint", "The last hint"].entries()) {
    await becomes(() => part.locator(".hints > li").count(), n);
    await button(part, name).click();
  }
  await becomes(() => part.locator(".hints > li").count(), text.labs[id].hints.length);
  await button(part, "No more hints").waitFor();
  await button(part, "Show a solution").click();
  await part.getByRole("region", { name: "A solution" }).getByText(solution.trim().split("\n")[0]).waitFor();

  await page.evaluate(holdPauses);
  await button(part, "Play the solution").click();
  const played = part.getByRole("log", { name: "The solution as it is played" }).locator(".terminal-block");
  await played.first().waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => pauses.length === 1);
  await page.evaluate(() => pauses[0]());
  await played.nth(1).waitFor();
  await button(part, "Stop").click();
  await button(part, "Play on").click();
  await button(part, "Stop").waitFor();
  assert.equal(await played.count(), 2);
  await button(part, "Show the rest").click();
  await part.getByText("Everything on the list holds.").waitFor();
  await becomes(() => played.count(), solution.trim().split("\n").length);
  assert.deepEqual(await axe(page), []);
  assert.equal(await solved(page, id).count(), 0);
  assert.equal(await part.getByText("Not yet", { exact: true }).count(), goals.length);
});

/** Runs in the page: the pauses between the lines that are played, of 1.5 to 5 seconds, last until somebody ends them. */
function holdPauses() {
  const soon = window.setTimeout;
  globalThis.pauses = [];
  window.setTimeout = (act, delay) => (delay < 1500 || delay > 5000 ? soon(act, delay) : -pauses.push(act));
}
