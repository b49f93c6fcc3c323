"""Runs the muster binary as a user would. Standard library only."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("MUSTER_BINARY", str(ROOT / "build" / "ci" / "muster"))
LIBRARY = ROOT / "scenarios" / "library"
RUNBOOK = ROOT / "scenarios" / "systems" / "autonomous-dev" / "runbook.md"
SHARED = pathlib.Path(os.environ.get("MUSTER_SHARED", str(ROOT.parent / "shared")))
USER_RUNBOOK = SHARED / "runbook.md"


class Finished:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout
        self.err = process.stderr


def muster(*arguments, cwd=None):
    command = [BINARY, *map(str, arguments)]
    return Finished(subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=cwd, check=False))


def scorecard(directory):
    return json.loads((pathlib.Path(directory) / "scorecard.json").read_text())


class DrillCase(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="muster-test-")
        self.folder = pathlib.Path(self._folder.name)
        self.addCleanup(self._folder.cleanup)

    def play(self, scenario, *responders, out="drill", options=()):
        """Plays a library scenario; returns (finished, its directory)."""
        arguments = ["run", LIBRARY / f"{scenario}.yaml", "--out", self.folder / out, *options]
        for responder in responders:
            arguments += ["--responder", responder]
        return muster(*arguments), self.folder / out

    def assert_one_message(self, finished, *words):
        """Exit code 2 and exactly one line, which holds the words."""
        self.assertEqual(finished.code, 2, finished.err + finished.out)
        lines = finished.err.strip().splitlines()
        self.assertEqual(len(lines), 1, finished.err)
        self.assertTrue(lines[0].startswith("muster: "), lines[0])
        for word in words:
            self.assertIn(str(word), lines[0])
