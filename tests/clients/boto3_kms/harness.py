"""What the tests with boto3 share: clients, refusals, and which operations have been called."""

import collections
import json
import os
import unittest
import urllib.request

import boto3
import shapes
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["WAXSEAL_ENDPOINT"]
ACCOUNT = "111122223333"
REGION = "eu-west-1"

# How often each operation succeeded, and was refused.
SUCCEEDED = collections.Counter()
REFUSED = collections.Counter()


def client(service="kms", region=REGION, access_key="unknown", secret="none", token=None, **config):
    """A client of the endpoint. Without validation of its own unless it is asked for: refusals are the service's."""
    config = {"parameter_validation": False, "retries": {"max_attempts": 0}, **config}
    made = boto3.client(
        service,
        endpoint_url=ENDPOINT,
        region_name=region,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(**config),
    )
    made.meta.events.register("after-call." + service, _count)
    return made


def _count(http_response, model, **_):
    counter = SUCCEEDED if http_response.status_code == 200 else REFUSED
    counter[model.name] += 1
    shapes.check(http_response, model)


KMS = client()


class Case(unittest.TestCase):
    """A test of some operations."""

    def key(self, **members):
        """A new key's metadata."""
        return KMS.create_key(**members)["KeyMetadata"]

    def refused(self, code, call, text=None, **members):
        """The call is refused with this exception, and its text contains another."""
        with self.assertRaises(ClientError) as caught:
            call(**members)
        error = caught.exception.response["Error"]
        self.assertEqual(error["Code"], code, error)
        if text is not None:
            self.assertIn(text, error["Message"])
        return error


def advance(seconds):
    """Moves the service's clock."""
    body = json.dumps({"advanceSeconds": seconds}).encode()
    with urllib.request.urlopen(urllib.request.Request(ENDPOINT + "/_waxseal/clock", body)) as answer:
        return json.load(answer)["now"]
