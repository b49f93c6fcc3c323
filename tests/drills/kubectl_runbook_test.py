"""Every kubectl line of the fenced blocks of ../shared/runbook.md, typed into bash and run by the real kubectl against
`muster serve`, in the order of the document."""
import base64
import os
import pathlib
import re
import subprocess
import tempfile
import time
import unittest

from kubectl_peer import SPACE, names
from muster_cli import ROOT
from muster_serve import peer, serve_scenario

RUNBOOK = ROOT.parent / "shared" / "runbook.md"

# What the runbook leaves open; the pod is looked up anew before each line.
FILLED = {"<N>": "4", "<script>": "app.py", "<new-base64-encoded-url>": base64.b64encode(
    b"postgresql://autonomous_dev:drill-only-password@db.example.internal:5432/autonomous_dev").decode()}
LOCKDOWN = f"""apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: lockdown, namespace: {SPACE}}}
spec: {{podSelector: {{matchLabels: {{quarantine: "yes"}}}}, policyTypes: [Ingress, Egress]}}
"""

# (pattern of the line, exit codes that are an answer, why)
OTHERWISE = [
    (r"grep", (0, 1), "grep finds nothing"),
    (r"top pods", (0, 1), "pods that have just started have no metrics yet"),
    (r"--previous", (0, 1), "a pod that never crashed has no previous log"),
    (r" -f$", (0, 124), "it follows until it is stopped or the container ends"),
    (r"image=postgres:14", (2,), "without DATABASE_URL psql looks for a server in the pod, and there is none"),
    (r"/bin/bash", (0, 1), "the Secret is deleted by then: no container may run"),
    (r"memory_profiler", (0, 1, 2, 137), "as the program ends"),
    (r"label pod", (0, 1), "the label may be gone already"),
]


def kubectl_lines(text):
    """Logical lines of fenced blocks that begin with kubectl."""
    found = []
    for block in re.findall(r"^ *```\w*\n(.*?)^ *```", text, re.S | re.M):
        for line in re.sub(r"\\\n\s*", "", block).splitlines():
            if line.strip().startswith("kubectl "):
                found.append(line.strip())
    return found


@unittest.skipUnless(RUNBOOK.exists(), "skipped: no ../shared/runbook.md here")
@unittest.skipUnless(peer("kubectl"), "skipped: no kubectl here")
class RunbookTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="muster-runbook-")
        self.addCleanup(self.folder.cleanup)
        self.served = serve_scenario("bad-deploy", "--begin-at", "11m")
        self.addCleanup(self.served.stop)
        home = pathlib.Path(self.folder.name)
        (home / "network-policy-lockdown.yaml").write_text(LOCKDOWN)
        (home / "kubectl").write_text(f'#!/bin/sh\nexec {peer("kubectl")} -s {self.served.url} "$@"\n')
        (home / "kubectl").chmod(0o755)
        self.environment = {**os.environ, "HOME": str(home), "KUBECONFIG": "/dev/null", "KUBE_EDITOR": "true",
                            "PATH": f"{home}:{os.environ['PATH']}", "KUBECACHEDIR": str(home / "cache")}

    def type_in(self, line, seconds):
        return subprocess.run(["timeout", "-k", "5", str(seconds), "bash", "-c", line], capture_output=True, text=True,
                              cwd=self.folder.name, env=self.environment, stdin=subprocess.DEVNULL, check=False)

    def test_every_line(self):
        lines = kubectl_lines(RUNBOOK.read_text())
        self.assertGreaterEqual(len(lines), 40)
        for line in lines:
            known = {**FILLED, "<pod-name>": names(self.served.url)["pod"]}
            typed = re.sub(r"<[\w-]+>", lambda found: known[found.group()], line)
            codes = next((codes for pattern, codes, _ in OTHERWISE if re.search(pattern, line)), (0,))
            if "rollout restart" in line:
                time.sleep(1.1)  # kubectl refuses a second restart within one second
            with self.subTest(line):
                said = self.type_in(typed, 12 if 124 in codes else 120)
                self.assertIn(said.returncode, codes, f"{typed}\n{said.stdout}{said.stderr}")
                self.assertNotIn("could not find the requested resource", said.stderr)
                self.assertNotIn("not simulated", said.stderr)


if __name__ == "__main__":
    unittest.main()
