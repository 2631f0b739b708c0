// What study notes say of envelope encryption: by hand at the terminal, and on a file, with its real bytes.
import assert from "node:assert/strict";
import { makeFile, saveFile } from "../harness.mjs";
import {
  MIB,
  beginEncrypting,
  button,
  choose,
  commitment,
  count,
  downloadResult,
  fact,
  flow,
  goToStep,
  parseHeader,
  sentences,
  shownBytes,
} from "../steps.mjs";
import { ENVELOPE, OPEN } from "./key.mjs";
import { NEW_KEY, fill } from "./service.mjs";

/** What a claim leaves for those after it: the file, its message, and what the flow view said. */
const seen = {};

export const envelope = {
  async "data is encrypted with a data key, and the data key with another key"({ terminal }) {
    await terminal.run(`KEY=${NEW_KEY()} && ${fill("data", 60_000)} && ${ENVELOPE}`);
    assert.ok(!(await terminal.run("head -c 4096 data.enc | xxd -p -c 4096")).includes(Buffer.from("Dear Ada").toString("hex")));
    await terminal.run("head -c 4096 data.enc > part");
    await terminal.refused("aws kms decrypt --ciphertext-blob fileb://part", /InvalidCiphertextException/);
    await terminal.run(OPEN);
    assert.equal(await terminal.run("cat opened | openssl dgst -sha256"), await terminal.run("cat data | openssl dgst -sha256"));
  },

  async "it is for what is longer than 4 KB, which KMS itself refuses"({ terminal }) {
    await terminal.run(`KEY=${NEW_KEY()} && ${fill("data", 4097)}`);
    await terminal.refused("aws kms encrypt --key-id $KEY --plaintext fileb://data", /ValidationException/);
    await terminal.run(ENVELOPE, OPEN);
    assert.equal((await terminal.run("wc -c < opened")).trim(), "4097");
  },

  async "to encrypt, 1: there is a KMS key, and it stays in KMS"({ t, visit, page }) {
    seen.file = await makeFile(t, "film.mp4", 5 * MIB);
    await beginEncrypting(visit, seen.file.path);
    seen.message = (await downloadResult(page, "film.mp4 is encrypted")).bytes;
    seen.path = await saveFile(t, "film.mp4.esdk", seen.message);
    seen.header = parseHeader(seen.message);
    await goToStep(page, /KMS (finds|looks up)/);
    await flow(page).getByText(seen.header.keys[0].info).first().waitFor();
    assert.equal(await flow(page).getByRole("table", { name: "KMS key" }).count(), 0, "there are no bytes of it to show");
  },

  async "to encrypt, 2: GenerateDataKey makes a data key"({ page }) {
    await goToStep(page, /Your app asks KMS for a new data key/);
    await goToStep(page, /The data key leaves KMS twice/);
    seen.dataKey = await shownBytes(page, "data key");
    assert.equal(seen.dataKey.length, 64);
  },

  async "to encrypt, 3: the KMS key encrypts the data key, within the same call"({ page }) {
    const told = await sentences(page);
    const encrypts = told.findIndex((sentence) => /^KMS encrypts the data key under the KMS key\.$/.test(sentence));
    const leaves = told.findIndex((sentence) => /^The data key leaves KMS twice/.test(sentence));
    assert.ok(0 < encrypts && encrypts < leaves, told.join("\n"));
    assert.equal(told.filter((sentence) => /^Your app asks KMS/.test(sentence)).length, 1, "no second call");
    await goToStep(page, /The data key leaves KMS twice/);
    assert.equal(await shownBytes(page, "encrypted data key"), seen.header.keys[0].wrapped.subarray(0, 32).toString("hex"));
  },

  async "to encrypt, 4: the data key encrypts the data, and is wiped"({ page }) {
    await goToStep(page, /Your app encrypts the file in/);
    assert.equal(commitment(seen.header, Buffer.from(seen.dataKey, "hex")), seen.header.commitment.toString("hex"), "with this very key");
    await goToStep(page, /Your app overwrites the data key with zeros/);
    assert.equal(await shownBytes(page, "data key"), "00".repeat(32));
  },

  async "to encrypt, 5: the encrypted data key is stored with the data, and not in KMS"({ page }) {
    await goToStep(page, /The encrypted file goes into storage, its sealed data key inside it/);
    assert.equal(await shownBytes(page, "encrypted file"), seen.message.subarray(0, 32).toString("hex"));
    assert.ok(seen.message.subarray(0, seen.header.length).includes(seen.header.keys[0].wrapped));
    assert.ok(!seen.message.includes(Buffer.from(seen.dataKey, "hex")));
  },

  async "only the key crosses the network, and none of the data"({ page }) {
    await goToStep(page, /Your app encrypts the file in/);
    await flow(page).getByText("Not a byte of the file comes through the wall.").waitFor();
    await goToStep(page, /The encrypted file goes into storage/);
    const crossed = count(await fact(page, "Crossed the wall of KMS so far").innerText());
    assert.ok(crossed > 300 && crossed < 3000, `${crossed} bytes crossed`);
  },

  async "to send all of the data would be slower, and KMS would not take it"({ page }) {
    const direct = fact(page, "Sending the whole file instead");
    assert.equal(count(await direct.innerText()), 5 * MIB);
    await direct.getByText("KMS would refuse it: it takes 4,096 bytes at most").waitFor();
  },

  async "to decrypt, 1: there are the encrypted data and the encrypted data key"({ visit, page }) {
    await choose(visit, seen.path);
    await button(page, "Decrypt").click();
    await page.getByRole("heading", { name: /is decrypted, and every byte verified$/ }).waitFor();
    await goToStep(page, /Your app reads the header: it names the KMS key that can help/);
    await flow(page).getByText(seen.header.keys[0].info).first().waitFor();
  },

  async "to decrypt, 2: the KMS key decrypts the data key, which comes back in the clear"({ page }) {
    await goToStep(page, /Your app asks KMS to decrypt what it sends along/);
    await goToStep(page, /The data key leaves KMS in the clear, for your app alone/);
    assert.equal(await shownBytes(page, "data key"), seen.dataKey, "the same data key");
  },

  async "to decrypt, 3: the data key decrypts the data"({ page }) {
    await goToStep(page, /Your app verifies and opens/);
    assert.deepEqual((await downloadResult(page, /every byte verified$/)).bytes, seen.file.bytes);
  },

  async "to decrypt, 4: the data key is deleted from memory"({ page }) {
    await goToStep(page, /Your app overwrites the data key with zeros/);
    assert.equal(await shownBytes(page, "data key"), "00".repeat(32));
  },

  async "it protects the encryption key: without the KMS key, what is stored opens nothing"({ terminal }) {
    await terminal.run(`KEY=${NEW_KEY()} && ${fill("data", 5000)} && ${ENVELOPE}`);
    await terminal.run("aws kms schedule-key-deletion --key-id $KEY --pending-window-in-days 7");
    await terminal.refused("aws kms decrypt --ciphertext-blob fileb://data.key", /KMSInvalidStateException/);
    await terminal.run("aws kms cancel-key-deletion --key-id $KEY && aws kms enable-key --key-id $KEY", OPEN);
    await terminal.run("aws kms schedule-key-deletion --key-id $KEY --pending-window-in-days 7");
    await terminal.jump("A year on", 365);
    await terminal.refused("aws kms decrypt --ciphertext-blob fileb://data.key", /AccessDeniedException.*the resource does not exist in this Region/s);
  },
};
