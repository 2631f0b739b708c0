// For everyone: with a keyboard, with a screen reader, on a narrow screen, in light and dark.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, download, makeFile, openWindow as open, saveFile, sha256 } from "./harness.mjs";
import { STEPS, button, choose, decrypt, flow, goToStep, link, makeKey, title, vaultOpen } from "./steps.mjs";
import { parts } from "./tour.mjs";

const HEIGHT = 800;
/** Narrow and wide, light and dark. */
const LOOKS = [360, 1280].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));

/** What is different in the dark is the colours, and no more. */
const IN_THE_DARK = { runOnly: ["color-contrast", "link-in-text-block"] };

for (const [part, tour] of Object.entries(parts)) {
  test(`nothing is in anyone's way: ${part}`, async (t) => {
    const visit = await open(t);
    for await (const name of tour(t, visit)) await t.test(name, () => assertAccessible(visit.page));
  });
}

/**
 * axe finds nothing in any look; nothing is cut off at 320 pixels; whatever can be pressed is large enough; whatever has the
 * focus is covered by nothing; a mark has a word beside its colour; for those who want no motion nothing moves.
 */
async function assertAccessible(page) {
  const found = [];
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.emulateMedia({ colorScheme });
    await settled(page);
    found.push(...(await axe(page, colorScheme === "light" ? {} : IN_THE_DARK)).map((sentence) => `${colorScheme}, ${width}: ${sentence}`));
    found.push(...(await page.evaluate(smallTargets)).map((target) => `${width}: too small: ${target}`));
  }
  // After a key the focus is shown, and what has it is brought into sight, as for whoever comes with Tab.
  await page.keyboard.press("F2");
  found.push(...(await page.evaluate(coveredStops)).map((element) => `covered: ${element}`));
  found.push(...(await page.evaluate(wordlessMarks)).map((element) => `no word: ${element}`));
  await page.setViewportSize({ width: 320, height: HEIGHT });
  found.push(...(await page.evaluate(wideElements)).map((element) => `wider than 320: ${element}`));
  found.push(...(await page.evaluate(coveredStops)).map((element) => `320: covered: ${element}`));
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  found.push(...(await page.evaluate(moving)).map((element) => `moves: ${element}`));
  await page.emulateMedia({ reducedMotion: "no-preference" });
  assert.deepEqual(found, []);
}

/**
 * Runs in the page: what can have the focus and is covered then. Its first line is looked at, above, below and in the middle.
 * The focus goes back to where it was. A page in which nothing sticks to the window covers nothing.
 */
function coveredStops() {
  const sticks = (element) => /sticky|fixed/.test(getComputedStyle(element).position) && element.checkVisibility();
  if (![...document.querySelectorAll("body *")].some(sticks)) return [];
  const before = document.activeElement;
  const [left, top] = [scrollX, scrollY];
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const seen = (element, x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (element.contains(hit) || hit.contains(element));
  };
  // Down the page and up again: a browser scrolls no further than it has to.
  const covered = [...stops, ...stops.toReversed()].filter((stop) => {
    if (stop.disabled || !stop.checkVisibility({ visibilityProperty: true })) return false;
    stop.focus();
    if (document.activeElement !== stop) return false;
    const shown = stop.matches("label input") ? stop.closest("label") : stop;
    const line = shown.getClientRects()[0];
    const [above, below] = [Math.max(line.top, 0) + 2, Math.min(line.bottom, innerHeight) - 2];
    const middle = (Math.max(line.left, 0) + Math.min(line.right, innerWidth)) / 2;
    return ![above, (above + below) / 2, below].every((y) => seen(shown, middle, y));
  });
  before?.focus({ preventScroll: true });
  if (document.activeElement !== before) document.activeElement.blur();
  scrollTo({ left, top, behavior: "instant" });
  return [...new Set(covered)].map((element) => element.outerHTML.slice(0, 120));
}

