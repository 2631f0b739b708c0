"""Grants."""

from harness import ACCOUNT, KMS, Case

GRANTEE = "arn:aws:iam::%s:root" % ACCOUNT
OPERATIONS = ["Decrypt", "RetireGrant"]


class Grants(Case):
    def test_life(self):
        key = self.key()["KeyId"]
        members = {"KeyId": key, "GranteePrincipal": GRANTEE, "RetiringPrincipal": GRANTEE, "Operations": OPERATIONS}
        made = KMS.create_grant(**members, Name="one")
        self.assertEqual(KMS.create_grant(**members, Name="one")["GrantId"], made["GrantId"])
        listed = KMS.list_grants(KeyId=key)["Grants"]
        self.assertEqual([(it["GrantId"], it["Name"]) for it in listed], [(made["GrantId"], "one")])
        retirable = KMS.list_retirable_grants(RetiringPrincipal=GRANTEE)["Grants"]
        self.assertIn(made["GrantId"], [it["GrantId"] for it in retirable])
        KMS.retire_grant(GrantToken=made["GrantToken"])
        second = KMS.create_grant(**members)["GrantId"]
        KMS.revoke_grant(KeyId=key, GrantId=second)
        self.assertEqual(KMS.list_grants(KeyId=key)["Grants"], [])

    def test_refusals(self):
        key = self.key()["KeyId"]
        members = {"KeyId": key, "GranteePrincipal": GRANTEE}
        self.refused("ValidationException", KMS.create_grant, Operations=["Nope"], **members)
        self.refused("ValidationException", KMS.create_grant, Operations=["Sign"], **members)
        nobody = {**members, "GranteePrincipal": "arn:aws:iam::%s:role/nobody" % ACCOUNT}
        text = "ARN does not refer to a valid principal: arn:aws:iam::%s:role/nobody" % ACCOUNT
        self.refused("InvalidArnException", KMS.create_grant, text, Operations=["Decrypt"], **nobody)
        self.refused("DryRunOperationException", KMS.create_grant, Operations=OPERATIONS, DryRun=True, **members)
        self.refused("InvalidGrantTokenException", KMS.retire_grant, GrantToken="bogus")
        self.refused("NotFoundException", KMS.revoke_grant, KeyId=key, GrantId="0" * 64)
        self.refused("NotFoundException", KMS.list_grants, KeyId="key_id")
        self.refused("InvalidMarkerException", KMS.list_retirable_grants, RetiringPrincipal=GRANTEE, Marker="nonsense")
