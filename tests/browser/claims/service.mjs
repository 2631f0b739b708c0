// What study notes say of the service itself. Where they are out of date, a claim is what is true today.
import assert from "node:assert/strict";
import { makeFile, saveFile } from "../harness.mjs";
import { decrypt, encrypt, sentences } from "../steps.mjs";
import { answer, inspect, openFile, part, send } from "../workbench.mjs";

/** The ID of a new key, for a line to use. */
export const NEW_KEY = (options = "") => `$(aws kms create-key ${options} --query KeyMetadata.KeyId --output text)`;

/** Writes a file of so many bytes. */
export const fill = (name, length) => `printf '%-${length}s' 'Dear Ada,' > ${name}`;

/** Makes and connects a key store of a cluster of one's own, `$STORE`. */
export async function keyStore(terminal, name, cluster) {
  const certificate = "$'-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n'";
  const options = `--cloud-hsm-cluster-id ${cluster} --key-store-password kmspassword --trust-anchor-certificate ${certificate}`;
  const create = `aws kms create-custom-key-store --custom-key-store-name ${name} ${options} --query CustomKeyStoreId --output text`;
  await terminal.run(`STORE=$(${create}) && aws kms connect-custom-key-store --custom-key-store-id $STORE`);
  await terminal.jump("A day on", 1);
}

