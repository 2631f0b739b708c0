// Pictures of every page in every state, to be looked at: `node tests/browser/screenshots.mjs FOLDER [PART…]`.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { open } from "./harness.mjs";
import { parts } from "./tour.mjs";

const WIDTHS = [360, 768, 1280];
const HEIGHT = 800;
const COLOURS = ["light", "dark"];

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) {
  console.error("Say which folder the pictures go to.");
  process.exit(2);
}
const unknown = wanted.filter((part) => !(part in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
await mkdir(folder, { recursive: true });
for (const part of wanted.length > 0 ? wanted : Object.keys(parts)) await photograph(part);

/** Takes the pictures of one part of the tour. */
async function photograph(part) {
  const cleanups = [];
  const scope = { after: (cleanup) => cleanups.push(cleanup) };
  try {
    const visit = await open(scope);
    for await (const name of parts[part](scope, visit)) {
      for (const width of WIDTHS) {
        for (const colours of COLOURS) await take(visit.page, name, width, colours);
      }
    }
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

/** One picture of the whole page: `files-empty-360-dark.png`. */
async function take(page, name, width, colours) {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.emulateMedia({ colorScheme: colours });
  await page.evaluate(() => scrollTo(0, 0));
  const file = `${name.replaceAll(/[^a-z0-9]+/g, "-")}-${width}-${colours}.png`;
  await page.screenshot({ path: path.join(folder, file), fullPage: true, animations: "disabled" });
}
