"""Runs commands through the real command line, in this process, and says what it sends and prints.

No call leaves: each is answered with a sample of the operation's output, in the form that it has on the wire. A JSON
object a line: {"line", "calls": [{"operation", "body"}], "answer", "stdout", "yaml", "message", "exit"}. The lines are the examples
that the command line brings along, and commands made of the description of each service.

PyPI has version 1. Where version 2 differs in what this compares, it is made to do what version 2 does; all that it says to
a user is in `aws_as_version_2.py`:

- Text for bytes is base64, which version 1 would encode once more (`decode_blobs`).
- Dates are ISO 8601 (`cli_timestamp_format`), and addresses are not fetched (`cli_follow_urlparam`).
- A parameter that is refused by the client ends with 252, where version 1 has 255 or 2 (`exit_code`).
- `--output yaml` is new: it is what PyYAML makes of the JSON that is printed (`yaml`).
- Messages stand after `aws: [ERROR]: ` and before the usage: only the messages are compared (`message`).
"""

import contextlib
import io
import json
import os
import re
import shlex
import sys
from pathlib import Path

import awscli
import yaml
from aws_as_version_2 import decoded
from awscli.clidriver import create_clidriver
from botocore import xform_name

SERVICES = {"kms": None, "iam": None, "sts": None}


class Recorder:
    """The real command line, whose calls are written down and answered here."""

    def __init__(self):
        self.driver = create_clidriver()
        self.session = self.driver.session
        self.calls, self.answer = [], None
        self.session.register("provide-client-params.*.*", self.decode_blobs)
        self.session.register("before-call.*.*", self.reply)

    def decode_blobs(self, params, model, **_):
        return decoded(model.input_shape, params) if model.input_shape else params

    def reply(self, model, params, **_):
        body = params["body"]
        if isinstance(body, dict):
            body = {name: value for name, value in body.items() if name not in ("Action", "Version")}
        else:
            body = json.loads(body)
        self.calls.append({"operation": model.name, "body": body})
        self.answer = sample(model.output_shape) if model.output_shape else {}
        if model.service_model.metadata["protocol"] == "query":
            return Reply, from_query(model.output_shape, self.answer)
        parser = self.session.get_component("response_parser_factory").create_parser("json")
        reply = {"status_code": 200, "headers": {}, "body": json.dumps(self.answer).encode()}
        return Reply, parser.parse(reply, model.output_shape)

    def run(self, line):
        self.calls, self.answer = [], {}
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = self.driver.main(words(line))
            except SystemExit as end:
                code = end.code
        out.flush()
        stdout = out.buffer.getvalue().decode()
        return {"line": line, "yaml": yaml_of(stdout), "calls": self.calls, "answer": json.dumps(self.answer), "stdout": stdout,
                "message": message(err.getvalue()), "exit": exit_code(code, err.getvalue())}


def yaml_of(text):
    try:
        return yaml.safe_dump(json.loads(text), default_flow_style=False, allow_unicode=True)
    except ValueError:
        return ""


def message(text):
    return re.sub(r"\Ausage:.*(?:error: |(?=Unknown options))", "", text.strip(), flags=re.S).strip()


def exit_code(code, text):
    refused = text.strip().startswith(("Parameter validation failed", "Error parsing parameter"))
    return 252 if refused or code in (2, 252) or "Unknown options" in text else code


class Reply:
    status_code = 200


def from_query(shape, answer):
    """What the parser of IAM and STS would make of the same output: dates as text."""
    if shape is None or answer is None:
        return {}
    if shape.type_name == "structure":
        return {name: from_query(member, answer[name]) for name, member in shape.members.items() if name in answer}
    if shape.type_name == "list":
        return [from_query(shape.member, item) for item in answer]
    return "2023-11-14T22:13:20+00:00" if shape.type_name == "timestamp" else answer


