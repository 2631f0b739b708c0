// Makes the icons of the installed app of www/icons/favicon.svg: `node tests/browser/icons.mjs`.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./harness.mjs";

const PAPER = "#fbf9f4";

/** Name, side in pixels, how much of that the seal is wide, and what it lies on. */
const ICONS = [
  ["seal-192.png", 192, 1, "transparent"],
  ["seal-512.png", 512, 1, "transparent"],
  // Of a maskable icon only the circle of 80 % is sure to be seen.
  ["seal-maskable-192.png", 192, 0.66, PAPER],
  ["seal-maskable-512.png", 512, 0.66, PAPER],
  ["apple-touch-icon.png", 180, 0.8, PAPER],
];

const folder = fileURLToPath(new URL("../../www/icons", import.meta.url));
const seal = Buffer.from(await readFile(path.join(folder, "favicon.svg"))).toString("base64");
const profile = await mkdtemp(path.join(os.tmpdir(), "waxseal-icons-"));
const browser = await launch(profile);
try {
  const page = browser.pages()[0];
  for (const [name, side, share, paper] of ICONS) {
    const width = Math.round(side * share);
    await page.setViewportSize({ width: side, height: side });
    await page.setContent(`<body style="margin: 0; height: 100vh; display: grid; place-items: center; background: ${paper}">
      <img width="${width}" height="${width}" src="data:image/svg+xml;base64,${seal}"></body>`);
    await page.locator("img").evaluate((image) => image.decode());
    await page.screenshot({ path: path.join(folder, name), omitBackground: true });
  }
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
