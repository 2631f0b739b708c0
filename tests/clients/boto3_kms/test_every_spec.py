"""Keys of every spec against Python's cryptography, and SM2 against OpenSSL's command, which has it."""

import hashlib
import os
import shutil
import subprocess
import tempfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, hmac, keywrap, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, mlkem, padding, rsa, utils

from harness import KMS, Case

MESSAGE = b"a message"
SHA = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
PKCS8 = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
SPKI = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
CURVES = {
    "ECC_NIST_P256": (ec.SECP256R1(), "256"),
    "ECC_NIST_P384": (ec.SECP384R1(), "384"),
    "ECC_NIST_P521": (ec.SECP521R1(), "512"),
    "ECC_SECG_P256K1": (ec.SECP256K1(), "256"),
}
ML_DSA = {"ML_DSA_44": mldsa.MLDSA44PrivateKey, "ML_DSA_65": mldsa.MLDSA65PrivateKey, "ML_DSA_87": mldsa.MLDSA87PrivateKey}
RSA_PADDINGS = {
    "RSASSA_PKCS1_V1_5": lambda sha: padding.PKCS1v15(),
    "RSASSA_PSS": lambda sha: padding.PSS(padding.MGF1(sha), sha.digest_size),
}
OAEP = {
    "RSAES_OAEP_SHA_1": padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None),
    "RSAES_OAEP_SHA_256": padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None),
}


def public_key(key):
    return serialization.load_der_public_key(KMS.get_public_key(KeyId=key)["PublicKey"])


def digest(sha):
    context = hashes.Hash(sha)
    context.update(MESSAGE)
    return context.finalize()


def imported(key, material):
    """Wraps material with the parameters of the service, and imports it."""
    parameters = KMS.get_parameters_for_import(
        KeyId=key, WrappingAlgorithm="RSA_AES_KEY_WRAP_SHA_256", WrappingKeySpec="RSA_2048"
    )
    aes = os.urandom(32)
    wrapping_key = serialization.load_der_public_key(parameters["PublicKey"])
    wrapped = wrapping_key.encrypt(aes, OAEP["RSAES_OAEP_SHA_256"]) + keywrap.aes_key_wrap_with_padding(aes, material)
    KMS.import_key_material(
        KeyId=key,
        ImportToken=parameters["ImportToken"],
        EncryptedKeyMaterial=wrapped,
        ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE",
    )


