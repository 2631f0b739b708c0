// Two versions of the site, and what a browser keeps of them.
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { folders } from "./harness.mjs";

const WORKER = "service-worker.js";
const LIST = /const FILES = (\{[^}]*\})/;

/** A copy of the published site that can be changed, gone with the test. */
export async function copySite(t) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "waxseal-site-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(folders.site, folder, { recursive: true });
  return folder;
}

/** Each file that the service worker keeps, and its digest. */
export async function listed(site) {
  const [, list] = LIST.exec(await readFile(path.join(site, WORKER), "utf8"));
  return JSON.parse(list.replace(/,\s*\}$/, "}"));
}

/** Makes another version of a site: changes the text of one file, and lists it as it is now. */
export async function publish(site, file, from, to) {
  const text = await readFile(path.join(site, file), "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
  const changed = text.replaceAll(from, to);
  await writeFile(path.join(site, file), changed);
  const list = { ...(await listed(site)), [file]: `sha256-${createHash("sha256").update(changed).digest("base64")}` };
  const worker = await readFile(path.join(site, WORKER), "utf8");
  await writeFile(path.join(site, WORKER), worker.replace(LIST, () => `const FILES = ${JSON.stringify(list)}`));
}

/** Waits until the browser keeps the site and answers from that. */
export const kept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated", undefined, { timeout: 120_000 });

/** Has the browser look for another version; what has become of that: `installed` or, if it was not whole, `redundant`. */
export const look = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = new Promise((resolve) =>
      registration.addEventListener("updatefound", () => {
        const { installing } = registration;
        installing.addEventListener("statechange", () => resolve(installing.state), { once: true });
      }),
    );
    await registration.update();
    return found;
  });

/** How many files the browser keeps. */
export const countKept = (page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const lengths = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
    return lengths.reduce((sum, length) => sum + length, 0);
  });

/** What is said above the page about its versions. */
export const versionLine = (page) => page.getByRole("complementary", { name: "About this site" });
