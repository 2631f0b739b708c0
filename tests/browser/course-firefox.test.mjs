// The course in Firefox: a step is run, a lab is done with the keyboard, a question is answered and proved.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lessons, questions } from "./course.mjs";
import { newPage, openFirefox, skip, until } from "./firefox.mjs";

const SLUG = "envelope-encryption";

test("Firefox: a step, a lab and a question with its proof", { skip }, async (t) => {
  const visit = await openFirefox(t);
  const page = await newPage(visit);
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  const { lesson } = (await lessons()).find((it) => it.lesson.slug === SLUG);
  await page.goto(visit.url(`learn/${SLUG}/`));

  await t.test("a step is run after a guess", async () => {
    const { id } = lesson.step.find((it) => it.predict !== undefined && it.try);
    const run = await button(page, id, "Run it");
    await (await within(page, id, "input[type=radio]")).click();
    await run.click();
    await button(page, id, "Run it again");
    await within(page, id, ".terminal-exit");
  });

  await t.test("a lab is begun and solved with the keyboard", async () => {
    const { id, solution } = lesson.lab.find((it) => !it.solution.includes("@"));
    await (await button(page, id, "Begin")).focus();
    await page.keyboard.press("Enter");
    await until(page, () => document.activeElement.ariaLabel === "Command");
    await says(page, id, "Not yet");
    assert.ok(!(await textOf(page, id)).includes("Solved."), "before anything was done");
    await page.evaluate((lines) => document.execCommand("insertText", false, lines), solution.trim());
    await page.keyboard.press("Enter");
    await says(page, id, "Solved.");
    await says(page, id, "What to notice");
    assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "Command");
  });

  await t.test("a question is answered wrong, then proved", async () => {
    const question = (await questions()).find((it) => it.lesson === SLUG && it.kind === "single");
    const wrong = question.options.find((it) => !it.right).text;
    await (await option(page, question.id, wrong)).click();
    await (await button(page, question.id, "Check the answer")).click();
    await (await button(page, question.id, "Prove it")).click();
    await says(page, question.id, "It ran; what came of it follows.");
  });

  assert.deepEqual(thrown, []);
});

/** What a selector finds in a part of the lesson, as soon as it is there. */
const within = (page, id, selector) => until(page, (id, selector) => document.getElementById(id)?.querySelector(selector), id, selector);

/** A button of a part of the lesson. */
const button = (page, id, words) =>
  until(page, (id, words) => [...(document.getElementById(id)?.querySelectorAll("button") ?? [])].find((it) => it.textContent.trim() === words), id, words);

/** What chooses an option of a question. */
const option = (page, id, words) =>
  until(page, (id, words) => [...document.getElementById(id).querySelectorAll("label")].find((it) => it.textContent.includes(words))?.querySelector("input"), id, words);

const textOf = (page, id) => page.evaluate((id) => document.getElementById(id).textContent, id);

/** Waits until a part of the lesson says something. */
const says = (page, id, words) => until(page, (id, words) => document.getElementById(id).textContent.includes(words), id, words);
