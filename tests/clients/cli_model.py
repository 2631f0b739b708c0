"""Writes the tables of the terminal's commands, or says whether they are still what botocore brings along.

A table has a line for each operation and each shape that it reaches, in the model's order:

    service VERSION
    op NAME INPUT OUTPUT                            (- where there is none)
    page NAME IN OUT MORE LIMIT KEY...              how a list goes on (- where there is none)
    struct SHAPE MEMBER:SHAPE MEMBER!:SHAPE...      (! is required)
    list SHAPE MEMBER MIN | map SHAPE KEY VALUE | int SHAPE MIN | str SHAPE MIN VALUES... | blob SHAPE MIN
    bool SHAPE | time SHAPE | raw SHAPE (text that is the bytes themselves) | file SHAPE (the name of a file with the bytes)

Of the services that are simulated beside KMS, a table has the operations and members that are there.

The words of a member or an operation are those of crates/api, so that help says what the contract says.

Usage: cli_model.py REPOSITORY [--check]
"""

import re
import sys
from pathlib import Path

from botocore import xform_name
from botocore.loaders import Loader

# What is simulated of the other services: the operations, in words, and the members, whichever shape has them.
OTHERS = {
    "s3": ("s3api", """
        CopyObject      Copies an object, which is encrypted anew.
        CreateBucket    Makes a bucket.
        DeleteBucket    Removes an empty bucket.
        DeleteObject    Removes an object.
        GetBucketEncryption  Says how new objects of a bucket are encrypted.
        GetObject       Decrypts an object and writes it into a file.
        HeadObject      Tells of an object without opening it.
        ListBuckets     Lists the buckets of the account.
        ListObjectsV2   Lists the objects in a bucket.
        PutBucketEncryption  Sets how new objects of a bucket are encrypted.
        PutObject       Encrypts a file and keeps it as an object.
    """, """
        Bucket BucketArn BucketKeyEnabled BucketRegion Buckets Body CommonPrefixes ContentLength ContentType Contents
        ContinuationToken CopyObjectResult CopySource CopySourceSSECustomerAlgorithm CopySourceSSECustomerKey
        CopySourceSSECustomerKeyMD5 CreateBucketConfiguration CreationDate Delimiter ETag ID IsTruncated Key KeyCount
        LastModified Location LocationConstraint MaxKeys Metadata MetadataDirective Name NextContinuationToken Owner Prefix
        Rules ApplyServerSideEncryptionByDefault SSEAlgorithm KMSMasterKeyID BlockedEncryptionTypes EncryptionType
        SSECustomerAlgorithm SSECustomerKey SSECustomerKeyMD5 SSEKMSEncryptionContext SSEKMSKeyId ServerSideEncryption
        ServerSideEncryptionConfiguration Size StartAfter StorageClass AcceptRanges MaxBuckets
    """),
    "ec2": ("ec2", """
        AttachVolume    Attaches a volume to an instance, whose host opens its data key by a grant.
        CreateVolume    Makes a volume.
        DeleteVolume    Removes a volume that is not in use.
        DescribeVolumes Tells of volumes.
        DetachVolume    Detaches a volume and ends its grant.
    """, """
        AttachTime Attachments AvailabilityZone CreateTime Device Encrypted InstanceId KmsKeyId MaxResults NextToken Size State
        VolumeId VolumeIds VolumeType Volumes
    """),
    "dynamodb": ("dynamodb", """
        CreateTable     Makes a table.
        DeleteItem      Removes an item.
        DeleteTable     Removes a table with its items.
        DescribeTable   Tells of a table and its key.
        GetItem         Returns an item by its key.
        PutItem         Writes an item, in place of the one with the same key.
        Scan            Returns all items of a table.
    """, """
        AttributeDefinitions AttributeName AttributeType B BOOL BillingMode BillingModeSummary Count CreationDateTime Enabled Item
        Items Key KeySchema KeyType KMSMasterKeyArn KMSMasterKeyId L M N NS NULL S SS SSEDescription SSESpecification SSEType
        ScannedCount Status Table TableArn TableDescription TableId TableName TableStatus
    """),
    "secretsmanager": ("secretsmanager", """
        CreateSecret    Makes a secret and encrypts its first value.
        DeleteSecret    Removes a secret.
        DescribeSecret  Tells of a secret without opening it.
        GetSecretValue  Decrypts a version of a secret.
        ListSecrets     Lists the secrets of the account.
        PutSecretValue  Encrypts a new value, which becomes the current version.
    """, """
        ARN ClientRequestToken CreatedDate DeletionDate Description ForceDeleteWithoutRecovery KmsKeyId LastChangedDate MaxResults
        Name NextToken SecretBinary SecretId SecretList SecretString SecretVersionsToStages VersionId VersionIdsToStages
        VersionStage VersionStages
    """),
    "ssm": ("ssm", """
        DeleteParameter Removes a parameter.
        GetParameter    Returns a parameter, decrypted if you say so.
        PutParameter    Writes a parameter; a SecureString is encrypted.
    """, """
        ARN DataType KeyId LastModifiedDate Name Overwrite Parameter Tier Type Value Version WithDecryption
    """),
    "cloudtrail": ("cloudtrail", """
        LookupEvents    Looks for calls in the log: newest first, those of 90 days, without calls for data.
    """, """
        AttributeKey AttributeValue CloudTrailEvent EndTime EventId EventName EventSource EventTime Events LookupAttributes MaxResults
        NextToken ReadOnly ResourceName ResourceType Resources StartTime Username
    """),
    "lambda": ("lambda", """
        CreateFunction  Makes a function, whose environment is encrypted.
        DeleteFunction  Removes a function.
        GetFunctionConfiguration  Tells of a function and decrypts its environment.
        UpdateFunctionConfiguration  Changes a function, whose environment is encrypted anew.
    """, """
        Code CodeSize Environment Error ErrorCode FunctionArn FunctionName Handler KMSKeyArn LastModified Message Role Runtime
        Variables Version ZipFile
    """),
}

