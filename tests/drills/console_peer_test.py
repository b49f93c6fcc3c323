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
    "auth whoami": "the console's user is a responder, the server's is whoever comes",
    "version": "the real one on the path may be another build",
}
# The real one walks a Go map, sorts with an algorithm that is not stable, or asks for several logs at once.
UNORDERED = re.compile(r"events|logs -l|drain|describe (secret|configmap)")
MOMENTS = ["5m", "13m"]


def comparable(text, line):
    """Times and ages aside: the server's calendar is the wall clock's, and so is the age that kubectl works out itself."""
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", text)
    text = re.sub(r"\w{3}, \d\d \w{3} \d{4} [\d:]+ \+0000", "TIME", text)
    text = re.sub(r"\b(\d+[dhms]){1,3}\b|\b\d+m[\d.]+s\b", "AGE", text)
    text = re.sub(r"[ \t-]+", " ", text).strip()
    return "\n".join(sorted(text.split("\n"))) if UNORDERED.search(line) else text


class ConsolePeer(unittest.TestCase):
    maxDiff = None

    def console(self, lines, moment, folder):
        """{number of the line: what it printed, stdout and stderr behind each other}"""
        script = ["pace none", f"sleep {moment}"]
        for number, line in enumerate(lines):
            script += [f"echo @@{number}", f"kubectl {line} 2>&1", "echo"]  # not every output ends its last line
        said = subprocess.run([BINARY, "run", str(LIBRARY / "bad-deploy.yaml"), "--responder", "console", "--quiet", "--out",
                               os.path.join(folder, "drill")], input="\n".join(script) + "\necho @@end\n", text=True,
                              stdout=subprocess.PIPE, timeout=300, check=False).stdout
        said = re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z \$ .*\n", "", said)
        kept = [one for one in said.split("\n") if not one.startswith("*** ")]
        parts = "\n".join(kept).split("@@")[1:]
        return {int(part.split("\n", 1)[0]): part.split("\n", 1)[1].rstrip("\n") for part in parts if not part.startswith("end")}

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
                    self.assertEqual(comparable(ours[number], line), comparable(real.out + real.err, line))

    def test_every_line_at_each_moment(self):
        if not peer("kubectl"):
            self.skipTest("skipped: no kubectl here")
        self.assertLessEqual(set(OTHERWISE), set(command_lines()))
        for moment in MOMENTS:
            self.compare(moment)


if __name__ == "__main__":
    unittest.main()
