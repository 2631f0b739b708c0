// Questions of the course: answered, proved, in an exam, and again when they are due.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, arrange, ask, lessons, pick, questions } from "./course.mjs";
import { becomes, open } from "./harness.mjs";
import { button } from "./steps.mjs";

const all = await questions();
const first = (kind) => all.find((it) => it.kind === kind);
const verdict = (part, word) => part.locator(".verdict").getByText(word, { exact: true });

/** What was proved: of each option, in order, whether it holds. */
async function proved(part) {
  await button(part, "Prove it").click();
  await part.getByText("It ran; what came of it follows.").waitFor({ timeout: 60_000 });
  const claims = await part.locator(".claim > summary").allTextContents();
  return claims.map((text) => text.includes("The test holds"));
}

test("a question is answered wrong, then right, and proved", async (t) => {
  const visit = await open(t);
  const question = first("single");
  const part = await ask(visit, question);
  await button(part, "Check the answer").click();
  await part.getByText("Choose an answer first.").waitFor();
  await answer(part, question, false);
  await button(part, "Check the answer").click();
  await verdict(part, "✗ Not right.").waitFor();
  await part.getByText("Wrong; you chose it.").waitFor();
  await part.getByText("Right; you did not choose it.").waitFor();
  await button(part, "Answer it again").click();
  await becomes(() => part.locator("input:checked").count(), 0);
  await answer(part, question);
  await button(part, "Check the answer").click();
  await verdict(part, "✓ Right.").waitFor();
  assert.deepEqual(await proved(part), question.options.map((it) => it.right));
  assert.ok((await part.locator(".terminal-entered").count()) > 0, "no line was shown");
});

test("of a question with several answers half is not right", async (t) => {
  const visit = await open(t);
  const question = first("multiple");
  const part = await ask(visit, question);
  await part.getByText("Choose two.", { exact: true }).waitFor();
  await pick(part, question.options.filter((it) => it.right).slice(0, 1));
  await button(part, "Check the answer").click();
  await verdict(part, "✗ Not right.").waitFor();
  await button(part, "Answer it again").click();
  await answer(part, question);
  await button(part, "Check the answer").click();
  await verdict(part, "✓ Right.").waitFor();
  assert.deepEqual(await proved(part), question.options.map((it) => it.right));
});

test("cards are put in order, and both orders are tried", async (t) => {
  const visit = await open(t);
  const question = first("order");
  const part = await ask(visit, question);
  await button(part, "Check the answer").click();
  await part.getByText("Move at least one of them first").waitFor();
  await answer(part, question, false);
  await button(part, "Check the answer").click();
  await verdict(part, "✗ Not right.").waitFor();
  assert.deepEqual(await proved(part), [false, true]);
  await button(part, "Answer it again").click();
  await answer(part, question);
  await button(part, "Check the answer").click();
  await verdict(part, "✓ Right.").waitFor();
  assert.deepEqual(await proved(part), [true]);
});

/** Presses Tab until what has the focus is wanted. */
async function tabTo(page, wanted) {
  for (let n = 0; n < 400; n += 1) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((it) => it === document.activeElement)) return;
  }
  assert.fail("Tab does not lead there");
}

test("questions are answered and proved with the keyboard alone", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const question = first("single");
  const part = await ask(visit, question);
  await page.locator(`section[id="${question.id}"] h3`).evaluate((it) => {
    it.tabIndex = -1;
    it.focus();
  });
  await tabTo(page, part.getByRole("radio").first());
  await page.keyboard.press("Space");
  const right = question.options.findIndex((it) => it.right);
  for (let n = 0; n < right; n += 1) await page.keyboard.press("ArrowDown");
  await tabTo(page, button(part, "Check the answer"));
  await page.keyboard.press("Enter");
  await verdict(part, "✓ Right.").waitFor();
  await becomes(() => part.locator(".verdict").evaluate((it) => it === document.activeElement), true, "the verdict has the focus");
  await tabTo(page, button(part, "Prove it"));
  await page.keyboard.press("Enter");
  await part.getByText("It ran; what came of it follows.").waitFor({ timeout: 60_000 });

  const order = first("order");
  const cards = await ask(visit, order);
  await arrange(cards, order.options, async (up) => {
    // The focus goes along with the card: from its second step on it is there already.
    if (!(await up.evaluate((it) => it === document.activeElement))) await up.focus();
    await page.keyboard.press("Enter");
  });
  await cards.getByRole("status").filter({ hasText: /^Now in place \d of \d: / }).waitFor({ state: "attached" });
  await button(cards, "Check the answer").focus();
  await page.keyboard.press("Enter");
  await verdict(cards, "✓ Right.").waitFor();
});

/** The question that an exam asks now. */
async function asked(page) {
  const text = (await page.locator(".exam").textContent()).replaceAll(/\s+/g, " ");
  const found = all.filter((it) => text.includes(it.scenario.replaceAll(/\s+/g, " ")));
  assert.equal(found.length, 1, text);
  return found[0];
}

