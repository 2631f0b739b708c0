// For everyone: with a keyboard, with a screen reader, on a narrow screen, in light and dark.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, download, makeFile, openWindow as open, saveFile, sha256 } from "./harness.mjs";
import { coveredStops, cutText, moving, smallTargets, textOnText, unmarkedFocus, unmarkedStates, wideElements, wordlessMarks } from "./seen.mjs";
import { STEPS, button, choose, decrypt, flow, goToStep, link, makeKey, title, vaultOpen } from "./steps.mjs";
import { parts } from "./tour.mjs";

const HEIGHT = 800;
/** Narrow and wide, light and dark. */
const LOOKS = [360, 1280].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));

/** What is different in the dark, and in colours of one's own, is the colours and no more. */
const IN_OTHER_COLOURS = { runOnly: ["color-contrast", "link-in-text-block"] };

for (const [part, tour] of Object.entries(parts)) {
  test(`nothing is in anyone's way: ${part}`, async (t) => {
    const visit = await open(t);
    for await (const name of tour(t, visit)) await t.test(name, () => assertAccessible(visit.page));
  });
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
const settled = (page) =>
  page.evaluate(async () => {
    const ends = ({ effect }) => Number.isFinite(effect.getComputedTiming().endTime);
    await Promise.allSettled(document.getAnimations().filter(ends).map(({ finished }) => finished));
  });

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

test("what is lost on a page is found", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const found = async (wrong, html) => {
    await page.setContent(`<style>body { font: 16px/1.5 sans-serif } .all { color: red; background: none; border: 0 }</style>${html}`);
    await page.keyboard.press("F2");
    return (await page.evaluate(wrong)).length > 0;
  };
  const long = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  assert.ok(await found(cutText, `<p style="width: 9rem; overflow: hidden; white-space: nowrap">${long}</p>`));
  assert.ok(await found(cutText, `<p style="width: 9rem; height: 3rem; overflow: clip; word-break: break-all">${long}</p>`));
  assert.ok(!(await found(cutText, `<p style="width: 9rem; overflow-x: auto; white-space: nowrap">${long}</p>`)));
  assert.ok(await found(textOnText, `<p>${long}</p><p style="margin-top: -2.5rem">Another line</p>`));
  assert.ok(!(await found(textOnText, `<p>${long}</p><p>Another line</p>`)));
  assert.ok(await found(unmarkedFocus, `<button style="outline: none">Encrypt</button>`));
  assert.ok(!(await found(unmarkedFocus, `<style>:focus-visible { outline: 3px solid }</style><button>Encrypt</button>`)));
  await page.emulateMedia({ forcedColors: "active" });
  const pressed = `<button class="all" aria-pressed="true">Bit 7</button>`;
  assert.ok(await found(unmarkedStates, `<style>[aria-pressed=true] { background: teal; box-shadow: 0 0 3px red }</style>${pressed}`));
  assert.ok(!(await found(unmarkedStates, `<style>[aria-pressed=true] { text-decoration: underline }</style>${pressed}`)));
  assert.ok(await found(unmarkedStates, `<style>.off { color: CanvasText; background: Canvas; border: 0 }</style><button class="off" disabled>Encrypt</button>`));
});