def sample(shape, name="", seen=()):
    """An output, or an input, with something in every member."""
    kind = shape.type_name
    if kind == "structure":
        if shape.name in seen:
            return {}
        members = shape.members.items()
        return {key: sample(member, key, (*seen, shape.name)) for key, member in members}
    if kind == "list":
        return [sample(shape.member, name, seen), sample(shape.member, name, seen)]
    if kind == "map":
        return {"purpose": sample(shape.value, name, seen), "a-b": "12"}
    if kind == "timestamp":
        return 1700000000.125 if shape.name == "DateType" else 1700000000
    least = shape.metadata.get("min", 0)
    return {"integer": max(7, least), "long": max(7, least), "boolean": name not in ("Truncated", "IsTruncated"),
            "blob": "AAEC+/8="}.get(kind) if kind != "string" else text(shape, name, least)


def text(shape, name, least):
    if shape.enum:
        return shape.enum[-1]
    if shape.name == "policyDocumentType":
        return "{}"
    return (name or "text").ljust(least, "x")


def words(line):
    """The words behind `aws`, up to a pipe or a redirection."""
    parts = shlex.split(line.replace("\\\n", " "))
    ends = [at for at, part in enumerate(parts) if part in ("|", ">") or part.startswith(">")]
    return parts[1 : min(ends, default=len(parts))]


def examples():
    """The commands of the examples: blocks behind `::`, indented."""
    for path in sorted((Path(awscli.__file__).parent / "examples/kms").glob("*.rst")):
        for block in re.findall(r"::\n\n((?:    .*\n|\n)+)", path.read_text() + "\n"):
            text = re.sub(r"[\\^]\s*\n", " ", "\n".join(line[4:] for line in block.splitlines()))
            for line in text.splitlines():
                line = line.removeprefix("$ ").strip()
                if line.startswith("aws kms"):
                    yield line


def option(name, shape, value):
    flag = "--" + xform_name(name, "-")
    if shape.type_name == "boolean":
        return flag if value else "--no-" + flag[2:]
    if shape.type_name in ("structure", "map", "list"):
        return f"{flag} {shlex.quote(json.dumps(value))}"
    return f"{flag} {shlex.quote(str(value))}"


def commands(session):
    """Each operation with what it must have in every format, with everything it can have, and its skeleton."""
    ours = Path(__file__).parents[2] / "crates/cli/src/model"
    for service in SERVICES:
        model = session.get_service_model(service)
        for name in re.findall(r"^op (\w+)", (ours / f"{service}.txt").read_text(), re.M):
            if name not in model.operation_names:
                continue  # newer than what this command line brings along
            shape = model.operation_model(name).input_shape
            members = shape.members.items() if shape else ()
            options = [(key, option(key, member, sample(member, key))) for key, member in members]
            needed = [text for key, text in options if key in shape.required_members]
            base = f"aws {service} {xform_name(name, '-')}"
            yield " ".join([base, *needed])
            for output in ("text", "table"):
                yield " ".join([base, *needed, "--output", output])
            paging = ("Marker", "Limit", "MaxItems")
            yield " ".join([base, *(text for key, text in options if key not in paging)])
            yield " ".join([base, "--no-paginate", *needed])
            yield f"{base} --bogus 1"
            if needed:
                yield base


def main(lines):
    os.environ["AWS_CONFIG_FILE"] = "config"
    Path("config").write_text("[default]\ncli_timestamp_format = iso8601\ncli_follow_urlparam = false\n")
    recorder = Recorder()
    found = list(examples())
    assert len(found) == 83, len(found)
    for name in {name for line in found for name in re.findall(r"fileb?://(\S+)", line)}:
        if "/" not in name:
            Path(name.strip("'\"")).write_text("[]" if "json" in name else "content")
    everything = [*found, *commands(recorder.session), *Path(lines).read_text().splitlines()]
    for line in everything:
        if line.startswith("aws"):
            print(json.dumps(recorder.run(line)), file=sys.__stdout__)


if __name__ == "__main__":
    main(sys.argv[1])
