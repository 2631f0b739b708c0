// What the tests in Chromium share. See README.md.
import assert from "node:assert/strict";
import { createCipheriv, createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const env = (name, fallback) => process.env[name] ?? path.join(root, fallback);

/** The folders that `cargo xtask dist` and `cargo xtask test` leave. */
export const folders = {
  site: env("WAXSEAL_SITE", "dist/site"),
  faults: env("WAXSEAL_FAULTS_SITE", "target/site-faults"),
  npm: env("WAXSEAL_NPM", "dist/npm"),
};

/** The routes of the site, as addresses relative to its root: `""`, `"files/"`, … */
export const routes = (await readFile(path.join(root, "www/routes.txt"), "utf8"))
  .trim()
  .split("\n")
  .map((line) => line.split(" ")[0])
  .map((route) => (route === "." ? "" : `${route}/`));

/** How Chromium is started: alone, and silent on the network. */
export const FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  "--no-first-run",
  "--no-sandbox",
];

/**
 * Serves a folder and opens a browser with a fresh profile on it; all of it goes away with the test. The test fails
 * when a page asks for anything of another origin, logs an error or throws.
 *
 * @param {import("node:test").TestContext} t
 * @param {{folder?: string, prefix?: string, headers?: boolean, context?: object, settings?: object}} options `folder`
 *   is the published site unless told; `prefix` and `headers` as in `serve`; `context` goes to Playwright
 *   (`colorScheme`, `viewport`, …); `settings` are Chromium's own, as its profile keeps them. The site's service worker is
 *   kept out unless `context` has `serviceWorkers: "allow"`: it fetches all files once more.
 * @returns {Promise<Visit>}
 */
