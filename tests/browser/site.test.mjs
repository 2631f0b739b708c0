// The site as a static host serves it: any folder, any route, its policy, its list of files.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import { FIRST, fileOf, firstText } from "./first.mjs";
import { folders, openWindow as open, routes, sha256 } from "./harness.mjs";

for (const [host, options] of Object.entries({
  "the root of a host": {},
  "a deep folder of a host": { prefix: "/some/deep/path/" },
  "a host that knows no _headers": { prefix: "/waxseal/", headers: false },
})) {
  test(`every route can be opened directly on ${host}`, async (t) => {
    const visit = await open(t, options);
    for (const route of routes) {
      const response = await visit.page.goto(visit.url(route));
      assert.equal(response.status(), 200, route);
      await visit.page.getByRole("heading", { level: 1 }).first().waitFor();
    }
    const failed = visit.server.requests.filter(({ status }) => status !== 200);
    assert.deepEqual(failed, []);
  });
}

test("a lesson is read without scripts, under a title and a description of its own", async (t) => {
  const visit = await open(t, { context: { javaScriptEnabled: false } });
  const seen = new Set();
  for (const route of routes.filter((route) => route.startsWith("learn/"))) {
    await visit.page.goto(visit.url(route));
    const title = await visit.page.title();
    const description = await visit.page.locator("meta[name=description]").getAttribute("content");
    assert.match(title, /.+ · Waxseal$/);
    assert.ok(description.length > 30, route);
    assert.ok((await visit.page.locator("main").innerText()).length > (/exam|review/.test(route) ? 400 : 1000), route);
    seen.add(title).add(description);
  }
  const pages = routes.filter((route) => route.startsWith("learn/")).length;
  assert.ok(pages >= 14 && seen.size === 2 * pages, "12 lessons, their map and more");
  await visit.page.goto(visit.url("learn/envelope-encryption/"));
  await visit.page.getByRole("heading", { name: "One call, two copies" }).waitFor();
  await visit.page.getByText("What happens, and why").first().click();
  await visit.page.getByText("is the data key itself: use it, then erase it").waitFor();
  await visit.page.getByRole("link", { name: "Lesson 4 of 12" }).click();
  await visit.page.getByRole("link", { name: "Rotation" }).click();
  await visit.page.getByRole("heading", { level: 1, name: "Rotation" }).waitFor();
  assert.deepEqual(visit.server.requests.filter(({ path }) => path.endsWith(".wasm")), []);
});

test("what is read before the app has started is what the app draws then", async (t) => {
  const visit = await open(t, { prefix: "/waxseal/" });
  for (const [name, route, description] of FIRST) {
    assert.equal(await readFile(fileOf(name), "utf8"), await firstText(visit, route, description), "node tests/browser/first.mjs");
  }
  const still = await open(t, { context: { javaScriptEnabled: false } });
  for (const [, route] of FIRST) {
    await still.page.goto(still.url(route));
    await still.page.getByRole("heading", { level: 1 }).waitFor();
    assert.match(await still.page.title(), /.+ · Waxseal$/);
  }
});

test("of the app nothing is loaded ahead of the text, and nothing is run that is not as it was built", async (t) => {
  const visit = await open(t);
  visit.expect(/integrity|Failed to fetch/);
  for (const [file, route] of [["waxseal-app-*_bg.wasm", ""], ["course-*.js", "learn/envelope-encryption/"]]) {
    await visit.page.route(`**/${file}`, (request) => request.fulfill({ contentType: file.endsWith(".js") ? "text/javascript" : "application/wasm" }));
    const refused = visit.page.waitForEvent("console", (message) => /integrity/.test(message.text()));
    const response = await visit.page.goto(visit.url(route));
    assert.doesNotMatch(await response.text(), /preload/);
    await refused;
    await visit.page.getByRole("heading", { level: 1 }).waitFor();
  }
});

test("the colours that were chosen are those of the course, too", async (t) => {
  const visit = await open(t);
  await visit.page.goto(visit.url());
  await visit.page.getByRole("button", { name: "Switch to dark colours" }).click();
  await visit.page.getByRole("link", { name: "Learn", exact: true }).click();
  await visit.page.getByRole("heading", { name: "Learn KMS by doing it" }).waitFor();
  assert.equal(await visit.page.locator("html").getAttribute("data-theme"), "dark");
});

test("the page starts one worker and loads each file once", async (t) => {
  // A host without _headers has nothing kept, so that whatever is loaded twice is asked for twice.
  const visit = await open(t, { headers: false });
  const worker = visit.page.waitForEvent("worker");
  await visit.page.goto(visit.url());
  await visit.page.getByRole("heading", { level: 1 }).first().waitFor();
  await worker;
  await visit.page.waitForLoadState("networkidle");
  const loaded = visit.server.requests.map(({ path }) => path);
  assert.deepEqual(loaded.filter((path, index) => loaded.indexOf(path) !== index), []);
  assert.equal(loaded.filter((path) => /\/worker-[0-9a-f]{16}\.js$/.test(path)).length, 1);
  assert.equal(loaded.filter((path) => path.endsWith(".wasm")).length, 2);
});

