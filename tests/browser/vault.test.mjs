// What the vault promises, tried from below the page: what is stored, what is in memory, what survives, who agrees.
import assert from "node:assert/strict";
import { hkdfSync } from "node:crypto";
import { test } from "node:test";
import { folders, open } from "./harness.mjs";
import { parseHeader, processors, startedLanes } from "./steps.mjs";
import { connect, searchMemory, unsealedMaterial } from "./vault.mjs";

const visitVault = (t, options = {}) => open(t, { context: { bypassCSP: true }, ...options });
const createKey = (page) =>
  page.evaluate(async () => (await vault.call("CreateKey", {})).KeyMetadata.KeyId);

/** Every key's state, every alias, and that every enabled key still opens what it seals. */
const snapshot = (page) =>
  page.evaluate(async () => {
    const { Keys } = await vault.call("ListKeys", {});
    const { Aliases } = await vault.call("ListAliases", {});
    const states = {};
    for (const { KeyId } of Keys) {
      const { KeyMetadata } = await vault.call("DescribeKey", { KeyId });
      states[KeyId] = KeyMetadata.KeyState;
      if (!KeyMetadata.Enabled) continue;
      const { CiphertextBlob } = await vault.call("Encrypt", { KeyId, Plaintext: "aGVsbG8=" });
      const { Plaintext } = await vault.call("Decrypt", { CiphertextBlob });
      if (Plaintext !== "aGVsbG8=") throw new Error(`${KeyId} does not open what it sealed`);
    }
    return { states, aliases: Aliases.map(({ AliasName, TargetKeyId }) => `${AliasName} → ${TargetKeyId}`) };
  });

test("nothing in the browser's storage is a key in the clear", async (t) => {
  const visit = await visitVault(t);
  const worker = await connect(visit, visit.page);
  const key = await createKey(visit.page);
  const material = await visit.page.evaluate(unsealedMaterial);
  await watchKeysInMemory(visit, worker);
  assert.ok((await worker.evaluate((form) => findInMemory(form), material)) > 0, "this is what the engine works with");

  const dataKey = await visit.page.evaluate(async (keyId) => {
    const file = new Blob([new Uint8Array(1_000_000)]);
    return (await vault.job({ encrypt: { keyIds: [keyId], context: {} } }, file)).dataKey;
  }, key);
  const stored = await visit.page.evaluate(everythingStored);
  assert.ok(stored.includes(Buffer.from(key).toString("hex")), "the search reads what is stored");
  for (const secret of [material, dataKey]) {
    for (const form of forms(secret)) assert.ok(!stored.includes(form), "a secret is stored in the clear");
  }
});

test("the root key of the vault cannot be exported", async (t) => {
  const visit = await visitVault(t);
  await connect(visit, visit.page);
  const refusals = await visit.page.evaluate(async () => {
    const database = await new Promise((resolve) => {
      indexedDB.open("waxseal-vault").onsuccess = ({ target }) => resolve(target.result);
    });
    const root = await new Promise((resolve) => {
      database.transaction("meta").objectStore("meta").get("root").onsuccess = ({ target }) => resolve(target.result);
    });
    const tried = ["raw", "jwk"].map((format) => crypto.subtle.exportKey(format, root).then(() => "exported", (e) => e.name));
    return [root instanceof CryptoKey, root.extractable, ...(await Promise.all(tried))];
  });
  assert.deepEqual(refusals, [true, false, "InvalidAccessError", "InvalidAccessError"]);
});

test("no plaintext data key stays in the worker's memory", async (t) => {
  const visit = await visitVault(t);
  const worker = await connect(visit, visit.page);
  const key = await createKey(visit.page);
  await watchKeysInMemory(visit, worker);

  const encrypted = await visit.page.evaluate(async (keyId) => {
    const file = new Blob([new Uint8Array(3_000_000)]);
    const { blob, dataKey } = await vault.job({ encrypt: { keyIds: [keyId], context: { for: "scan" } } }, file);
    globalThis.message = blob;
    return dataKey;
  }, key);
  const decrypted = await visit.page.evaluate(async () => (await vault.job({ decrypt: {} }, message)).dataKey);
  assert.equal(decrypted, encrypted, "the same data key opens the message");

  const alive = await worker.evaluate(() => keysSeen);
  assert.ok(alive.some(({ hex, found }) => hex === encrypted && found > 0), "the scan finds the data key while it lives");
  for (const form of forms(encrypted)) {
    assert.equal(await worker.evaluate((form) => findInMemory(form), form), 0, "the data key is still in memory");
  }
});

