// For everyone: the vault and the site with a keyboard, with a screen reader, on a narrow screen, in light and dark.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nothingInTheWay, settled } from "./access.mjs";
import { download, makeFile, openWindow as open, saveFile, sha256 } from "./harness.mjs";
import { cutText, textOnText, unmarkedFocus, unmarkedStates } from "./seen.mjs";
import { STEPS, button, choose, decrypt, flow, goToStep, link, makeKey, title, vaultOpen } from "./steps.mjs";
import { vaultParts } from "./tour.mjs";

nothingInTheWay(vaultParts);

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
