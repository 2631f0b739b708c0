// What people do on the workbench.

/** Opens a sandbox and waits for its terminal. */
export async function bench(visit, { page = visit.page, query = "" } = {}) {
  await page.goto(visit.url(`workbench/${query}`));
  await command(page).waitFor();
  return page;
}

/** The line that commands are typed in. */
export const command = (page) => page.getByLabel("Command", { exact: true });

/** What the last command has printed, with its exit code. */
export const lastOutput = (page) => page.locator(".terminal-block").last();

/** Types a line, runs it, waits for its end and returns what it printed. */
export async function enter(page, line) {
  const ends = page.locator(".terminal-exit");
  const before = await ends.count();
  await command(page).fill(line);
  await command(page).press("Enter");
  await ends.nth(before).waitFor();
  return (await lastOutput(page).locator("pre").allTextContents()).join("\n");
}

/** The exit code of the last command: `exit 0`. */
export const exits = (page) => page.locator(".terminal-exit").last().textContent();

/** What time it is in the sandbox, for machines. */
export const moment = (page) => page.locator(".place time").getAttribute("datetime");

/** Waits until the place chip says who one is. */
export const whoIAm = (page, arn) => page.locator(`.place dd[title="${arn}"]`).waitFor();

/** Opens the console of a sandbox and waits for its list of keys. */
export async function console_(visit, { page = visit.page } = {}) {
  await page.goto(visit.url("workbench/console/"));
  await page.getByLabel(/^Filter by alias/).waitFor({ timeout: 120_000 });
  return page;
}

/** Sends the request that is open, and waits for what comes of it. */
export async function send(page) {
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator(".console-answer .terminal-exit").waitFor();
}

/** What came of the last request, with its exit code. */
export const answer = (page) => page.locator(".console-answer").textContent();

/** Goes to the byte inspector. */
export async function inspect(visit, page = visit.page) {
  await page.getByRole("navigation", { name: "Workbench" }).getByRole("link", { name: "Bytes" }).click();
  await page.getByRole("heading", { name: "Bytes", level: 1 }).waitFor();
}

/** Opens a file of the terminal in the byte inspector. */
export async function openFile(page, name) {
  await page.getByLabel("A file of the terminal").selectOption(name);
  await page.getByRole("grid", { name }).waitFor();
}

/** Opens the part of the page about sandboxes, and waits until it knows which there are. */
export async function worlds(page) {
  const part = page.locator("details").filter({ has: page.getByRole("heading", { name: "Sandboxes", exact: true }) });
  if ((await part.getAttribute("open")) === null) await part.locator("summary").first().click();
  await page.getByRole("button", { name: "Make a link", exact: true }).waitFor();
}

/** What asks whether a sandbox is to be opened. */
export const arrived = (page) => page.getByRole("region", { name: "Open this sandbox?" });