test("a lane has neither the data key nor the content key in its memory, and cannot export the one it uses", async (t) => {
  const visit = await visitVault(t);
  await processors(visit, 3);
  const worker = await connect(visit, visit.page);
  const key = await createKey(visit.page);
  const { dataKey, front } = await visit.page.evaluate(async (keyId) => {
    const file = new Blob([new Uint8Array(40_000_000)]);
    const { blob, dataKey } = await vault.job({ encrypt: { keyIds: [keyId], context: {} } }, file);
    globalThis.message = blob;
    return { dataKey, front: Array.from(new Uint8Array(await blob.slice(0, 10_000).arrayBuffer())) };
  }, key);
  const { messageId } = parseHeader(Buffer.from(front));
  const label = Buffer.concat([Buffer.from([0x04, 0x78]), Buffer.from("DERIVEKEY")]);
  const contentKey = Buffer.from(hkdfSync("sha512", Buffer.from(dataKey, "hex"), messageId, label, 32)).toString("hex");

  const lanes = await startedLanes(visit.page, 2);
  const wanted = { messageId: [messageId.toString("hex")], dataKey: forms(dataKey), contentKey: forms(contentKey) };
  for (const each of [worker, ...lanes]) {
    await watchKeysInMemory(visit, each);
    await each.evaluate(searchWhileDecrypting, wanted);
  }
  await visit.page.evaluate(() => vault.job({ decrypt: {} }, message));
  assert.ok((await worker.evaluate(() => searched)).contentKey > 0, "the worker that derives the content key has it");
  for (const lane of lanes) {
    const { messageId, ...keys } = await lane.evaluate(() => searched);
    assert.ok(messageId > 0, "the search finds what a lane is given");
    assert.deepEqual(keys, { dataKey: 0, contentKey: 0, exported: 0 });
  }
});

/** Runs in a lane: for each frame, counts what is wanted in the module's memory, and whether its key can be exported. */
function searchWhileDecrypting(wanted) {
  globalThis.searched = { messageId: 0, dataKey: 0, contentKey: 0, exported: 0 };
  const original = SubtleCrypto.prototype.decrypt;
  SubtleCrypto.prototype.decrypt = function (algorithm, key, bytes) {
    for (const [name, forms] of Object.entries(wanted)) {
      for (const form of forms) searched[name] += findInMemory(form);
    }
    crypto.subtle.exportKey("raw", key).then(() => (searched.exported += 1), () => {});
    return original.call(this, algorithm, key, bytes);
  };
}

const BEFORE = ["handled", "sealed", "transaction", "row", "written"];
const AFTER = ["committed", "applied", "answer"];
const WRITES = {
  CreateKey: async () => await vault.call("CreateKey", { Description: "the second" }),
  CreateAlias: async (key) => await vault.call("CreateAlias", { AliasName: "alias/new", TargetKeyId: key }),
  DisableKey: async (key) => await vault.call("DisableKey", { KeyId: key }),
};

for (const [operation, write] of Object.entries(WRITES)) {
  test(`${operation} is done or not done, wherever the tab is closed`, async (t) => {
    for (const point of [...BEFORE, ...AFTER]) {
      await t.test(`at "${point}"`, async (t) => {
        const visit = await visitVault(t, { folder: folders.faults });
        await connect(visit, visit.page);
        const key = await createKey(visit.page);
        const before = await snapshot(visit.page);
        const page = await visit.newPage();
        await closeAt(visit.page, point, write, key);
        await connect(visit, page);
        const after = await snapshot(page);
        if (BEFORE.includes(point)) assert.deepEqual(after, before);
        else assertWritten(operation, key, before, after);
        await page.evaluate(WRITES.DisableKey, key);
      });
    }
  });
}

for (const point of ["root-made", "root-kept"]) {
  test(`a vault whose making was interrupted at "${point}" opens`, async (t) => {
    const visit = await visitVault(t, { folder: folders.faults });
    const page = await visit.newPage();
    await connect(visit, page, { stopAt: point });
    await page.evaluate(() => vault.reached);
    await page.close();
    await connect(visit, visit.page);
    assert.deepEqual(await snapshot(visit.page), { states: {}, aliases: [] });
    await createKey(visit.page);
  });
}

