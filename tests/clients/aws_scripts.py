"""Runs scripts in a real shell with the real command line, and says what each line prints.

    aws_scripts.py FILE…

WAXSEAL_ENDPOINT is emptied before each script. A line of a script is a command of a shell; one that ends with a backslash
goes on below, and `@clock SECONDS` moves the service's clock. A JSON object a line comes out: {"script", "line", "stdout",
"stderr", "exit"}, where stdout is base64.

Starting Python for each command would take minutes. So `aws` is a small program that hands its words and streams over to
this one, which has everything loaded and leaves the command to a child.
"""

import base64
import gc
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
import urllib.request
from pathlib import Path

import aws_as_version_2
from awscli.customizations import assumerole

ENDPOINT = os.environ["WAXSEAL_ENDPOINT"]

CLIENT = """#!{python} -SI
import os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect({address!r})
head = "\\0".join([os.getcwd(), *(f"{{k}}={{v}}" for k, v in os.environ.items()), "", *sys.argv[1:]])
body = head.encode("utf-8", "surrogateescape")
socket.send_fds(server, [len(body).to_bytes(4, "big") + body], [0, 1, 2])
os._exit(server.recv(1)[0])
"""

CONFIG = "[default]\nregion = us-east-1\n"
CREDENTIALS = "[default]\naws_access_key_id = 111122223333\naws_secret_access_key = 111122223333\n"


def serve(listener, driver):
    """Answers commands, each in a child of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        connection, _ = listener.accept()
        if os.fork():
            connection.close()
            continue
        code = 255
        try:
            words = receive(connection)
            code = aws_as_version_2.run(driver, words)
            sys.stdout.flush()
            sys.stderr.flush()
        except SystemExit as end:
            code = end.code or 0
            sys.stdout.flush()
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            connection.send(bytes([code]))
            os._exit(0)


def receive(connection):
    """Takes over a command's streams, folder and variables; returns its words."""
    data, streams, _, _ = socket.recv_fds(connection, 1 << 16, 3)
    length = int.from_bytes(data[:4], "big")
    while len(data) < length + 4:
        data += connection.recv(1 << 16)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    folder, *rest = data[4:].decode("utf-8", "surrogateescape").split("\0")
    end = rest.index("")
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(pair.split("=", 1) for pair in rest[:end])
    assumerole.CACHE_DIR = os.path.expanduser("~/.aws/cli/cache")
    return rest[end + 1 :]


def preload(driver):
    """Reads what every command would read again."""
    os.environ.update(AWS_ACCESS_KEY_ID="none", AWS_SECRET_ACCESS_KEY="none", AWS_DEFAULT_REGION="us-east-1")
    session = driver.session
    for service in ("kms", "iam", "sts"):
        session.create_client(service, endpoint_url=ENDPOINT)
        driver._get_command_table()[service]._get_command_table()
        for kind in ("paginators-1", "waiters-2"):
            session.get_component("data_loader").list_available_services(kind)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        del os.environ[name]
    # What was read of files and variables is forgotten; what the services look like is kept.
    session._config = session._profile_map = session._credentials = None
    session._register_credential_provider()
    gc.collect()
    gc.freeze()


def lines(path):
    """A script's commands. Comments and empty lines are none."""
    text = re.sub(r"^#.*\n", "", path.read_text(), flags=re.M)
    command = []
    for line in text.splitlines():
        command.append(line)
        if not line.endswith("\\") and line.strip() and complete("\n".join(command)):
            yield "\n".join(command)
            command = []
        elif not line.strip() and len(command) == 1:
            command = []
    assert not command, f"{path}: {command}"


def complete(text):
    """Whether no quote, bracket or here-document is open."""
    if not re.search("['\"$`(<]", text):
        return True
    checked = subprocess.run(["bash", "-nc", text], capture_output=True)
    return checked.returncode == 0 and b"here-document" not in checked.stderr


def post(path, body):
    request = urllib.request.Request(f"{ENDPOINT}/_waxseal/{path}", json.dumps(body).encode(), method="POST")
    urllib.request.urlopen(request).read()


class Shell:
    """A shell that runs one line after the other."""

    def __init__(self, folder, commands):
        self.folder = folder
        work, home = folder / "work", folder / "home"
        for path in (work, home):
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir()
        (home / "config").write_text(CONFIG)
        (home / "credentials").write_text(CREDENTIALS)
        (home / "credentials").chmod(0o600)
        variables = {
            "PATH": f"{commands}:/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8",
            "AWS_CONFIG_FILE": str(home / "config"), "AWS_SHARED_CREDENTIALS_FILE": str(home / "credentials"),
            "AWS_ENDPOINT_URL": ENDPOINT, "AWS_EC2_METADATA_DISABLED": "true",
        }
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], cwd=work, env=variables, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.last = 0

    def run(self, line):
        out, err, text = (self.folder / name for name in ("stdout", "stderr", "line"))
        text.write_text(line)
        self.process.stdin.write(f"(exit {self.last}); . {text} >{out} 2>{err} </dev/null; echo $?\n")
        self.process.stdin.flush()
        self.last = int(self.process.stdout.readline())
        complaints = re.sub(r"^\S*(bash|line): line \d+: ", "bash: ", err.read_text(), flags=re.M)
        return {"stdout": base64.b64encode(out.read_bytes()).decode(), "stderr": complaints, "exit": self.last}

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def play(path, folder, commands):
    post("reset", {})
    shell = Shell(folder, commands)
    for line in lines(path):
        if line.startswith("@clock "):
            post("clock", {"advanceSeconds": int(line.split()[1])})
            said = {"stdout": "", "stderr": "", "exit": 0}
        else:
            said = shell.run(line)
        print(json.dumps({"script": path.stem, "line": line, **said}), flush=True)
    shell.close()


def main(paths):
    driver = aws_as_version_2.command_line()
    preload(driver)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        address, commands = str(folder / "socket"), folder / "bin"
        commands.mkdir()
        (commands / "aws").write_text(CLIENT.format(python=sys.executable, address=address))
        (commands / "aws").chmod(0o755)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(address)
        listener.listen()
        server = os.fork()
        if not server:
            serve(listener, driver)
        try:
            for path in paths:
                play(Path(path), folder, commands)
        finally:
            os.kill(server, signal.SIGTERM)
            os.waitpid(server, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
