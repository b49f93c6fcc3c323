"""Responder console: transcripts of whole drills at the prompt, and that they replay.

Each file in transcripts/ begins with the scenario's name; then come the prompts, the lines typed at them and what they
printed. MUSTER_REWRITE=1 writes what is printed now instead of comparing: read the difference before you commit it. A
new transcript needs no more than its first line and the commands, each behind "$ "."""
import os
import pathlib
import re
import subprocess
import unittest

from muster_cli import BINARY, LIBRARY, DrillCase, muster

TRANSCRIPTS = pathlib.Path(__file__).resolve().parent / "transcripts"
PROMPT = re.compile(r"^(?:\d{4}-\d\d-\d\dT\S+Z )?\$ ?(.*)$")
CONTINUED = re.compile(r"^> (.*)$")


def typed_lines(transcript):
    """The input that made this transcript."""
    lines = []
    for line in transcript.splitlines():
        found = PROMPT.match(line) or (CONTINUED.match(line) if lines else None)
        if found:
            lines.append(found.group(1))
    return "\n".join(lines) + "\n"


class Transcripts(DrillCase):
    def play_lines(self, scenario, lines, out):
        command = [BINARY, "run", str(LIBRARY / f"{scenario}.yaml"), "--responder", "console", "--quiet",
                   "--out", str(self.folder / out)]
        done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=300, check=False)
        self.assertIn(done.returncode, (0, 1), done.stdout)
        return done.stdout

    def check(self, path):
        text = path.read_text()
        head, body = text.split("\n", 1)
        played = self.play_lines(head.removeprefix("# "), typed_lines(body), path.stem)
        replayed = muster("replay", self.folder / path.stem)
        self.assertEqual(replayed.code, 0, replayed.err)
        if os.environ.get("MUSTER_REWRITE"):
            path.write_text(f"{head}\n{played}")
            return
        self.assertEqual(played, body)

    def test_each_transcript(self):
        paths = sorted(TRANSCRIPTS.glob("*.txt"))
        self.assertGreaterEqual(len(paths), 4)
        for path in paths:
            with self.subTest(path.name):
                self.check(path)

    def test_evidence_is_kept_beside_the_journal(self):
        self.play_lines("bad-deploy", "kubectl get nodes > nodes.txt\n", "kept")
        kept = self.folder / "kept" / "evidence" / "responder-1" / "nodes.txt"
        self.assertIn("node-1", kept.read_text())

    def test_an_empty_input_is_a_drill_nobody_responds_in(self):
        self.assertEqual(self.play_lines("bad-deploy", "", "empty"), "")

    def test_commands_end_with_the_drill(self):
        said = self.play_lines("bad-deploy", "sleep 3h\necho never\n", "late")
        self.assertNotIn("never", said)

    def test_a_console_needs_a_terminal_of_its_own(self):
        finished, _ = self.play("bad-deploy", "console", "console")
        self.assert_one_message(finished, "console", "terminal")


if __name__ == "__main__":
    unittest.main()
