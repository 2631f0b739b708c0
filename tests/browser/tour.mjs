// Every page in every state that people see, one after the other. Tests look at each, and so does screenshots.mjs.
import { answer as answerQuestion, ask, questions } from "./course.mjs";
import { bytes, download, saveFile } from "./harness.mjs";
import { begin, doScript, judged, labPart, lesson, waitUntilSolved } from "./labs.mjs";
import {
  MIB,
  STEPS,
  backupPart,
  button,
  choose,
  choosing,
  downloadResult,
  flow,
  frameAt,
  goToStep,
  holdJobs,
  importMaterial,
  link,
  makeKey,
  makeOwnKey,
  openBackup,
  openKey,
  sentences,
  title,
  uncommitted,
} from "./steps.mjs";
import { damage } from "./vault.mjs";
import { versionLine } from "./versions.mjs";
import { line, loadWalk, walk } from "./walk.mjs";
import { answer, bench, command, console_, enter, inspect, openFile, send } from "./workbench.mjs";

/** The parts of the tour, each for a fresh profile: `for await (const name of part(t, visit)) look(visit.page)`. */
export const vaultParts = { firstVisit, wizard, keys, material, backup, encrypting, decrypting, inspecting, many, failures, versions };
/** What stands on sandboxes: the workbench and the course. */
export const sandboxParts = { workbench, console: consoleOfKeys, vaultByCommand, filesInSandbox, bytes: bytesOfThings, lab: labInTheMaking, learn, labs, start, quiz };
export const parts = { ...vaultParts, ...sandboxParts };

async function* firstVisit(t, visit) {
  const { page } = visit;
  await page.goto(visit.url());
  await link(page, "Make your first key").waitFor();
  yield "home, first visit";
  await page.goto(visit.url("about/"));
  await page.getByText("This browser has").first().waitFor();
  yield "about";
  await page.goto(visit.url("keys/"));
  await link(page, "Make your first key").waitFor();
  yield "keys, none";
  await page.goto(visit.url("keys/key/?id=1234abcd-12ab-34cd-56ef-1234567890ab"));
  await page.getByText("No key of this ID is kept in this browser").waitFor();
  yield "key, unknown";
  await page.goto(visit.url("files/"));
  await page.getByText("Drop files or a folder here").waitFor();
  yield "files, empty";
  await page.getByLabel("Choose a file").setInputFiles(await saveFile(t, "holiday.jpg", bytes(2 * MIB)));
  await page.getByLabel("Your first key").waitFor();
  yield "files, chosen without a key";
  await page.goto(visit.url("404.html"));
  await page.getByRole("link").first().waitFor();
  yield "no such page";
}

/** What is said above the page of the site itself; the browser's side of it is played. */
async function* versions(t, visit) {
  const { page } = visit;
  await page.clock.install();
  await page.addInitScript(() => {
    const version = { postMessage: (question, [asker]) => asker.postMessage(true) };
    const registration = { active: version, waiting: version, addEventListener() {} };
    Object.defineProperty(navigator.serviceWorker, "register", { value: async () => registration, writable: false });
    Object.defineProperty(navigator.connection, "saveData", { value: true });
  });
  await page.goto(visit.url("learn/"));
  await page.clock.runFor(60_000);
  const line = versionLine(page);
  await line.getByText("without a network").waitFor();
  yield "version, first";
  await button(line, "Keep it").click();
  await line.getByText("is ready").waitFor();
  yield "version, ready";
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("progress"), { hidden: true })));
  await button(line, "Reload").click();
  await line.getByText("are lost").waitFor();
  yield "version, something at stake";
}

async function* learn(t, visit) {
  const { page } = visit;
  await page.goto(visit.url("learn/"));
  yield "course, lessons";
  await page.goto(visit.url("learn/access/"));
  yield "course, the longest lesson";
  await page.goto(visit.url("learn/envelope-encryption/"));
  await page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
  yield "course, lesson with its answers";
}

