// What study notes say of a CMK, which is called a KMS key today.
import assert from "node:assert/strict";
import { moment } from "../workbench.mjs";
import { NEW_KEY, fill, keyStore } from "./service.mjs";

const SEAL = (key, file) => `aws kms encrypt --key-id ${key} --plaintext fileb://${file} --query CiphertextBlob --output text | base64 -d`;
const STATE = (key) => `aws kms describe-key --key-id ${key} --query KeyMetadata.KeyState --output text`;

export const key = {
  async "it encrypts and decrypts up to 4 KB itself"({ terminal }) {
    await terminal.run(`KEY=${NEW_KEY()} && ${fill("page", 4096)} && ${SEAL("$KEY", "page")} > page.sealed`);
    const [, length] = /(\d+) page\.sealed/.exec(await terminal.run("wc -c page.sealed"));
    assert.ok(4096 < Number(length) && Number(length) <= 6144, `${length} bytes`);
    const opened = "aws kms decrypt --ciphertext-blob fileb://page.sealed --query Plaintext --output text | base64 -d | wc -c";
    assert.equal((await terminal.run(opened)).trim(), "4096");
    await terminal.run(fill("blob", 6145));
    await terminal.refused("aws kms decrypt --ciphertext-blob fileb://blob", /ValidationException.*less than or equal to 6144/s);
  },

  async "it encrypts data keys, which KMS draws at random and does not keep"({ terminal }) {
    await terminal.run(`KEY=${NEW_KEY()}`);
    const keys = await terminal.json("aws kms list-keys");
    const [one, two] = [1, 2].map(() => "aws kms generate-data-key --key-id $KEY --key-spec AES_256");
    const [first, second] = [await terminal.json(one), await terminal.json(two)];
    assert.equal(first.KeyId, second.KeyId);
    assert.notEqual(first.Plaintext, second.Plaintext, "nothing about them is derived from the KMS key");
    assert.deepEqual(await terminal.json("aws kms list-keys"), keys);
    assert.equal((await terminal.json(`aws kms decrypt --ciphertext-blob ${first.CiphertextBlob}`)).Plaintext, first.Plaintext);
  },

  async "a data key encrypts and decrypts data outside of KMS"({ terminal }) {
    await terminal.run(`KEY=${NEW_KEY()} && DATA_KEY=$(aws kms generate-data-key --key-id $KEY --key-spec AES_256 --query Plaintext --output text)`);
    await terminal.run(`${fill("report", 60_000)} && echo $DATA_KEY | base64 -d | xxd -p -c 64 > hex && openssl rand -hex 16 > iv`);
    await terminal.run("openssl enc -aes-256-ctr -K $(cat hex) -iv $(cat iv) -in report -out report.enc");
    const opened = await terminal.run("openssl enc -d -aes-256-ctr -K $(cat hex) -iv $(cat iv) -in report.enc | head -c 9");
    assert.equal(opened, "Dear Ada,");
    const id = (await terminal.run("aws kms describe-key --key-id $KEY --query KeyMetadata.KeyId --output text")).trim();
    const [made, described] = [await terminal.number("GenerateDataKey", id), await terminal.number("DescribeKey", id)];
    assert.equal(described, made + 1, "no call was made in between");
    await terminal.refused("aws kms encrypt --key-id $DATA_KEY --plaintext aGVsbG8=", /NotFoundException.*Invalid keyId/s);
  },

  async "the KMS key encrypts the data key, and the data key encrypts the data, whatever its length"({ terminal }) {
    await terminal.run(`KEY=${NEW_KEY()}`);
    for (const length of [10, 60_000]) {
      await terminal.run(`${fill("data", length)} && ${ENVELOPE}`, OPEN);
      assert.equal(await terminal.run("cat opened | openssl dgst -sha256"), await terminal.run("cat data | openssl dgst -sha256"));
      const sizes = await terminal.run("wc -c data.enc data.key");
      assert.equal(Number(/(\d+) data\.enc/.exec(sizes)[1]), length);
      assert.ok(Number(/(\d+) data\.key/.exec(sizes)[1]) < 4096, "what KMS sees is as short for either");
    }
  },

  async "it can have aliases, by which applications name it"({ terminal }) {
    await terminal.run(`ONE=${NEW_KEY()} && TWO=${NEW_KEY()} && PAIR=${NEW_KEY("--key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY")}`);
    await terminal.run("aws kms create-alias --alias-name alias/app --target-key-id $ONE && echo hello > note");
    const app = "aws kms encrypt --key-id alias/app --plaintext fileb://note --query KeyId --output text";
    assert.equal(await terminal.run(app), await terminal.run("aws kms describe-key --key-id $ONE --query KeyMetadata.Arn --output text"));
    await terminal.run("aws kms update-alias --alias-name alias/app --target-key-id $TWO");
    assert.equal(await terminal.run(app), await terminal.run("aws kms describe-key --key-id $TWO --query KeyMetadata.Arn --output text"), "the application is as it was");
    await terminal.refused("aws kms update-alias --alias-name alias/app --target-key-id $PAIR", /ValidationException.*of the same type/s);
    await terminal.refused("aws kms disable-key --key-id alias/app", /NotFoundException.*Invalid keyId 'alias\/app'/s);
  },

  async "it knows when it was made, and when it was last used"({ page, terminal }) {
    const { KeyMetadata: made } = await terminal.json("aws kms create-key");
    const age = Date.parse(await moment(page)) - Date.parse(made.CreationDate);
    assert.ok(Math.abs(age) < 60_000, `${age} ms`);
    await terminal.run(`aws kms encrypt --key-id ${made.KeyId} --plaintext aGVsbG8=`);
    const usage = await terminal.json(`aws kms get-key-last-usage --key-id ${made.KeyId}`);
    assert.match(JSON.stringify(usage), /Encrypt/);
  },

  async "it can have a description, which anyone may read"({ terminal }) {
    await terminal.run(`KEY=${NEW_KEY("--description 'for the letters of 2026'")}`);
    const description = async () => (await terminal.run("aws kms describe-key --key-id $KEY --query KeyMetadata.Description --output text")).trim();
    assert.equal(await description(), "for the letters of 2026");
    await terminal.run("aws kms update-key-description --key-id $KEY --description 'for all letters'");
    assert.equal(await description(), "for all letters");
    assert.equal((await terminal.record("UpdateKeyDescription", "for all letters")).requestParameters.description, "for all letters");
    await terminal.run(fill("text", 8193));
    await terminal.refused("aws kms update-key-description --key-id $KEY --description $(cat text | tr ' ' x)", /ValidationException.*less than or equal to 8192/s);
  },

  async "it is enabled, disabled, pending deletion or unavailable, and each state allows what it should"({ terminal }) {
    await terminal.run(`echo hello > note && KEY=${NEW_KEY()} && ${SEAL("$KEY", "note")} > sealed`);
    const decrypt = "aws kms decrypt --ciphertext-blob fileb://sealed";
    const is = async (state, key = "$KEY") => assert.equal((await terminal.run(STATE(key))).trim(), state);
    await is("Enabled");
    await terminal.run("aws kms disable-key --key-id $KEY");
    await is("Disabled");
    await terminal.refused(decrypt, /DisabledException.*is disabled\./s);
    await terminal.run("aws kms enable-key --key-id $KEY", decrypt, "aws kms schedule-key-deletion --key-id $KEY --pending-window-in-days 7");
    await is("PendingDeletion");
    await terminal.refused(decrypt, /KMSInvalidStateException.*is pending deletion\./s);
    await terminal.refused("aws kms enable-key --key-id $KEY", /KMSInvalidStateException/);
    await terminal.run("aws kms cancel-key-deletion --key-id $KEY");
    await is("Disabled");
    await keyStore(terminal, "of-ours", "cluster-bbbbbbbbbbb");
    await terminal.run(`HSM=${NEW_KEY("--origin AWS_CLOUDHSM --custom-key-store-id $STORE")} && aws kms disconnect-custom-key-store --custom-key-store-id $STORE`);
    await is("Unavailable", "$HSM");
    await terminal.refused("aws kms encrypt --key-id $HSM --plaintext aGVsbG8=", /KMSInvalidStateException.*is unavailable\./s);
  },

  async "it has four states more today: creating, updating, pending import and pending replica deletion"({ terminal }) {
    const is = async (state, key, region = "us-east-1") => assert.equal((await terminal.run(`${STATE(key)} --region ${region}`)).trim(), state);
    await terminal.run(`WAITS=${NEW_KEY("--origin EXTERNAL")} && MULTI=${NEW_KEY("--multi-region")} && aws kms replicate-key --key-id $MULTI --replica-region eu-west-1`);
    await is("PendingImport", "$WAITS");
    await is("Creating", "$MULTI", "eu-west-1");
    await terminal.jump("A day on", 1);
    await is("Enabled", "$MULTI", "eu-west-1");
    await terminal.run("aws kms update-primary-region --key-id $MULTI --primary-region eu-west-1");
    await is("Updating", "$MULTI");
    await terminal.jump("A day on", 1);
    await terminal.run("aws kms schedule-key-deletion --key-id $MULTI --region eu-west-1 --pending-window-in-days 7");
    await is("PendingReplicaDeletion", "$MULTI", "eu-west-1");
  },

  async "its material is made by AWS or brought along, and today there are two places more it may come from"({ terminal }) {
    await importMaterial(terminal);
    assert.deepEqual(await terminal.json("aws kms describe-key --key-id $OWN --query KeyMetadata.[Origin,KeyState]"), ["EXTERNAL", "Enabled"]);
    await terminal.run(`echo hello > note && ${SEAL("$OWN", "note")} > own.sealed`);
    assert.equal((await terminal.run("aws kms decrypt --ciphertext-blob fileb://own.sealed --query Plaintext --output text | base64 -d")).trim(), "hello");
    const origins = await terminal.run("aws kms create-key help");
    for (const origin of ["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"]) assert.match(origins, new RegExp(`o ${origin}$`, "m"));
  },

  async "it cannot be exported: what is known to be its material is in nothing that KMS says"({ page, terminal }) {
    // The key that material was brought along for.
    const forms = [];
    for (const line of ["cat material", "base64 material", "xxd -p -c 64 material"]) forms.push((await terminal.run(line)).trim());
    const answers = [];
    for (const line of EVERYTHING) answers.push(await terminal.run(line));
    for (const form of forms) assert.ok(!answers.join("\n").includes(form), form);
    await page.getByLabel("Filter the log").fill(forms[1]);
    await page.getByText("No entry has this text.").waitFor();
    await page.getByLabel("Filter the log").fill("");
    await terminal.refused("aws kms export-key --key-id $OWN", /Found invalid choice 'export-key'/, 252);
    await terminal.refused("aws kms get-public-key --key-id $OWN", /UnsupportedOperationException/);
    await terminal.run(`PAIR=${NEW_KEY("--key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY")}`);
    assert.match(await terminal.run("aws kms get-public-key --key-id $PAIR --query PublicKey --output text"), /^MFkw/, "the public half is for everyone");
  },
};

