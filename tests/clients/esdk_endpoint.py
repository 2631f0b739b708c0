"""Reads and writes messages with AWS's Encryption SDK for Python and a key of an endpoint, which AWS_ENDPOINT_URL_KMS
names.

Standard input: one JSON list of tasks. Standard output: one JSON list with a result for each.

A task has `do` (`encrypt` or `decrypt`), `key_arns` (the first makes the data key), `suite` (`0478` or `0578`), `context`,
`frame_length`, and the files `input` and `output`. A result is null, or what the client said when it refused.
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
    """Writes the output of one task. For a decryption, suite and context are checked as well."""
    provider = StrictAwsKmsMasterKeyProvider(key_ids=task["key_arns"])
    with open(task["input"], "rb") as file:
        source = file.read()
    if task["do"] == "encrypt":
        output, _ = CLIENT.encrypt(
            source=source,
            key_provider=provider,
            encryption_context=task["context"],
            frame_length=task["frame_length"],
            algorithm=SUITES[task["suite"]],
        )
    else:
        output, header = CLIENT.decrypt(source=source, key_provider=provider)
        whole = task["context"].items() <= header.encryption_context.items()
        if header.algorithm is not SUITES[task["suite"]] or not whole:
            raise ValueError("suite %s, context %s" % (header.algorithm, header.encryption_context))
    with open(task["output"], "wb") as file:
        file.write(output)


def result(task):
    try:
        return run(task)
    except Exception as error:  # pylint: disable=broad-except
        return "%s: %s" % (type(error).__name__, error)


json.dump([result(task) for task in json.load(sys.stdin)], sys.stdout)
