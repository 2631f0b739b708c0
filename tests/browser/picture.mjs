// Takes the README's picture, docs/flow.png: the flow view at the step in which the data key is alive.
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
  await visit.page.screenshot({ path: fileURLToPath(new URL("../../docs/flow.png", import.meta.url)), animations: "disabled" });
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}