test("two tabs that create, disable and use keys at the same time agree", async (t) => {
  const visit = await visitVault(t);
  const other = await visit.newPage();
  await connect(visit, visit.page);
  await connect(visit, other);
  const shared = await createKey(visit.page);
  const work = async (shared) => {
    const seen = { sealed: 0, refused: 0 };
    for (let round = 0; round < 20; round += 1) {
      const { KeyMetadata } = await vault.call("CreateKey", { Description: `round ${round}` });
      await vault.call(round % 2 ? "EnableKey" : "DisableKey", { KeyId: shared });
      await vault
        .call("Encrypt", { KeyId: shared, Plaintext: "aGVsbG8=" })
        .then(() => (seen.sealed += 1))
        .catch((error) => {
          if (error.message !== "DisabledException") throw error;
          seen.refused += 1;
        });
      await vault.call("DisableKey", { KeyId: KeyMetadata.KeyId });
    }
    return seen;
  };
  const [one, two] = await Promise.all([visit.page.evaluate(work, shared), other.evaluate(work, shared)]);
  assert.equal(one.sealed + one.refused + two.sealed + two.refused, 40);
  const truth = await snapshot(visit.page);
  assert.deepEqual(await snapshot(other), truth);
  assert.equal(Object.keys(truth.states).length, 41, "no key was lost or made twice");
  assert.equal(Object.values(truth.states).filter((state) => state === "Disabled").length >= 40, true);
});

/** Starts a write in a tab, waits until its worker has stopped at the point, and closes the tab. */
async function closeAt(page, point, write, key) {
  await page.evaluate((point) => vault.arm(point), point);
  page.evaluate(write, key).catch(() => {});
  await page.evaluate(() => vault.reached);
  await page.close();
}

function assertWritten(operation, key, before, after) {
  if (operation === "CreateKey") {
    assert.equal(Object.keys(after.states).length, Object.keys(before.states).length + 1);
  } else if (operation === "CreateAlias") {
    assert.deepEqual(after.aliases, [`alias/new → ${key}`]);
  } else {
    assert.equal(after.states[key], "Disabled");
  }
}

/** A secret as it might be stored: its bytes, and its base64 and hexadecimal text, all in hexadecimal. */
function forms(secret) {
  const bytes = Buffer.from(secret, "hex");
  const texts = [bytes.toString("base64"), bytes.toString("hex")].map((text) => Buffer.from(text));
  return [bytes, ...texts].map((form) => form.toString("hex"));
}

/**
 * Has a worker gather in `keysSeen` what is found of each 32 bytes at the very moment the module hands them out, to WebCrypto or
 * to whoever watches.
 */
async function watchKeysInMemory(visit, worker) {
  await searchMemory(visit, worker);
  await worker.evaluate(() => {
    const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    globalThis.keysSeen = [];
    globalThis.Uint8Array = new Proxy(Uint8Array, {
      construct(target, parameters) {
        const made = Reflect.construct(target, parameters);
        if (parameters[0] instanceof target && made.length === 32) {
          keysSeen.push({ hex: toHex(made), found: findInMemory(toHex(made)) });
        }
        return made;
      },
    });
  });
}

/** Runs in the page: all of IndexedDB, OPFS and localStorage, keys and values, as hexadecimal text. */
async function everythingStored() {
  const parts = [];
  const add = (value) => {
    if (typeof value === "string") parts.push(...new TextEncoder().encode(value));
    else if (value instanceof Uint8Array) parts.push(...value);
    else if (value instanceof ArrayBuffer) parts.push(...new Uint8Array(value));
    else if (typeof value === "object" && value !== null) Object.entries(value).flat().forEach(add);
  };
  const request = (it) => new Promise((resolve, reject) => Object.assign(it, { onsuccess: () => resolve(it.result), onerror: reject }));
  for (const { name } of await indexedDB.databases()) {
    const database = await request(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      add(await request(objects.getAllKeys()));
      add(await request(database.transaction(store).objectStore(store).getAll()));
    }
  }
  const folder = await navigator.storage.getDirectory();
  for await (const entry of folder.values()) {
    if (entry.kind === "file") add(await (await entry.getFile()).arrayBuffer());
  }
  add({ ...localStorage });
  return parts.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
