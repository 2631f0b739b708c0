// All of the course's labs are done with the keyboard alone: reached, begun, solved and left.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lessons } from "./course.mjs";
import { open } from "./harness.mjs";
import { here, keys, tabTo } from "./keys.mjs";
import { doScript, judged, lesson, solved, waitUntilSolved } from "./labs.mjs";

/** Pages at a time. Each lab begins with a worker that starts, and while one does the other page goes on. */
const PAGES = 2;

test("every lab is reached with Tab, begun, solved and left with the keyboard alone", { concurrency: PAGES }, async (t) => {
  const visit = await open(t);
  const free = [visit.page];
  while (free.length < PAGES) free.push(await visit.newPage());
  const all = await lessons();
  assert.equal(all.length, 12);
  const doLesson = ({ lesson: { slug } }) =>
    t.test(slug, async () => {
      const page = free.pop();
      await doLabs(visit, slug, page).finally(() => free.push(page));
    });
  await Promise.all(all.map(doLesson));
});

/** Goes from the top of a lesson towards its end with Tab, and does each lab that it meets. */
async function doLabs(visit, slug, page) {
  const { labs } = await lesson(visit, slug, page);
  for (const left = new Set(labs.map(({ id }) => id)); left.size > 0; ) {
    await tabTo(page, "Begin");
    const id = await page.evaluate(() => document.activeElement.closest("section").id);
    await page.keyboard.press("Enter");
    await judged(page, id);
    assert.equal(await here(page), "Command", `${id} begins in the terminal`);
    assert.equal(await solved(page, id).count(), 0, `${id} before anything was done`);
    if (left.size === labs.length) await leaveLine(page);
    await doScript(page, id, labs.find((it) => it.id === id).solution, keys);
    await waitUntilSolved(page, id);
    assert.equal(await here(page), "Command", `${id} takes the focus nowhere when it is solved`);
    left.delete(id);
  }
}

/** Tab completes what is typed; after Escape it leaves, and what was typed is still there. */
async function leaveLine(page) {
  await page.keyboard.type("aws kms");
  await page.keyboard.press("Tab");
  assert.equal(await here(page), "Command");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.notEqual(await here(page), "Command");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await here(page), "Command");
  await page.keyboard.press("Control+c");
}