async function* labs(t, visit) {
  const { page } = visit;
  const { labs } = await lesson(visit, "envelope-encryption");
  const { id, solution, mistake } = labs.find(({ id }) => id === "envelope-by-hand");
  const part = labPart(page, id);
  await begin(page, id);
  await button(part, "A hint").click();
  yield "lab, begun";
  await doScript(page, id, mistake.find(({ name }) => name === "left-alive").script);
  await part.getByText("Everything on the list holds, and yet").or(part.getByText("As it is now")).waitFor();
  await button(part, "Begin again").click();
  yield "lab, mistake told, to begin again";
  await button(part, "Throw it away and begin again").click();
  await part.getByText("Holds", { exact: true }).nth(1).waitFor({ state: "hidden" });
  await judged(page, id);
  await doScript(page, id, solution);
  await waitUntilSolved(page, id);
  await button(part, "Show a solution").click();
  await button(part, "Play the solution").click();
  await button(part, "Show the rest").click({ timeout: 60_000 });
  await part.getByText("Everything on the list holds.").waitFor();
  yield "lab, solved and played";
}

async function* start(t, visit) {
  const { page } = visit;
  const stations = await loadWalk(visit);
  yield "walk, begun";
  await line(page).fill("aws kms list-keys");
  await line(page).press("Enter");
  await page.getByText("Not yet.").waitFor();
  yield "walk, not yet";
  await page.getByRole("button", { name: "Put the commands back" }).click();
  await walk(page, stations.slice(0, 3));
  yield "walk, two copies";
  await walk(page, stations.slice(3));
  yield "walk, done";
}

async function* quiz(t, visit) {
  const { page } = visit;
  const all = await questions();
  for (const kind of ["single", "order"]) {
    const question = all.find((it) => it.kind === kind);
    const part = await ask(visit, question);
    yield `question, ${kind}`;
    await answerQuestion(part, question, false);
    await button(part, "Check the answer").click();
    await button(part, "Prove it").click();
    await part.getByText("It ran; what came of it follows.").waitFor({ timeout: 120_000 });
    yield `question, ${kind}, wrong and proved`;
  }
  await page.goto(visit.url("learn/review/"));
  await button(page, "Repeat the shakiest").click();
  await button(page, "Check the answer").waitFor();
  yield "review, a question";
  await page.goto(visit.url("learn/exam/"));
  await button(page, "Begin").waitFor();
  yield "exam, before it begins";
  await button(page, "Begin").click();
  await button(page, "Mark for later").click();
  await button(page, "Finish").click();
  await page.getByRole("alert").waitFor();
  yield "exam, a question";
  await button(page, "Finish all the same").click();
  await page.getByRole("heading", { name: "Your result" }).waitFor();
  await page.locator("details").filter({ hasText: "Question 1:" }).locator("summary").first().click();
  yield "exam, its result";
}

async function* wizard(t, visit) {
  const { page } = visit;
  await page.goto(visit.url("keys/new/"));
  await button(page, "Continue").click();
  await page.getByLabel("Alias", { exact: true }).and(page.locator("[aria-invalid=true]")).waitFor();
  yield "wizard, 1 alias refused";
  await page.getByLabel("Alias", { exact: true }).fill("team/letters");
  for (const [n, step] of STEPS.entries()) {
    if (n > 0) await button(page, "Continue").click();
    await page.getByRole("heading", { level: 2, name: step, exact: true }).waitFor();
    if (step === "Description") await page.getByLabel("Description", { exact: true }).fill("For letters that nobody else should read");
    if (step === "Administrators" || step === "Users") {
      await page.getByLabel("Name", { exact: true }).fill(step === "Users" ? "backup" : "ana");
      await button(page, "Add").click();
    }
    yield `wizard, ${n + 1} ${step.toLowerCase()}`;
  }
  await page.getByText("The key policy").click();
  await page.getByText("The calls that make the key").click();
  await page.getByText("The same as commands").click();
  yield "wizard, 6 review opened";
  await button(page, "Make the key").click();
  await title(page, "team/letters is sealed").waitFor();
  yield "wizard, key made";
}

async function* keys(t, visit) {
  const { page } = visit;
  for (const alias of ["letters", "old-photographs", "backup/2026"]) await makeKey(visit, alias);
  await page.goto(visit.url());
  await link(page, "See your 3 keys").waitFor();
  yield "home, with keys";

  await openKey(visit, "letters");
  await page.getByText("Read the policy").click();
  yield "key, enabled";
  await openKey(visit, "old-photographs");
  await button(page, "Disable").click();
  await page.getByRole("status").filter({ hasText: "The key is disabled." }).waitFor();
  yield "key, disabled";
  await openKey(visit, "backup/2026");
  await page.getByText("Schedule the deletion of this key").click();
  await button(page, "Schedule deletion").click();
  await page.getByLabel("Type “alias/backup/2026” to confirm").and(page.locator("[aria-invalid=true]")).waitFor();
  yield "key, deletion to be confirmed";
  await page.getByLabel("Type “alias/backup/2026” to confirm").fill("alias/backup/2026");
  await button(page, "Schedule deletion").click();
  await button(page, "Cancel the deletion").first().waitFor();
  yield "key, pending deletion";
  await page.goto(visit.url("keys/"));
  await link(page, "letters").waitFor();
  yield "keys, three";
}