/** Runs in the page: marks of a state that say nothing to those who do not see their colour or shape. */
function wordlessMarks() {
  const marks = [...document.querySelectorAll(".state, .goal-mark, .mark")].filter((mark) => mark.checkVisibility());
  return marks.filter((mark) => !/\p{L}{3}/u.test(mark.innerText)).map((mark) => mark.outerHTML.slice(0, 120));
}

/** Runs in the page: what is animated long enough to be seen. */
function moving() {
  const long = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime > 10);
  return long.map(({ effect }) => effect.target?.outerHTML.slice(0, 120));
}

/** Colours are measured when whatever fades has faded; a pulse that never ends is left to itself. */
const settled = (page) =>
  page.evaluate(async () => {
    const ends = ({ effect }) => Number.isFinite(effect.getComputedTiming().endTime);
    await Promise.allSettled(document.getAnimations().filter(ends).map(({ finished }) => finished));
  });

/** Runs in the page: what can be pressed and is smaller than 24 by 24 pixels. A link within a sentence may be. */
function smallTargets() {
  const targets = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
  const dressed = (target) => (target.matches("label input") ? target.closest("label") : target);
  const inSentence = (target) =>
    getComputedStyle(target).display === "inline" && target.parentElement.textContent.trim() !== target.textContent.trim();
  return targets
    .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.matches(".skip") && !inSentence(target))
    .map((target) => [target, dressed(target).getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 24 || height < 24)
    .map(([target, { width, height }]) => `${target.outerHTML.slice(0, 120)} (${width.toFixed(0)} × ${height.toFixed(0)})`);
}

/** Runs in the page: what sticks out of the window, unless it can be scrolled by itself. */
function wideElements() {
  if (document.scrollingElement.scrollWidth <= innerWidth) return [];
  const sticksOut = (element) => element.getBoundingClientRect().right > innerWidth + 1;
  const culprits = [...document.querySelectorAll("body *")].filter((element) => sticksOut(element) && ![...element.children].some(sticksOut));
  return [`the page is ${document.scrollingElement.scrollWidth} pixels wide`, ...culprits.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];
}

test("the main job with the keyboard alone", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await page.goto(visit.url());
  await press(page, link(page, "Make your first key"));
  await page.getByText("Step 1 of 5").waitFor();
  await tabTo(page, page.getByLabel("Alias", { exact: true }));
  await page.keyboard.type("keyboard");
  for (const step of STEPS.slice(1)) {
    await press(page, button(page, "Continue"));
    await focused(page, page.getByRole("heading", { level: 2, name: step, exact: true }));
  }
  await press(page, button(page, "Make the key"));
  await focused(page, title(page, "keyboard is sealed"));

  const file = await makeFile(t, "typed.bin", 1_000_000);
  await press(page, link(page, "Encrypt a file with it"));
  // The browser's own dialog for files is out of reach: the input has the focus, and then the file is there.
  await tabTo(page, page.getByLabel("Choose a file"));
  await page.locator("input[type=file]:focus").setInputFiles(file.path);
  await button(page, "Encrypt").waitFor();
  await press(page, button(page, "Encrypt"));
  await focused(page, page.getByRole("heading", { name: "typed.bin is encrypted" }));
  const sealed = await download(page, () => press(page, page.getByRole("link", { name: /^Download sealed-/ })));

  await tabTo(page, button(page, "Step on"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/step=2$/, { waitUntil: "commit" });
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/step=3$/, { waitUntil: "commit" });
  await tabTo(page, page.getByRole("slider", { name: "Step" }));
  await page.keyboard.press("End");
  await flow(page).locator("[aria-current=step]").filter({ hasText: "The encrypted file goes into storage" }).waitFor();
  const opened = await decrypt(visit, await saveFile(t, sealed.name, sealed.bytes));
  assert.equal(sha256(opened.bytes), sha256(file.bytes));
});