test("the policy stops what it should stop", async (t) => {
  const visit = await open(t, { headers: false });
  visit.expect(/Content Security Policy|Trusted|foreign request: https:..example.org/);
  await visit.page.goto(visit.url());
  await visit.page.getByRole("heading", { level: 1 }).first().waitFor();
  const stopped = await visit.page.evaluate(async () => {
    // In a task of its own: what Playwright evaluates may evaluate text itself.
    const throws = (action) =>
      new Promise((resolve) =>
        setTimeout(() => {
          try {
            action();
            resolve(false);
          } catch {
            resolve(true);
          }
        }),
      );
    const violates = (directive, action) =>
      new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => event.effectiveDirective === directive && resolve(true));
        action();
      });
    const element = (name, properties) => document.body.appendChild(Object.assign(document.createElement(name), properties));
    const foreign = "https://example.org/";
    return Promise.all([
      throws(() => (document.createElement("div").innerHTML = "<b>text</b>")),
      throws(() => new Function("return 1")()),
      throws(() => new Worker("./worker.js")),
      throws(() => globalThis.trustedTypes.createPolicy("another", {})),
      violates("style-src-elem", () => element("style", { textContent: "body { color: red }" })),
      violates("connect-src", () => fetch(foreign).catch(() => {})),
      violates("img-src", () => element("img", { src: foreign })),
      violates("frame-src", () => element("iframe", { src: foreign })),
      violates("base-uri", () => element("base", { href: foreign })),
    ]);
  });
  assert.deepEqual(stopped, Array(9).fill(true));
});

test("the worker is held to the page's policy, whatever headers the host sends", async (t) => {
  for (const headers of [true, false]) {
    const visit = await open(t, { headers });
    visit.expect(/Content Security Policy|foreign request: https:..example.org/);
    const started = visit.page.waitForEvent("worker");
    await visit.page.goto(visit.url());
    const violated = await (await started).evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective));
          fetch("https://example.org/").catch(() => {});
        }),
    );
    assert.equal(violated, "connect-src");
  }
});

test("an address that does not exist leads back to the nearest page", async (t) => {
  const visit = await open(t, { prefix: "/waxseal/" });
  visit.expect(/status of 404/);
  for (const [wrong, nearest] of [["nothing", ""], ["keys/a/b/c", "keys/"], ["keys/new/x/", "keys/new/"]]) {
    const response = await visit.page.goto(visit.url(wrong));
    assert.equal(response.status(), 404);
    const link = visit.page.getByRole("link");
    await visit.page.waitForFunction((url) => document.querySelector("a").href === url, visit.url(nearest));
    await link.click();
    await visit.page.getByRole("heading", { level: 1 }).first().waitFor();
    assert.equal(visit.page.url(), visit.url(nearest));
  }
});

test("responses carry the policy and say what they are", async (t) => {
  const visit = await open(t);
  const response = await visit.page.goto(visit.url());
  const headers = response.headers();
  assert.match(headers["content-security-policy"], /^default-src 'none'; script-src 'self' .*frame-ancestors 'none'$/);
  assert.equal(headers["x-content-type-options"], "nosniff");
  const meta = await visit.page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
  assert.doesNotMatch(meta, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:|\*/);
});

test("an address without its last slash keeps its query", async (t) => {
  const visit = await open(t, { prefix: "/waxseal/" });
  await visit.page.goto(visit.url("keys/key?id=none"));
  assert.equal(visit.page.url(), visit.url("keys/key/?id=none"));
});

test("SHA256SUMS names every file of the site", async () => {
  const entries = await readdir(folders.site, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  const expected = [];
  for (const file of files.filter((file) => path.basename(file) !== "SHA256SUMS")) {
    expected.push(`${sha256(await readFile(file))}  ${path.relative(folders.site, file)}`);
  }
  const sums = await readFile(path.join(folders.site, "SHA256SUMS"), "utf8");
  assert.deepEqual(sums.trim().split("\n").sort(), expected.sort());
});

/** Ends with the files that were begun: one after the other, while the tests above wait for pages. */
let sizes = Promise.resolve();

/** How many bytes the file of a name takes with brotli. */
async function compressed(name) {
  const file = (await readdir(folders.site)).find((candidate) => name.test(candidate));
  return (await promisify(brotliCompress)(await readFile(path.join(folders.site, file)))).length;
}

for (const [what, name, limit] of [
  ["vault's document", /^waxseal-app-.*\.wasm$/, 338],
  ["workbench's document", /^workbench_bg-.*\.wasm$/, 350],
  ["document of a sandbox's files", /^sandbox-files_bg-.*\.wasm$/, 265],
  ["course's document", /^course_bg-.*\.wasm$/, 324],
  ["vault's worker", /^waxseal_bg-.*\.wasm$/, 669],
  ["workbench's worker", /^sandboxes_bg-.*\.wasm$/, 1003],
]) {
  const size = sizes.then(() => compressed(name));
  sizes = size.catch(() => {});
  test(`the WebAssembly of the ${what} stays within ${limit} kB`, async () => {
    assert.ok((await size) <= limit * 1000, `${await size} bytes with brotli`);
  });
}
