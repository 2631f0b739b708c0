// What a line of the terminal costs the page. Used by the test of it and by `cargo xtask bench sandboxes`.
import { command } from "./workbench.mjs";

/** What is typed. */
export const LINE = "aws kms list-keys";

/** Pastes so many short lines into the terminal and waits until all of them have run, and have been asked after. */
export async function runLines(page, count) {
  const mark = `end-${count}-${Math.random()}`;
  for (let left = count; left > 0; left -= 100) {
    const lines = Array.from({ length: Math.min(left, 100) }, () => LINE);
    await command(page).fill([...lines.slice(1), `echo ${mark}-${left}`].join("\n"));
    await command(page).press("Enter");
    await page.locator(".terminal-block pre").getByText(`${mark}-${left}`, { exact: true }).waitFor({ timeout: 600_000 });
  }
  await settled(page);
}

/** Waits until nothing on the page has changed for a while. */
export const settled = (page, quiet = 400) =>
  page.evaluate(
    (quiet) =>
      new Promise((resolve) => {
        let timer = setTimeout(done, quiet);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(done, quiet);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        function done() {
          observer.disconnect();
          resolve();
        }
      }),
    quiet,
  );

/** The page's clocks, in milliseconds. */
export class Meter {
  static async of(page) {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    return Object.assign(new Meter(), { page, session });
  }

  async #read() {
    const { metrics } = await this.session.send("Performance.getMetrics");
    const { ScriptDuration, LayoutDuration, RecalcStyleDuration, TaskDuration } = Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]));
    return { script: ScriptDuration, style: RecalcStyleDuration, layout: LayoutDuration, task: TaskDuration };
  }

  /** What something costs the page. */
  async spent(action) {
    const before = await this.#read();
    await action();
    const after = await this.#read();
    const spent = Object.fromEntries(Object.keys(after).map((name) => [name, after[name] - before[name]]));
    return { ...spent, sum: spent.script + spent.style + spent.layout };
  }
}

/**
 * What a line costs the page: while it is typed, from Enter until what it has printed is drawn, and after that until nothing
 * changes any more.
 */
export async function measureLine(page, meter) {
  await command(page).focus();
  const typed = await meter.spent(() => page.keyboard.type(LINE));
  await page.evaluate(watch, false);
  const answered = await meter.spent(async () => {
    await page.keyboard.press("Enter");
    await page.evaluate(() => globalThis.answered_);
  });
  const after = await meter.spent(() => page.evaluate(() => globalThis.settled_));
  return { typed, answered, after };
}

/** How many nodes come and go with a line, and how many mutations there are. Counting takes time, so nothing is timed meanwhile. */
export async function countLine(page) {
  await command(page).fill(LINE);
  await page.evaluate(watch, true);
  await page.keyboard.press("Enter");
  await page.evaluate(() => globalThis.settled_);
  return page.evaluate(() => globalThis.counted_);
}

/** Runs in the page: watches what changes until a line is answered and the page is still again. */
function watch(counting) {
  const counted = { nodes: 0, changes: 0 };
  globalThis.counted_ = counted;
  const answered = Promise.withResolvers();
  const settled = Promise.withResolvers();
  globalThis.answered_ = answered.promise;
  globalThis.settled_ = settled.promise;
  let timer;
  const all = (nodes) => [...nodes].reduce((sum, node) => sum + 1 + all(node.childNodes), 0);
  const before = document.querySelector(".terminal-block:last-child");
  const observer = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes } of counting ? records : []) counted.nodes += all(addedNodes) + all(removedNodes);
    counted.changes += records.length;
    const last = document.querySelector(".terminal-block:last-child");
    // Drawn is what the second frame finds.
    if (last !== before && last.querySelector(".terminal-exit")) requestAnimationFrame(() => setTimeout(answered.resolve));
    clearTimeout(timer);
    timer = setTimeout(() => {
      observer.disconnect();
      settled.resolve();
    }, 400);
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}

/** The middle one. */
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