# Texts that are bytes, which the client encodes itself; and bytes that stream from and into files.
RAW = ["SSECustomerKey", "CopySourceSSECustomerKey"]
STREAMS = ["Body"]

KINDS = {
    "structure": "struct",
    "list": "list",
    "map": "map",
    "string": "str",
    "integer": "int",
    "long": "int",
    "boolean": "bool",
    "blob": "blob",
    "timestamp": "time",
}


class Table:
    """One service's operations and all shapes that they reach."""

    def __init__(self, service, names, members=None):
        loader = Loader()
        self.model = loader.load_service_model(service, "service-2")
        self.pages = loader.load_service_model(service, "paginators-1")["pagination"]
        self.names = sorted(names or self.model["operations"])
        self.members = members and set(members)
        assert not names or self.members is None or all(name in self.model["operations"] for name in names)
        self.shapes = {}

    def lines(self):
        operations = [self.operation(name) for name in self.names]
        pages = [self.page(name) for name in self.names if self.has_page(name)]
        version = self.model["metadata"]["apiVersion"]
        return [f"service {version}", *operations, *pages, *(self.shapes[name] for name in sorted(self.shapes))]

    def operation(self, name):
        sides = [self.model["operations"][name].get(side, {}).get("shape", "-") for side in ("input", "output")]
        for shape in sides:
            if shape != "-":
                self.reach(shape)
        return " ".join(["op", name, *sides])

    def has_page(self, name):
        return name in self.pages and (not self.members or self.pages[name]["input_token"] in self.members)

    def page(self, name):
        page = self.pages[name]
        keys = page["result_key"] if isinstance(page["result_key"], list) else [page["result_key"]]
        tokens = [page.get(key, "-") for key in ("input_token", "output_token", "more_results", "limit_key")]
        beside = [f"+{key}" for key in page.get("non_aggregate_keys", [])]
        return " ".join(["page", name, *tokens, *keys, *beside])

    def reach(self, name):
        if name in self.shapes:
            return
        self.shapes[name] = ""
        shape = self.model["shapes"][name]
        kind = "raw" if name in RAW else "file" if name in STREAMS else KINDS[shape["type"]]
        self.shapes[name] = " ".join([kind, name, *([] if kind in ("raw", "file") else self.detail(shape))])

    def detail(self, shape):
        kind, least = shape["type"], str(shape.get("min", "-"))
        if kind == "structure":
            required = shape.get("required", [])
            for member, target in shape.get("members", {}).items():
                if self.members and member not in self.members:
                    continue
                assert xform_name(member, "-") == dashed(member), member
                self.reach(target["shape"])
                yield f"{member}{'!' if member in required else ''}:{target['shape']}"
        elif kind == "list":
            self.reach(shape["member"]["shape"])
            yield from (shape["member"]["shape"], least)
        elif kind == "map":
            for side in ("key", "value"):
                self.reach(shape[side]["shape"])
                yield shape[side]["shape"]
        elif kind == "string":
            yield from (least, *shape.get("enum", []))
        elif kind in ("integer", "long", "blob"):
            yield least


