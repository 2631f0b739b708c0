// What people do on the workbench.
import assert from "node:assert/strict";

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
export async function console_(visit, { page = visit.page, query = "" } = {}) {
  await page.goto(visit.url(`workbench/console/${query}`));
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

/** Goes to a part of the workbench by its link: Terminal, Console or Bytes. */
export const part = (page, name) => page.getByRole("navigation", { name: "Workbench" }).getByRole("link", { name }).click();

/** Somebody at the terminal who looks at what each line has come to, and goes there first if need be. */
export class Terminal {
  constructor(visit) {
    this.visit = visit;
    this.page = visit.page;
  }

  /** Runs a line and returns what it has printed and how it has ended. */
  async #enter(line) {
    if (!this.page.url().startsWith(this.visit.url("workbench/"))) await bench(this.visit);
    else if (!(await command(this.page).isVisible())) await part(this.page, "Terminal");
    return [await enter(this.page, line), await exits(this.page)];
  }

  /** Runs lines that have to succeed. Returns what the last one has printed. */
  async run(...lines) {
    let last = "";
    for (const line of lines) {
      const [printed, exit] = await this.#enter(line);
      assert.equal(exit, "exit 0", `${line}\n${printed}`);
      last = printed;
    }
    return last;
  }

  /** What a line answers, read as JSON. */
  async json(line) {
    return JSON.parse(await this.run(line));
  }

  /** Runs a line that the service refuses, or the command line itself if `exit` says so. Returns the words. */
  async refused(line, words, exit = 254) {
    const [printed, ended] = await this.#enter(line);
    assert.equal(ended, `exit ${exit}`, `${line}\n${printed}`);
    assert.match(printed, words, line);
    return printed;
  }

  /** Lets lines say `--profile NAME` for somebody of any account. */
  profile(name, principal) {
    return this.run(`aws configure set principal ${principal} --profile ${name} && aws configure set region us-east-1 --profile ${name}`);
  }

  /** The newest audit record of an event that has a text, which says of which call it is. */
  async record(event, text) {
    const entry = await this.#entry(event, text);
    await entry.getByRole("button").first().click();
    const record = JSON.parse(await entry.getByLabel("Audit record").textContent());
    await entry.getByRole("button").first().click();
    await this.page.getByLabel("Filter the log").fill("");
    return record;
  }

  /** Which entry of the log that is, counted from the oldest. */
  async number(event, text) {
    const number = await (await this.#entry(event, text)).evaluate(({ value }) => value);
    await this.page.getByLabel("Filter the log").fill("");
    return number;
  }

  async #entry(event, text) {
    await this.page.getByLabel("Filter the log").fill(text);
    const name = this.page.locator(".log-name").getByText(event, { exact: true });
    const entry = this.page.locator(".log > li").filter({ has: name }).first();
    await entry.waitFor();
    return entry;
  }

  /** Moves the clock with a button of the page, and waits until it has moved. */
  async jump(words, days) {
    const before = Date.parse(await moment(this.page));
    await this.page.getByRole("button", { name: words, exact: true }).click();
    const there = (least) => Date.parse(document.querySelector(".place time").dateTime) >= least;
    await this.page.waitForFunction(there, before + days * 86_400_000 - 60_000);
  }
}
