"""Keys of every spec against implementations that are not ours: Python's cryptography, and what that lacks against
OpenSSL's command (SM2), pycryptodome (Ed25519ph) and kyber-py (ML-KEM-512)."""

import hashlib
import os
import shutil
import subprocess
import tempfile

from Crypto.Hash import SHA512
from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, hmac, keywrap, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, mlkem, padding, rsa, utils
from kyber_py.ml_kem import ML_KEM_512

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
RSA = {"RSA_2048": 2048, "RSA_3072": 3072, "RSA_4096": 4096}
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


def hmac_of(material, sha):
    context = hmac.HMAC(material, sha)
    context.update(MESSAGE)
    return context.finalize()


def wrapped(algorithm, wrapping_key, material):
    """Material as another wraps it: at once, or with an AES key that is wrapped itself."""
    if algorithm == "SM2PKE":
        return sm2_encrypted(wrapping_key, material)
    public = serialization.load_der_public_key(wrapping_key)
    if algorithm in OAEP:
        return public.encrypt(material, OAEP[algorithm])
    aes = os.urandom(32)
    oaep = OAEP[algorithm.replace("RSA_AES_KEY_WRAP", "RSAES_OAEP")]
    return public.encrypt(aes, oaep) + keywrap.aes_key_wrap_with_padding(aes, material)


def imported(key, material, algorithm="RSA_AES_KEY_WRAP_SHA_256", spec="RSA_2048"):
    """Wraps material with the parameters of the service, and imports it."""
    parameters = KMS.get_parameters_for_import(KeyId=key, WrappingAlgorithm=algorithm, WrappingKeySpec=spec)
    KMS.import_key_material(
        KeyId=key,
        ImportToken=parameters["ImportToken"],
        EncryptedKeyMaterial=wrapped(algorithm, parameters["PublicKey"], material),
        ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE",
    )