export async function open(t, { folder, prefix, headers, context = {}, settings } = {}) {
  const profile = await mkdtemp(path.join(os.tmpdir(), "waxseal-profile-"));
  if (settings) await writeSettings(profile, settings);
  const start = () => launch(profile, { serviceWorkers: "block", ...context });
  return begin(t, { folder, prefix, headers }, start, () => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
}

/**
 * As `open`, in a private window of a browser that the tests of a file share: to start one takes as long as many a test.
 * Such a window keeps what is stored in memory, and forgets it. Whatever is about the disk or another day needs `open`.
 *
 * @param {import("node:test").TestContext} t
 * @param {{folder?: string, prefix?: string, headers?: boolean, context?: object}} options
 * @returns {Promise<Visit>}
 */
export const openWindow = (t, { context = {}, ...options } = {}) =>
  begin(t, options, async () => {
    if (!browser?.isConnected()) browser = await chromium.launch({ args: FLAGS, executablePath: executable() });
    const window = await browser.newContext({ serviceWorkers: "block", ...context });
    await window.newPage();
    return window;
  });

/** The browser whose private windows the tests of a file share. */
let browser;
if (process.argv[1]?.endsWith(".test.mjs")) after(() => browser?.close());

async function begin(t, { folder = folders.site, prefix, headers }, start, end) {
  const server = await serve(folder, { prefix, headers });
  const visit = new Visit(server, start);
  t.after(async () => {
    await visit.context?.close();
    await server.close();
    await end?.();
    visit.assertNoProblems();
  });
  await visit.start();
  return visit;
}

const executable = () => process.env.WAXSEAL_CHROMIUM ?? "/usr/bin/chromium";

/** Opens a browser on a profile. The options are Playwright's; of `args` said twice, the later counts. */
export function launch(profile, { args = [], ...options } = {}) {
  return chromium.launchPersistentContext(profile, { args: [...FLAGS, ...args], executablePath: executable(), ...options });
}

async function writeSettings(profile, settings) {
  await mkdir(path.join(profile, "Default"));
  await writeFile(path.join(profile, "Default/Preferences"), JSON.stringify(settings));
}

/** A browser on the site. `page` is its first page. */
export class Visit {
  /** What went wrong in any page so far, as sentences. */
  problems = [];
  #start;
  #expected = [];

  /** `start` opens a browser and returns Playwright's context. */
  constructor(server, start) {
    this.server = server;
    this.#start = start;
  }

  /** The address of a route: `url("files/")`. */
  url(route = "") {
    return new URL(route, this.server.url).href;
  }

  /** Opens the browser. */
  async start() {
    this.context = await this.#start();
    this.#guard();
    this.page = this.context.pages()[0];
  }

  /** Another page of the same browser, in a window of its own: one behind another page draws once a second. */
  async newPage() {
    const tab = await this.context.newCDPSession(this.context.pages()[0]);
    const { targetInfo } = await tab.send("Target.getTargetInfo");
    await tab.detach();
    const session = await this.context.browser().newBrowserCDPSession();
    const target = { url: "about:blank", newWindow: true, browserContextId: targetInfo.browserContextId };
    const [page] = await Promise.all([this.context.waitForEvent("page"), session.send("Target.createTarget", target)]);
    await session.detach();
    return page;
  }

  /** Closes the browser and opens it again on the same profile, as on another day. */
  async restart() {
    await this.context.close();
    await this.start();
  }

  /** Says that problems which match the pattern belong to the test. */
  expect(pattern) {
    this.#expected.push(pattern);
  }

  /** Fails on problems that were not expected. */
  assertNoProblems() {
    const unexpected = this.problems.filter((problem) => !this.#expected.some((pattern) => pattern.test(problem)));
    assert.deepEqual(unexpected, []);
  }

  #guard() {
    const { origin } = new URL(this.server.url);
    const local = (url) => url.origin === origin || ["about:", "blob:", "data:"].includes(url.protocol);
    this.context.on("request", (request) => {
      if (!local(new URL(request.url()))) this.problems.push(`foreign request: ${request.url()}`);
    });
    this.context.on("console", (message) => {
      if (message.type() === "error") this.problems.push(`console: ${message.text()} (${message.location().url})`);
    });
    this.context.on("weberror", (error) => this.problems.push(`thrown: ${error.error()}`));
  }
}

/** What axe-core finds on a page: `[]`, or sentences that name rule and elements. The options are those of `axe.run`. */
export async function axe(page, options = {}) {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    axeSource ??= await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    await page.evaluate(`${axeSource}; undefined`);
  }
  return page.evaluate(async (options) => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"], ...options });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }, options);
}

let axeSource;

/** Does something that ends in a download. Returns its name and its bytes. */
export async function download(page, action) {
  const [started] = await Promise.all([page.waitForEvent("download"), action()]);
  const file = await started.path();
  return { name: started.suggestedFilename(), path: file, bytes: await readFile(file) };
}

/** Bytes that look random and are the same for the same seed. */
export function bytes(length, seed = 1) {
  return createCipheriv("aes-128-ctr", Buffer.alloc(16, seed), Buffer.alloc(16)).update(Buffer.alloc(length));
}

/** A file of such bytes, gone with the test. Returns its path and its bytes. */
export async function makeFile(t, name, length, seed) {
  const content = bytes(length, seed);
  return { path: await saveFile(t, name, content), bytes: content };
}

/** Writes bytes into a file of this name, gone with the test. Returns its path. */
export async function saveFile(t, name, content) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "waxseal-file-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

/** Waits until what is read of a page is as expected; what is read right after a click may be from before it. */
export async function becomes(read, expected, what) {
  for (const end = Date.now() + 10_000; ; ) {
    const now = await read();
    if (isDeepStrictEqual(now, expected)) return;
    if (Date.now() > end) assert.deepEqual(now, expected, what);
    await pause(20);
  }
}

/** SHA-256 in hexadecimal. */
export const sha256 = (content) => createHash("sha256").update(content).digest("hex");

/**
 * Asks until the answer is one, for a minute.
 *
 * @template T
 * @param {string} what what is awaited
 * @param {() => Promise<T>} ask
 * @returns {Promise<T>}
 */
export async function soon(what, ask) {
  const patience = AbortSignal.timeout(60_000);
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (patience.aborted) throw new Error(`not in a minute: ${what}`);
    await pause(20);
  }
}

/** The lengths of the files in a folder of the browser's private disk, or in its root. */
export const filesIn = (page, folder) =>
  page.evaluate(async (folder) => {
    const root = await navigator.storage.getDirectory();
    const place = folder ? await root.getDirectoryHandle(folder, { create: true }) : root;
    const lengths = [];
    for await (const entry of place.values()) {
      if (entry.kind !== "file") continue;
      try {
        lengths.push((await entry.getFile()).size);
      } catch (error) {
        // What is removed between being listed and being opened is not there.
        if (error.name !== "NotFoundError") throw error;
      }
    }
    return lengths;
  }, folder);