class EverySpec(Case):
    def made(self, spec, usage):
        return self.key(KeySpec=spec, KeyUsage=usage)["KeyId"]

    def brought(self, spec, usage, material):
        """A key with material that was made elsewhere."""
        key = self.key(KeySpec=spec, KeyUsage=usage, Origin="EXTERNAL")["KeyId"]
        imported(key, material)
        return key

    def signs(self, key, algorithm, verify, **members):
        """What the service signs, another verifies; and nothing else."""
        members = {"Message": MESSAGE, "SigningAlgorithm": algorithm, "KeyId": key, **members}
        signature = KMS.sign(**members)["Signature"]
        verify(signature)
        damaged = bytes([*signature[:-1], signature[-1] ^ 1])
        with self.assertRaises(InvalidSignature):
            verify(damaged)
        self.assertIs(KMS.verify(Signature=signature, **members)["SignatureValid"], True)
        self.refused("KMSInvalidSignatureException", KMS.verify, Signature=damaged, **members)

    def verifies(self, key, algorithm, signature, **members):
        """What another has signed, the service verifies."""
        members = {"Message": MESSAGE, "SigningAlgorithm": algorithm, "KeyId": key, **members}
        self.assertIs(KMS.verify(Signature=signature, **members)["SignatureValid"], True)

    def test_rsa_signatures(self):
        ours = rsa.generate_private_key(65537, 2048)
        made = self.made("RSA_2048", "SIGN_VERIFY")
        brought = self.brought("RSA_2048", "SIGN_VERIFY", ours.private_bytes(*PKCS8))
        self.assertEqual(public_key(brought), ours.public_key())
        public = public_key(made)
        for name, of in RSA_PADDINGS.items():
            for bits, sha in SHA.items():
                algorithm = f"{name}_SHA_{bits}"
                self.signs(made, algorithm, lambda signature: public.verify(signature, MESSAGE, of(sha), sha))
                members = {"Message": digest(sha), "MessageType": "DIGEST"}
                self.signs(made, algorithm, lambda signature: public.verify(signature, MESSAGE, of(sha), sha), **members)
                self.verifies(brought, algorithm, ours.sign(MESSAGE, of(sha), sha))

    def test_rsa_encryption(self):
        for spec, longest in (("RSA_2048", (214, 190)), ("RSA_3072", (342, 318))):
            key = self.made(spec, "ENCRYPT_DECRYPT")
            for (algorithm, oaep), length in zip(OAEP.items(), longest):
                members = {"KeyId": key, "EncryptionAlgorithm": algorithm}
                for plaintext in (b"x", bytes(length)):
                    sealed = public_key(key).encrypt(plaintext, oaep)
                    self.assertEqual(KMS.decrypt(CiphertextBlob=sealed, **members)["Plaintext"], plaintext)
        ours = rsa.generate_private_key(65537, 2048)
        key = self.brought("RSA_2048", "ENCRYPT_DECRYPT", ours.private_bytes(*PKCS8))
        for algorithm, oaep in OAEP.items():
            sealed = KMS.encrypt(KeyId=key, EncryptionAlgorithm=algorithm, Plaintext=MESSAGE)["CiphertextBlob"]
            self.assertEqual(ours.decrypt(sealed, oaep), MESSAGE)

    def test_ecdsa(self):
        for spec, (curve, bits) in CURVES.items():
            sha, algorithm = SHA[bits], f"ECDSA_SHA_{bits}"
            made, ours = self.made(spec, "SIGN_VERIFY"), ec.generate_private_key(curve)
            public = public_key(made)
            self.assertEqual(public.curve.name, curve.name)
            self.signs(made, algorithm, lambda signature: public.verify(signature, MESSAGE, ec.ECDSA(sha)))
            prehashed = ec.ECDSA(utils.Prehashed(sha))
            members = {"Message": digest(sha), "MessageType": "DIGEST"}
            self.signs(made, algorithm, lambda it: public.verify(it, digest(sha), prehashed), **members)
            brought = self.brought(spec, "SIGN_VERIFY", ours.private_bytes(*PKCS8))
            for _ in range(8):  # half of them have the greater of the two numbers that are right
                self.verifies(brought, algorithm, ours.sign(MESSAGE, ec.ECDSA(sha)))

    def test_ed25519(self):
        made, ours = self.made("ECC_NIST_EDWARDS25519", "SIGN_VERIFY"), ed25519.Ed25519PrivateKey.generate()
        public = public_key(made)
        self.signs(made, "ED25519_SHA_512", lambda signature: public.verify(signature, MESSAGE))
        brought = self.brought("ECC_NIST_EDWARDS25519", "SIGN_VERIFY", ours.private_bytes(*PKCS8))
        self.verifies(brought, "ED25519_SHA_512", ours.sign(MESSAGE))

    def test_ml_dsa(self):
        for spec, private in ML_DSA.items():
            made = self.made(spec, "SIGN_VERIFY")
            public = public_key(made)
            self.signs(made, "ML_DSA_SHAKE_256", lambda signature: public.verify(signature, MESSAGE))
            hasher = mldsa.MLDSAMuHasher(public)
            hasher.update(MESSAGE)
            members = {"Message": hasher.finalize(), "MessageType": "EXTERNAL_MU"}
            self.signs(made, "ML_DSA_SHAKE_256", lambda signature: public.verify(signature, MESSAGE), **members)
            ours = private.generate()
            brought = self.brought(spec, "SIGN_VERIFY", ours.private_bytes(*PKCS8))
            self.verifies(brought, "ML_DSA_SHAKE_256", ours.sign(MESSAGE))

    def test_macs(self):
        for bits, sha in {"224": hashes.SHA224(), **SHA}.items():
            material = os.urandom(sha.digest_size)
            key = self.brought(f"HMAC_{bits}", "GENERATE_VERIFY_MAC", material)
            expected = hmac.HMAC(material, sha)
            expected.update(MESSAGE)
            mac = KMS.generate_mac(KeyId=key, Message=MESSAGE, MacAlgorithm=f"HMAC_SHA_{bits}")["Mac"]
            self.assertEqual(mac, expected.finalize())

    def test_agreement(self):
        for spec in ("ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"):
            key, ours = self.made(spec, "KEY_AGREEMENT"), ec.generate_private_key(CURVES[spec][0])
            spki = ours.public_key().public_bytes(*SPKI)
            derived = KMS.derive_shared_secret(KeyId=key, KeyAgreementAlgorithm="ECDH", PublicKey=spki)
            self.assertEqual(derived["SharedSecret"], ours.exchange(ec.ECDH(), public_key(key)))

    def test_encapsulation(self):
        for spec, private in (("ML_KEM_768", mlkem.MLKEM768PrivateKey), ("ML_KEM_1024", mlkem.MLKEM1024PrivateKey)):
            key = self.made(spec, "ENCAPSULATE_DECAPSULATE")
            secret, sealed = public_key(key).encapsulate()
            members = {"KeyId": key, "EncapsulationAlgorithm": "ML_KEM"}
            opened = KMS.decapsulate(SharedSecretCiphertextBlob=sealed, **members)
            self.assertEqual(opened["SharedSecret"], secret)
            ours = private.generate()
            brought = self.brought(spec, "ENCAPSULATE_DECAPSULATE", ours.private_bytes(*PKCS8))
            made = KMS.encapsulate(KeyId=brought, EncapsulationAlgorithm="ML_KEM")
            self.assertEqual(ours.decapsulate(made["SharedSecretCiphertextBlob"]), made["SharedSecret"])

    def test_data_key_pairs(self):
        key = self.key()["KeyId"]
        for spec in ("RSA_2048", *CURVES, "ECC_NIST_EDWARDS25519", "ML_KEM_768", "ML_KEM_1024"):
            pair = KMS.generate_data_key_pair(KeyId=key, KeyPairSpec=spec)
            private = serialization.load_der_private_key(pair["PrivateKeyPlaintext"], None)
            self.assertEqual(private.public_key().public_bytes(*SPKI), pair["PublicKey"])
            opened = KMS.decrypt(CiphertextBlob=pair["PrivateKeyCiphertextBlob"])["Plaintext"]
            self.assertEqual(opened, pair["PrivateKeyPlaintext"])

    def test_sm2(self):
        self.assertTrue(shutil.which("openssl"), "this test needs the openssl command; please install it")
        key = self.made("SM2", "SIGN_VERIFY")
        made = KMS.sign(KeyId=key, Message=MESSAGE, SigningAlgorithm="SM2DSA")["Signature"]
        pair = KMS.generate_data_key_pair(KeyId=self.key()["KeyId"], KeyPairSpec="SM2")["PrivateKeyPlaintext"]
        with tempfile.TemporaryDirectory() as folder:
            def openssl(*arguments, **files):
                for name, content in files.items():
                    with open(os.path.join(folder, name), "wb") as file:
                        file.write(content)
                run = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)
                self.assertEqual(run.returncode, 0, run.stderr)
                return run.stdout

            public = KMS.get_public_key(KeyId=key)["PublicKey"]
            openssl("pkey", "-pubin", "-inform", "DER", "-in", "spki", "-out", "public", spki=public)
            distid = ("-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678")
            verify = ("pkeyutl", "-verify", "-pubin", "-inkey", "public", "-sigfile", "signature", "-in", "message")
            openssl(*verify, *distid, signature=made, message=MESSAGE)

            openssl("pkey", "-inform", "DER", "-in", "pkcs8", "-out", "private", pkcs8=pair)
            brought = self.brought("SM2", "SIGN_VERIFY", pair)
            signature = openssl("pkeyutl", "-sign", "-inkey", "private", "-in", "message", *distid)
            self.verifies(brought, "SM2DSA", signature)

            encrypting = self.brought("SM2", "ENCRYPT_DECRYPT", pair)
            members = {"KeyId": encrypting, "EncryptionAlgorithm": "SM2PKE"}
            sealed = KMS.encrypt(Plaintext=MESSAGE, **members)["CiphertextBlob"]
            opened = openssl("pkeyutl", "-decrypt", "-inkey", "private", "-in", "sealed", sealed=sealed)
            self.assertEqual(opened, MESSAGE)
            sealed = openssl("pkeyutl", "-encrypt", "-inkey", "private", "-in", "message")
            self.assertEqual(KMS.decrypt(CiphertextBlob=sealed, **members)["Plaintext"], MESSAGE)