async function* material(t, visit) {
  const { page } = visit;
  await page.goto(visit.url("keys/new/?step=3"));
  await page.getByRole("radio", { name: "My own key material" }).check();
  yield "wizard, 3 own key material";
  await makeOwnKey(visit, "letters");
  await button(page, "Import the material").click();
  await page.getByText("Choose a file, type the bytes").waitFor();
  yield "material, none yet";
  await button(page, "Make random bytes").click();
  await page.getByLabel("Expires after so many days").fill("30");
  await button(page, "Import the material").click();
  await page.getByText("Save the bytes first.").waitFor();
  yield "material, to be saved first";
  const saved = await download(page, () => page.getByRole("link", { name: /^Save / }).click());
  await button(page, "Import the material").click();
  await page.getByText("The material is imported").waitFor();
  const part = page.getByRole("region", { name: "Key material" });
  await part.locator("summary").filter({ hasText: "Delete the material" }).click();
  yield "material, imported, to be deleted";
  await part.getByLabel("Type “alias/letters” to confirm").fill("alias/letters");
  await button(part, "Delete the material").click();
  await page.getByText("The material is deleted.").waitFor();
  await page.getByText("Pending import").waitFor();
  await importMaterial(page, await saveFile(t, saved.name, bytes(32)));
  await page.getByRole("alert").waitFor();
  yield "material, deleted, other bytes refused";
}

async function* backup(t, visit) {
  const { page } = visit;
  await page.goto(visit.url("keys/backup/"));
  await page.getByText(/^This browser (has|may)/).waitFor();
  yield "backup, no keys";
  await makeKey(visit, "letters");
  await page.goto(visit.url("keys/backup/"));
  const part = backupPart(page, "Back up");
  await button(part, "Make a backup").click();
  await part.getByText("Take at least 12 characters").waitFor();
  yield "backup, passphrase refused";
  await button(part, "Suggest one").click();
  const passphrase = await part.getByLabel("Passphrase", { exact: true }).inputValue();
  await button(part, "Make a backup").click();
  await part.getByText("was read back whole").waitFor();
  yield "backup, made";
  const file = await download(page, () => part.getByRole("link", { name: /^Download/ }).click());
  const path = await saveFile(t, file.name, file.bytes);
  await makeKey(visit, "photographs");
  await openBackup(visit, path, "another passphrase");
  await page.getByRole("alert").waitFor();
  yield "backup, wrong passphrase";
  const restore = await openBackup(visit, path, passphrase);
  await button(restore, "Replace what is here").click();
  await restore.getByText("Type “replace” to confirm.").waitFor();
  yield "backup, to be confirmed";
  await restore.getByLabel("Type “replace” to confirm").fill("replace");
  await button(restore, "Replace what is here").click();
  await restore.getByText("Restored:").waitFor();
  yield "backup, restored";
  const lock = backupPart(page, "Lock");
  await lock.getByText("Lock this vault with a passphrase").click();
  await lock.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await lock.getByLabel("The same again").fill(passphrase);
  yield "lock, to be put on";
  await button(lock, "Put the lock on").click();
  await button(lock, "Lock now").waitFor();
  await lock.locator("summary").filter({ hasText: "Change the passphrase" }).click();
  yield "lock, to be changed";
  await lock.locator("summary").filter({ hasText: "Change the passphrase" }).click();
  await lock.locator("summary").filter({ hasText: "Take the lock off" }).click();
  yield "lock, on";
  await button(lock, "Lock now").click();
  await title(page, "The vault is locked").waitFor();
  await page.getByText("The passphrase is forgotten").click();
  yield "lock, locked";
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await button(page, "Unlock").click();
  await backupPart(page, "Back up").waitFor();
  await button(backupPart(page, "Lock"), "Lock now").waitFor();
  await page.goto(visit.url("404.html"));
  await page.evaluate(damage);
  await page.goto(visit.url("keys/"));
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await button(page, "Unlock").click();
  await page.getByRole("alert").first().waitFor();
  yield "damaged, keys";
  await link(page, "Restore a backup").click();
  const replace = backupPart(page, "Restore");
  await replace.getByLabel("Choose a backup").setInputFiles(path);
  await replace.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await button(replace, "Open the backup").click();
  await replace.getByText("this ends any chance to rescue it").waitFor();
  yield "damaged, to be replaced";
}

