"""Signatures, MACs, agreement, encapsulation and public keys, verified by Python's cryptography."""

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from harness import KMS, Case

MESSAGE = b"a message"


class Asymmetric(Case):
    def public_key(self, key):
        return load_der_public_key(KMS.get_public_key(KeyId=key)["PublicKey"])

    def test_sign_and_verify(self):
        key = self.key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyId"]
        members = {"KeyId": key, "Message": MESSAGE, "SigningAlgorithm": "ECDSA_SHA_256"}
        signature = KMS.sign(**members)["Signature"]
        self.public_key(key).verify(signature, MESSAGE, ec.ECDSA(hashes.SHA256()))
        self.assertIs(KMS.verify(**members, Signature=signature)["SignatureValid"], True)
        other = {**members, "Message": b"another message"}
        self.refused("KMSInvalidSignatureException", KMS.verify, **other, Signature=signature)
        digest = "Digest is invalid length for algorithm ECDSA_SHA_256."
        self.refused("ValidationException", KMS.sign, digest, **members, MessageType="DIGEST")
        symmetric = self.key()["KeyId"]
        usage = "key usage is ENCRYPT_DECRYPT which is not valid for Sign."
        self.refused("InvalidKeyUsageException", KMS.sign, usage, **{**members, "KeyId": symmetric})
        self.refused("UnsupportedOperationException", KMS.get_public_key, KeyId=symmetric)

    def test_rsa_encryption(self):
        key = self.key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyId"]
        oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
        sealed = self.public_key(key).encrypt(MESSAGE, oaep)
        algorithm = {"KeyId": key, "EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}
        self.assertEqual(KMS.decrypt(CiphertextBlob=sealed, **algorithm)["Plaintext"], MESSAGE)
        text = "Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes."
        self.refused("ValidationException", KMS.encrypt, text, Plaintext=b"a" * 191, **algorithm)

    def test_mac(self):
        key = self.key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyId"]
        members = {"KeyId": key, "Message": MESSAGE, "MacAlgorithm": "HMAC_SHA_256"}
        mac = KMS.generate_mac(**members)["Mac"]
        self.assertEqual(len(mac), 32)
        self.assertIs(KMS.verify_mac(**members, Mac=mac)["MacValid"], True)
        self.refused("KMSInvalidMacException", KMS.verify_mac, **members, Mac=mac[::-1])
        self.refused("InvalidKeyUsageException", KMS.generate_mac, **{**members, "MacAlgorithm": "HMAC_SHA_512"})

    def test_agreement(self):
        key = self.key(KeySpec="ECC_NIST_P384", KeyUsage="KEY_AGREEMENT")["KeyId"]
        ours = ec.generate_private_key(ec.SECP384R1())
        spki = ours.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        members = {"KeyId": key, "KeyAgreementAlgorithm": "ECDH"}
        derived = KMS.derive_shared_secret(PublicKey=spki, **members)
        self.assertEqual(derived["SharedSecret"], ours.exchange(ec.ECDH(), self.public_key(key)))
        self.refused("ValidationException", KMS.derive_shared_secret, PublicKey=b"no key", **members)

    def test_encapsulation(self):
        key = self.key(KeySpec="ML_KEM_768", KeyUsage="ENCAPSULATE_DECAPSULATE")["KeyId"]
        members = {"KeyId": key, "EncapsulationAlgorithm": "ML_KEM"}
        made = KMS.encapsulate(**members)
        sealed = made["SharedSecretCiphertextBlob"]
        opened = KMS.decapsulate(**members, SharedSecretCiphertextBlob=sealed)
        self.assertEqual(opened["SharedSecret"], made["SharedSecret"])
        self.refused("InvalidCiphertextException", KMS.decapsulate, **members, SharedSecretCiphertextBlob=sealed[1:])
        self.refused("InvalidKeyUsageException", KMS.encapsulate, **{**members, "KeyId": self.key()["KeyId"]})
