// What people do in the course.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { folders } from "./harness.mjs";
import { button } from "./steps.mjs";

/** The lessons, as the site has them. */
export async function lessons() {
  const folder = path.join(folders.site, "lessons");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  const files = await Promise.all(names.map(async (name) => JSON.parse(await readFile(path.join(folder, name), "utf8"))));
  return files.filter(({ lesson }) => lesson);
}

/** A text of a lesson as it is seen. */
export const plain = (html) =>
  html.replaceAll(/<[^>]*>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

/** All questions of the course, each with its lesson, kind, options and which of them are right. */
export async function questions() {
  return (await lessons()).flatMap(({ lesson, text }) =>
    lesson.question.map(({ id, kind, option }) => ({
      id,
      kind,
      lesson: lesson.slug,
      scenario: plain(text.questions[id].text).trim(),
      options: text.questions[id].options.map((html, at) => ({ text: plain(html), right: option[at].right })),
    })),
  );
}

/** Opens the lesson of a question and waits until it can be answered. */
export async function ask(visit, question) {
  const { page } = visit;
  await page.goto(visit.url(`learn/${question.lesson}/#${question.id}`));
  const part = page.locator(`section[id="${question.id}"]`);
  await button(part, "Check the answer").waitFor();
  return part;
}

/** Chooses options by what they say. */
export async function pick(part, options) {
  for (const { text } of options) await option(part, text).check();
}

/** An option, by what it says. */
const option = (part, text) =>
  part.locator("label.check").filter({ has: part.page().getByText(text, { exact: true }) }).locator("input");

/** Puts cards in order with the buttons for it, as `press` presses them. */
export async function arrange(part, options, press = (it) => it.click()) {
  const cards = part.locator(".cards > li");
  for (const [place, { text }] of options.entries()) {
    for (;;) {
      const texts = await part.locator(".cards > li > span").allTextContents();
      const at = texts.indexOf(text);
      if (at <= place) break;
      await press(cards.nth(at).getByRole("button", { name: `Up ${text}`, exact: true }));
    }
  }
}

/** Gives the right answer, or a wrong one. */
export async function answer(part, question, right = true) {
  if (question.kind === "order") {
    await arrange(part, question.options);
    if (!right) await part.locator(".cards button").nth(1).click();
  } else {
    const options = question.options.filter((it) => it.right);
    // As many as are asked for: half of an answer is none.
    if (!right) options[0] = question.options.find((it) => !it.right);
    await pick(part, options);
  }
}
