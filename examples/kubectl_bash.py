#!/usr/bin/env python3
"""Lets a bash script of real kubectl commands play a drill in virtual time. Standard library only; needs kubectl on PATH.

    muster run bad-deploy --responder "exec:python3 examples/kubectl_bash.py examples/rollback.sh"

kubectl talks to a small proxy on loopback, which hands its requests to the simulator, so a watch (rollout status, wait) waits
in virtual time. In the script, `sleep` is virtual too; `muster-run COMMAND...` is a line of the drill's console (ack,
declare, status, resolve); `muster-wait-page SECONDS` waits for a page. KUBECTL_BASH_STEP says how many seconds a command
takes (default 5)."""
import http.server
import os
import pathlib
import select
import shlex
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.parse

from muster_client import Client

STEP = float(os.environ.get("KUBECTL_BASH_STEP", "5"))
REACTION = 0.2  # real seconds
NAMESPACE = os.environ.get("KUBECTL_BASH_NAMESPACE", "autonomous-dev-prod")

KUBECONFIG = """apiVersion: v1
kind: Config
clusters: [{{name: drill, cluster: {{server: "http://127.0.0.1:{port}"}}}}]
users: [{{name: drill, user: {{}}}}]
contexts: [{{name: drill, context: {{cluster: drill, user: drill, namespace: {namespace}}}}}]
current-context: drill
"""

# What stands on PATH before everything else: each asks the proxy below /muster/.
TOOLS = {"sleep": "sleep", "muster-run": "run", "muster-wait-page": "wait-page"}
TOOL = """#!{python}
import sys, urllib.error, urllib.request
data = "\\0".join(sys.argv[1:]).encode()
try:
    answer = urllib.request.urlopen("http://127.0.0.1:{port}/muster/{name}", data=data)
    code, out = int(answer.headers["X-Exit-Code"]), answer.read().decode()
except urllib.error.HTTPError as error:
    code, out = 1, error.read().decode()
sys.stdout.write(out)
sys.exit(code)
"""
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds_of(text):
    """As sleep(1) reads it: 5, 2.5s, 3m."""
    return float(text[:-1]) * SECONDS[text[-1]] if text[-1] in SECONDS else float(text)


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    client = None

    def log_message(self, *_):
        pass

    def _body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()

    def _reply(self, status, content_type, text, headers=()):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _handle(self):
        if self.path.startswith("/muster/"):
            return self._tool(self.path.removeprefix("/muster/"), self._body().split("\0"))
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        body = self._body()
        if self.command == "GET" and {"true", "1"} & {query.get(key, [""])[0] for key in ("watch", "follow")}:
            return self._watch()
        answer = self.client.request(self.command, self.path, body or None, self.headers.get("Content-Type"),
                                     self.headers.get("Accept"))
        return self._reply(answer["status"], answer["contentType"], answer["body"])

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _handle

    def _watch(self):
        """Streams in chunks; every look lets up to a second of virtual time pass."""
        answer = self.client.watch(self.path, 1, self.headers.get("Accept", ""))
        if "watch" not in answer:
            return self._reply(answer["status"], answer["contentType"], answer["body"])
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            while True:
                for line in answer["lines"]:
                    data = (line.rstrip("\n") + "\n").encode()
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
                self.wfile.flush()
                # kubectl needs a moment of real time to look at what it was told; virtual time must not run on meanwhile.
                patience = REACTION if answer["lines"] else 0
                if answer["ended"] or not still_listening(self.connection, patience):
                    break
                answer = self.client.watch_on(answer["watch"], 1)
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            pass  # kubectl has seen enough
        self.close_connection = True
        return None

    def _tool(self, name, words):
        try:
            code, out = TOOL_ACTIONS[name](self.client, words)
        except (KeyError, ValueError, IndexError) as error:
            return self._reply(400, "text/plain", f"{name}: {error}\n")
        return self._reply(200, "text/plain", out, [("X-Exit-Code", str(code))])


def still_listening(connection, patience):
    """Whether the other side has not hung up within the patience."""
    readable, _, _ = select.select([connection], [], [], patience)
    try:
        return not readable or connection.recv(1, socket.MSG_PEEK) != b""
    except OSError:
        return False


def do_sleep(client, words):
    client.sleep(sum(seconds_of(word) for word in words))
    return 0, ""


def do_run(client, words):
    answer = client.run(shlex.join(words))
    return answer["exitCode"], answer["stdout"] + answer["stderr"]


def do_wait_page(client, words):
    return (0 if client.wait(seconds_of(words[0]), page=True) else 1), ""


TOOL_ACTIONS = {"sleep": do_sleep, "run": do_run, "wait-page": do_wait_page}


def write_tools(folder, port):
    """Shims for sleep and the desk; and one for kubectl, which lets the time of a command pass."""
    for tool, name in TOOLS.items():
        path = folder / tool
        path.write_text(TOOL.format(python=sys.executable, port=port, name=name))
        path.chmod(0o755)
    (folder / "config").write_text(KUBECONFIG.format(port=port, namespace=NAMESPACE))


def real_kubectl():
    for place in os.environ.get("PATH", "").split(os.pathsep):
        path = pathlib.Path(place) / "kubectl"
        if path.is_file() and os.access(path, os.X_OK):
            return path
    return None


def play(script, arguments):
    kubectl = real_kubectl()
    if kubectl is None:
        raise SystemExit("kubectl_bash.py: there is no kubectl on PATH")
    client = Client("kubectl_bash.py")
    Proxy.client = client
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="kubectl-bash-") as name:
        folder = pathlib.Path(name)
        write_tools(folder, server.server_port)
        shim = folder / "kubectl"
        shim.write_text(f'#!/bin/sh\nsleep {STEP}\nexec {shlex.quote(str(kubectl))} "$@"\n')
        shim.chmod(0o755)
        environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "KUBECONFIG": str(folder / "config"),
                       "KUBECACHEDIR": str(folder / "cache")}
        finished = subprocess.run(["bash", script, *arguments], env=environment, stdin=subprocess.DEVNULL,
                                  stdout=sys.stderr, check=False)
    client.done(f"{os.path.basename(script)} ended with exit code {finished.returncode}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit("usage: kubectl_bash.py SCRIPT [ARGUMENT]...")
    play(sys.argv[1], sys.argv[2:])
