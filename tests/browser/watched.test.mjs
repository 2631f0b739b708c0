// The one secret that the page ever holds: the data key of a job that is being watched.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFile, openWindow as open } from "./harness.mjs";
import { beginEncrypting, button, flow, link, title } from "./steps.mjs";

const LEAVING = {
  "putting the file away": (page) => button(page, "Put away and erase the data key").click(),
  "going to another page": async (page) => {
    await link(page, "Keys").click();
    await title(page, /Keys/).waitFor();
  },
  "encrypting another file": async (page, other) => {
    await page.getByLabel("Choose another file").setInputFiles(other);
    await page.getByRole("radio", { name: "Encrypt it" }).waitFor();
  },
};

for (const [way, leave] of Object.entries(LEAVING)) {
  test(`the page holds a watched data key once, until ${way}`, async (t) => {
    const visit = await open(t);
    const { page } = visit;
    const file = await makeFile(t, "letter.txt", 300_000);
    await beginEncrypting(visit, file.path);
    await flow(page).waitFor();
    const module = visit.server.requests.find((request) => /waxseal-app[^/]*\.js$/.test(request.path)).path;

    const key = await shownKey(page);
    assert.equal(key.length, 32);
    assert.deepEqual(await page.evaluate(countInMemory, { module, key }), { bytes: 1, text: 0 });
    await leave(page, file.path);
    assert.deepEqual(await page.evaluate(countInMemory, { module, key }), { bytes: 0, text: 0 });
    assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })), "{}");
  });
}

/** Reads the data key from the step in which it leaves the service. */
async function shownKey(page) {
  await flow(page).getByRole("button", { name: "The data key leaves KMS twice" }).click();
  const cells = flow(page).getByRole("table", { name: "data key", exact: true }).getByRole("cell");
  await cells.first().waitFor();
  return (await cells.allTextContents()).map((digits) => Number.parseInt(digits, 16));
}

/** Runs in the page: how often the memory of its WebAssembly has half of the key, as bytes and as hexadecimal text. */
async function countInMemory({ module, key }) {
  const { memory } = await (await import(module)).default();
  const all = new Uint8Array(memory.buffer);
  const half = key.slice(0, 16);
  const count = (wanted) => {
    let found = 0;
    for (let at = all.indexOf(wanted[0]); at >= 0; at = all.indexOf(wanted[0], at + 1)) {
      if (wanted.every((byte, n) => all[at + n] === byte)) found += 1;
    }
    return found;
  };
  const text = half.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { bytes: count(half), text: count([...new TextEncoder().encode(text)]) };
}
