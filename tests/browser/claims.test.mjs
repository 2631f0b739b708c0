// What people's study notes say of KMS, claim by claim, done by hand on the running product. Where such notes are out of
// date, a claim says what is true today.
import { test } from "node:test";
import { envelope } from "./claims/envelope.mjs";
import { key } from "./claims/key.mjs";
import { service } from "./claims/service.mjs";
import { setup } from "./claims/setup.mjs";
import { openWindow as open } from "./harness.mjs";
import { Terminal } from "./workbench.mjs";

test("what study notes say is what happens", async (t) => {
  const visit = await open(t);
  const terminal = new Terminal(visit);
  for (const [part, claims] of Object.entries({ "the service": service, "a KMS key": key, "setting one up": setup, "an envelope": envelope })) {
    for (const [claim, proof] of Object.entries(claims)) {
      await t.test(`${part}: ${claim}`, () => proof({ t, visit, page: visit.page, terminal }));
    }
  }
});
