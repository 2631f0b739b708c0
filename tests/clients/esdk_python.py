"""Reads and writes messages with AWS's Encryption SDK for Python.

Standard input: one JSON list of tasks. Standard output: one JSON list with a result for each. Bytes are hexadecimal.

A task has `do` (`encrypt` or `decrypt`), `suite` (`0478` or `0578`), `context`, the input (`plaintext` and `frame_length`, or `message`), and a
key: either `raw`, a wrapping key with `namespace`, `name` and `key`, for AES or, with a `padding`, for RSA in PKCS #8; or `kms`, an exchange with the key service:
`key_arn`, `plaintext` and `ciphertext` of the data key. The exchange is played back to the client, which fails when
the client asks for anything else.

A result is `{"output": ...}`, or `{"error": ...}` when the client refuses.
"""

import json
import logging
import sys

import aws_encryption_sdk
import boto3
from aws_encryption_sdk.identifiers import Algorithm, CommitmentPolicy, EncryptionKeyType, WrappingAlgorithm
from aws_encryption_sdk.internal.crypto.wrapping_keys import WrappingKey
from aws_encryption_sdk.key_providers.kms import KMSMasterKey, KMSMasterKeyConfig
from aws_encryption_sdk.key_providers.raw import RawMasterKeyProvider
from botocore.stub import Stubber
from cryptography.hazmat.primitives import serialization

# Refusals are results here; the client would print them as well.
logging.disable(logging.CRITICAL)

CLIENT = aws_encryption_sdk.EncryptionSDKClient(
    commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT
)
SUITES = {
    "0478": Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY,
    "0578": Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384,
}
WRAPPING = {
    "RsaPkcs1": WrappingAlgorithm.RSA_PKCS1,
    "OaepSha1": WrappingAlgorithm.RSA_OAEP_SHA1_MGF1,
    "OaepSha256": WrappingAlgorithm.RSA_OAEP_SHA256_MGF1,
    "OaepSha384": WrappingAlgorithm.RSA_OAEP_SHA384_MGF1,
    "OaepSha512": WrappingAlgorithm.RSA_OAEP_SHA512_MGF1,
    16: WrappingAlgorithm.AES_128_GCM_IV12_TAG16_NO_PADDING,
    24: WrappingAlgorithm.AES_192_GCM_IV12_TAG16_NO_PADDING,
    32: WrappingAlgorithm.AES_256_GCM_IV12_TAG16_NO_PADDING,
}


def raw_provider(raw):
    """A provider with one wrapping key."""
    key = bytes.fromhex(raw["key"])
    how, kind = WRAPPING[raw.get("padding", len(key))], EncryptionKeyType.SYMMETRIC
    if "padding" in raw:
        key, kind = pem(key), EncryptionKeyType.PRIVATE

    class Provider(RawMasterKeyProvider):
        provider_id = raw["namespace"]

        def _get_raw_key(self, key_id):
            return WrappingKey(
                wrapping_algorithm=how,
                wrapping_key=key,
                wrapping_key_type=kind,
            )

    provider = Provider()
    provider.add_master_key(raw["name"])
    return provider


def pem(der):
    """A private key as the client takes it."""
    key = serialization.load_der_private_key(der, password=None)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def kms_master_key(task):
    """A KMS master key whose client expects exactly one request and has the answer to it."""
    kms = task["kms"]
    client = boto3.client(
        "kms", region_name=kms["key_arn"].split(":")[3], aws_access_key_id="none", aws_secret_access_key="none"
    )
    stubber = Stubber(client)
    plaintext, ciphertext = bytes.fromhex(kms["plaintext"]), bytes.fromhex(kms["ciphertext"])
    request = {"KeyId": kms["key_arn"], "EncryptionContext": task["context"]}
    answer = {"KeyId": kms["key_arn"], "Plaintext": plaintext}
    if task["do"] == "encrypt":
        request["NumberOfBytes"] = 32
        answer["CiphertextBlob"] = ciphertext
        stubber.add_response("generate_data_key", answer, request)
    else:
        request["CiphertextBlob"] = ciphertext
        answer["EncryptionAlgorithm"] = "SYMMETRIC_DEFAULT"
        stubber.add_response("decrypt", answer, request)
    stubber.activate()
    return KMSMasterKey(config=KMSMasterKeyConfig(key_id=kms["key_arn"], client=client))


def run(task):
    """The output of one task. For a decryption, the context is checked as well."""
    provider = kms_master_key(task) if "kms" in task else raw_provider(task["raw"])
    if task["do"] == "encrypt":
        output, _ = CLIENT.encrypt(
            source=bytes.fromhex(task["plaintext"]),
            key_provider=provider,
            encryption_context=task["context"],
            frame_length=task["frame_length"],
            algorithm=SUITES[task["suite"]],
        )
        return output
    output, header = CLIENT.decrypt(source=bytes.fromhex(task["message"]), key_provider=provider)
    context = {key: value for key, value in header.encryption_context.items() if key != "aws-crypto-public-key"}
    if header.algorithm is not SUITES[task["suite"]] or context != task["context"]:
        raise ValueError("suite %s, context %s" % (header.algorithm, header.encryption_context))
    return output


def result(task):
    try:
        return {"output": run(task).hex()}
    except Exception as error:  # pylint: disable=broad-except
        return {"error": "%s: %s" % (type(error).__name__, error)}


json.dump([result(task) for task in json.load(sys.stdin)], sys.stdout)
