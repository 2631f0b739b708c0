// What people do with the labs of a lesson.
import { button } from "./steps.mjs";
import { command } from "./workbench.mjs";

/** Starting a sandbox and what a lab begins with can take a while on a machine that is busy. */
const PATIENCE = 120_000;

/** Opens a lesson, waits until it is alive, and returns its labs and its words. */
export async function lesson(visit, slug, page = visit.page) {
  const data = page.waitForResponse((response) => response.url().endsWith(`/lessons/${slug}.json`));
  await page.goto(visit.url(`learn/${slug}/`));
  const { lesson, text } = await (await data).json();
  await button(page, "Show a solution").first().waitFor({ timeout: PATIENCE });
  return { labs: lesson.lab, text };
}

/** A lab in the page of its lesson. */
export const labPart = (page, id) => page.locator(`section[id="${id}"]`);

/** Begins a lab, or goes on with it, and waits until it was judged. */
export async function begin(page, id) {
  await labPart(page, id).getByRole("button", { name: /^(Begin|Go on where you were)$/ }).click();
  await judged(page, id);
}

/** Waits until a lab that was begun was judged. */
export async function judged(page, id) {
  await labPart(page, id).getByLabel("Command", { exact: true }).waitFor({ timeout: PATIENCE });
  await labPart(page, id).getByText("Not yet", { exact: true }).or(solved(page, id)).first().waitFor({ timeout: PATIENCE });
}

/** What says that a lab is solved. */
export const solved = (page, id) => labPart(page, id).getByText("Solved.", { exact: true });

/** Waits until a lab is solved; says what was printed if it is not. */
export async function waitUntilSolved(page, id) {
  try {
    await solved(page, id).waitFor({ timeout: PATIENCE });
  } catch (error) {
    throw new Error(`${id} is not solved:\n${await labPart(page, id).innerText()}`, { cause: error });
  }
}

/** How many goals of a lab hold. */
export const holding = (page, id) => labPart(page, id).getByText("Holds", { exact: true }).count();

/** How the hands on mouse and keyboard do what a lab asks for. The other way is `keys`. */
const hands = {
  async enter(page, text) {
    await command(page).fill(text);
    await command(page).press("Enter");
  },
  choose: (page, label, value) => page.getByLabel(label, { exact: true }).selectOption(value),
  press: (page, name) => button(page, name).click(),
};

/**
 * Does a script as somebody would who reads it: lines are pasted into the terminal, the rest is done beside it. Of the labs of
 * a page one is open.
 */
export async function doScript(page, id, script, by = hands) {
  for (const { deed, lines } of parts(script)) {
    if (deed) await doBeside(page, labPart(page, id), deed, by);
    else await enterLines(page, labPart(page, id), lines, by);
  }
}

/** The parts of a script: `@…` deeds, and the lines between them. */
function parts(script) {
  const found = [];
  for (const line of script.trim().split("\n")) {
    if (line.startsWith("@")) found.push({ deed: line.slice(1).split(/\s+/) });
    else if (found.at(-1)?.lines) found.at(-1).lines.push(line);
    else found.push({ lines: [line] });
  }
  return found;
}

async function enterLines(page, lab, lines, by) {
  const ends = lab.locator(".terminal-exit");
  const before = await ends.count();
  await by.enter(page, lines.join("\n"));
  // The first has run when it says so, and all of them when the terminal runs nothing any more.
  await ends.nth(before).waitFor({ timeout: PATIENCE });
  await lab.getByText("Running…").waitFor({ state: "hidden", timeout: PATIENCE });
}

async function doBeside(page, lab, [verb, ...words], by) {
  switch (verb) {
    case "as":
      await by.choose(page, "You are", words[0]);
      return lab.locator(".terminal-prompt").getByText(`${words[0]} $`, { exact: true }).waitFor();
    case "in":
      return by.choose(page, "Region", words[0]);
    case "wait":
      await by.press(page, words.join(" ") === "365 days" ? "A year on" : "To the next event");
      return lab.getByText(/on the way[.:]/).waitFor();
    default:
      throw new Error(`@${verb} has no switch on this page`);
  }
}