test("an exam is taken to its end, with a reload in the middle", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await page.goto(visit.url("learn/exam/"));
  await page.getByRole("radio", { name: /^10 questions/ }).check();
  await button(page, "Begin").click();
  const exam = page.locator(".exam");
  const heading = (n) => page.getByRole("heading", { name: `Question ${n} of 10`, exact: true });
  const seen = [];
  for (let n = 1; n <= 9; n += 1) {
    await heading(n).waitFor();
    const question = await asked(page);
    seen.push(question);
    // The second is answered wrong.
    await answer(exam, question, n !== 2);
    if (n === 3) await button(exam, "Mark for later").click();
    if (n === 5) {
      await page.reload();
      await heading(5).waitFor();
      assert.equal((await asked(page)).id, question.id);
      await button(exam, /^Question 3\b.*answered, marked/).waitFor();
      if (question.kind !== "order") assert.ok((await exam.locator("input:checked").count()) > 0, "the answer is lost");
    }
    await button(exam, "Next").click();
  }
  await heading(10).waitFor();
  seen.push(await asked(page));
  assert.equal(new Set(seen.map((it) => it.id)).size, 10);
  assert.equal(await exam.locator(".reasons, .claim, .verdict").count(), 0, "nothing is told before the end");
  await button(exam, "Stop the time").click();
  const left = await page.getByRole("timer").textContent();
  await button(exam, "Hide the time").click();
  await page.getByRole("timer").waitFor({ state: "detached" });
  await button(exam, "Show the time").click();
  assert.equal(await page.getByRole("timer").textContent(), left);
  await button(exam, "Finish").click();
  await page.getByRole("alert").getByText("One question is not fully answered yet").waitFor();
  await button(exam, "Finish all the same").click();

  await page.getByRole("heading", { name: "Your result" }).waitFor();
  await page.getByText("8 of 10, 80 %.").waitFor();
  await page.getByRole("rowheader").first().waitFor();
  await exam.getByRole("link").first().waitFor();
  await page.reload();
  await page.getByText("8 of 10, 80 %.").waitFor();
  await exam.getByText("Question 10: no answer").click();
  const wrong = exam.locator("details").filter({ hasText: "Question 2: not right" });
  await wrong.locator("summary").first().click();
  const holds = await proved(wrong);
  assert.equal(holds.length, seen[1].kind === "order" ? 2 : seen[1].options.length);
  await button(exam, "Take another exam").click();
  await button(page, "Begin").waitFor();
});

test("what has faded is asked again, and nothing else", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await page.goto(visit.url("learn/review/"));
  await page.getByText("There is nothing to repeat yet").waitFor();
  await page.getByRole("link", { name: "Take a mock exam", exact: true }).waitFor();
  await page.getByRole("link", { name: "Go on with lesson 1", exact: true }).click();
  await page.waitForURL(/\/learn\/what-kms-is\/#[a-z-]+$/);
  const question = first("single");
  const part = await ask(visit, question);
  await answer(part, question, false);
  await button(part, "Check the answer").click();
  await verdict(part, "✗ Not right.").waitFor();
  await page.goto(visit.url("learn/review/"));
  await page.getByText("Nothing is due.").waitFor();
  await button(page, "Repeat the shakiest").waitFor();
  await page.clock.setFixedTime(Date.now() + 2 * 86_400_000);
  await page.reload();
  await page.getByText("One thing is due.").or(page.getByText(/^\d+ things are due/)).waitFor();
  await button(page, "Begin").click();
  const review = page.locator(".review");
  for (;;) {
    await button(review, "Check the answer").waitFor();
    const text = (await review.textContent()).replaceAll(/\s+/g, " ");
    const again = all.find((it) => text.includes(it.scenario.replaceAll(/\s+/g, " ")));
    await answer(review, again);
    await button(review, "Check the answer").click();
    await verdict(review, "✓ Right.").waitFor();
    await button(review, /^(Done|Next)$/).waitFor();
    const last = await button(review, "Done").isVisible();
    await button(review, last ? "Done" : "Next").click();
    if (last) break;
  }
  await page.getByText(/^Done: (\d+) of \1 right\.$/).waitFor();
  await page.getByText("Nothing is due.").waitFor();
  await page.getByText(/^The next (one is|\d+ are) due (within a day|in a day|in \d+ days)\.$/).waitFor();
});

test("a lesson prints as notes, with answers, whatever was done in it", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const question = first("single");
  const part = await ask(visit, question);
  // Every part that has something to be done is alive.
  await page.waitForFunction(() =>
    [...document.querySelectorAll("article [data-alive]")].every((it) => it.querySelector("button") || !it.textContent.trim()),
  );
  await page.evaluate(() => {
    // Asked later than the page itself asks, so what it has done for paper is done by then.
    addEventListener("beforeprint", () => {
      const read = [...document.querySelectorAll(".as-read")];
      window.onPaper = { parts: read.length, folded: read.filter((it) => it.querySelector("details:not([open])")).length };
    });
  });
  await page.pdf();
  const { lesson } = (await lessons()).find((it) => it.lesson.slug === question.lesson);
  const parts = lesson.step.filter((it) => it.try).length + lesson.lab.length + lesson.question.length;
  assert.deepEqual(await page.evaluate(() => window.onPaper), { parts, folded: 0 });
  assert.equal(await page.locator(".as-read").count(), 0, "notes are left on the screen");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  assert.ok((await part.innerText()).includes(question.options.find((it) => it.right).text), "the answer is missing");
  assert.equal(await part.locator("input, button").filter({ visible: true }).count(), 0, "something is to be pressed");
});