async function* encrypting(t, visit) {
  const { page } = visit;
  await makeKey(visit, "letters");
  const path = await saveFile(t, "holiday-2026.tar", bytes(24 * MIB));
  await choose(visit, path);
  yield "files, to encrypt";
  await page.getByText("Encryption context", { exact: true }).click();
  await button(page, "Add a pair").click();
  await page.getByLabel("Name 1").fill("Project");
  await page.getByLabel("Value 1").fill("Alpha");
  yield "files, to encrypt with a context";
  const letGo = await holdJobs(page, { frames: 60 });
  await button(page, "Encrypt").click();
  await page.waitForFunction(() => document.querySelector("progress")?.value > 0);
  yield "files, encrypting";
  await letGo();
  await page.getByRole("heading", { name: "holiday-2026.tar is encrypted" }).waitFor();
  for (const [n, sentence] of (await sentences(page)).entries()) {
    await flow(page).getByRole("button", { name: sentence }).first().click();
    yield `files, encrypted, step ${String(n + 1).padStart(2, "0")}`;
  }
}

async function* decrypting(t, visit) {
  const { page } = visit;
  await makeKey(visit, "letters");
  await choose(visit, await saveFile(t, "letter.txt", "Dear Ada, the engine works.\n"));
  await button(page, "Encrypt").click();
  const sealed = await downloadResult(page, /is encrypted$/);
  await choose(visit, await saveFile(t, sealed.name, sealed.bytes));
  yield "files, to decrypt";
  await page.getByText("It was encrypted under a key of yours").click();
  await page.getByLabel("Key namespace").fill("archive");
  yield "files, to decrypt with a key of one's own";
  await page.getByLabel("Key namespace").fill("");
  await button(page, "Decrypt").click();
  await page.getByRole("heading", { name: /is decrypted/ }).waitFor();
  yield "files, decrypted";
  await goToStep(page, /The file is back/);
  yield "files, decrypted, last step";
  await choosing(page);
  await choose(visit, await saveFile(t, "film.mp4", bytes(65 * MIB)));
  await button(page, "Encrypt").click();
  await page.getByText("It is where you chose to save it.").waitFor({ timeout: 120_000 });
  yield "files, encrypted to a place";
}

async function* inspecting(t, visit) {
  const { page } = visit;
  const look = async (name, content, hash = "") => {
    await page.goto(visit.url(`files/inspect/${hash}`));
    await page.getByLabel("Choose a file").setInputFiles(await saveFile(t, name, content));
    await page.getByRole("heading", { name: "In short" }).waitFor();
  };
  await page.goto(visit.url("files/inspect/"));
  await page.getByText("Drop a file here").waitFor();
  yield "inspect, empty";
  await makeKey(visit, "letters");
  await choose(visit, await saveFile(t, "letter.txt", bytes(MIB)));
  await page.getByLabel("Sign it as well").check();
  await button(page, "Encrypt").click();
  const { bytes: message } = await downloadResult(page, /is encrypted$/);
  await look("letter.txt.esdk", message, "#edk-1-keyProviderInformation");
  await page.getByLabel("Show frame number").fill("3");
  await button(page, "Show it").click();
  await page.locator("#frame-3-iv table").waitFor();
  yield "inspect, signed message";
  await button(page, "Verify with the key").click();
  await page.getByRole("status").filter({ hasText: "Every one of" }).waitFor();
  yield "inspect, verified";
  await page.getByLabel("Find a field").fill("tag");
  await page.getByRole("status").filter({ hasText: / of \d+ fields/ }).waitFor();
  yield "inspect, searched";
  const foreign = Buffer.from(message.toString("latin1").replace(":111122223333:", ":444455556666:"), "latin1");
  await look("foreign.esdk", foreign.subarray(0, foreign.length - MIB / 2));
  await page.getByText("A KMS key in AWS").waitFor();
  yield "inspect, cut short, key in AWS";
}