export const service = {
  async "it makes encryption keys and controls them, and shows of them everything but the material"({ page, terminal }) {
    const { KeyMetadata: made } = await terminal.json("aws kms create-key --description 'Protects letters'");
    assert.deepEqual((await terminal.json(`aws kms describe-key --key-id ${made.KeyId}`)).KeyMetadata, made);
    assert.deepEqual([made.KeyState, made.KeyManager, made.Origin], ["Enabled", "CUSTOMER", "AWS_KMS"]);
    assert.match(made.CurrentKeyMaterialId, /^[0-9a-f]{64}$/, "the material has an ID, and that is all of it");
    assert.ok(!Object.keys(made).some((member) => /Plaintext|Ciphertext|Material$/.test(member)), Object.keys(made).join());
    await terminal.run(`aws kms disable-key --key-id ${made.KeyId}`);
    await terminal.refused(`aws kms encrypt --key-id ${made.KeyId} --plaintext aGVsbG8=`, /DisabledException.*is disabled\./s);
    await part(page, "Console");
    await page.getByRole("row", { name: new RegExp(`${made.KeyId} Disabled SYMMETRIC_DEFAULT ${made.CreationDate.slice(0, 10)}`) }).waitFor();
    await terminal.run(`aws kms enable-key --key-id ${made.KeyId} && aws kms encrypt --key-id ${made.KeyId} --plaintext aGVsbG8=`);
  },

  async "a key is of one Region unless it was made for several"({ page, terminal }) {
    const region = (name) => page.getByLabel("Region", { exact: true }).selectOption(name);
    const { KeyMetadata: single } = await terminal.json("aws kms create-key");
    const { KeyMetadata: multi } = await terminal.json("aws kms create-key --multi-region");
    assert.deepEqual([single.MultiRegion, multi.MultiRegion], [false, true]);
    assert.match(single.Arn, /^arn:aws:kms:us-east-1:111122223333:key\/[0-9a-f]{8}-/);
    assert.match(multi.KeyId, /^mrk-[0-9a-f]{32}$/);
    await terminal.refused(`aws kms replicate-key --key-id ${single.KeyId} --replica-region eu-central-1`, /UnsupportedOperationException/);
    await terminal.run(`aws kms replicate-key --key-id ${multi.KeyId} --replica-region eu-central-1`);
    await terminal.jump("A day on", 1);
    const seal = `aws kms encrypt --key-id ${multi.KeyId} --plaintext aGVsbG8= --query CiphertextBlob --output text | base64 -d > sealed`;
    await terminal.run(seal);
    await region("eu-central-1");
    await terminal.refused(`aws kms describe-key --key-id ${single.KeyId}`, /NotFoundException.*arn:aws:kms:eu-central-1:/s);
    const opened = await terminal.json("aws kms decrypt --ciphertext-blob fileb://sealed");
    assert.deepEqual([opened.KeyId, opened.Plaintext], [multi.Arn.replace("us-east-1", "eu-central-1"), "aGVsbG8="]);
    await region("us-east-1");
    assert.equal((await terminal.run(`aws kms describe-key --key-id ${single.KeyId} --query KeyMetadata.Arn --output text`)).trim(), single.Arn);
  },

  async "one service has the keys of many accounts, none of which sees another's, and a key store is for one alone"({ terminal }) {
    await terminal.profile("neighbour", "arn:aws:iam::444455556666:root");
    const ours = (await terminal.run("aws kms create-key --query KeyMetadata.Arn --output text")).trim();
    assert.deepEqual((await terminal.json("aws kms list-keys --profile neighbour")).Keys, []);
    const theirs = (await terminal.json("aws kms create-key --profile neighbour")).KeyMetadata;
    assert.equal(theirs.AWSAccountId, "444455556666");
    assert.ok(!(await terminal.run("aws kms list-keys")).includes(theirs.KeyId));
    await terminal.refused(`aws kms describe-key --key-id ${ours} --profile neighbour`, /AccessDeniedException/);
    await terminal.refused(`aws kms encrypt --key-id ${ours} --plaintext aGVsbG8= --profile neighbour`, /AccessDeniedException/);
    await terminal.refused(`aws kms describe-key --key-id ${theirs.Arn}`, /AccessDeniedException/);
    await keyStore(terminal, "hsm", "cluster-aaaaaaaaaaa");
    const stored = await terminal.json("aws kms create-key --origin AWS_CLOUDHSM --custom-key-store-id $STORE --query KeyMetadata");
    assert.deepEqual([stored.Origin, stored.CloudHsmClusterId], ["AWS_CLOUDHSM", "cluster-aaaaaaaaaaa"]);
  },

  async "other services encrypt with its keys, which takes a choice in a form"({ page, terminal }) {
    await terminal.run(`KEY=${NEW_KEY()} && aws kms create-alias --alias-name alias/disks --target-key-id $KEY`);
    await part(page, "Console");
    await page.getByLabel("Operation", { exact: true }).selectOption("ec2 CreateVolume");
    await page.getByLabel("AvailabilityZone").fill("us-east-1a");
    await page.getByLabel("Encrypted").selectOption("true");
    await page.getByLabel("KmsKeyId").fill("alias/disks");
    await page.getByLabel("Size").fill("8");
    await page.waitForFunction(() => /--encrypted .*--size 8|--size 8 .*--encrypted/.test(document.getElementById("request-command").value));
    await send(page);
    const shown = await answer(page);
    assert.match(shown, /"Encrypted": true.*exit 0/s);
    const volume = /vol-[0-9a-f]+/.exec(shown)[0];
    await terminal.run(`aws ec2 attach-volume --volume-id ${volume} --instance-id i-0abcdef1234567890 --device /dev/sdf`);
    const [made, granted, opened] = [
      await terminal.record("GenerateDataKeyWithoutPlaintext", volume),
      await terminal.record("CreateGrant", volume),
      await terminal.record("Decrypt", volume),
    ];
    for (const { userIdentity } of [made, granted]) assert.match(userIdentity.invokedBy, /^ec2/);
    assert.match(opened.userIdentity.arn, /i-0abcdef1234567890$/);
    assert.equal(granted.requestParameters.constraints.encryptionContextSubset["aws:ebs:id"], volume);
  },

  async "it is simple to encrypt files with a key of one's own"({ t, visit }) {
    const file = await makeFile(t, "taxes.pdf", 300_000);
    const sealed = await encrypt(visit, file.path);
    assert.equal(sealed.bytes.includes(file.bytes.subarray(0, 64)), false);
    const opened = await decrypt(visit, await saveFile(t, sealed.name, sealed.bytes));
    assert.deepEqual(opened.bytes, file.bytes);
  },

  async "it stands behind what keeps passwords, credentials and secrets"({ terminal }) {
    await terminal.run("aws secretsmanager create-secret --name db/password --secret-string hunter2");
    assert.equal((await terminal.run("aws secretsmanager get-secret-value --secret-id db/password --query SecretString --output text")).trim(), "hunter2");
    await terminal.run("aws ssm put-parameter --name /card --type SecureString --value 4111-1111");
    assert.equal((await terminal.run("aws ssm get-parameter --name /card --with-decryption --query Parameter.Value --output text")).trim(), "4111-1111");
    assert.ok(!(await terminal.run("aws ssm get-parameter --name /card --query Parameter.Value --output text")).includes("4111"), "it is kept encrypted");
    const secret = await terminal.record("Decrypt", "db/password");
    const parameter = await terminal.record("Decrypt", "parameter/card");
    assert.deepEqual([secret, parameter].map(({ userIdentity }) => userIdentity.invokedBy), ["secretsmanager.amazonaws.com", "ssm.amazonaws.com"]);
  },

  async "keys that AWS manages cannot be used directly, only by their service"({ terminal }) {
    await terminal.run("echo hello > note && aws s3 mb s3://notes && aws s3 cp note s3://notes/managed --sse aws:kms");
    await terminal.refused("aws kms encrypt --key-id alias/aws/s3 --plaintext fileb://note", /AccessDeniedException/);
    await terminal.refused("aws kms generate-data-key --key-id alias/aws/s3 --key-spec AES_256", /AccessDeniedException/);
    assert.equal((await terminal.run("aws s3 cp s3://notes/managed -")).trim(), "hello");
    const opened = await terminal.record("Decrypt", "notes/managed");
    assert.equal(opened.userIdentity.invokedBy, "s3.amazonaws.com");
    const id = (await terminal.run("aws kms describe-key --key-id alias/aws/s3 --query KeyMetadata.[KeyManager,KeyId] --output text")).trim().split("\t");
    assert.equal(id[0], "AWS");
    const { Statement } = JSON.parse(await terminal.run(`aws kms get-key-policy --key-id ${id[1]} --query Policy --output text`));
    const { StringEquals } = Statement[0].Condition;
    assert.deepEqual([StringEquals["kms:ViaService"], StringEquals["kms:CallerAccount"]], ["s3.us-east-1.amazonaws.com", "111122223333"]);
  },

  async "the command line has a command for each of its operations, and says what each does"({ terminal }) {
    const help = await terminal.run("aws kms help");
    const commands = [...help.matchAll(/^ +o (\S+)$/gm)].map(([, name]) => name);
    assert.equal(commands.length, 56, "54 of July 2026, and the two for ML-KEM keys since");
    for (const name of ["encrypt", "decrypt", "re-encrypt", "enable-key-rotation", "generate-data-key"]) assert.ok(commands.includes(name), name);
    const pages = await terminal.run(commands.map((name) => `aws kms ${name} help`).join(" && "));
    assert.deepEqual([...pages.matchAll(/^NAME\n +(\S+)$/gm)].map(([, name]) => name), commands);
  },

  async "aws kms encrypt turns a file of up to 4,096 bytes into ciphertext under a KMS key"({ terminal }) {
    await terminal.run(`KEY=${NEW_KEY()} && ${fill("page", 4096)} && ${fill("longer", 4097)}`);
    const { CiphertextBlob } = await terminal.json("aws kms encrypt --key-id $KEY --plaintext fileb://page");
    assert.ok(!Buffer.from(CiphertextBlob, "base64").includes("Dear Ada"));
    await terminal.refused("aws kms encrypt --key-id $KEY --plaintext fileb://longer", /ValidationException.*Member must have length less than or equal to 4096/s);
    await terminal.run(`RSA=${NEW_KEY("--key-spec RSA_2048 --key-usage ENCRYPT_DECRYPT")} && ${fill("short", 190)} && ${fill("long", 191)}`);
    const rsa = (name) => `aws kms encrypt --key-id $RSA --encryption-algorithm RSAES_OAEP_SHA_256 --plaintext fileb://${name}`;
    await terminal.run(rsa("short"));
    await terminal.refused(rsa("long"), /cannot encrypt data larger than 190 bytes/);
  },

  async "aws kms decrypt turns ciphertext back, and knows the key by itself if it is a symmetric one"({ visit, page, terminal }) {
    await terminal.run(`KEY=${NEW_KEY()} && OTHER=${NEW_KEY()}`);
    const seal = (key, options = "") => `aws kms encrypt --key-id ${key} ${options} --plaintext aGVsbG8= --query CiphertextBlob --output text | base64 -d`;
    await terminal.run(`${seal("$KEY")} > sealed && ${seal("$RSA", "--encryption-algorithm RSAES_OAEP_SHA_256")} > sealed.rsa`);
    const { KeyId, Plaintext } = await terminal.json("aws kms decrypt --ciphertext-blob fileb://sealed");
    assert.equal(Plaintext, "aGVsbG8=");
    await inspect(visit, page);
    await openFile(page, "sealed");
    const named = page.locator(".byte-part").filter({ has: page.getByRole("button", { name: /^keyArn\b/ }) });
    await named.getByText(KeyId).waitFor();
    await terminal.refused("aws kms decrypt --key-id $OTHER --ciphertext-blob fileb://sealed", /IncorrectKeyException/);
    const rsa = "aws kms decrypt --encryption-algorithm RSAES_OAEP_SHA_256 --ciphertext-blob fileb://sealed.rsa";
    await terminal.refused(rsa, /ValidationException/);
    assert.equal((await terminal.json(`${rsa} --key-id $RSA`)).Plaintext, "aGVsbG8=");
  },

  async "aws kms rencrypt is no command: the command line names those that it may stand for"({ terminal }) {
    const told = await terminal.refused("aws kms rencrypt", /^aws: \[ERROR\]: An error occurred \(ParamValidation\): argument operation: Found invalid choice 'rencrypt'$/m, 252);
    assert.match(told, /\n\nMaybe you meant:\n\n {2}\* encrypt\n {2}\* re-encrypt\n {2}\* decrypt\n\nusage: aws \[options\] <command> <subcommand>/);
  },

  async "aws kms enable-key-rotation gives a key new material every 365 days, or as often as it is told to"({ terminal }) {
    await terminal.run(`KEY=${NEW_KEY()} && aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --query CiphertextBlob --output text | base64 -d > old`);
    const material = async () => (await terminal.run("aws kms describe-key --key-id $KEY --query KeyMetadata.CurrentKeyMaterialId --output text")).trim();
    const status = () => terminal.json("aws kms get-key-rotation-status --key-id $KEY");
    assert.equal((await status()).KeyRotationEnabled, false, "only when it is asked for");
    await terminal.run("aws kms enable-key-rotation --key-id $KEY");
    assert.deepEqual([(await status()).KeyRotationEnabled, (await status()).RotationPeriodInDays], [true, 365]);
    const first = await material();
    await terminal.jump("A year on", 365);
    await terminal.jump("A day on", 1);
    const second = await material();
    assert.notEqual(second, first);
    const opened = await terminal.json("aws kms decrypt --ciphertext-blob fileb://old");
    assert.deepEqual([opened.Plaintext, opened.KeyMaterialId], ["aGVsbG8=", first], "what was encrypted before still opens");
    await terminal.refused("aws kms enable-key-rotation --key-id $KEY --rotation-period-in-days 89", /valid min value: 90/, 252);
    await terminal.refused("aws kms enable-key-rotation --key-id $KEY --rotation-period-in-days 2561", /ValidationException/);
    await terminal.run("aws kms enable-key-rotation --key-id $KEY --rotation-period-in-days 90 && aws kms rotate-key-on-demand --key-id $KEY");
    assert.equal((await status()).RotationPeriodInDays, 90);
    const { Rotations } = await terminal.json("aws kms list-key-rotations --key-id $KEY");
    assert.deepEqual(Rotations.map(({ RotationType }) => RotationType), ["AUTOMATIC", "ON_DEMAND"]);
    assert.notEqual(await material(), second);
  },

  async "aws kms re-encrypt puts ciphertext under another key without showing anyone the plaintext"({ page, terminal }) {
    await terminal.run(`OLD=${NEW_KEY()} && NEW=${NEW_KEY()} && echo 'the launch is on Friday' > secret`);
    await terminal.run("aws kms encrypt --key-id $OLD --plaintext fileb://secret --query CiphertextBlob --output text | base64 -d > old.sealed");
    const moved = await terminal.run("aws kms re-encrypt --ciphertext-blob fileb://old.sealed --destination-key-id $NEW | tee answer");
    assert.ok(!("Plaintext" in JSON.parse(moved)) && !moved.includes(Buffer.from("the launch").toString("base64").slice(0, 12)), moved);
    const { SourceKeyId, KeyId } = JSON.parse(moved);
    assert.notEqual(SourceKeyId, KeyId);
    const record = await terminal.record("ReEncrypt", KeyId);
    assert.deepEqual(record.resources.map(({ ARN }) => ARN).sort(), [SourceKeyId, KeyId].sort(), "it is on record for both keys");
    assert.ok(!JSON.stringify(record).includes("aunch"));
    await page.getByRole("button", { name: /^ReEncrypt/ }).first().click();
    const told = await sentences(page);
    const inside = told.slice(told.findIndex((sentence) => /^KMS opens .* with the KMS key\.$/.test(sentence)));
    assert.ok(inside.some((sentence) => /^KMS encrypts .* under the KMS key\.$/.test(sentence)), told.join("\n"));
    await page.getByRole("button", { name: /^ReEncrypt/ }).first().click();
    const blob = JSON.parse(moved).CiphertextBlob;
    const opened = await terminal.json(`aws kms decrypt --ciphertext-blob ${blob}`);
    assert.deepEqual([opened.KeyId, Buffer.from(opened.Plaintext, "base64").toString()], [KeyId, "the launch is on Friday\n"]);
    await terminal.profile("mover", "arn:aws:iam::111122223333:user/mover");
    await terminal.run("aws iam create-user --user-name mover && aws kms create-grant --key-id $NEW --grantee-principal arn:aws:iam::111122223333:user/mover --operations ReEncryptTo");
    const move = "aws kms re-encrypt --ciphertext-blob fileb://old.sealed --destination-key-id $NEW --profile mover";
    await terminal.refused(move, /AccessDeniedException.*user.mover is not authorized to perform: kms:ReEncryptFrom on the resource associated with this ciphertext/s);
    await terminal.run("aws kms create-grant --key-id $OLD --grantee-principal arn:aws:iam::111122223333:user/mover --operations ReEncryptFrom", move);
  },
};
