// The site without a network, and how a new version takes over.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { folders, makeFile, open, routes, saveFile, sha256 } from "./harness.mjs";
import { button, decrypt, encrypt, title } from "./steps.mjs";
import { copySite, countKept, kept, listed, look, publish, versionLine } from "./versions.mjs";
import { bench, enter } from "./workbench.mjs";

const WITH_WORKER = { context: { serviceWorkers: "allow" } };
const PAGE = "learn/index.html";
const BEFORE = "Learn KMS by doing it";
const AFTER = "Learn KMS, second edition";

/** Keeps a page from doing anything else for a while, in milliseconds. */
const occupy = (page, time) =>
  page.evaluate((time) => {
    setTimeout(() => {
      for (const end = performance.now() + time; performance.now() < end; );
    });
  }, time);

test("after one visit everything works without a network", async (t) => {
  const visit = await open(t, { ...WITH_WORKER, prefix: "/some/deep/path/" });
  const { page } = visit;
  await page.goto(visit.url());
  await kept(page);
  await visit.server.close();

  for (const route of routes) {
    const response = await page.goto(visit.url(route));
    assert.equal(response.status(), 200, route);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
  }
  const file = await makeFile(t, "letter.txt", 3_000_000);
  const sealed = await encrypt(visit, file.path);
  const opened = await decrypt(visit, await saveFile(t, sealed.name, sealed.bytes));
  assert.equal(sha256(opened.bytes), sha256(file.bytes));

  await page.goto(visit.url("learn/envelope-encryption/"));
  await page.getByRole("heading", { name: "One call, two copies" }).waitFor();
  await bench(visit);
  assert.match(await enter(page, "aws kms create-key"), /"KeyState": "Enabled"/);
  assert.match(await enter(page, "aws s3api list-buckets"), /"Owner"/);

  await visit.restart();
  await visit.page.goto(visit.url("keys/"));
  await title(visit.page, /key/i).waitFor();
});

test("addresses are answered as a host does, without one", async (t) => {
  const visit = await open(t, { ...WITH_WORKER, prefix: "/waxseal/" });
  const { page } = visit;
  visit.expect(/Failed to load resource/);
  await page.goto(visit.url("learn/"));
  await kept(page);
  await visit.server.close();

  await page.goto(visit.url("keys/key?id=none"));
  assert.equal(page.url(), visit.url("keys/key/?id=none"));
  const response = await page.goto(visit.url("keys/a/b/c"));
  assert.equal(response.status(), 404);
  await page.waitForFunction((url) => document.querySelector("a").href === url, visit.url("keys/"));
  await page.goto(visit.url("learn/"));
  const answers = await page.evaluate(async (file) => {
    const ask = (options) => fetch(file, options).then(({ status }) => status, () => "none");
    return Promise.all([ask({}), ask({ method: "HEAD" }), ask({ method: "POST" }), ask({ headers: { Range: "bytes=0-9" } })]);
  }, visit.url("manifest.webmanifest"));
  assert.deepEqual(answers, [200, "none", "none", "none"], "only whole files that are asked for");
});

test("the first page is there before anything is fetched for later", async (t) => {
  const visit = await open(t, WITH_WORKER);
  await visit.page.goto(visit.url());
  await button(visit.page, /colours$/).waitFor();
  await kept(visit.page);
  const asked = visit.server.requests.map(({ path }) => path.slice(1));
  const first = asked.slice(0, asked.indexOf("service-worker.js"));
  assert.equal(first.filter((path) => path.endsWith(".wasm")).length, 2, "the page and its worker");
  assert.equal(new Set(first).size, first.length);
  const later = asked.slice(first.length + 1).map((path) => path.replace(/(^|\/)$/, "$1index.html"));
  const all = Object.keys(await listed(folders.site));
  assert.deepEqual([...new Set(later)].sort(), later.sort(), "each file once");
  assert.deepEqual(later.filter((path) => !all.includes(path)), []);
});

test("a new version is offered, not forced", async (t) => {
  const folder = await copySite(t);
  const visit = await open(t, { ...WITH_WORKER, folder });
  const { page } = visit;
  await page.goto(visit.url("learn/"));
  await kept(page);
  const count = await countKept(page);
  const other = await visit.newPage();
  await other.goto(visit.url("learn/"));

  await publish(folder, PAGE, BEFORE, AFTER);
  const known = visit.server.requests.length;
  assert.equal(await look(page), "installed");
  const fetched = visit.server.requests.slice(known).map(({ path }) => path);
  assert.deepEqual(fetched, ["/service-worker.js", "/learn/"], "only what has changed");
  await versionLine(page).getByText("A new version of Waxseal is ready.").waitFor();
  await title(page, BEFORE).waitFor();

  await button(versionLine(page), "Later").click();
  assert.equal(await versionLine(page).count(), 0);
  await page.goto(visit.url("keys/"));
  await button(page, /colours$/).waitFor();
  await versionLine(page).getByText("A new version of Waxseal is ready.").waitFor();
  await page.goto(visit.url("learn/"));
  await title(page, BEFORE).waitFor();
  await button(versionLine(page), "Reload").click();
  await title(page, AFTER).waitFor();
  await title(other, AFTER).waitFor();
  assert.equal(await countKept(page), count, "the version before is gone");
  await visit.server.close();
  await page.reload();
  await title(page, AFTER).waitFor();
});