async function* many(t, visit) {
  const { page } = visit;
  for (const alias of ["letters", "family"]) await makeKey(visit, alias);
  const names = ["holiday-in-the-mountains.jpg", "taxes-2026.pdf", "novel.odt", "film.mp4"];
  const paths = [];
  for (const [n, name] of names.entries()) paths.push(await saveFile(t, name, bytes(name === "film.mp4" ? 24 * MIB : 60_000 * (n + 1))));
  await choose(visit, paths[0]);
  await button(page, "Encrypt").click();
  const sealed = await downloadResult(page, /is encrypted$/);
  const message = await saveFile(t, sealed.name, sealed.bytes);
  await page.goto(visit.url("files/"));
  await page.getByLabel("Choose a file").setInputFiles([...paths, message]);
  await button(page, "Encrypt 4 files and decrypt 1").waitFor();
  yield "queue, chosen, of both kinds";
  await page.getByRole("checkbox", { name: "Decrypt 1 file" }).uncheck();
  await page.getByText("Also let other keys open it").click();
  yield "queue, options";
  await page.getByRole("checkbox", { name: "Decrypt 1 file" }).check();
  const broken = await saveFile(t, "broken.esdk", changedAt(sealed.bytes, sealed.bytes.length - 40));
  await page.getByLabel("Add files").setInputFiles(broken);
  await page.locator(".queue-name").filter({ hasText: "broken.esdk" }).waitFor();
  const letGo = await holdJobs(page, { frames: 60 });
  await button(page, "Encrypt 4 files and decrypt 2").click();
  await page.getByText(/% encrypted$/).first().waitFor();
  await page.locator(".queue-row").filter({ hasText: "film.mp4" }).getByText(/[1-9]\d* % encrypted$/).waitFor();
  yield "queue, working";
  await button(page, "Pause").click();
  yield "queue, paused";
  await button(page, "Go on").click();
  await page.getByRole("button", { name: /^Cancel sealed-/ }).click();
  await letGo();
  await page.getByRole("heading", { name: "4 files done, 1 failed, 1 cancelled" }).waitFor();
  yield "queue, done with a failure";
  await button(page, "Put away").click();
  await page.getByLabel("Choose a file").setInputFiles(paths.slice(0, 3));
  await page.getByRole("radio", { name: "All in one encrypted archive" }).check();
  yield "queue, archive";
  await button(page, "Encrypt 3 files").click();
  const archive = await downloadResult(page, /are encrypted$/);
  yield "queue, archive encrypted";
  await choose(visit, await saveFile(t, archive.name, archive.bytes));
  await button(page, "Decrypt").click();
  await page.getByRole("heading", { name: /are decrypted/ }).waitFor();
  yield "queue, archive decrypted";
}

/** A copy of bytes, one of them changed. */
function changedAt(content, at) {
  const changed = Buffer.from(content);
  changed[at] ^= 1;
  return changed;
}

async function* failures(t, visit) {
  const { page } = visit;
  const note = page.getByRole("alert");
  await makeKey(visit, "letters");
  await choose(visit, await saveFile(t, "report.pdf", bytes(MIB)));
  await button(page, "Encrypt").click();
  const { bytes: message } = await downloadResult(page, /is encrypted$/);
  const attempt = async (name, content) => {
    await choose(visit, await saveFile(t, name, content));
    await page.getByRole("radio", { name: "Decrypt it" }).check();
    await button(page, "Decrypt").click();
    await note.first().waitFor();
  };
  const changed = Buffer.from(message);
  changed[frameAt(message, 3)] ^= 1;
  await attempt("report.pdf.esdk", changed);
  await page.keyboard.press("Tab");
  yield "failed, tampered";
  await goToStep(page, /frame 3 does not verify/);
  yield "failed, tampered, last step";
  await attempt("report.txt", message.toString("base64"));
  yield "failed, base64 text";
  await attempt("old.esdk", await uncommitted());
  await button(page, /^I trust where this file comes from/).waitFor();
  yield "failed, no key commitment";
  await openKey(visit, "letters");
  await button(page, "Disable").click();
  await page.getByRole("status").filter({ hasText: "The key is disabled." }).waitFor();
  await attempt("report.pdf.esdk", message);
  yield "failed, key disabled";
  await goToStep(page, /KMS says no/);
  yield "failed, key disabled, last step";
  yield* closed(visit);
}

