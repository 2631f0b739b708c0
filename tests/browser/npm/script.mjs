import { Waxseal } from "waxseal";

const kms = await Waxseal.open({ store: "memory" });
const { KeyMetadata } = await kms.createKey({ Description: "made by a script" });
const { Plaintext, CiphertextBlob } = await kms.generateDataKey({ KeyId: KeyMetadata.KeyId, KeySpec: "AES_256" });
const opened = await kms.decrypt({ CiphertextBlob });
const file = new TextEncoder().encode("a file of a script");
const message = await kms.encryptFile(file, { keyId: KeyMetadata.KeyId, encryptionContext: { for: "test" } });
const { plaintext, encryptionContext } = await kms.decryptFile(message);
message[message.length - 1] ^= 1;
await kms.createGrant({
  KeyId: KeyMetadata.KeyId,
  GranteePrincipal: "arn:aws:iam::111122223333:root",
  Operations: ["Decrypt"],
  Constraints: { EncryptionContextEquals: { Plaintext: "not bytes" } },
});
const { Grants } = await kms.listGrants({ KeyId: KeyMetadata.KeyId, Limit: undefined });
const limited = await Waxseal.open({ quotas: true });
const many = await Promise.allSettled(Array.from({ length: 30 }, () => limited.createKey({})));
// Signed, for two keys, of which either is enough.
const other = await kms.createKey();
const suite = "AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384";
const forTwo = await kms.encryptFile(file, { keyId: KeyMetadata.KeyId, keyIds: [other.KeyMetadata.Arn], suite, frameLength: 16 });
const inspection = await kms.inspectFile(forTwo);
await kms.disableKey({ KeyId: KeyMetadata.KeyId });
const signed = await kms.decryptFile(forTwo, { maxEncryptedDataKeys: 2 });
const tooMany = await kms.decryptFile(forTwo, { maxEncryptedDataKeys: 1 }).catch((error) => error.name);
const byNumber = await kms.inspectFile(await kms.encryptFile(file, { keyId: other.KeyMetadata.KeyId, suite: 0x0578 }));
const notWritten = await kms.encryptFile(file, { keyId: other.KeyMetadata.KeyId, suite: 0x0378 }).catch((error) => error.name);
const forged = forTwo.slice();
forged[forged.length - 1] ^= 1;
const signature = await kms.decryptFile(forged).catch((error) => error.name);
const verified = await kms.verifyFile(forTwo);
const notVerified = await kms.verifyFile(forged).catch((error) => error.name);
await kms.enableKey({ KeyId: KeyMetadata.KeyId });
// The beginning of a message of an older suite.
const old = new Uint8Array([1, 0x80, 3, 0x78]);
const allowing = { commitmentPolicy: "REQUIRE_ENCRYPT_ALLOW_DECRYPT" };
const circle = {};
circle.circle = circle;
const result = {
  sameKey: String(opened.Plaintext) === String(Plaintext) && Plaintext.length === 32,
  text: new TextDecoder().decode(plaintext),
  encryptionContext,
  created: KeyMetadata.CreationDate instanceof Date,
  grant: [Grants[0].CreationDate instanceof Date, Grants[0].Constraints.EncryptionContextEquals.Plaintext],
  throttled: [...new Set(many.flatMap(({ reason }) => reason?.name ?? []))],
  unusable: await kms.createKey(circle).catch((error) => error.name),
  refusal: await kms.describeKey({ KeyId: "alias/none" }).catch((error) => [error instanceof Error, error.name]),
  forTwo: [new TextDecoder().decode(signed.plaintext), "aws-crypto-public-key" in signed.encryptionContext, tooMany],
  inspection: [
    inspection.suite.name === suite,
    byNumber.suite.id,
    inspection.encryptedDataKeys.map((key) => key.keyArn === KeyMetadata.Arn || key.keyArn === other.KeyMetadata.Arn),
    inspection.frames.count,
    inspection.header[0],
    inspection.footer.map((field) => field.name),
    inspection.problem,
  ],
  signature,
  verified: [verified.plaintextLength, Object.keys(verified.encryptionContext), notVerified],
  policy: [
    await kms.decryptFile(old).catch((error) => error.name),
    await kms.decryptFile(old, allowing).catch((error) => error.name),
    notWritten,
  ],
  tampered: await kms.decryptFile(message).catch((error) => [error.name, error.frame]),
};
console.log(JSON.stringify(result));
