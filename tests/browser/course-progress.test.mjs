// What is done in the course is kept in this browser, by all its tabs; it is saved, brought in and erased.
import assert from "node:assert/strict";
import { test } from "node:test";
import { becomes, download, open, saveFile } from "./harness.mjs";
import { begin, labPart, lesson as labLesson } from "./labs.mjs";
import { button } from "./steps.mjs";
import { bench } from "./workbench.mjs";

const kept = (page) => page.locator("#kept");
const here = (page, text) => kept(page).getByText(text, { exact: true }).waitFor();
const choose = (page, file) => kept(page).locator("input[type=file]").setInputFiles(file);

/** What is kept, as text; puts `text` in its place first, if that is given. */
const record = (page, text) =>
  page.evaluate(
    (text) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("waxseal-course");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const table = opening.result.transaction("progress", "readwrite").objectStore("progress");
          if (text) table.put(text, "progress");
          table.get("progress").onsuccess = ({ target }) => {
            opening.result.close();
            resolve(target.result);
          };
        };
      }),
    text,
  );
const stepsOf = (text) => Object.keys(JSON.parse(text).progress.steps).sort();
const steps = async (page) => stepsOf(await record(page));

/** Does a step of a lesson: says what is expected, if that is asked, and runs it. */
async function doStep(page, step) {
  const part = page.locator(`section#${step}`);
  const run = part.getByRole("button", { name: "Run it", exact: true });
  await run.waitFor();
  const expected = part.getByRole("radio").first();
  if (await expected.count()) await expected.check();
  await run.click();
  await part.getByRole("button", { name: "Run it again" }).waitFor({ timeout: 60_000 });
}

const NEWER = '{"format":"waxseal-progress","version":9}';
const LESSON = "envelope-encryption";
const [FIRST, SECOND] = [`${LESSON}/one-call`, `${LESSON}/random`];
const stepOf = (name) => name.split("/")[1];

async function lesson(visit, page = visit.page) {
  await page.goto(visit.url(`learn/${LESSON}/`));
}

async function map(visit, page = visit.page) {
  await page.goto(visit.url("learn/"));
  await kept(page).waitFor();
}

test("what is done in two tabs at a time is all kept, and each sees it", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const [other, third] = [await visit.newPage(), await visit.newPage()];
  await map(visit, third);
  await here(third, "Nothing is kept yet.");
  await Promise.all([lesson(visit), lesson(visit, other)]);
  await Promise.all([doStep(page, stepOf(FIRST)), doStep(other, stepOf(SECOND))]);
  await becomes(() => steps(page), [FIRST, SECOND]);
  await third.evaluate(() => window.dispatchEvent(new Event("focus")));
  await here(third, "2 steps, 0 labs, 0 questions, 0 mock exams");
  await page.reload();
  assert.deepEqual(await steps(page), [FIRST, SECOND]);
});

test("a copy is saved, everything is erased, and the copy is brought in again", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await lesson(visit);
  await doStep(page, stepOf(FIRST));
  await map(visit);
  await here(page, "1 step, 0 labs, 0 questions, 0 mock exams");
  const before = await record(page);
  const copy = await download(page, () => kept(page).getByRole("link", { name: "Save a copy" }).click());
  assert.match(copy.name, /^waxseal-progress-\d{4}-\d\d-\d\d\.json$/);
  assert.equal(copy.bytes.toString(), before);

  const examDay = page.getByLabel("The day of your exam, if there is one");
  await examDay.fill("2031-03-14");
  await kept(page).getByText("Erase what you have done").click();
  await button(page, "Erase it").click();
  await here(page, "Type “erase” to confirm.");
  await page.getByLabel("Type “erase” to confirm").fill("erase");
  await button(page, "Erase it").click();
  await here(page, "All of it is erased.");
  await here(page, "Nothing is kept yet.");
  assert.deepEqual(await steps(page), []);
  await becomes(() => examDay.inputValue(), "");

  await choose(page, copy.path);
  await here(page, "The copy is here now.");
  assert.equal(await record(page), before);

  const more = JSON.parse(before);
  more.progress.steps[SECOND] = { at: 1795892400 };
  await choose(page, await saveFile(t, "more.json", JSON.stringify(more)));
  await kept(page).getByText("2 steps, 0 labs, 0 questions, 0 mock exams").waitFor();
  assert.equal(await record(page), before, "nothing is replaced unasked");
  await page.getByLabel("Type “replace” to confirm").fill("replace");
  await button(page, "Replace what is here").click();
  await here(page, "The copy is here now.");
  assert.deepEqual(await steps(page), [FIRST, SECOND]);
});

test("what labs leave behind is erased with it, and a sandbox of one's own stays", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const [{ id }] = (await labLesson(visit, LESSON)).labs;
  await begin(page, id);
  await button(labPart(page, id), "A hint").click();
  const other = await visit.newPage();
  await bench(visit, { page: other, query: "?sandbox=lab-of-mine" });
  await other.goto("about:blank");
  const left = () =>
    page.evaluate(async () => {
      const databases = (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.startsWith("waxseal-sandbox-"));
      return [...databases, ...Object.keys(localStorage)].sort();
    });
  const [ofLab, own] = [`lab-${id}`, "lab-of-mine"].map((name) => `waxseal-sandbox-${name}`);
  await becomes(left, [`waxseal-lab-${id}`, ofLab, own].sort());
  // The lab's own page is left open: it lets go.
  await map(visit, other);
  await kept(other).getByText("Erase what you have done").click();
  await kept(other).getByText("The sandboxes of the labs are thrown away").waitFor();
  await other.getByLabel("Type “erase” to confirm").fill("erase");
  await button(other, "Erase it").click();
  await here(other, "All of it is erased.");
  await becomes(left, [own]);
});

test("a file that is none, is newer or is damaged is refused, and what is there stays", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await lesson(visit);
  await doStep(page, stepOf(FIRST));
  await map(visit);
  await here(page, "1 step, 0 labs, 0 questions, 0 mock exams");
  const before = await record(page);
  for (const [content, says] of [
    ["PK\u0003\u0004", "This is not a file of progress."],
    [before.replace('"version":1', '"version":2'), "This file has version 2 of the format"],
    [before.slice(0, -9), "This file is damaged:"],
    [" ".repeat(4 * 1024 * 1024 + 1), "This file is longer than 4 MiB"],
  ]) {
    await choose(page, await saveFile(t, "copy.json", content));
    await page.getByRole("alert").filter({ hasText: says }).waitFor();
    assert.equal(await record(page), before);
  }
});

test("where the browser keeps nothing the course works, and says so", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (name, ...more) {
      if (name === "waxseal-course") throw new DOMException("No.", "SecurityError");
      return open.call(this, name, ...more);
    };
  });
  await lesson(visit);
  const alert = page.getByRole("alert").filter({ hasText: "What you do in the course is not kept." });
  await alert.waitFor();
  assert.match(await alert.innerText(), /SecurityError.*load the page again/);
  await doStep(page, stepOf(FIRST));
  assert.ok(await alert.isVisible());
});

test("what another version has kept is not touched by this one", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await lesson(visit);
  await doStep(page, stepOf(FIRST));
  await map(visit);
  await here(page, "1 step, 0 labs, 0 questions, 0 mock exams");
  await record(page, NEWER);
  await lesson(visit);
  await page.getByRole("alert").filter({ hasText: "A newer version of this page has kept it." }).waitFor();
  await doStep(page, stepOf(SECOND));
  assert.equal(await record(page), NEWER);
});