def dashed(name):
    """The rule by which the terminal makes `key-id` of `KeyId`; see `model::dashed`."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1-\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", name).lower()


def words(api, tables):
    """The first sentence that crates/api has for each operation and each member of what it takes."""
    source = "\n".join(path.read_text() for path in sorted(api.rglob("*.rs")))
    doc = r"((?:[ \t]*///[^\n]*\n)+)"
    said = {}
    for text, name in re.findall(doc + r"#\[derive\(Debug, Clone, Copy\)\]\npub struct (\w+);", source):
        said[name] = sentence(text)
    for text, name in re.findall(doc + r"\s+(?:Iam|Sts) (\w+), read only", source):
        said[name] = sentence(text)
    inputs = dict(re.findall(r"(?:Iam|Sts) (\w+), read only \w+, (\w+) =>", source))
    structs = {}
    for name, body in re.findall(r"(?:pub struct|\n   ) (\w+) \{\n(.*?)\n(?:    )?\}", source, re.S):
        fields = re.findall(doc + r"(?:\s*#\[[^\n]*\n)*\s*(?:pub )?(\w+): ", body + "\n")
        structs[name] = {field.replace("_", ""): sentence(text) for text, field in fields}
    for _, operations, _ in OTHERS.values():
        yield from ("\t".join(line.split(maxsplit=1)) for line in operations.strip().splitlines())
    for table in tables:
        for operation in table.names:
            yield f"{operation}\t{said[operation]}"
            fields = structs.get(inputs.get(operation, operation + "Input"), {})
            shape = table.model["operations"][operation].get("input", {}).get("shape")
            for member in table.model["shapes"].get(shape, {}).get("members", {}):
                if text := fields.get(member.lower()):
                    yield f"{operation}.{member}\t{text}"


def sentence(text):
    text = " ".join(line.strip().removeprefix("///").strip() for line in text.strip().splitlines())
    text = re.sub(r"\[`?([^`\]]*)`?\](\([^)]*\))?", r"\1", text).replace("`", "")
    return re.match(r".*?\.(?= [A-Z]|$)|.*", text)[0]


def main(repository, check=None):
    api, folder = repository / "crates/api/src", repository / "crates/cli/src/model"
    lists = {service: re.findall(rf"^\s+{service} (\w+), read only", "\n".join(
        path.read_text() for path in sorted(api.rglob("*.rs"))), re.M) for service in ("Iam", "Sts")}
    tables = {"kms": Table("kms", []), "iam": Table("iam", lists["Iam"]), "sts": Table("sts", lists["Sts"])}
    files = {f"{name}.txt": table.lines() for name, table in tables.items()}
    for service, (name, operations, members) in OTHERS.items():
        names = [line.split()[0] for line in operations.strip().splitlines()]
        files[f"{name}.txt"] = Table(service, names, members.split()).lines()
    files["words.txt"] = list(words(api, tables.values()))
    stale = []
    for name, lines in files.items():
        path, text = folder / name, "\n".join(lines) + "\n"
        if check is None:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            stale.append(name)
    if stale:
        sys.exit(f"{', '.join(stale)}: not what botocore and crates/api say; run tests/clients/cli_model.py REPOSITORY")
    print(f"{sum(len(lines) for lines in files.values())} lines")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
