// What people do in the first walk of the course.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { folders } from "./harness.mjs";
import { button } from "./steps.mjs";

/** The stations of the walk, as the site has them. */
export async function stations() {
  return JSON.parse(await readFile(path.join(folders.site, "lessons/start.json"), "utf8")).station;
}

/** Opens the walk, waits for its first line and returns its stations. */
export async function loadWalk(visit) {
  await visit.page.goto(visit.url("learn/start/"));
  await line(visit.page).waitFor();
  return stations();
}

/** The line of the station where one is. */
export const line = (page) => page.locator("#line");

/** What came of a station that is done. */
export const came = (page, id) => page.locator(`#${id}`).getByRole("group", { name: "Done. What came of it" });

/** Runs the lines of stations as they are. */
export async function walk(page, stations) {
  for (const { id } of stations) {
    await page.locator(`#${id} form`).waitFor();
    await button(page, "Run it").click();
    await came(page, id).waitFor();
  }
}
