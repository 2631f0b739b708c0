// The npm package, used by programs that know nothing else of this project.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { folders, open } from "./harness.mjs";

const run = promisify(execFile);
const programs = fileURLToPath(new URL("npm", import.meta.url));

/** A folder of its own with the programs, and the package where they look for it. */
async function project(t, packagePlace) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "waxseal-npm-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(programs, folder, { recursive: true });
  await cp(folders.npm, path.join(folder, packagePlace), { recursive: true });
  return folder;
}

const expected = {
  sameKey: true,
  encryptionContext: { for: "test" },
  refusal: [true, "NotFoundException"],
};

test("a Node script creates a key, makes a data key, encrypts and decrypts a file", async (t) => {
  const folder = await project(t, "node_modules/waxseal");
  const { stdout } = await run(process.execPath, ["script.mjs"], { cwd: folder });
  assert.deepEqual(JSON.parse(stdout), {
    ...expected,
    text: "a file of a script",
    created: true,
    grant: [true, "not bytes"],
    throttled: ["ThrottlingException"],
    unusable: "BadRequest",
    forTwo: ["a file of a script", true, "TooLarge"],
    inspection: [
      true,
      0x0578,
      [true, true],
      2,
      { name: "version", offset: 0, length: 1, value: { number: 2 } },
      ["signatureLength", "signature"],
      null,
    ],
    signature: "Tampered",
    verified: [18, ["aws-crypto-public-key"], "Tampered"],
    policy: ["NotCommitting", "Truncated", "BadRequest"],
    tampered: ["Tampered", 1],
  });
});

test("a plain page does the same, and its key is kept", async (t) => {
  const visit = await open(t, { folder: await project(t, "waxseal") });
  await visit.page.goto(visit.url("page.html"));
  const result = await visit.page.waitForFunction(() => globalThis.result);
  assert.deepEqual(await result.jsonValue(), { ...expected, text: "a file of a plain page", kept: true });
});

test("TypeScript knows the shapes", async (t) => {
  const folder = await project(t, "node_modules/waxseal");
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "esnext,dom"];
  const compiled = await run(process.execPath, [tsc, ...options, "types.mts"], { cwd: folder }).catch((error) => error);
  assert.equal(compiled.stdout, "");
});