/** A sandbox from its first minute on. */
async function* workbench(t, visit) {
  const page = await bench(visit);
  yield "workbench, first visit";
  await enter(page, "aws kms create-key --description 'My first key'");
  await enter(page, "KEY=$(aws kms list-keys --query 'Keys[0].KeyId' --output text)");
  await enter(page, "aws kms schedule-key-deletion --key-id $KEY --pending-window-in-days 7 --output table");
  await enter(page, "echo hello > letter.txt; aws kms encrypt --key-id $KEY --plaintext fileb://letter.txt");
  await page.getByText("Deletion of a key").waitFor();
  await command(page).fill("aws kms describe-");
  await command(page).press("Tab");
  yield "workbench, terminal";
  await button(page, /ScheduleKeyDeletion/).click();
  await page.getByLabel("Audit record").waitFor();
  yield "workbench, log entry";
  await button(page, "Go back to before this").click();
  await page.getByText("The sandbox was put back to before that.").waitFor();
  yield "workbench, gone back";
  await button(page, /^Return/).click();
  await page.getByText("The sandbox was put back as you had left it.").waitFor();
  await button(page, "To the next event").click();
  await page.getByText("DeleteKey", { exact: true }).first().waitFor();
  await page.getByText("Sandboxes", { exact: true }).click();
  await button(page, "Make the sandbox").click();
  await page.getByText("Give the sandbox a name.").waitFor();
  yield "workbench, jumped, new sandbox refused";
  await button(page, "Make a link").click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  yield "workbench, shared as a link";
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await page.waitForFunction(() => document.querySelector("#arrived-name")?.value === "first-2");
  yield "workbench, a link arrives";
  await button(page, "Do not open it").click();
  // Cut after four letters of base64, so that the bytes before can be read.
  const [name, file] = new URL(link).hash.split(".");
  await page.evaluate((hash) => (location.hash = hash), `${name}.${file.slice(0, Math.floor(file.length / 8) * 4)}`);
  await page.getByRole("alert").waitFor();
  yield "workbench, a link was cut";
  await button(page, "A year on").click();
  await page.getByText("Earlier months", { exact: true }).click();
  yield "workbench, a year on";
}

/** The console, from no key to a request that was refused. */
async function* consoleOfKeys(t, visit) {
  const page = await bench(visit);
  for (const name of ["archive", "letters", "orders"]) {
    await enter(page, `aws iam create-user --user-name ${name}-app > /dev/null; KEY=$(aws kms create-key --description 'For ${name}' --query KeyMetadata.KeyId --output text); aws kms create-alias --alias-name alias/${name} --target-key-id $KEY`);
  }
  await enter(page, "aws kms disable-key --key-id $KEY; aws kms create-key --key-spec RSA_2048 --key-usage SIGN_VERIFY > /dev/null");
  await console_(visit);
  await page.getByText("4 keys.").waitFor();
  yield "console, keys";
  await button(page, "letters").click();
  await page.getByText("Who may do what", { exact: true }).click();
  await page.getByLabel("Try another key policy").fill("{");
  await page.locator(".matrix button").nth(2).click();
  await page.locator("#policy-problem").getByText(/\w/).waitFor();
  yield "console, who may do what";
  await button(page, "Back to the key’s own").click();
  await page.getByRole("group", { name: "user/archive-app" }).getByRole("checkbox", { name: "uses" }).check();
  await page.getByRole("checkbox", { name: "Identity policies of the account count" }).uncheck();
  await page.getByText("This policy keeps you from changing it again.").waitFor();
  yield "console, policy that locks out";
  await button(page, "Back to the key’s own").click();
  await page.getByText("Who may do what", { exact: true }).click();
  await button(page, "Grant").click();
  await page.getByRole("checkbox", { name: "Decrypt", exact: true }).check();
  await page.getByLabel("Constraints", { exact: true }).fill("{ no JSON");
  yield "console, key and form";
  await page.getByLabel("Constraints", { exact: true }).fill("");
  await page.getByLabel("GranteePrincipal").fill("arn:aws:iam::111122223333:user/nobody");
  await page.waitForFunction(() => document.getElementById("request-command").value.includes("user/nobody"));
  await send(page);
  await answer(page);
  yield "console, answer";
  await page.getByLabel("As a command", { exact: true }).fill("aws kms rencrypt");
  await page.getByText(/re-encrypt/).waitFor();
  yield "console, command not understood";
}

