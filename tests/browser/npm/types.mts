// Compiled, never run: what the package's types allow, and what they do not.
import { Waxseal, type DecryptFileOptions, type EncryptFileOptions, type GrantOperation, type KeyMetadata, type KeySpec } from "waxseal";

const kms: Waxseal = await Waxseal.open({ store: "memory" });
const metadata: KeyMetadata = (await kms.createKey()).KeyMetadata;
const created: Date = metadata.CreationDate;
const dataKey: Uint8Array = (await kms.generateDataKey({ KeyId: metadata.KeyId, NumberOfBytes: 32 })).Plaintext;
const options: EncryptFileOptions = { keyId: metadata.Arn, encryptionContext: { for: "test" } };
const message: Uint8Array = await kms.encryptFile(dataKey, options);
const context: Record<string, string> = (await kms.decryptFile(new Blob([message.slice()]))).encryptionContext;
const verified: number = (await kms.verifyFile(message)).plaintextLength;
const signed: EncryptFileOptions = { ...options, keyIds: ["alias/other"], suite: 0x0578 };
const allowing: DecryptFileOptions = { commitmentPolicy: "REQUIRE_ENCRYPT_ALLOW_DECRYPT", maxEncryptedDataKeys: 3 };
await kms.decryptFile(await kms.encryptFile(dataKey, signed), allowing);
const frames: number | undefined = (await kms.inspectFile(message)).frames?.count;
// @ts-expect-error Files are not written in this suite.
await kms.encryptFile(dataKey, { ...options, suite: 0x0378 });
const spec: KeySpec = metadata.KeySpec;
const operations: GrantOperation[] = ["Decrypt", "DescribeKey"];
const grantee = "arn:aws:iam::111122223333:role/reader";
const grant = await kms.createGrant({ KeyId: metadata.KeyId, GranteePrincipal: grantee, Operations: operations });
await kms.retireGrant({ GrantToken: grant.GrantToken });
// @ts-expect-error There is no such operation of a grant.
await kms.createGrant({ KeyId: metadata.KeyId, GranteePrincipal: grantee, Operations: ["Nope"] });
// @ts-expect-error A key has to be named.
await kms.encrypt({ Plaintext: dataKey });
// @ts-expect-error Bytes are a Uint8Array.
await kms.decrypt({ CiphertextBlob: "base64" });
export { created, context, frames, spec };
