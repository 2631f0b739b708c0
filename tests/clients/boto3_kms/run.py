"""Runs the tests with boto3 against WAXSEAL_ENDPOINT, then sees that every operation succeeded and was refused, and that
every reply was as the model has it."""

import sys
import unittest

from harness import KMS, REFUSED, SUCCEEDED
from shapes import FAULTS


def uncovered():
    """The operations of botocore's model that have not been seen to succeed, or not to be refused."""
    names = KMS.meta.service_model.operation_names
    return [name for name in names if not SUCCEEDED[name]], [name for name in names if not REFUSED[name]]


if __name__ == "__main__":
    tests = unittest.defaultTestLoader.discover(sys.path[0])
    result = unittest.TextTestRunner(stream=sys.stdout).run(tests)
    for what, names in zip(("succeeded", "been refused"), uncovered()):
        if names:
            print("have not %s: %s" % (what, ", ".join(names)))
    for fault in sorted(set(FAULTS)):
        print("not as the model has it: " + fault)
    sys.exit(not result.wasSuccessful() or any(uncovered()) or bool(FAULTS))
