// The memory that a job takes does not grow with its file.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, saveFile } from "./harness.mjs";
import { isEqual, peak, roundTrip, writeLarge } from "./memory.mjs";
import { MIB, processors } from "./steps.mjs";
import { connect } from "./vault.mjs";

const LENGTH = 512 * MIB;
/** What a page with its workers may take, of its own, however many there are. */
const MOST = 150 * MIB;

for (const lanes of [1, 2]) {
  const name = `a file of 512 MiB goes through ${lanes} of the workers in constant memory`;
  test(name, { skip: process.platform !== "linux" }, (t) => goThrough(t, lanes));
}

async function goThrough(t, lanes) {
  const visit = await open(t, { context: { bypassCSP: true } });
  await processors(visit, lanes);
  await connect(visit, visit.page, { world: "memory" });
  await visit.page.evaluate(() => {
    document.body.replaceChildren(Object.assign(document.createElement("input"), { type: "file", id: "file" }));
  });
  const path = await saveFile(t, "large.bin", "");
  await writeLarge(path, LENGTH);
  await visit.page.setInputFiles("#file", path);
  const { own } = await peak(visit, () => visit.page.evaluate(roundTrip, {}));
  assert.ok(await visit.page.evaluate(isEqual), "the file came back as it was");
  assert.ok(own < MOST, `${(own / MIB).toFixed(0)} MiB`);
}
