// Takes the README's pictures: docs/flow.png, the flow view at the step in which the data key is alive, and docs/course.png, a step
// of a lesson that was run.
import { fileURLToPath } from "node:url";
import { bytes, open, saveFile } from "./harness.mjs";
import { MIB, button, choose, downloadResult, goToStep, makeKey } from "./steps.mjs";

const cleanups = [];
const scope = { after: (cleanup) => cleanups.push(cleanup) };
try {
  const visit = await open(scope, { context: { viewport: { width: 1280, height: 940 }, colorScheme: "light" } });
  await makeKey(visit, "letters");
  await choose(visit, await saveFile(scope, "holiday-2026.tar", bytes(50 * MIB)));
  await button(visit.page, "Encrypt").click();
  await downloadResult(visit.page, /is encrypted$/);
  await goToStep(visit.page, /The data key leaves KMS twice/);
  await visit.page.mouse.move(0, 0);
  await visit.page.getByText("Crossed the wall of KMS so far").evaluate((first) => {
    document.activeElement.blur();
    scrollTo(0, first.getBoundingClientRect().top + scrollY - 24);
  });
  await picture(visit.page, "flow");

  await visit.page.goto(visit.url("learn/envelope-encryption/#one-call"));
  const step = visit.page.locator("#one-call");
  await step.getByRole("radio").nth(1).check();
  await button(step, "Run it").click();
  await step.locator(".verdict").waitFor();
  await step.evaluate((step) => {
    document.activeElement.blur();
    scrollTo(0, step.getBoundingClientRect().top + scrollY - 24);
  });
  await picture(visit.page, "course");
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

function picture(page, name) {
  return page.screenshot({ path: fileURLToPath(new URL(`../../docs/${name}.png`, import.meta.url)), animations: "disabled" });
}
