// Reads and writes messages with AWS's Encryption SDK for JavaScript and a key of WAXSEAL_ENDPOINT.
//
// Tasks and results are those of ../esdk_endpoint.py.

import { readFile, writeFile } from 'node:fs/promises';
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  getClient,
  KMS,
  KmsKeyringNode,
} from '@aws-crypto/client-node';

const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const SUITES = {
  '0478': AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
  '0578': AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY_ECDSA_P384,
};
const clientProvider = getClient(KMS, {
  endpoint: process.env.WAXSEAL_ENDPOINT,
  credentials: { accessKeyId: 'unknown', secretAccessKey: 'none' },
});

async function run(task) {
  await writeFile(task.output, await outputOf(task, await readFile(task.input)));
}

async function outputOf(task, input) {
  if (task.do === 'encrypt') {
    const [generatorKeyId, ...keyIds] = task.key_arns;
    const keyring = new KmsKeyringNode({ clientProvider, generatorKeyId, keyIds });
    const { result } = await encrypt(keyring, input, {
      suiteId: SUITES[task.suite],
      encryptionContext: task.context,
      frameLength: task.frame_length,
    });
    return result;
  }
  const keyring = new KmsKeyringNode({ clientProvider, keyIds: task.key_arns });
  const { plaintext, messageHeader } = await decrypt(keyring, input);
  if (messageHeader.suiteId !== SUITES[task.suite]) throw new Error(`the suite is ${messageHeader.suiteId}`);
  for (const [name, value] of Object.entries(task.context)) {
    if (messageHeader.encryptionContext[name] !== value) throw new Error(`the context has another ${name}`);
  }
  return plaintext;
}

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const results = [];
for (const task of JSON.parse(Buffer.concat(chunks).toString())) {
  results.push(await run(task).then(() => null, String));
}
process.stdout.write(JSON.stringify(results));
