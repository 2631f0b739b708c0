// Firefox, driven over WebDriver BiDi with Puppeteer, and what its tests share.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import puppeteer from "puppeteer-core";
import { folders } from "./harness.mjs";
import { serve } from "./server.mjs";

/** Why tests in Firefox are not run, if they are not. */
export const skip = process.env.WAXSEAL_FIREFOX ? false : "there is no Firefox";

/** Firefox with a fresh profile, for the published site, which is served with `options`; all of it goes away with the test. */
export async function openFirefox(t, options = {}) {
  const downloads = await mkdtemp(path.join(os.tmpdir(), "waxseal-downloads-"));
  const server = await serve(folders.site, options);
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.WAXSEAL_FIREFOX,
    args: ["--remote-allow-system-access"],
    extraPrefsFirefox: {
      "browser.download.dir": downloads,
      "browser.download.folderList": 2,
      "browser.download.useDownloadDir": true,
      "browser.helperApps.neverAsk.saveToDisk": "application/octet-stream",
    },
  });
  t.after(async () => {
    await quit(browser);
    await server.close();
    await rm(downloads, { recursive: true, force: true });
  });
  await deafen(browser);
  return { browser, downloads, server, url: (route) => new URL(route, server.url).href };
}

/**
 * Keeps Firefox from listening for new workers, which it does only where it is driven: a worker that starts another stands still
 * until the listener has heard of it, and once in some hundred times for ever. Firefoxes without this listener answer with an error.
 */
async function deafen({ connection }) {
  const { result } = await connection.send("browsingContext.getTree", { "moz:scope": "chrome" });
  const [{ context }] = result.contexts;
  const listener = "chrome://remote/content/shared/js-process-actors/WebDriverWorkerListenerActor.sys.mjs";
  const expression = `ChromeUtils.importESModule("${listener}").unregisterWebDriverWorkerListenerActor()`;
  await connection.send("script.evaluate", { expression, target: { context }, awaitPromise: false });
}

/** Ends Firefox. Where it stays although it was asked to go, Puppeteer may leave it at that, and this program would wait for it. */
async function quit(browser) {
  const firefox = browser.process();
  await browser.close();
  firefox.kill("SIGKILL");
}

/** A page of it that waits a minute for whatever it waits for. */
export async function newPage(visit) {
  const page = await visit.browser.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

/** Asks until the page has what is asked for. What Puppeteer does to wait, older Firefoxes hold to the page's policy. */
export async function until(page, ask, ...given) {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const found = await page.evaluateHandle(ask, ...given);
    if (await found.evaluate((value) => Boolean(value))) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const seen = await page.evaluate(() => `${location.href}\n${document.body.innerText}`);
  throw new Error(`not seen in a minute: ${ask} ${given}\nOn the page:\n${seen}`);
}

export const selected = (page, selector) => until(page, (selector) => document.querySelector(selector), selector);
export const radio = (page, name) =>
  until(page, (name) => [...document.querySelectorAll("label")].find((label) => label.innerText.trim() === name)?.querySelector("input[type=radio]"), name);
export const saying = (page, words) => until(page, (words) => document.body.innerText.includes(words), words);

/** Runs in the page. */
export const buttonSaying = (words) => [...document.querySelectorAll("button")].find(({ textContent }) => textContent.trim() === words);