/** Makes an envelope of the file `data` by hand: `data.enc`, its data key encrypted in `data.key`, and `iv`. */
export const ENVELOPE = [
  "aws kms generate-data-key --key-id $KEY --key-spec AES_256 --query '[Plaintext,CiphertextBlob]' --output text > pair",
  "cut -f1 pair | base64 -d > plain.key",
  "cut -f2 pair | base64 -d > data.key",
  "openssl rand -hex 16 > iv",
  "openssl enc -aes-256-ctr -K $(xxd -p -c 64 plain.key) -iv $(cat iv) -in data -out data.enc",
  "rm pair plain.key",
].join(" && ");

/** Opens it again into the file `opened`. */
export const OPEN = [
  "aws kms decrypt --ciphertext-blob fileb://data.key --query Plaintext --output text | base64 -d > plain.key",
  "openssl enc -d -aes-256-ctr -K $(xxd -p -c 64 plain.key) -iv $(cat iv) -in data.enc -out opened",
  "rm plain.key",
].join(" && ");

/** Brings along 32 bytes that are known, in the file `material`, for the key `$OWN`. */
function importMaterial(terminal) {
  return terminal.run(
    [
      "printf 'no one will ever read this again' > material",
      `OWN=${NEW_KEY("--origin EXTERNAL")}`,
      "aws kms get-parameters-for-import --key-id $OWN --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_2048 --query '[PublicKey,ImportToken]' --output text > both",
      "cut -f1 both | base64 -d > public.der && cut -f2 both | base64 -d > token",
      "openssl pkeyutl -encrypt -pubin -keyform DER -inkey public.der -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -in material -out wrapped",
      "aws kms import-key-material --key-id $OWN --import-token fileb://token --encrypted-key-material fileb://wrapped --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE",
    ].join(" && "),
  );
}

/** Whatever can be asked of a symmetric key. */
const EVERYTHING = [
  "aws kms describe-key --key-id $OWN",
  "aws kms get-key-policy --key-id $OWN --output text",
  "aws kms list-key-rotations --key-id $OWN --include-key-material ALL_KEY_MATERIAL",
  "aws kms list-keys && aws kms list-aliases && aws kms list-grants --key-id $OWN && aws kms list-resource-tags --key-id $OWN",
  "aws kms generate-data-key --key-id $OWN --key-spec AES_256",
  "aws kms generate-data-key-pair --key-id $OWN --key-pair-spec ECC_NIST_P256",
  "aws kms encrypt --key-id $OWN --plaintext aGVsbG8= --query CiphertextBlob --output text | tee blob && base64 -d blob | xxd -p -c 256",
  "aws kms re-encrypt --ciphertext-blob $(cat blob) --destination-key-id $OWN && aws kms decrypt --ciphertext-blob $(cat blob)",
];
