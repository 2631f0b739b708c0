"""PyPI's command line, version 1, made to speak as version 2 does where the two differ, here and nowhere else.

- Text for bytes is base64, unless `--cli-binary-format raw-in-base64-out` is given; version 1 would encode it once more.
- The services are as botocore describes them, which knows more operations than what this command line brings along.
- Dates are ISO 8601 in every profile, and addresses in parameters are not fetched.
- `--output` can be `yaml`, which is what PyYAML makes of the answer, and `off`; `--cli-input-yaml` is read by PyYAML.
- Errors stand behind `aws: [ERROR]: `, a mistake in the command before the usage, and choices are not listed.
- Exit codes: 254 for a refusal by the service, 252 for a parameter, 253 for the configuration, 255 for everything else.
"""

import base64
import json
import re
import sys
from pathlib import Path

import awscli.argparser
import awscli.clidriver
import yaml
from awscli.argprocess import ParamError
from awscli.clidriver import create_clidriver
from awscli.formatter import FullyBufferedFormatter, get_formatter
from botocore import exceptions

USAGE = f"usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n{awscli.argparser.HELP_BLURB}\n"
OUTPUTS = ["json", "text", "table", "yaml", "yaml-stream", "off"]
OWN_SETTINGS = {"cli_timestamp_format": "iso8601", "cli_follow_urlparam": "false"}
REGION = "You must specify a region. You can also configure your region by running \"aws configure\"."
CREDENTIALS = "Unable to locate credentials. You can configure credentials by running \"aws login\"."


class Failure(Exception):
    """A command's end: what it says, and its exit code."""

    def __init__(self, text, code):
        super().__init__(text)
        self.text, self.code = text, code


def named(name, text, code):
    return Failure(f"\naws: [ERROR]: An error occurred ({name}): {text}\n", code)


def failure(error):
    """How version 2 says it."""
    text = re.sub(r"('cli-input-json': Invalid JSON):.*", r"\1 received.", str(error), flags=re.S)
    query = isinstance(error, ValueError) and text.startswith("Bad value for --query")
    match error:
        case Failure():
            return error
        case exceptions.ClientError():
            return Failure(f"\naws: [ERROR]: {text}\n", 254)
        case exceptions.NoRegionError():
            return named("NoRegion", REGION, 253)
        case exceptions.NoCredentialsError():
            return named("NoCredentials", CREDENTIALS, 253)
        case exceptions.ParamValidationError() | ParamError():
            return named("ParamValidation", text, 252)
        case _ if query:
            return named("ParamValidation", text, 252)
        case _:
            return Failure(f"\naws: [ERROR]: {text}\n", 255)


def raised(error, *_, **__):
    raise failure(error)


def usage(_, message):
    error = named("ParamValidation", message, 252)
    raise Failure(f"{error.text}\n{USAGE}", 252)


def check_value(_, action, value):
    """An unknown choice: what may have been meant, and not everything that there is."""
    if action.choices is None or value in action.choices:
        return
    message = [f"Found invalid choice '{value}'\n"]
    close = awscli.argparser.get_close_matches(value, action.choices, cutoff=0.8)
    if close:
        message.append("Maybe you meant:\n")
        message.extend(f"  * {word}" for word in close)
    raise awscli.argparser.argparse.ArgumentError(action, "\n".join(message))


class YamlFormatter(FullyBufferedFormatter):
    def _format_response(self, command_name, response, stream):
        if response != {}:
            stream.write(yaml.safe_dump(response, default_flow_style=False, allow_unicode=True))


class OffFormatter(FullyBufferedFormatter):
    def _format_response(self, command_name, response, stream):
        pass


def formatter(name, args):
    own = {"yaml": YamlFormatter, "off": OffFormatter}
    return own[name](args) if name in own else get_formatter(name, args)


def decoded(shape, value):
    """The bytes of texts in base64."""
    if shape.type_name == "structure" and isinstance(value, dict):
        members = shape.members
        return {key: decoded(members[key], item) if key in members else item for key, item in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [decoded(shape.member, item) for item in value]
    if shape.type_name == "blob" and isinstance(value, str):
        try:
            return base64.b64decode(value)
        except ValueError:
            raise Exception(f'Invalid base64: "{value}"') from None
    return value


def command_line():
    """The command line, ready to run one command."""
    awscli.argparser.CLIArgParser.error = usage
    awscli.argparser.CLIArgParser._check_value = check_value
    awscli.clidriver.write_exception = raised
    awscli.clidriver.get_formatter = formatter
    driver = create_clidriver()
    session = driver.session
    session.get_component("data_loader")._search_paths.insert(0, str(Path(awscli.__file__).parents[1] / "botocore/data"))
    driver._get_cli_data()["options"]["output"]["choices"] = OUTPUTS
    driver._show_error = lambda _: raised(sys.exc_info()[1])
    scoped = session.get_scoped_config
    session.get_scoped_config = lambda: {**OWN_SETTINGS, **scoped()}
    return driver


def run(driver, words):
    """Runs one command and returns its exit code."""
    words = [word for word in words if word != "--no-cli-pager"]
    given = take(words, "--cli-input-yaml")
    if given is not None:
        text = Path(given.removeprefix("file://")).read_text() if given.startswith("file://") else given
        words += ["--cli-input-json", json.dumps(yaml.safe_load(text))]
    raw = take(words, "--cli-binary-format") == "raw-in-base64-out"

    def decode(params, model, **_):
        return decoded(model.input_shape, params) if model.input_shape and not raw else params

    driver.session.register("provide-client-params.*.*", decode)
    sys.stderr, real = Unknown(), sys.stderr
    try:
        code = driver.main(words)
        if "Unknown options" in sys.stderr.text:
            options = sys.stderr.text.strip().rsplit("\n", 1)[-1]
            raise Failure(f"\n{USAGE}\naws: [ERROR]: {options}\n", 252)
    except Failure as end:
        real.write(end.text)
        return end.code
    real.write(sys.stderr.text)
    return code


class Unknown:
    """What is written to stderr in other ways than by an exception."""

    encoding = "utf-8"

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def take(words, option):
    """Takes out an option that version 1 does not have, and returns its value."""
    if option not in words:
        return None
    at = words.index(option)
    value = words[at + 1]
    del words[at : at + 2]
    return value
