"""The real kubectl against `muster serve`: runs command lines, alone or from a file. Standard library only."""
import json
import os
import pathlib
import re
import shlex
import subprocess

from muster_serve import fetch, peer

HERE = pathlib.Path(__file__).parent
SPACE = "autonomous-dev-prod"
DEPLOYMENT = "autonomous-dev"


class Said:
    """What one command printed, and its exit code."""

    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout
        self.err = process.stderr

    def __repr__(self):
        return f"exit {self.code}\n{self.out}{self.err}"


class Kubectl:
    """One kubectl program and the server that it asks; `folder` holds its caches."""

    def __init__(self, url, folder, program="kubectl"):
        self.program = peer(program)
        self.url = url
        self.environment = {**os.environ, "HOME": str(folder), "KUBECONFIG": "/dev/null", "KUBE_EDITOR": "true",
                            "KUBECACHEDIR": str(pathlib.Path(folder) / "cache")}

    def command(self, line):
        return [self.program, "-s", self.url, *(shlex.split(line) if isinstance(line, str) else line)]

    def run(self, line, stdin="", timeout=60, **environment):
        return Said(subprocess.run(self.command(line), input=stdin, capture_output=True, text=True, timeout=timeout,
                                   check=False, env={**self.environment, **environment}))

    def start(self, line, out):
        """Begins what goes on for a while; it prints into the file `out`."""
        return subprocess.Popen(self.command(line), env=self.environment, stdin=subprocess.DEVNULL, stdout=out,
                                stderr=subprocess.DEVNULL)


def get_json(url, path):
    return json.loads(fetch(url + path)[2])


def names(url):
    """What the placeholders of a file of commands stand for."""
    pods = get_json(url, f"/api/v1/namespaces/{SPACE}/pods?labelSelector=app%3D{DEPLOYMENT}")["items"]
    sets = get_json(url, f"/apis/apps/v1/namespaces/{SPACE}/replicasets")["items"]
    revision = lambda one: int(one["metadata"]["annotations"]["deployment.kubernetes.io/revision"])
    owned = [one for one in sets if one["metadata"].get("ownerReferences", [{}])[0].get("name") == DEPLOYMENT]
    return {"pod": pods[0]["metadata"]["name"], "node": pods[0]["spec"].get("nodeName", ""),
            "rs": max(owned, key=revision)["metadata"]["name"]}


def command_lines(file=HERE / "kubectl_commands.txt"):
    return [line for line in file.read_text().splitlines() if line and not line.startswith("#")]


def filled(line, known):
    """A line with its placeholders; other braces are jsonpath's."""
    return re.sub(r"\{(pod|node|rs)\}", lambda found: known[found.group(1)], line)


def run_all(kubectl, lines=None):
    """{command line as in the file: what the real kubectl said}: also what a console's output is compared with."""
    known = names(kubectl.url)
    return {line: kubectl.run(filled(line, known)) for line in lines or command_lines()}
