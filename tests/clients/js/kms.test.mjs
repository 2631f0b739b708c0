// AWS's SDK for JavaScript, unmodified, against WAXSEAL_ENDPOINT.

import assert from 'node:assert/strict';
import test from 'node:test';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisabledException,
  EncryptCommand,
  GenerateDataKeyCommand,
  InvalidCiphertextException,
  KMSClient,
  NotFoundException,
  paginateListKeys,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';

const kms = new KMSClient({
  endpoint: process.env.WAXSEAL_ENDPOINT,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'unknown', secretAccessKey: 'none' },
  maxAttempts: 1,
});
const text = new TextEncoder();

const createKey = async () => (await kms.send(new CreateKeyCommand({}))).KeyMetadata;

test('a key is made and described', async () => {
  const made = await createKey();
  assert.ok(made.CreationDate instanceof Date);
  assert.ok(Math.abs(made.CreationDate - Date.now()) < 60_000);
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: made.Arn }));
  assert.deepEqual(KeyMetadata, made);
});

test('what is encrypted is decrypted, with its context only', async () => {
  const { KeyId } = await createKey();
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/js', TargetKeyId: KeyId }));
  const EncryptionContext = { purpose: 'test' };
  const { CiphertextBlob } = await kms.send(
    new EncryptCommand({ KeyId: 'alias/js', Plaintext: text.encode('hello'), EncryptionContext }),
  );
  const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
  assert.equal(new TextDecoder().decode(Plaintext), 'hello');
  await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob })), InvalidCiphertextException);
});

test('a data key is what its ciphertext holds', async () => {
  const { KeyId } = await createKey();
  const made = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_128' }));
  const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
  assert.deepEqual(Plaintext, made.Plaintext);
  assert.equal(Plaintext.length, 16);
});

test('refusals are the exceptions of the SDK', async () => {
  const missing = kms.send(new DescribeKeyCommand({ KeyId: 'alias/none' }));
  await assert.rejects(missing, (error) => {
    assert.ok(error instanceof NotFoundException);
    assert.equal(error.message, 'Alias arn:aws:kms:eu-west-1:111122223333:alias/none is not found.');
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
    return true;
  });
  const { KeyId } = await createKey();
  assert.equal((await kms.send(new DisableKeyCommand({ KeyId }))).$metadata.httpStatusCode, 200);
  await assert.rejects(kms.send(new EncryptCommand({ KeyId, Plaintext: text.encode('x') })), DisabledException);
});

test('dates and pages are understood', async () => {
  const { KeyId } = await createKey();
  const scheduled = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  assert.ok(Math.abs(scheduled.DeletionDate - Date.now() - 7 * 86_400_000) < 60_000);
  const ids = [];
  for await (const page of paginateListKeys({ client: kms, pageSize: 1 }, {})) ids.push(...page.Keys.map((key) => key.KeyId));
  assert.ok(ids.includes(KeyId));
  assert.equal(new Set(ids).size, ids.length);
});
