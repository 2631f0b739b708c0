// What stands in a page until the app has started is what the app draws, without what it has yet to find out. After a change of
// these pages, make it anew: `node tests/browser/first.mjs`.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { open } from "./harness.mjs";

const folder = fileURLToPath(new URL("../../www/first", import.meta.url));

/** The pages that have a first text: file, route, and how they are described. */
export const FIRST = [
  ["home", "", "Make a KMS key, encrypt a real file with it and watch envelope encryption happen, all inside your browser."],
  ["files", "files/", "Encrypt and decrypt files in your browser, as AWS Encryption SDK messages. Nothing is uploaded."],
];

/** The first text of a page, as its file has it: title, description, content, each on one line. */
export async function firstText(visit, route, description) {
  const { page } = visit;
  await page.goto(visit.url(route));
  // The switch is not there before the app is.
  await page.locator("button.theme-switch").waitFor();
  await page.getByText("us-east-1").waitFor();
  await page.locator(".doors, .desk").waitFor();
  return [await page.title(), description, await page.evaluate(content, new URL(visit.url()).pathname), ""].join("\n");
}

export const fileOf = (name) => path.join(folder, `${name}.html`);

/** Runs in the page. */
function content(root) {
  const body = document.body.cloneNode(true);
  for (const element of body.querySelectorAll("script, noscript, .doors, .desk, .version-line")) element.remove();
  // Colours are switched by the app alone; its place is kept.
  const place = Object.assign(document.createElement("span"), { className: "theme-switch" });
  body.querySelector(".theme-switch").replaceWith(place);
  for (const link of body.querySelectorAll(`a[href^="${root}"]`)) link.setAttribute("href", `./${link.getAttribute("href").slice(root.length)}`);
  return body.innerHTML.trim().replaceAll("\n", " ");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await mkdir(folder, { recursive: true });
  const cleanups = [];
  const visit = await open({ after: (cleanup) => cleanups.push(cleanup) });
  for (const [name, route, description] of FIRST) await writeFile(fileOf(name), await firstText(visit, route, description));
  for (const cleanup of cleanups.reverse()) await cleanup();
}