def openssl(*arguments, **files):
    """What OpenSSL's command prints, in a folder with these files."""
    assert shutil.which("openssl"), "this test needs the openssl command; please install it"
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        run = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def sm2_encrypted(spki, plaintext):
    public = openssl("pkey", "-pubin", "-inform", "DER", "-in", "spki", spki=spki)
    return openssl("pkeyutl", "-encrypt", "-pubin", "-inkey", "public", "-in", "plain", public=public, plain=plaintext)


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
        for spec, bits in RSA.items():
            ours = rsa.generate_private_key(65537, bits)
            made = self.made(spec, "SIGN_VERIFY")
            brought = self.brought(spec, "SIGN_VERIFY", ours.private_bytes(*PKCS8))
            self.assertEqual(public_key(brought), ours.public_key())
            public = public_key(made)
            self.assertEqual((public.key_size, public.public_numbers().e), (bits, 65537))
            for name, of in RSA_PADDINGS.items():
                for digest_bits, sha in SHA.items():
                    algorithm = f"{name}_SHA_{digest_bits}"
                    verify = lambda signature: public.verify(signature, MESSAGE, of(sha), sha)
                    self.signs(made, algorithm, verify)
                    self.signs(made, algorithm, verify, Message=digest(sha), MessageType="DIGEST")
                    self.verifies(brought, algorithm, ours.sign(MESSAGE, of(sha), sha))

    def test_rsa_encryption(self):
        for spec, bits in RSA.items():
            made, ours = self.made(spec, "ENCRYPT_DECRYPT"), rsa.generate_private_key(65537, bits)
            brought = self.brought(spec, "ENCRYPT_DECRYPT", ours.private_bytes(*PKCS8))
            for algorithm, oaep in OAEP.items():
                members = {"EncryptionAlgorithm": algorithm}
                longest = bits // 8 - 2 * oaep.algorithm.digest_size - 2
                for plaintext in (b"x", bytes(longest)):
                    sealed = public_key(made).encrypt(plaintext, oaep)
                    opened = KMS.decrypt(KeyId=made, CiphertextBlob=sealed, **members)
                    self.assertEqual(opened["Plaintext"], plaintext)
                    sealed = KMS.encrypt(KeyId=brought, Plaintext=plaintext, **members)["CiphertextBlob"]
                    self.assertEqual(ours.decrypt(sealed, oaep), plaintext)

    def test_wrapping(self):
        """Material that others have wrapped, by every algorithm and with every key, is what they have wrapped."""
        rsa_algorithms = (*OAEP, "RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256")
        ways = [(algorithm, "RSA_2048") for algorithm in rsa_algorithms]
        ways += [("RSAES_OAEP_SHA_256", spec) for spec in ("RSA_3072", "RSA_4096")] + [("SM2PKE", "SM2")]
        for way in ways:
            with self.subTest(way):
                material = os.urandom(32)
                key = self.key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC", Origin="EXTERNAL")["KeyId"]
                imported(key, material, *way)
                made = KMS.generate_mac(KeyId=key, Message=MESSAGE, MacAlgorithm="HMAC_SHA_256")["Mac"]
                self.assertEqual(made, hmac_of(material, hashes.SHA256()))
        ours = ec.generate_private_key(ec.SECP256R1())
        for way in ways:
            with self.subTest(way):
                key = self.key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY", Origin="EXTERNAL")["KeyId"]
                imported(key, ours.private_bytes(*PKCS8), *way)
                self.assertEqual(public_key(key), ours.public_key())

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

    def test_ed25519ph(self):
        """The service takes a digest for the message, and hashes it as Ed25519ph does with any message."""
        made, ours = self.made("ECC_NIST_EDWARDS25519", "SIGN_VERIFY"), ECC.generate(curve="Ed25519")
        spki = KMS.get_public_key(KeyId=made)["PublicKey"]
        given = digest(SHA["512"])

        def verify(signature):
            try:
                eddsa.new(ECC.import_key(spki), "rfc8032").verify(SHA512.new(given), signature)
            except ValueError as error:
                raise InvalidSignature from error

        members = {"Message": given, "MessageType": "DIGEST"}
        self.signs(made, "ED25519_PH_SHA_512", verify, **members)
        brought = self.brought("ECC_NIST_EDWARDS25519", "SIGN_VERIFY", ours.export_key(format="DER", use_pkcs8=True))
        self.verifies(brought, "ED25519_PH_SHA_512", eddsa.new(ours, "rfc8032").sign(SHA512.new(given)), **members)

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
            mac = KMS.generate_mac(KeyId=key, Message=MESSAGE, MacAlgorithm=f"HMAC_SHA_{bits}")["Mac"]
            self.assertEqual(mac, hmac_of(material, sha))

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

    def test_ml_kem_512(self):
        """FIPS 203 as kyber-py has it; keys in DER as RFC 9935 has them, private ones as their seed."""
        algorithm = bytes.fromhex("300b0609608648016503040401")
        members = {"EncapsulationAlgorithm": "ML_KEM"}
        key = self.made("ML_KEM_512", "ENCAPSULATE_DECAPSULATE")
        spki = KMS.get_public_key(KeyId=key)["PublicKey"]
        self.assertEqual(spki[:-800], bytes.fromhex("30820332") + algorithm + bytes.fromhex("0382032100"))
        secret, sealed = ML_KEM_512.encaps(spki[-800:])
        opened = KMS.decapsulate(KeyId=key, SharedSecretCiphertextBlob=sealed, **members)
        self.assertEqual(opened["SharedSecret"], secret)

        seed = os.urandom(64)
        public, private = ML_KEM_512.key_derive(seed)
        pkcs8 = bytes.fromhex("3054020100") + algorithm + bytes.fromhex("04428040") + seed
        brought = self.brought("ML_KEM_512", "ENCAPSULATE_DECAPSULATE", pkcs8)
        self.assertEqual(KMS.get_public_key(KeyId=brought)["PublicKey"][-800:], public)
        made = KMS.encapsulate(KeyId=brought, **members)
        self.assertEqual(ML_KEM_512.decaps(private, made["SharedSecretCiphertextBlob"]), made["SharedSecret"])
        damaged = bytes([made["SharedSecretCiphertextBlob"][0] ^ 1, *made["SharedSecretCiphertextBlob"][1:]])
        opened = KMS.decapsulate(KeyId=brought, SharedSecretCiphertextBlob=damaged, **members)
        self.assertEqual(opened["SharedSecret"], ML_KEM_512.decaps(private, damaged), "implicit rejection")

    def test_data_key_pairs(self):
        key = self.key()["KeyId"]
        for spec in (*RSA, *CURVES, "ECC_NIST_EDWARDS25519", "ML_KEM_768", "ML_KEM_1024"):
            pair = KMS.generate_data_key_pair(KeyId=key, KeyPairSpec=spec)
            private = serialization.load_der_private_key(pair["PrivateKeyPlaintext"], None)
            self.assertEqual(private.public_key().public_bytes(*SPKI), pair["PublicKey"])
            opened = KMS.decrypt(CiphertextBlob=pair["PrivateKeyCiphertextBlob"])["Plaintext"]
            self.assertEqual(opened, pair["PrivateKeyPlaintext"])

    def test_sm2(self):
        key = self.made("SM2", "SIGN_VERIFY")
        made = KMS.sign(KeyId=key, Message=MESSAGE, SigningAlgorithm="SM2DSA")["Signature"]
        spki = KMS.get_public_key(KeyId=key)["PublicKey"]
        public = openssl("pkey", "-pubin", "-inform", "DER", "-in", "spki", spki=spki)
        distid = ("-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678")
        verify = ("pkeyutl", "-verify", "-pubin", "-inkey", "public", "-sigfile", "signature", "-in", "message")
        openssl(*verify, *distid, public=public, signature=made, message=MESSAGE)

        pair = KMS.generate_data_key_pair(KeyId=self.key()["KeyId"], KeyPairSpec="SM2")
        pkcs8, spki = pair["PrivateKeyPlaintext"], pair["PublicKey"]
        private = openssl("pkey", "-inform", "DER", "-in", "pkcs8", pkcs8=pkcs8)
        brought = self.brought("SM2", "SIGN_VERIFY", pkcs8)
        sign = ("pkeyutl", "-sign", "-inkey", "private", "-in", "message")
        self.verifies(brought, "SM2DSA", openssl(*sign, *distid, private=private, message=MESSAGE))

        members = {"KeyId": self.brought("SM2", "ENCRYPT_DECRYPT", pkcs8), "EncryptionAlgorithm": "SM2PKE"}
        sealed = KMS.encrypt(Plaintext=MESSAGE, **members)["CiphertextBlob"]
        decrypt = ("pkeyutl", "-decrypt", "-inkey", "private", "-in", "sealed")
        self.assertEqual(openssl(*decrypt, private=private, sealed=sealed), MESSAGE)
        sealed = sm2_encrypted(spki, MESSAGE)
        self.assertEqual(KMS.decrypt(CiphertextBlob=sealed, **members)["Plaintext"], MESSAGE)
