"""Keys, aliases, policies and tags."""

import json

from harness import ACCOUNT, KMS, Case


class Keys(Case):
    def test_create_and_describe(self):
        made = self.key(Description="for a test")
        self.assertEqual(made["KeyState"], "Enabled")
        self.assertEqual(KMS.describe_key(KeyId=made["Arn"])["KeyMetadata"], made)
        self.refused("ValidationException", KMS.create_key, "not compatible", KeySpec="RSA_2048", KeyUsage="KEY_AGREEMENT")
        self.refused("NotFoundException", KMS.describe_key, "Invalid keyId 'key_id'", KeyId="key_id")

    def test_list(self):
        ids = {self.key()["KeyId"] for _ in range(3)}
        listed = [key["KeyId"] for page in KMS.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 2}) for key in page["Keys"]]
        self.assertLessEqual(ids, set(listed))
        self.assertEqual(len(listed), len(set(listed)))
        self.refused("InvalidMarkerException", KMS.list_keys, Marker="nonsense")

    def test_states(self):
        key = self.key()["KeyId"]
        KMS.disable_key(KeyId=key)
        self.refused("DisabledException", KMS.encrypt, "is disabled.", KeyId=key, Plaintext=b"x")
        KMS.enable_key(KeyId=key)
        KMS.encrypt(KeyId=key, Plaintext=b"x")
        scheduled = KMS.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
        self.assertEqual(scheduled["KeyState"], "PendingDeletion")
        for call in (KMS.enable_key, KMS.disable_key, KMS.schedule_key_deletion):
            self.refused("KMSInvalidStateException", call, "is pending deletion.", KeyId=key)
        KMS.cancel_key_deletion(KeyId=key)
        self.refused("KMSInvalidStateException", KMS.cancel_key_deletion, "is not pending deletion.", KeyId=key)
        self.assertEqual(KMS.describe_key(KeyId=key)["KeyMetadata"]["KeyState"], "Disabled")

    def test_description(self):
        key = self.key()["KeyId"]
        KMS.update_key_description(KeyId=key, Description="späth")
        self.assertEqual(KMS.describe_key(KeyId=key)["KeyMetadata"]["Description"], "späth")
        self.refused("ValidationException", KMS.update_key_description, "'description'", KeyId=key, Description="a" * 8193)

    def test_aliases(self):
        one, two = self.key()["KeyId"], self.key()["KeyId"]
        KMS.create_alias(AliasName="alias/boto3", TargetKeyId=one)
        self.refused("AlreadyExistsException", KMS.create_alias, AliasName="alias/boto3", TargetKeyId=two)
        self.assertEqual([it["AliasName"] for it in KMS.list_aliases(KeyId=one)["Aliases"]], ["alias/boto3"])
        KMS.update_alias(AliasName="alias/boto3", TargetKeyId=two)
        self.assertEqual(KMS.describe_key(KeyId="alias/boto3")["KeyMetadata"]["KeyId"], two)
        KMS.delete_alias(AliasName="alias/boto3")
        self.refused("NotFoundException", KMS.delete_alias, AliasName="alias/boto3")
        self.refused("NotFoundException", KMS.update_alias, AliasName="alias/boto3", TargetKeyId=one)
        self.refused("ValidationException", KMS.list_aliases, "'limit'", Limit=101)

    def test_policies(self):
        key = self.key()["KeyId"]
        policy = json.loads(KMS.get_key_policy(KeyId=key)["Policy"])
        self.assertEqual(policy["Statement"][0]["Principal"]["AWS"], "arn:aws:iam::%s:root" % ACCOUNT)
        self.assertEqual(KMS.list_key_policies(KeyId=key)["PolicyNames"], ["default"])
        policy["Id"] = "another"
        KMS.put_key_policy(KeyId=key, Policy=json.dumps(policy))
        self.assertEqual(json.loads(KMS.get_key_policy(KeyId=key, PolicyName="default")["Policy"]), policy)
        self.refused("MalformedPolicyDocumentException", KMS.put_key_policy, KeyId=key, Policy="{")
        self.refused("NotFoundException", KMS.get_key_policy, KeyId=key, PolicyName="other")
        self.refused("NotFoundException", KMS.list_key_policies, KeyId="key_id")

    def test_tags(self):
        key = self.key(Tags=[{"TagKey": "a", "TagValue": "1"}])["KeyId"]
        KMS.tag_resource(KeyId=key, Tags=[{"TagKey": "a", "TagValue": "2"}, {"TagKey": "b", "TagValue": ""}])
        listed = KMS.list_resource_tags(KeyId=key)
        self.assertEqual({it["TagKey"]: it["TagValue"] for it in listed["Tags"]}, {"a": "2", "b": ""})
        KMS.untag_resource(KeyId=key, TagKeys=["a"])
        self.assertEqual([it["TagKey"] for it in KMS.list_resource_tags(KeyId=key)["Tags"]], ["b"])
        twice = [{"TagKey": "c", "TagValue": "1"}, {"TagKey": "c", "TagValue": "2"}]
        self.refused("TagException", KMS.tag_resource, "Duplicate tag keys", KeyId=key, Tags=twice)
        self.refused("NotFoundException", KMS.untag_resource, KeyId="key_id", TagKeys=["a"])
        self.refused("NotFoundException", KMS.list_resource_tags, KeyId="key_id")

    def test_last_usage(self):
        key = self.key()["KeyId"]
        self.assertNotIn("KeyLastUsage", KMS.get_key_last_usage(KeyId=key))
        KMS.encrypt(KeyId=key, Plaintext=b"x")
        self.assertEqual(KMS.get_key_last_usage(KeyId=key)["KeyLastUsage"]["Operation"], "Encrypt")
        self.refused("NotFoundException", KMS.get_key_last_usage, KeyId="key_id")
