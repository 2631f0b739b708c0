// What a line of the terminal costs the page, and that it does not grow with what is on the page already.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./harness.mjs";
import { Meter, countLine, measureLine, median, runLines } from "./page-time.mjs";
import { bench } from "./workbench.mjs";

/** So many lines were run before. At the first, the log is as long as it is drawn; at the last, the screen forgets its first lines. */
const LINES = [60, 150, 250];
const ROUNDS = 5;
/** The aim is 16 ms on a machine that does nothing else. */
const GUARD = 250;

test("a line costs the page as much after many lines as after a few", { timeout: 600_000 }, async (t) => {
  const visit = await open(t);
  const page = await bench(visit);
  const meter = await Meter.of(page);
  const all = [];
  let run = 0;
  for (const lines of LINES) {
    await runLines(page, lines - run);
    const [timed, counted] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      timed.push(await measureLine(page, meter));
      counted.push(await countLine(page));
    }
    run = lines + 2 * ROUNDS;
    const found = {
      nodes: median(counted.map(({ nodes }) => nodes)),
      changes: median(counted.map(({ changes }) => changes)),
      millis: median(timed.map(({ answered, after }) => answered.sum + after.sum)),
    };
    t.diagnostic(`after ${lines} lines: ${found.nodes} nodes, ${found.changes} changes, ${found.millis.toFixed(1)} ms`);
    all.push(found);
  }
  const [first, ...later] = all;
  assert.ok(first.nodes > 10 && first.changes > 3, "what is counted is there");
  // A word that says that something runs, and what is asked once more, come on top by chance; what grows with the lines is four times as much.
  for (const { nodes, changes, millis } of later) {
    assert.ok(nodes <= 2 * first.nodes, `${nodes} nodes come and go, and ${first.nodes} did at first`);
    assert.ok(changes <= 2 * first.changes, `${changes} changes, and ${first.changes} at first`);
    assert.ok(millis < GUARD, `${millis} ms`);
  }
});
