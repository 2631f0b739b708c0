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
  tampered: await kms.decryptFile(message).catch((error) => [error.name, error.frame]),
};
console.log(JSON.stringify(result));
