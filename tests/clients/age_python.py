"""Opens and writes age files under a passphrase with pyrage, which is Rust's age library.

Standard input: one JSON list of tasks. Standard output: one JSON list with a result for each. Bytes are hexadecimal.

A task has `do` (`decrypt` or `encrypt`), `passphrase` and `input`. A result is `{"output": ...}`, or `{"error": ...}` when
the library refuses.
"""

import json
import sys

from pyrage import DecryptError, passphrase

DO = {"decrypt": passphrase.decrypt, "encrypt": passphrase.encrypt}


def done(task):
    try:
        return {"output": DO[task["do"]](bytes.fromhex(task["input"]), task["passphrase"]).hex()}
    except DecryptError as error:
        return {"error": str(error)}


json.dump([done(task) for task in json.load(sys.stdin)], sys.stdout)
