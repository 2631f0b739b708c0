"""Users, roles, access keys and sessions, and what a signature makes of them."""

import json

from harness import ACCOUNT, KMS, REGION, Case, advance, client

IAM = client("iam")
STS = client("sts")


def policy(*actions, resource="*"):
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust(principal):
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class Identity(Case):
    def user(self, name):
        """A new user's ARN, and a function that makes clients for it."""
        arn = IAM.create_user(UserName=name)["User"]["Arn"]
        key = IAM.create_access_key(UserName=name)["AccessKey"]
        credential = {"access_key": key["AccessKeyId"], "secret": key["SecretAccessKey"]}
        return arn, lambda service="kms", **other: client(service, **{**credential, **other})

    def test_root(self):
        self.assertEqual(STS.get_caller_identity()["Arn"], "arn:aws:iam::%s:root" % ACCOUNT)
        other = client("sts", access_key="999988887777")
        self.assertEqual(other.get_caller_identity()["Account"], "999988887777")

    def test_a_user_may_what_its_policy_says(self):
        arn, connect = self.user("alice")
        self.assertEqual(connect("sts").get_caller_identity()["Arn"], arn)
        self.assertIn("alice", [user["UserName"] for user in IAM.list_users()["Users"]])
        key = self.key()["Arn"]
        text = "User: %s is not authorized to perform: kms:Encrypt on resource: %s because no identity-based policy allows the kms:Encrypt action" % (arn, key)
        self.refused("AccessDeniedException", connect().encrypt, text, KeyId=key, Plaintext=b"x")
        IAM.put_user_policy(UserName="alice", PolicyName="use", PolicyDocument=policy("kms:Encrypt", resource=key))
        self.assertEqual(connect().encrypt(KeyId=key, Plaintext=b"x")["KeyId"], key)
        document = IAM.get_user_policy(UserName="alice", PolicyName="use")["PolicyDocument"]
        self.assertEqual(document, json.loads(policy("kms:Encrypt", resource=key)))
        IAM.delete_user_policy(UserName="alice", PolicyName="use")
        self.refused("AccessDeniedException", connect().encrypt, KeyId=key, Plaintext=b"x")
        wrong = connect(secret="something else")
        self.refused("InvalidSignatureException", wrong.list_keys)

    def test_a_role_is_assumed(self):
        arn, connect = self.user("bob")
        role = IAM.create_role(RoleName="reader", AssumeRolePolicyDocument=trust(arn))["Role"]["Arn"]
        IAM.put_role_policy(RoleName="reader", PolicyName="use", PolicyDocument=policy("kms:ListKeys"))
        IAM.put_user_policy(UserName="bob", PolicyName="assume", PolicyDocument=policy("sts:AssumeRole"))
        session = connect("sts").assume_role(RoleArn=role, RoleSessionName="one")
        self.assertEqual(session["AssumedRoleUser"]["Arn"], "arn:aws:sts::%s:assumed-role/reader/one" % ACCOUNT)
        made = session["Credentials"]
        members = {"access_key": made["AccessKeyId"], "secret": made["SecretAccessKey"]}
        client("kms", REGION, **members, token=made["SessionToken"]).list_keys()
        self.refused("UnrecognizedClientException", client("kms", REGION, **members).list_keys)
        advance(3600)
        late = client("kms", REGION, **members, token=made["SessionToken"])
        self.refused("ExpiredTokenException", late.list_keys)
        stranger = self.user("mallory")[1]("sts")
        self.refused("AccessDenied", stranger.assume_role, RoleArn=role, RoleSessionName="two")

    def test_refusals(self):
        self.refused("NoSuchEntity", IAM.get_user, UserName="nobody")
        IAM.create_user(UserName="twice")
        self.refused("EntityAlreadyExists", IAM.create_user, UserName="twice")
        self.refused("MalformedPolicyDocument", IAM.put_user_policy, UserName="twice", PolicyName="p", PolicyDocument="{")
        arn, connect = self.user("eve")
        self.refused("AccessDenied", connect("iam").create_user, "iam:CreateUser", UserName="mine")
        self.refused("SignatureDoesNotMatch", connect("iam", secret="something else").list_users)
