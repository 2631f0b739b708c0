// What Lighthouse says of the first pages that people see, on a phone as it plays one. Its package is large, so it has a folder
// of its own: tests/lighthouse.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FLAGS, folders } from "./harness.mjs";
import { serve } from "./server.mjs";

const PAGES = { "home": "", "a lesson": "learn/envelope-encryption/", "the file page": "files/" };
const RUNS = 3;
/** Of this many tries, some record no trace on a busy machine. */
const TRIES = 6;
/** How far content may move while the page loads; up to 0.1 is called good. */
const SHIFT = 0.05;
/** How late what is read may be there, in milliseconds; up to this is called good. With the app before it, it is 3,200. */
const LATEST = 2_500;

for (const [name, route] of Object.entries(PAGES)) {
  test(`Lighthouse finds nothing to say against ${name}`, async (t) => {
    const server = await serve(folders.site, { compress: true });
    t.after(() => server.close());
    const reports = [];
    for (let left = TRIES; reports.length < RUNS && left > 0; left--) {
      const report = await measure(server.url + route);
      if (!report.runtimeError) reports.push(report);
    }
    assert.equal(reports.length, RUNS, "measured");
    for (const { categories, audits } of reports) {
      for (const id of ["accessibility", "best-practices", "seo"]) {
        assert.deepEqual(lacking(categories[id], audits), []);
        assert.equal(categories[id].score, 1, id);
      }
      assert.ok(audits["cumulative-layout-shift"].numericValue < SHIFT, "what is read stays where it is");
    }
    const median = reports.sort((a, b) => a.categories.performance.score - b.categories.performance.score)[1];
    assert.ok(median.audits["largest-contentful-paint"].numericValue < LATEST, "what is read waits for nothing");
    // How long the app takes to start depends on what else the machine does, so it is told and not held to a number.
    const timings = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index"];
    const told = timings.map((id) => `${id} ${median.audits[id].displayValue}`).join(", ");
    t.diagnostic(`performance ${Math.round(median.categories.performance.score * 100)}: ${told}`);
  });
}

/** Opens an address in a fresh profile and returns Lighthouse's report. */
async function measure(url) {
  const modules = new URL("../lighthouse/node_modules/", import.meta.url);
  const { default: lighthouse } = await import(new URL("lighthouse/core/index.js", modules));
  const { launch } = await import(new URL("chrome-launcher/dist/index.js", modules));
  const chromePath = process.env.WAXSEAL_CHROMIUM ?? "/usr/bin/chromium";
  const chrome = await launch({ chromePath, chromeFlags: [...FLAGS, "--headless=new"], logLevel: "silent" });
  try {
    return (await lighthouse(url, { port: chrome.port, logLevel: "silent" })).lhr;
  } finally {
    chrome.kill();
  }
}

/** What costs a category its full score. */
const lacking = ({ auditRefs }, audits) =>
  auditRefs
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
    .map(({ id }) => `${id}: ${audits[id].title}`);
