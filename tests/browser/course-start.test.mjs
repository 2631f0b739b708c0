// The first walk: an envelope by hand, from the home page to the end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { becomes, open } from "./harness.mjs";
import { button, link, title } from "./steps.mjs";
import { came, line, loadWalk, stations, walk } from "./walk.mjs";

test("an envelope is made by clicks alone, and what crossed is counted", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  await page.goto(visit.url());
  await link(page, "Make an envelope by hand").click();
  await title(page, "Make an envelope by hand").waitFor();
  const guide = await stations();
  for (const station of guide) {
    await walk(page, [station]);
    await hasFocus(page, station.id);
  }
  await becomes(() => line(page).count(), 0);

  const [plain, wrapped] = await page.locator("#pair .looks dd").allTextContents();
  assert.match(plain, /^([0-9a-f]{8} ?){8}$/);
  assert.notEqual(plain, wrapped);
  await page.locator("#pair .looks").getByText("encrypted data key").waitFor();
  const read = async (id) => (await came(page, id).locator(".terminal-output").textContent()).replaceAll("\n", " ");
  assert.match(await read("letter"), /60990 letter\.txt/);
  assert.match(await read("seal"), /letter\.key letter\.sealed/);
  assert.doesNotMatch(await read("seal"), /data\.key +letter/);
  assert.match(await read("open"), /Dear Ana,.*third pot/);
  const rows = await page.locator("#open table tr").allTextContents();
  const numbers = rows.map((row) => Number(/([\d,]+) bytes/.exec(row)[1].replace(",", "")));
  assert.deepEqual(rows.length, 4);
  assert.equal(numbers[0] + numbers[1], numbers[2]);
  assert.ok(numbers[2] < 1_100 && numbers[3] === 243_960, `${numbers}`);

  for (const door of ["learn/envelope-encryption/", "learn/", "files/"]) {
    await becomes(() => page.locator(`#ending a[href$="/${door}"]`).count(), 1, door);
  }
  await page.locator("#ending").getByRole("link", { name: "Encrypt a file of your own" }).click();
  await page.getByText("Drop files or a folder here").waitFor();
});

/** Waits until what came of a station has the focus. */
async function hasFocus(page, id) {
  await came(page, id).waitFor();
  await becomes(() => came(page, id).evaluate((it) => it === document.activeElement), true, id);
}

test("it is made by keyboard alone on a narrow screen, twice", async (t) => {
  const visit = await open(t, { context: { viewport: { width: 360, height: 640 } } });
  const { page } = visit;
  await page.goto(visit.url("learn/"));
  await tabTo(page, "Make an envelope by hand, in three minutes");
  await page.keyboard.press("Enter");
  const guide = await stations();
  await page.locator(`#${guide[0].id} form`).waitFor();
  for (const [at, { id }] of guide.entries()) {
    // By the button and by the line itself, in turn.
    await tabTo(page, at % 2 ? "Run it" : "Commands to run, or to change first");
    await page.keyboard.press("Enter");
    // Tab goes on from there.
    await hasFocus(page, id);
    const [wide, there] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= there, `${id} is ${wide} wide`);
  }
  await page.getByRole("heading", { name: "That was envelope encryption" }).waitFor();
  await tabTo(page, "Again from the start");
  await page.keyboard.press("Enter");
  await page.locator(`#${guide[0].id} form`).waitFor();
  await becomes(() => line(page).evaluate((it) => it === document.activeElement), true);
  assert.equal(await page.locator(".came").count(), 0);
  await page.keyboard.press("Enter");
  await came(page, guide[0].id).waitFor();
  assert.match(await came(page, guide[0].id).textContent(), /echo \$key[0-9a-f]{8}-/);
});

test("a line may be changed; what counts is what there is then", async (t) => {
  const visit = await open(t);
  const { page } = visit;
  const [key, letter] = await loadWalk(visit);
  await line(page).fill("aws kms create-key");
  await line(page).press("Enter");
  await page.locator("#came").getByText("Not yet.").waitFor();
  await page.locator("#came").getByText("There is no KMS key yet that is called").waitFor();
  await button(page, "Put the commands back").click();
  await becomes(() => line(page).inputValue(), key.line);
  await button(page, "Run it").click();
  await came(page, key.id).waitFor();

  await line(page).fill(letter.line.replace("Dear Ana", "Dear Eva"));
  await line(page).press("Enter");
  await came(page, letter.id).waitFor();
  assert.match(await came(page, letter.id).textContent(), /Dear Eva/);

  // The next visit begins anew.
  await page.reload();
  await line(page).waitFor();
  assert.equal(await page.locator(".came").count(), 0);
  assert.equal(await line(page).inputValue(), key.line);
  await line(page).fill("aws kms list-keys");
  await line(page).press("Enter");
  await page.locator("#came").getByText('"Keys": []').waitFor();
});

test("all of it is read without scripts", async (t) => {
  const visit = await open(t, { context: { javaScriptEnabled: false } });
  await visit.page.goto(visit.url("learn/start/"));
  for (const [at, { line, title }] of (await stations()).entries()) {
    await visit.page.getByText(line.trim(), { exact: true }).waitFor();
    await visit.page.getByRole("heading", { name: `${at + 1}. ${title}` }).waitFor();
  }
  await visit.page.getByRole("link", { name: "Encrypt a file of your own" }).waitFor();
});

/** Goes on with the Tab key until something of this name has the focus. */
async function tabTo(page, name) {
  const named = () => {
    const { labels, textContent } = document.activeElement;
    return (labels?.[0]?.textContent ?? textContent).trim();
  };
  for (let times = 0; times < 40; times++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(named)) === name) return;
  }
  assert.fail(`no way to ${name}`);
}