/** The vault by command and by form. */
async function* vaultByCommand(t, visit) {
  await makeKey(visit, "letters");
  const { page } = visit;
  await page.goto(visit.url("workbench/?world=vault"));
  await enter(page, "aws kms list-aliases");
  await enter(page, "aws iam list-users");
  await enter(page, "echo hello > letter");
  yield "vault, terminal";
  await page.goto(visit.url("workbench/console/?world=vault"));
  await button(page, "letters").click();
  await button(page, "Describe").click();
  await send(page);
  yield "vault, console";
}

/** Files in a sandbox: one of the terminal's is encrypted and given back. */
async function* filesInSandbox(t, visit) {
  const page = await bench(visit);
  await enter(page, "aws kms create-alias --alias-name alias/app --target-key-id $(aws kms create-key --query KeyMetadata.KeyId --output text)");
  await enter(page, "echo hello > letter.txt");
  await page.goto(visit.url("workbench/files/"));
  await button(page, "letter.txt").waitFor();
  yield "sandbox files, empty";
  await button(page, "letter.txt").click();
  await page.getByLabel("Under which KMS key").waitFor();
  yield "sandbox files, chosen";
  await button(page, "Encrypt").click();
  await button(page, "Give it to the terminal").click();
  await page.getByText("The terminal has it as").waitFor();
  yield "sandbox files, given to the terminal";
}

/** The byte inspector, from nothing to a changed ciphertext that was refused. */
async function* bytesOfThings(t, visit) {
  const page = await bench(visit);
  await enter(page, "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)");
  await enter(page, "echo hello > letter; aws kms encrypt --key-id $KEY --plaintext fileb://letter --query CiphertextBlob --output text | base64 -d > sealed");
  await enter(page, "RSA=$(aws kms create-key --key-spec RSA_2048 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text); aws kms get-public-key --key-id $RSA --query PublicKey --output text | base64 -d > public.der");
  await inspect(visit, page);
  await page.getByLabel("Or paste base64 or hexadecimal").fill("nothing");
  await button(page, "Open it").click();
  yield "bytes, nothing open";
  await page.getByLabel("Or paste base64 or hexadecimal").fill("");
  await openFile(page, "sealed");
  await page.getByText("A ciphertext blob of KMS.").waitFor();
  yield "bytes, ciphertext";
  await page.locator('.byte-grid [data-at="12"]').click();
  await page.keyboard.press("Space");
  await page.getByText(/The check is not that of the bytes before it/).waitFor();
  await button(page, "Try it").click();
  await page.locator(".byte-attempt .terminal-exit").waitFor();
  yield "bytes, changed and tried";
  await openFile(page, "public.der");
  await page.getByText("A public key: a").waitFor();
  yield "bytes, public key";
}

/** A lab that is made of a sandbox, from its first draft to one that was played. */
async function* labInTheMaking(t, visit) {
  const page = await bench(visit);
  await enter(page, "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)");
  await enter(page, "aws kms create-alias --alias-name alias/app --target-key-id $KEY; aws kms disable-key --key-id $KEY");
  await page.goto(visit.url("workbench/lab/"));
  await page.getByRole("checkbox", { name: /is called/ }).check();
  await page.getByText("Holds now, and does not hold at the beginning.").waitFor();
  yield "lab in the making, a goal";
  await button(page, "Add a goal of your own").click();
  await page.getByLabel("Goal 2", { exact: true }).fill("keys[?");
  await button(page, "Add a mistake").click();
  await page.getByLabel("Mistake 1", { exact: true }).fill("log[?errorCode]");
  await page.getByText("Does not hold now, nor at the beginning.").waitFor();
  yield "lab in the making, an error and a mistake";
  await button(page, "Remove goal 2").click();
  await button(page, "Play all of it").click();
  await page.getByText("As it should be").first().waitFor();
  yield "lab in the making, played";
}

/** A page whose worker does not come. */
async function* closed(visit) {
  visit.expect(/status of 404/);
  await visit.context.route(/\/worker-[0-9a-f]+\.js$/, (route) => route.fulfill({ status: 404 }));
  await visit.page.goto(visit.url("keys/"));
  await visit.page.getByRole("alert").waitFor();
  yield "failed, worker";
}
