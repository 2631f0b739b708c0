"""Replies beside the model's output shapes: no unknown member, and every value of its type and within its constraints."""

import base64
import json
import re

# Every reply that was not as the model has it.
FAULTS = []


def check(http_response, model):
    """Looks at the JSON text of a reply, before botocore has left out what it does not know."""
    if model.service_model.metadata["protocol"] != "json" or http_response.status_code != 200:
        return
    reply = json.loads(http_response.content or b"{}")
    if model.output_shape is None:
        FAULTS.extend([f"{model.name}: a reply where there is none"] if reply else [])
    else:
        FAULTS.extend(faults(model.output_shape, reply, model.name))


def faults(shape, value, where):
    """What is wrong with a value, each with its place."""
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict):
        yield from (f"{where}.{name} is unknown" for name in value.keys() - shape.members.keys())
        yield from (f"{where}.{name} is missing" for name in set(shape.required_members) - value.keys())
        for name in value.keys() & shape.members.keys():
            yield from faults(shape.members[name], value[name], f"{where}.{name}")
    elif kind == "list" and isinstance(value, list):
        for item in value:
            yield from faults(shape.member, item, f"{where}[]")
    elif kind == "map" and isinstance(value, dict):
        for item in value.values():
            yield from faults(shape.value, item, f"{where}{{}}")
    else:
        yield from scalar_faults(shape, value, where)


def scalar_faults(shape, value, where):
    kind, limits = shape.type_name, shape.metadata
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "blob" and isinstance(value, str):
        value = base64.b64decode(value, validate=True)
    elif kind == "string" and isinstance(value, str):
        # CustomerMasterKeySpec repeats KeySpec, also where its own, older list of values has nothing like it.
        if "enum" in limits and value not in limits["enum"] and not where.endswith(".CustomerMasterKeySpec"):
            yield f"{where} has no value {value}"
        if "pattern" in limits and not re.search(limits["pattern"], value):
            yield f"{where} is not as its pattern: {value}"
    elif not (
        (kind == "boolean" and isinstance(value, bool))
        or (kind == "integer" and isinstance(value, int) and number)
        or (kind == "timestamp" and number)
    ):
        yield f"{where} is not a {kind}: {value!r}"
        return
    size = value if kind == "integer" else len(value) if kind in ("blob", "string") else None
    if size is not None and not limits.get("min", size) <= size <= limits.get("max", size):
        yield f"{where} is too short or too long: {size}"