/** Moves on with Tab until an element has the focus. */
async function tabTo(page, locator) {
  await locator.waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await hasFocus(locator)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not lead to ${locator}`);
}

/** Goes to a link or button and presses Enter. */
async function press(page, locator) {
  await tabTo(page, locator);
  await page.keyboard.press("Enter");
}

const hasFocus = (locator) => locator.evaluate((element) => element === document.activeElement);

/** Waits until an element has the focus. */
async function focused(page, locator) {
  await locator.waitFor();
  const element = await locator.elementHandle();
  await page.waitForFunction((element) => element === document.activeElement, element);
}

test("the focus moves to the heading of each page", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await page.goto(visit.url());
  const pages = { Files: "Encrypt or decrypt a file", Keys: "Keys", About: "How it keeps its promises" };
  for (const [door, heading] of Object.entries(pages)) {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: door }).click();
    await focused(page, title(page, heading));
    assert.equal(await page.title(), `${heading} · Waxseal`);
  }
  await page.goBack();
  await focused(page, title(page, "Keys"));
});

test("the way past the top bar", async (t) => {
  const visit = await open(t);
  await visit.page.goto(visit.url());
  await link(visit.page, "Make your first key").waitFor();
  await visit.page.keyboard.press("Tab");
  const skip = link(visit.page, "Skip to the content");
  assert.ok(await hasFocus(skip), "it is the first stop");
  await visit.page.keyboard.press("Enter");
  await focused(visit.page, visit.page.getByRole("main"));
  assert.equal(visit.page.url(), visit.url(), "the address stays");
});

test("whatever has the focus can be seen", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "seen");
  await page.setViewportSize({ width: 360, height: 500 });
  await choose(visit, (await makeFile(t, "small.txt", 100)).path);
  await button(page, "Encrypt").click();
  await page.getByRole("heading", { name: "small.txt is encrypted" }).waitFor();
  for (const route of [undefined, "", "keys/", "about/"]) {
    if (route !== undefined) await page.goto(visit.url(route));
    await vaultOpen(page);
    for (const key of ["Tab", "Shift+Tab"]) assert.deepEqual(await hiddenStops(page, key), []);
  }
});

/** Goes once around a page and gathers what has the focus but is covered, or shows no sign of having it. */
async function hiddenStops(page, key) {
  const hidden = [];
  for (let stops = 0; stops < 60; stops += 1) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return { done: true };
      const shown = element.matches("label input") ? element.closest("label") : element;
      const { left, right, top, bottom } = shown.getBoundingClientRect();
      const hit = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
      const { outlineStyle, outlineWidth } = getComputedStyle(shown);
      const marked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      return { ok: marked && (shown.contains(hit) || hit?.contains(shown) === true), name: shown.outerHTML.slice(0, 120) };
    });
    if (stop.done) return hidden;
    if (!stop.ok) hidden.push(stop.name);
  }
  return hidden;
}

test("nothing moves for those who want no motion", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await makeKey(visit, "still");
  await choose(visit, (await makeFile(t, "small.txt", 100)).path);
  await button(page, "Encrypt").click();
  await goToStep(page, /The data key leaves KMS twice/);
  const longest = () =>
    page.evaluate(() => Math.max(0, ...document.getAnimations().map(({ effect }) => effect.getComputedTiming().endTime)));
  assert.ok((await longest()) > 1000, "the living key pulses");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await settled(page);
  for (const step of [/The data key leaves KMS twice/, /overwrites the data key with zeros/, /The encrypted file goes into storage/]) {
    await goToStep(page, step);
    assert.ok((await longest()) <= 10, "nothing lasts long enough to be seen");
  }
});

test("the colours that were chosen stay chosen", async (t) => {
  const visit = await open(t, { context: { colorScheme: "light" } });
  const { page } = visit;
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.goto(visit.url());
  await button(page, "Switch to dark colours").waitFor();
  const light = await paper();
  await button(page, "Switch to dark colours").click();
  await button(page, "Switch to light colours").waitFor();
  const dark = await paper();
  assert.notEqual(dark, light);
  await page.reload();
  await button(page, "Switch to light colours").waitFor();
  assert.equal(await paper(), dark);
});
