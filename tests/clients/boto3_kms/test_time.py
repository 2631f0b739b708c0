"""Rotation, imported material, multi-Region keys and custom key stores."""

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_der_public_key

from harness import KMS, Case, advance, client

DAY = 86_400
OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
WRAPPING = {"WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"}
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
FOREVER = {"ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"}


class Rotation(Case):
    def test_automatic(self):
        key = self.key()["KeyId"]
        self.assertIs(KMS.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"], False)
        KMS.enable_key_rotation(KeyId=key, RotationPeriodInDays=90)
        status = KMS.get_key_rotation_status(KeyId=key)
        self.assertEqual((status["KeyRotationEnabled"], status["RotationPeriodInDays"]), (True, 90))
        sealed = KMS.encrypt(KeyId=key, Plaintext=b"before")["CiphertextBlob"]
        advance(200 * DAY)
        rotations = KMS.list_key_rotations(KeyId=key)["Rotations"]
        self.assertEqual([it["RotationType"] for it in rotations], ["AUTOMATIC", "AUTOMATIC"])
        self.assertEqual(KMS.decrypt(CiphertextBlob=sealed)["Plaintext"], b"before")
        KMS.disable_key_rotation(KeyId=key)
        self.assertIs(KMS.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"], False)
        self.refused("ValidationException", KMS.enable_key_rotation, KeyId=key, RotationPeriodInDays=89)

    def test_on_demand(self):
        made = self.key()
        key = made["KeyId"]
        sealed = KMS.encrypt(KeyId=key, Plaintext=b"before")["CiphertextBlob"]
        self.assertEqual(KMS.rotate_key_on_demand(KeyId=key)["KeyId"], made["Arn"])
        advance(DAY)
        now = KMS.describe_key(KeyId=key)["KeyMetadata"]
        self.assertNotEqual(now["CurrentKeyMaterialId"], made["CurrentKeyMaterialId"])
        self.assertEqual([it["RotationType"] for it in KMS.list_key_rotations(KeyId=key)["Rotations"]], ["ON_DEMAND"])
        self.assertEqual(KMS.decrypt(CiphertextBlob=sealed)["Plaintext"], b"before")

    def test_refusals(self):
        rsa = self.key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyId"]
        for call in (KMS.rotate_key_on_demand, KMS.enable_key_rotation, KMS.disable_key_rotation):
            self.refused("UnsupportedOperationException", call, KeyId=rsa)
        for call in (KMS.list_key_rotations, KMS.get_key_rotation_status):
            self.refused("NotFoundException", call, KeyId="key_id")


class Import(Case):
    def import_material(self, key, material, **members):
        parameters = KMS.get_parameters_for_import(KeyId=key, **WRAPPING)
        sealed = load_der_public_key(parameters["PublicKey"]).encrypt(material, OAEP)
        members = {**FOREVER, **members}
        return KMS.import_key_material(KeyId=key, ImportToken=parameters["ImportToken"], EncryptedKeyMaterial=sealed, **members)

    def test_import_and_delete(self):
        made = self.key(Origin="EXTERNAL")
        key, material = made["KeyId"], os.urandom(32)
        self.assertEqual(made["KeyState"], "PendingImport")
        self.refused("KMSInvalidStateException", KMS.encrypt, "is pending import.", KeyId=key, Plaintext=b"x")
        first = self.import_material(key, material)
        sealed = KMS.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
        KMS.delete_imported_key_material(KeyId=key)
        self.refused("KMSInvalidStateException", KMS.decrypt, "is pending import.", CiphertextBlob=sealed)
        again = self.import_material(key, material)
        self.assertEqual(again["KeyMaterialId"], first["KeyMaterialId"])
        self.assertEqual(KMS.decrypt(CiphertextBlob=sealed)["Plaintext"], b"x")

    def test_refusals(self):
        own = self.key()["KeyId"]
        origin = "origin is AWS_KMS which is not valid for this operation."
        self.refused("UnsupportedOperationException", KMS.get_parameters_for_import, origin, KeyId=own, **WRAPPING)
        self.refused("UnsupportedOperationException", KMS.delete_imported_key_material, origin, KeyId=own)
        key = self.key(Origin="EXTERNAL")["KeyId"]
        date = "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES"
        parameters = KMS.get_parameters_for_import(KeyId=key, **WRAPPING)
        members = {"KeyId": key, "ImportToken": parameters["ImportToken"], "EncryptedKeyMaterial": b"a" * 256}
        self.refused("ValidationException", KMS.import_key_material, date, **members)
        self.refused("InvalidCiphertextException", KMS.import_key_material, **members, **FOREVER)
        self.refused("InvalidImportTokenException", KMS.import_key_material, **{**members, "ImportToken": b"none"}, **FOREVER)
        advance(DAY)
        self.refused("ExpiredImportTokenException", KMS.import_key_material, **members, **FOREVER)


class MultiRegion(Case):
    def test_replicas(self):
        there = client(region="us-west-2")
        key = self.key(MultiRegion=True)["KeyId"]
        self.assertTrue(key.startswith("mrk-"))
        sealed = KMS.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
        replica = KMS.replicate_key(KeyId=key, ReplicaRegion="us-west-2")["ReplicaKeyMetadata"]
        self.assertEqual((replica["KeyState"], replica["KeyId"]), ("Creating", key))
        advance(60)
        self.assertEqual(there.decrypt(CiphertextBlob=sealed, KeyId=key)["Plaintext"], b"x")
        self.refused("AlreadyExistsException", KMS.replicate_key, KeyId=key, ReplicaRegion="us-west-2")
        KMS.update_primary_region(KeyId=key, PrimaryRegion="us-west-2")
        advance(60)
        now = there.describe_key(KeyId=key)["KeyMetadata"]["MultiRegionConfiguration"]
        self.assertEqual(now["MultiRegionKeyType"], "PRIMARY")
        text = "is not a multi-region primary key."
        self.refused("UnsupportedOperationException", KMS.replicate_key, text, KeyId=key, ReplicaRegion="eu-west-3")
        plain = self.key()["KeyId"]
        self.refused("UnsupportedOperationException", KMS.update_primary_region, KeyId=plain, PrimaryRegion="us-west-2")


class CustomKeyStores(Case):
    def test_life(self):
        store = KMS.create_custom_key_store(
            CustomKeyStoreName="boto3",
            CloudHsmClusterId="cluster-abcdefghijk",
            TrustAnchorCertificate=CERTIFICATE,
            KeyStorePassword="password",
        )["CustomKeyStoreId"]
        self.refused("CustomKeyStoreNameInUseException", KMS.create_custom_key_store, CustomKeyStoreName="boto3", CloudHsmClusterId="cluster-lmnopqrstuv", TrustAnchorCertificate=CERTIFICATE, KeyStorePassword="password")
        KMS.connect_custom_key_store(CustomKeyStoreId=store)
        advance(3600)
        found = KMS.describe_custom_key_stores(CustomKeyStoreId=store)["CustomKeyStores"][0]
        self.assertEqual(found["ConnectionState"], "CONNECTED")
        key = self.key(Origin="AWS_CLOUDHSM", CustomKeyStoreId=store)["KeyId"]
        KMS.encrypt(KeyId=key, Plaintext=b"x")
        self.refused("CustomKeyStoreInvalidStateException", KMS.delete_custom_key_store, CustomKeyStoreId=store)
        KMS.disconnect_custom_key_store(CustomKeyStoreId=store)
        advance(3600)
        self.refused("KMSInvalidStateException", KMS.encrypt, "is unavailable.", KeyId=key, Plaintext=b"x")
        self.refused("CustomKeyStoreHasCMKsException", KMS.delete_custom_key_store, CustomKeyStoreId=store)
        self.refused("CustomKeyStoreInvalidStateException", KMS.disconnect_custom_key_store, CustomKeyStoreId=store)
        KMS.update_custom_key_store(CustomKeyStoreId=store, NewCustomKeyStoreName="renamed")
        KMS.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
        advance(8 * DAY)
        KMS.delete_custom_key_store(CustomKeyStoreId=store)
        for call in (KMS.connect_custom_key_store, KMS.update_custom_key_store, KMS.describe_custom_key_stores):
            self.refused("CustomKeyStoreNotFoundException", call, CustomKeyStoreId=store)
