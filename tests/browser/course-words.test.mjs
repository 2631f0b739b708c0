// The course says what its catalogues say. In a language that nobody speaks, each text of them stands in brackets and is longer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, becomes, open } from "./harness.mjs";

const LESSON = "envelope-encryption";
/** What the whole site has, and is not of the course's catalogues yet; and what is no language. */
const OTHERS = ["[data-alive=colours]", "code", "pre", ".terminal", ".terminal-exit", ".lab-desk > .place", "[aria-labelledby=clock]", "[lang]"];

/** A text or HTML of a catalogue in that language, as `pseudo` of the study crate makes it, without accents. */
function bracketed(html) {
  let code = 0;
  const change = (part) => {
    if (part.startsWith("<")) {
      if (/^<code\b/.test(part)) code += 1;
      if (part === "</code>") code -= 1;
      return part;
    }
    const said = part.replaceAll(/\{[^}]*\}|&#?\w+;/g, "");
    if (code > 0 || !/\p{L}/u.test(said)) return part;
    const [, before, text, after] = /^(\s*)(.*?)(\s*)$/s.exec(part);
    return `${before}⟦${text}${" ~~~".repeat(Math.ceil(said.length / 10))}⟧${after}`;
  };
  return html.split(/(<[^>]*>)/).map(change).join("");
}

/** Every text in a value. */
function all(value) {
  if (typeof value === "string") return bracketed(value);
  if (Array.isArray(value)) return value.map(all);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, all(inner)]));
}

/** Has the site serve the words of the course, and of the lesson, in that language. */
async function speak({ context }) {
  const serve = (file, change) =>
    context.route(`**/lessons/${file}.json`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: change(await response.json()) });
    });
  // The list begins with what says which words these are.
  await serve("words", ([digest, ...words]) => [digest, ...all(words)]);
  await serve(LESSON, ({ lesson, text }) => ({ lesson, text: all(text) }));
}

/** What the course has drawn that stands in no brackets. */
const unsaid = (page) =>
  page.evaluate((others) => {
    const textOf = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(others)) return "";
      return `${node.ariaLabel ?? ""} ${[...node.childNodes].map(textOf).join("")} `;
    };
    const drawn = [...document.querySelectorAll("[data-alive]")].map(textOf);
    const left = drawn.flatMap((text) => text.replaceAll(/⟦[^⟧]*⟧/g, " ").split(/\s{2,}/));
    return left.filter((text) => /\p{L}/u.test(text));
  }, OTHERS.join(","));

const width = (page) => page.evaluate(() => document.scrollingElement.scrollWidth);

test("whatever the course says comes from a catalogue, and longer words have room", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await speak(visit);
  await page.setViewportSize({ width: 320, height: 800 });
  await page.goto(visit.url(`learn/${LESSON}/`));
  await becomes(() => page.locator("[data-alive=question] button").count().then((found) => found > 0), true, "the last part is alive");

  const step = page.locator("[data-alive=step]").filter({ has: page.locator("input") }).first();
  await step.locator(".primary").click();
  await step.locator("[role=status]").filter({ hasText: "⟦" }).waitFor();
  await step.locator("input").first().check();
  await step.locator(".primary").click();
  await step.locator(".verdict").waitFor({ timeout: 60_000 });

  const chosen = page.locator("[data-alive=question]").filter({ has: page.locator("input[type=radio]") }).first();
  // Its inputs go when it is checked.
  const question = page.locator(`[data-alive=question][data-id="${await chosen.getAttribute("data-id")}"]`);
  await question.locator("input").first().check();
  await question.locator(".primary").click();
  await question.locator(".verdict").waitFor();

  const lab = page.locator("[data-alive=lab]").first();
  await lab.locator(".primary").click();
  await lab.locator("#command").waitFor({ timeout: 60_000 });
  await lab.locator(".lab-judged").filter({ hasText: "⟦" }).waitFor();

  assert.deepEqual(await unsaid(page), []);
  assert.equal(await width(page), 320);
  assert.deepEqual(await axe(page), []);
});
