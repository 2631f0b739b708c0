"""Compares the contract with AWS's description of the service, as botocore brings it along.

Reads the contract from a file: the output of the example `contract` of waxseal-api. Nothing may be missing and
nothing extra, but for the differences below; a difference that is none any more is a failure too.
"""

import json
import re
import sys

from botocore.loaders import Loader

# What is different on purpose, and why.
NO_ENCLAVE = "never sent: there is no Nitro enclave here, and a request with a Recipient is refused"
OUTSIDE_THE_MODEL = "the service's front door throws it, so the model does not have it"
DIFFERENCES = {
    **{
        f"{operation} output: CiphertextForRecipient is missing": NO_ENCLAVE
        for operation in ("Decrypt", "DeriveSharedSecret", "GenerateDataKey", "GenerateDataKeyPair", "GenerateRandom")
    },
    **{
        f"exceptions: {name} is extra": OUTSIDE_THE_MODEL
        for name in (
            "AccessDeniedException",
            "SerializationException",
            "ThrottlingException",
            "UnknownOperationException",
            "ValidationException",
        )
    },
    "KeyMetadata.CustomerMasterKeySpec: values ECC_NIST_EDWARDS25519, ML_DSA_44, ML_DSA_65, ML_DSA_87, ML_KEM_1024, "
    "ML_KEM_512, ML_KEM_768 are extra": "it repeats KeySpec, whatever that is",
    "GetPublicKey output.CustomerMasterKeySpec: values ECC_NIST_EDWARDS25519, ML_DSA_44, ML_DSA_65, ML_DSA_87, "
    "ML_KEM_1024, ML_KEM_512, ML_KEM_768 are extra": "it repeats KeySpec, whatever that is",
}

SCALARS = {"blob": "Uint8Array", "timestamp": "Date", "boolean": "boolean", "integer": "number", "string": "string"}
PAIRS = ("EncryptionContext", "Record<string, string>", "Map<string, string>")


class Contract:
    """Our side: declarations such as `export interface Tag { TagKey: string; }` and `export type A = "B" | "C";`."""

    def __init__(self, listing):
        self.operations = {operation["name"]: operation for operation in listing["operations"]}
        self.errors = set(listing["errors"])
        self.wire = {"blob": set(listing["blobs"]), "timestamp": set(listing["timestamps"])}
        self.types = dict(self.declaration(text) for text in listing["types"])

    @staticmethod
    def declaration(text):
        """The name, and either a set of values or a dictionary of members: type, and whether it has to be there."""
        text = re.sub(r"/\*\*.*?\*/", "", text, flags=re.S)
        if values := re.search(r"export type (\w+) = (.*);", text, re.S):
            return values[1], set(re.findall(r'"([^"]*)"', values[2]))
        name, body = re.search(r"export interface (\w+) \{(.*)\}", text, re.S).groups()
        members = re.findall(r"^\s*(\w+)(\??): (.*?);$", body, re.M)
        return name, {member: (kind, not optional) for member, optional, kind in members}


class Comparison:
    def __init__(self, model, contract):
        self.model, self.contract = model, contract
        self.found, self.compared, self.seen = [], 0, set()

    def run(self):
        self.names("operations", self.contract.operations, self.model["operations"])
        for name, theirs in self.model["operations"].items():
            ours = self.contract.operations.get(name)
            if ours:
                self.side(f"{name} input", ours["input"], theirs.get("input"), check_required=True)
                self.side(f"{name} output", ours["output"], theirs.get("output"), check_required=False)
        exceptions = {name for name, shape in self.model["shapes"].items() if shape.get("exception")}
        self.names("exceptions", self.contract.errors, exceptions)
        for kind, ours in self.contract.wire.items():
            self.names(f"outputs with a {kind}", ours, self.members_of(kind))
        for name in sorted(set(self.contract.types) - self.seen):
            self.found.append(f"type {name} is used by no operation")

    def members_of(self, kind):
        """The names of all members of outputs that are of a type, but for those that are never sent."""
        shapes, found, waiting = self.model["shapes"], set(), []
        waiting += [it["output"]["shape"] for it in self.model["operations"].values() if "output" in it]
        for shape in waiting:
            members = shapes[shape].get("members", {})
            found |= {name for name, it in members.items() if shapes[it["shape"]]["type"] == kind}
            inner = [*members.values(), *([shapes[shape]["member"]] if "member" in shapes[shape] else [])]
            waiting += [it["shape"] for it in inner if it["shape"] not in waiting]
        return found - {"CiphertextForRecipient"}

    def names(self, what, ours, theirs):
        self.compared += 1
        self.found += [f"{what}: {name} is missing" for name in sorted(set(theirs) - set(ours))]
        self.found += [f"{what}: {name} is extra" for name in sorted(set(ours) - set(theirs))]

    def side(self, what, text, reference, check_required):
        _, members = self.contract.declaration(text)
        shape = self.model["shapes"][reference["shape"]] if reference else {"members": {}}
        self.structure(what, members, shape, check_required)

    def structure(self, what, members, shape, check_required):
        self.names(what, members, shape["members"])
        for name, reference in shape["members"].items():
            if name in members:
                kind, required = members[name]
                self.kind(f"{what}.{name}", kind, reference["shape"], check_required)
                if check_required and required != (name in shape.get("required", [])):
                    self.found.append(f"{what}.{name}: {'required' if required else 'optional'} here only")

    def kind(self, what, kind, shape_name, check_required):
        self.compared += 1
        kind, shape = kind.removesuffix(" | undefined"), self.model["shapes"][shape_name]
        if shape["type"] == "list":
            if not kind.endswith("[]"):
                self.found.append(f"{what}: {kind} is not a list")
            return self.kind(what, kind.removesuffix("[]"), shape["member"]["shape"], check_required)
        if shape["type"] == "map":
            return kind in PAIRS or self.found.append(f"{what}: {kind} is not a map")
        if shape["type"] == "structure" or "enum" in shape:
            return self.named(what, kind, shape, check_required)
        if kind != SCALARS[shape["type"]]:
            self.found.append(f"{what}: {kind} is not {SCALARS[shape['type']]}")

    def named(self, what, kind, shape, check_required):
        ours = self.contract.types.get(kind)
        if ours is None:
            return self.found.append(f"{what}: {kind} is not declared")
        self.seen.add(kind)
        if "enum" not in shape:
            return self.structure(kind, ours, shape, check_required)
        for values, word in ((set(shape["enum"]) - ours, "missing"), (ours - set(shape["enum"]), "extra")):
            if values:
                self.found.append(f"{what}: values {', '.join(sorted(values))} are {word}")


def main():
    model = Loader().load_service_model("kms", "service-2")
    with open(sys.argv[1], encoding="utf-8") as listing:
        comparison = Comparison(model, Contract(json.load(listing)))
    comparison.run()
    found = set(comparison.found)
    unexplained, gone = sorted(found - set(DIFFERENCES)), sorted(set(DIFFERENCES) - found)
    for difference in unexplained:
        print(f"not as in the model: {difference}")
    for difference in gone:
        print(f"listed as a difference, but is none: {difference}")
    failed = len(unexplained) + len(gone)
    print(f"{comparison.compared} members, lists and enumerations compared, {len(DIFFERENCES)} known differences")
    print(f"test result: {'FAILED' if failed else 'ok'}. {comparison.compared - len(unexplained)} passed; {failed} failed")
    sys.exit(1 if failed else 0)


main()
