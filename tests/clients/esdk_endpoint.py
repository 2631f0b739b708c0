"""Reads and writes messages with AWS's Encryption SDK for Python and a key of an endpoint, which AWS_ENDPOINT_URL_KMS
names.

Standard input: one JSON list of tasks. Standard output: one JSON list with a result for each. Bytes are hexadecimal.

A task has `do` (`encrypt` or `decrypt`), `key_arn`, `suite` (`0478` or `0578`), `context`, and the input: `plaintext` or
`message`. A result is `{"output": ...}`, or `{"error": ...}` when the client refuses.
"""

import json
import logging
import sys

import aws_encryption_sdk
from aws_encryption_sdk import StrictAwsKmsMasterKeyProvider
from aws_encryption_sdk.identifiers import Algorithm, CommitmentPolicy

# Refusals are results here; the client would print them as well.
logging.disable(logging.CRITICAL)

CLIENT = aws_encryption_sdk.EncryptionSDKClient(
    commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT
)
SUITES = {
    "0478": Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY,
    "0578": Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384,
}


def run(task):
    """The output of one task. For a decryption, suite and context are checked as well."""
    provider = StrictAwsKmsMasterKeyProvider(key_ids=[task["key_arn"]])
    if task["do"] == "encrypt":
        output, _ = CLIENT.encrypt(
            source=bytes.fromhex(task["plaintext"]),
            key_provider=provider,
            encryption_context=task["context"],
            frame_length=128,
            algorithm=SUITES[task["suite"]],
        )
        return output
    output, header = CLIENT.decrypt(source=bytes.fromhex(task["message"]), key_provider=provider)
    if header.algorithm is not SUITES[task["suite"]] or not task["context"].items() <= header.encryption_context.items():
        raise ValueError("suite %s, context %s" % (header.algorithm, header.encryption_context))
    return output


def result(task):
    try:
        return {"output": run(task).hex()}
    except Exception as error:  # pylint: disable=broad-except
        return {"error": "%s: %s" % (type(error).__name__, error)}


json.dump([result(task) for task in json.load(sys.stdin)], sys.stdout)
