// A sandbox whose tab is closed while it goes back, returns, joins rows of its log and steps, or comes out of a file.
import assert from "node:assert/strict";
import { test } from "node:test";
import { folders, open } from "./harness.mjs";
import { connect } from "./vault.mjs";

const WORLD = { world: "sandbox-first" };
/** So many steps and entries share a row. */
const BLOCK = 64;
const JOURNEYS = {
  "gone back": { task: { back: { entry: 2 } } },
  returned: { first: { back: { entry: 2 } }, task: { return: { step: 3 } } },
};

for (const [what, { first, task }] of Object.entries(JOURNEYS)) {
  for (const point of ["transaction", "written"]) {
    test(`a sandbox whose tab is closed at "${point}" has not ${what}, and can`, async (t) => {
      const { visit, page } = await begin(t);
      await page.evaluate(call, { times: 3 });
      if (first) await page.evaluate((first) => vault.perform(first), first);
      const before = await page.evaluate(standing);
      await closeAt(page, point, task);
      await connect(visit, visit.page, WORLD);
      assert.deepEqual(await visit.page.evaluate(standing), before);
      await visit.page.evaluate((task) => vault.perform(task), task);
      const after = await visit.page.evaluate(standing);
      assert.deepEqual([before.keys.length, after.keys.length].sort(), [1, 3]);
    });
  }
}

test("a tab that is closed while rows of the log and of steps are joined leaves all of them", async (t) => {
  const { visit, page } = await begin(t);
  await page.evaluate(call, { times: BLOCK - 1 });
  await page.evaluate(() => vault.arm("gathered"));
  page.evaluate(call, { times: 1 }).catch(() => {});
  await page.evaluate(() => vault.reached);
  await page.close();
  await connect(visit, visit.page, WORLD);
  const { keys, log, steps } = await visit.page.evaluate(standing);
  assert.deepEqual([keys.length, log.entries.length, steps.made], [BLOCK, BLOCK, BLOCK]);
  await visit.page.evaluate(call, { times: BLOCK });
  await visit.page.evaluate((entry) => vault.perform({ back: { entry } }), BLOCK);
  assert.equal((await visit.page.evaluate(standing)).keys.length, BLOCK - 1);
});

for (const point of ["root-kept", "transaction", "written"]) {
  test(`a sandbox whose tab is closed at "${point}" has not come out of its file, and can`, async (t) => {
    const { visit, page } = await begin(t);
    await page.evaluate(call, { times: 3 });
    const before = await page.evaluate(standing);
    const file = await page.evaluate(() => vault.saved());
    await page.evaluate(examine, file);
    await closeAt(page, point, { takeIn: { name: "copy" } });
    await connect(visit, visit.page, WORLD);
    assert.equal(await visit.page.evaluate((file) => vault.takeIn("copy", file), file), null);
    await connect(visit, visit.page, { world: "sandbox-copy" });
    const after = await visit.page.evaluate(standing);
    assert.deepEqual([after.keys, after.log], [before.keys, before.log]);
  });
}

/** A sandbox, open in a second tab. */
async function begin(t) {
  const visit = await open(t, { folder: folders.faults, context: { bypassCSP: true } });
  const page = await visit.newPage();
  await connect(visit, page, WORLD);
  await page.evaluate(() => vault.perform({ begin: { start: "empty" } }));
  return { visit, page };
}

/** Begins a task in a tab, waits until its worker has stopped at the point, and closes the tab. */
async function closeAt(page, point, task) {
  await page.evaluate((point) => vault.arm(point), point);
  page.evaluate((task) => vault.perform(task), task).catch(() => {});
  await page.evaluate(() => vault.reached);
  await page.close();
}

/** Runs in the page: makes keys. */
async function call({ times }) {
  for (let n = 0; n < times; n += 1) await vault.callAs("arn:aws:iam::111122223333:root", "CreateKey", {});
}

/** Runs in the page: reads a file that is base64, and holds it. */
async function examine(file) {
  await vault.perform("examine", await (await fetch(`data:application/octet-stream;base64,${file}`)).blob());
}

/** Runs in the page: all that can be seen of a sandbox. */
async function standing() {
  return {
    keys: await vault.perform({ keys: { after: null, limit: 1_000 } }),
    log: await vault.perform({ log: { after: 0, most: 1_000 } }),
    steps: await vault.perform("steps"),
  };
}
