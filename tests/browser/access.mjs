// What every page owes everyone, whatever part of the tour leads to it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, openWindow } from "./harness.mjs";
import { coveredStops, cutText, moving, smallTargets, textOnText, unmarkedFocus, unmarkedStates, wideElements, wordlessMarks } from "./seen.mjs";

const HEIGHT = 800;
/** Narrow and wide, light and dark. */
const LOOKS = [360, 1280].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));

/** What is different in the dark, and in colours of one's own, is the colours and no more. */
const IN_OTHER_COLOURS = { runOnly: ["color-contrast", "link-in-text-block"] };

/** A test for each of these parts of the tour: none of its pages is in anyone's way. */
export function nothingInTheWay(parts) {
  for (const [part, tour] of Object.entries(parts)) {
    test(`nothing is in anyone's way: ${part}`, async (t) => {
      const visit = await openWindow(t);
      for await (const name of tour(t, visit)) await t.test(name, () => assertAccessible(visit.page));
    });
  }
}

/**
 * axe finds nothing in any look; nothing is cut off at 320 pixels; whatever can be pressed is large enough; whatever has the
 * focus is covered by nothing; a mark has a word beside its colour; for those who want no motion nothing moves; whoever has
 * large text, or colours of their own, has all of it.
 */
async function assertAccessible(page) {
  const found = [];
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.emulateMedia({ colorScheme });
    await settled(page);
    found.push(...(await axe(page, colorScheme === "light" ? {} : IN_OTHER_COLOURS)).map((sentence) => `${colorScheme}, ${width}: ${sentence}`));
    found.push(...(await page.evaluate(smallTargets)).map((target) => `${width}: too small: ${target}`));
  }
  // After a key the focus is shown, and what has it is brought into sight, as for whoever comes with Tab.
  await page.keyboard.press("F2");
  found.push(...(await page.evaluate(coveredStops)).map((element) => `covered: ${element}`));
  found.push(...(await page.evaluate(wordlessMarks)).map((element) => `no word: ${element}`));
  await page.setViewportSize({ width: 320, height: HEIGHT });
  found.push(...(await page.evaluate(wideElements)).map((element) => `wider than 320: ${element}`));
  found.push(...(await page.evaluate(coveredStops)).map((element) => `320: covered: ${element}`));
  found.push(...(await inLargeText(page)), ...(await inForcedColours(page)));
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  found.push(...(await page.evaluate(moving)).map((element) => `moves: ${element}`));
  await page.emulateMedia({ reducedMotion: "no-preference" });
  assert.deepEqual(found, []);
}

/** Whoever has text twice as large in their browser: no text is cut off or on other text, and nothing is too wide or covered. */
async function inLargeText(page) {
  const browser = await page.context().newCDPSession(page);
  const size = (factor) => browser.send("Page.setFontSizes", { fontSizes: { standard: 16 * factor, fixed: 13 * factor } });
  const found = [];
  await size(2);
  for (const width of [1280, 640]) {
    await page.setViewportSize({ width, height: HEIGHT });
    // Where the window is narrow, what sticks to it takes most of it.
    for (const wrong of [wideElements, cutText, textOnText, ...(width < 1000 ? [coveredStops] : [])]) {
      found.push(...(await page.evaluate(wrong)).map((sentence) => `large text, ${width}: ${wrong.name}: ${sentence}`));
    }
  }
  await size(1);
  await browser.detach();
  return found;
}

/** Whoever has colours of their own: text can be read, and what has the focus or is in a state is seen to be. */
async function inForcedColours(page) {
  await page.setViewportSize({ width: 1280, height: HEIGHT });
  await page.emulateMedia({ colorScheme: "dark", forcedColors: "active" });
  await settled(page);
  const found = await axe(page, IN_OTHER_COLOURS);
  for (const wrong of [unmarkedFocus, unmarkedStates]) {
    found.push(...(await page.evaluate(wrong)).map((sentence) => `${wrong.name}: ${sentence}`));
  }
  await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
  return found.map((sentence) => `forced colours: ${sentence}`);
}

/** Colours are measured when whatever fades has faded; a pulse that never ends is left to itself. */
export const settled = (page) =>
  page.evaluate(async () => {
    const ends = ({ effect }) => Number.isFinite(effect.getComputedTiming().endTime);
    await Promise.allSettled(document.getAnimations().filter(ends).map(({ finished }) => finished));
  });