test("a file that is not saved yet is not lost unasked", async (t) => {
  const folder = await copySite(t);
  const visit = await open(t, { ...WITH_WORKER, folder });
  const { page } = visit;
  await page.goto(visit.url("learn/"));
  await kept(page);
  const other = await visit.newPage();
  const file = await makeFile(t, "letter.txt", 1000);
  await encrypt(visit, file.path, other);

  await publish(folder, PAGE, BEFORE, AFTER);
  assert.equal(await look(page), "installed");
  await occupy(other, 2_000);
  await button(versionLine(page), "Reload").click();
  await versionLine(page).getByText("In a tab that is open, files are being worked on or are not saved yet.").waitFor();
  await title(page, BEFORE).waitFor();
  await other.getByRole("link", { name: /^Download / }).waitFor();
  await button(versionLine(page), "Later").click();

  await page.reload();
  await occupy(other, 8_000);
  await button(versionLine(page), "Reload").click();
  await versionLine(page).getByText("A tab that is open does not answer.").waitFor();
  await title(page, BEFORE).waitFor();
  await button(versionLine(page), "Reload all the same").click();
  await title(page, AFTER).waitFor();
  await other.getByText("Drop files or a folder here").waitFor();
});

test("a version that does not arrive whole changes nothing", async (t) => {
  const folder = await copySite(t);
  const visit = await open(t, { ...WITH_WORKER, folder });
  const { page } = visit;
  await page.goto(visit.url("learn/"));
  await kept(page);

  await publish(folder, PAGE, BEFORE, AFTER);
  const whole = await readFile(path.join(folder, PAGE));
  await writeFile(path.join(folder, PAGE), whole.subarray(1));
  assert.equal(await look(page), "redundant");
  assert.equal(await versionLine(page).count(), 0);
  await page.reload();
  await title(page, BEFORE).waitFor();

  await writeFile(path.join(folder, PAGE), whole);
  assert.equal(await look(page), "installed");
  await button(versionLine(page), "Reload").click();
  await title(page, AFTER).waitFor();
});

test("whoever saves data is asked first, and once", async (t) => {
  for (const [answer, keeps] of [["No, thanks", false], ["Keep it", true]]) {
    const visit = await open(t, WITH_WORKER);
    const { page } = visit;
    await visit.context.addInitScript(() => Object.defineProperty(navigator.connection, "saveData", { value: true }));
    await page.clock.install();
    const arrive = async () => {
      await page.goto(visit.url("learn/"));
      await page.clock.runFor(60_000);
    };
    await arrive();
    await versionLine(page).getByText("without a network").waitFor();
    assert.ok(!visit.server.requests.some(({ path }) => path === "/service-worker.js"));
    await button(versionLine(page), answer).click();
    if (keeps) await kept(page);
    await arrive();
    assert.equal(await versionLine(page).count(), 0, "not asked again");
  }
});

test("browsers that keep nothing show the site as ever", async (t) => {
  for (const refuse of [
    () => Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined }),
    () => (ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException("The operation is insecure.", "SecurityError"))),
  ]) {
    const visit = await open(t, WITH_WORKER);
    await visit.context.addInitScript(refuse);
    await visit.page.goto(visit.url());
    await button(visit.page, /colours$/).waitFor();
    assert.equal(await versionLine(visit.page).count(), 0);
  }
});

test("the site can be installed", async (t) => {
  for (const [route, prefix] of [["", "/"], ["keys/new/", "/some/deep/path/"], ["learn/access/", "/waxseal/"]]) {
    const visit = await open(t, { prefix });
    await visit.page.goto(visit.url(route));
    const session = await visit.context.newCDPSession(visit.page);
    const { url, errors, data, manifest } = await session.send("Page.getAppManifest");
    assert.deepEqual([url, errors], [visit.url("manifest.webmanifest"), []]);
    assert.deepEqual([manifest.startUrl, manifest.scope], [visit.url(), visit.url()]);
    assert.deepEqual((await session.send("Page.getInstallabilityErrors")).installabilityErrors, []);
    const icons = [...JSON.parse(data).icons, { src: "icons/apple-touch-icon.png", sizes: "180x180" }];
    for (const { src, sizes } of icons) {
      const size = await visit.page.evaluate(sizeOf, visit.url(src));
      if (sizes !== "any") assert.equal(size, sizes, src);
    }
  }
});

/** Runs in the page: how large a picture is. */
async function sizeOf(url) {
  const image = Object.assign(new Image(), { src: url });
  await image.decode();
  return `${image.naturalWidth}x${image.naturalHeight}`;
}
