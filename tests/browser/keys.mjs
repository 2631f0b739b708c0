// What people do with the keyboard alone.
import assert from "node:assert/strict";

/** What has the focus: its label, or its words. Nothing after the last stop of a page. */
export const here = (page) =>
  page.evaluate(() => {
    const { activeElement: it } = document;
    return it === document.body ? "" : (it.ariaLabel ?? it.labels?.[0]?.textContent ?? it.textContent).trim();
  });

/** Presses Tab, or what goes the other way, until something of one of these names has the focus. Returns its name. */
export async function tabTo(page, names, key = "Tab") {
  const passed = [];
  do {
    await page.keyboard.press(key);
    passed.push(await here(page));
    if ([names].flat().includes(passed.at(-1))) return passed.at(-1);
  } while (passed.at(-1) && passed.length < 400);
  assert.fail(`${names} is not among ${passed.join(", ")}`);
}

/** How the hands on the keyboard do what a lab asks for, beginning and ending in its terminal's line. */
export const keys = {
  /** Pastes lines into the terminal. */
  async enter(page, text) {
    await page.keyboard.insertText(text);
    await page.keyboard.press("Enter");
  },

  /** Chooses among values by typing one. */
  async choose(page, label, value) {
    await tabTo(page, label, "Shift+Tab");
    await page.keyboard.type(value);
    await tabTo(page, "Command");
  },

  /** Presses a button. */
  async press(page, name) {
    // What is due is asked for after each line, so the button may lead somewhere only a moment later.
    await page.getByRole("button", { name, exact: true, disabled: false }).waitFor();
    await tabTo(page, name);
    await page.keyboard.press("Enter");
    await tabTo(page, "Command", "Shift+Tab");
  },
};
