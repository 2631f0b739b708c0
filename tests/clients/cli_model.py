"""Writes the tables of the terminal's commands, or says whether they are still what botocore brings along.

A table has a line for each operation and each shape that it reaches, in the model's order:

    service VERSION
    op NAME INPUT OUTPUT                            (- where there is none)
    page NAME IN OUT MORE LIMIT KEY...              how a list goes on (- where there is none)
    struct SHAPE MEMBER:SHAPE MEMBER!:SHAPE...      (! is required)
    list SHAPE MEMBER MIN | map SHAPE KEY VALUE | int SHAPE MIN | str SHAPE MIN VALUES... | blob SHAPE MIN
    bool SHAPE | time SHAPE

The words of a member or an operation are those of crates/api, so that help says what the contract says.

Usage: cli_model.py REPOSITORY [--check]
"""

import re
import sys
from pathlib import Path

from botocore import xform_name
from botocore.loaders import Loader

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

    def __init__(self, service, names):
        loader = Loader()
        self.model = loader.load_service_model(service, "service-2")
        self.pages = loader.load_service_model(service, "paginators-1")["pagination"]
        self.names = sorted(names or self.model["operations"])
        self.shapes = {}

    def lines(self):
        operations = [self.operation(name) for name in self.names]
        pages = [self.page(name) for name in self.names if name in self.pages]
        version = self.model["metadata"]["apiVersion"]
        return [f"service {version}", *operations, *pages, *(self.shapes[name] for name in sorted(self.shapes))]

    def operation(self, name):
        sides = [self.model["operations"][name].get(side, {}).get("shape", "-") for side in ("input", "output")]
        for shape in sides:
            if shape != "-":
                self.reach(shape)
        return " ".join(["op", name, *sides])

    def page(self, name):
        page = self.pages[name]
        assert "non_aggregate_keys" not in page, name
        keys = page["result_key"] if isinstance(page["result_key"], list) else [page["result_key"]]
        tokens = [page.get(key, "-") for key in ("input_token", "output_token", "more_results", "limit_key")]
        return " ".join(["page", name, *tokens, *keys])

    def reach(self, name):
        if name in self.shapes:
            return
        self.shapes[name] = ""
        shape = self.model["shapes"][name]
        self.shapes[name] = " ".join([KINDS[shape["type"]], name, *self.detail(shape)])

    def detail(self, shape):
        kind, least = shape["type"], str(shape.get("min", "-"))
        if kind == "structure":
            required = shape.get("required", [])
            for member, target in shape.get("members", {}).items():
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
