"""What our console prints is what the real kubectl prints: the same world, the same stopped moment, every line of
kubectl_commands.txt. `muster serve --hold` answers kubectl; `pace none` and one `sleep` bring the console there."""
import os
import re
import subprocess
import tempfile
import unittest

from kubectl_peer import Kubectl, command_lines, filled, names
from muster_cli import BINARY, LIBRARY
from muster_serve import peer, serve_scenario

# What differs, and why.
OTHERWISE = {
    "cluster-info": "the address of the server",
    "api-resources --no-headers": "the real one writes the blanks of its last, empty column",
    "explain deployment.spec.strategy": "not built in the console",
    "auth whoami": "the console's user is a responder, the server's is whoever comes",
}
MOMENTS = ["5m", "12m"]


class ConsolePeer(unittest.TestCase):
    def console(self, lines, moment, folder):
        """{number of the line: what it printed, stdout and stderr behind each other}"""
        script = ["pace none", f"sleep {moment}"]
        for number, line in enumerate(lines):
            script += [f"echo @@{number}", f"kubectl {line} 2>&1"]
        said = subprocess.run([BINARY, "run", str(LIBRARY / "bad-deploy.yaml"), "--responder", "console", "--quiet", "--out",
                               os.path.join(folder, "drill")], input="\n".join(script) + "\necho @@end\n", text=True,
                              stdout=subprocess.PIPE, timeout=300, check=False).stdout
        kept = [one for one in said.split("\n") if not re.match(r"\d{4}-\S+Z \$ |\*\*\* ", one)]
        parts = "\n".join(kept).split("@@")[1:]
        return {int(part.split("\n", 1)[0]): part.split("\n", 1)[1] for part in parts if not part.startswith("end")}

    def compare(self, moment):
        lines = command_lines()
        with tempfile.TemporaryDirectory(prefix="muster-console-") as folder, \
                serve_scenario("bad-deploy", "--hold", moment) as served:
            kubectl = Kubectl(served.url, folder)
            known = names(served.url)
            ours = self.console([filled(line, known) for line in lines], moment, folder)
            self.assertEqual(len(ours), len(lines))
            for number, line in enumerate(lines):
                if line in OTHERWISE:
                    continue
                real = kubectl.run(filled(line, known))
                with self.subTest(f"{moment}: {line}"):
                    self.assertEqual(ours[number], real.out + real.err)

    def test_every_line_at_each_moment(self):
        if not peer("kubectl"):
            self.skipTest("skipped: no kubectl here")
        self.assertLessEqual(set(OTHERWISE), set(command_lines()))
        for moment in MOMENTS:
            self.compare(moment)


if __name__ == "__main__":
    unittest.main()
