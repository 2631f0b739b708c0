"""Encryption and data keys."""

from harness import KMS, Case

CONTEXT = {"purpose": "test", "ü": "é"}


class Symmetric(Case):
    def test_encrypt_and_decrypt(self):
        key = self.key()
        sealed = KMS.encrypt(KeyId=key["KeyId"], Plaintext=b"hello", EncryptionContext=CONTEXT)
        self.assertEqual(sealed["KeyId"], key["Arn"])
        opened = KMS.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=CONTEXT)
        self.assertEqual((opened["Plaintext"], opened["KeyId"]), (b"hello", key["Arn"]))
        error = self.refused("InvalidCiphertextException", KMS.decrypt, CiphertextBlob=sealed["CiphertextBlob"])
        self.assertEqual(error["Message"], "")
        too_long = "Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096"
        self.refused("ValidationException", KMS.encrypt, too_long, KeyId=key["KeyId"], Plaintext=b"a" * 4097)
        other = self.key()["KeyId"]
        self.refused("IncorrectKeyException", KMS.decrypt, KeyId=other, EncryptionContext=CONTEXT, CiphertextBlob=sealed["CiphertextBlob"])
        self.refused("DryRunOperationException", KMS.encrypt, KeyId=other, Plaintext=b"x", DryRun=True)

    def test_re_encrypt(self):
        one, two = self.key(), self.key()
        sealed = KMS.encrypt(KeyId=one["KeyId"], Plaintext=b"hello", EncryptionContext=CONTEXT)["CiphertextBlob"]
        moved = KMS.re_encrypt(CiphertextBlob=sealed, SourceEncryptionContext=CONTEXT, DestinationKeyId=two["KeyId"])
        self.assertEqual((moved["SourceKeyId"], moved["KeyId"]), (one["Arn"], two["Arn"]))
        self.assertEqual(KMS.decrypt(CiphertextBlob=moved["CiphertextBlob"])["Plaintext"], b"hello")
        self.refused("InvalidCiphertextException", KMS.re_encrypt, CiphertextBlob=sealed, DestinationKeyId=two["KeyId"])

    def test_data_keys(self):
        key = self.key()["KeyId"]
        for call in (KMS.generate_data_key, KMS.generate_data_key_without_plaintext):
            made = call(KeyId=key, KeySpec="AES_256", EncryptionContext=CONTEXT)
            opened = KMS.decrypt(CiphertextBlob=made["CiphertextBlob"], EncryptionContext=CONTEXT)["Plaintext"]
            self.assertEqual(len(opened), 32)
            self.assertEqual(made.get("Plaintext", opened), opened)
            self.refused("ValidationException", call, KeyId=key)
            self.refused("ValidationException", call, KeyId=key, NumberOfBytes=1025)

    def test_random(self):
        self.assertEqual(len(KMS.generate_random(NumberOfBytes=1024)["Plaintext"]), 1024)
        self.refused("ValidationException", KMS.generate_random, "NumberOfBytes is required.")

    def test_data_key_pairs(self):
        from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key

        key = self.key()["KeyId"]
        for call in (KMS.generate_data_key_pair, KMS.generate_data_key_pair_without_plaintext):
            made = call(KeyId=key, KeyPairSpec="ECC_NIST_P256", EncryptionContext=CONTEXT)
            opened = KMS.decrypt(CiphertextBlob=made["PrivateKeyCiphertextBlob"], EncryptionContext=CONTEXT)["Plaintext"]
            private = load_der_private_key(opened, None)
            self.assertEqual(private.public_key(), load_der_public_key(made["PublicKey"]))
            self.assertEqual(made.get("PrivateKeyPlaintext", opened), opened)
            self.refused("ValidationException", call, KeyId=key, KeyPairSpec="ROT_13")
