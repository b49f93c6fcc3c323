"""The drills of the library: nobody, the right and the wrong response to each, and the harm that the wrong one does.

Everything is read from scorecard.json and, for the mechanism, from the journal."""
import json
import unittest

from muster_cli import LIBRARY, DrillCase, muster, scorecard

RESPONSES = LIBRARY / "responses"
NAMES = sorted({path.name.split(".")[0] for path in RESPONSES.glob("*.yaml")})


class Played:
    def __init__(self, directory):
        self.card = scorecard(directory)
        self.directory = directory
        self.metrics = {name: metric["value"] for name, metric in self.card["metrics"].items()}
        self.stamps = self.card["timestamps"]

    def facts(self, kind):
        lines = (self.directory / "journal.jsonl").read_text().splitlines()
        return [record for record in map(json.loads, lines) if record.get("type") == kind]


class LibraryDrill(DrillCase):
    """One scenario played three times."""
    scenario = None

    def play_all(self):
        played = {}
        for name in ("none", "right", "wrong"):
            responder = "none" if name == "none" else f"requests:{RESPONSES}/{self.scenario}.{name}.yaml"
            finished, directory = self.play(self.scenario, responder, out=name, options=["--quiet"])
            self.assertIn(finished.code, (0, 1), finished.err)
            played[name] = Played(directory)
        self.none, self.right, self.wrong = played["none"], played["right"], played["wrong"]

    def assert_told_apart(self):
        """The right response restores service, and scores above the wrong one and above doing nothing."""
        self.assertTrue(self.right.card["restored"], self.right.card["restoredWhy"])
        self.assertTrue(self.right.card["passed"])
        self.assertGreater(self.right.card["total"], self.wrong.card["total"] + 100)
        self.assertGreater(self.right.card["total"], self.none.card["total"])
        refused = [record for record in self.right.facts("request") if record["status"] >= 400]
        self.assertEqual(refused, [], "the right response has requests that are refused")


class NodeLoss(LibraryDrill):
    scenario = "node-loss"

    def test_told_apart(self):
        self.play_all()
        self.assert_told_apart()
        # Alone, the cluster waits 50 s until the node is not ready and 300 s more until it drives the pods away.
        self.assertGreaterEqual(self.none.stamps["tM"], 600 + 350)
        self.assertLessEqual(self.none.stamps["tM"], 600 + 350 + 120)
        self.assertLessEqual(self.right.stamps["tM"], 600 + 300)
        # The restarts take the two pods that still serve, twice.
        self.assertGreater(self.wrong.stamps["tM"], self.none.stamps["tM"])
        self.assertGreater(self.wrong.metrics["requests_failed"], self.none.metrics["requests_failed"])


class TheLibrary(DrillCase):
    def test_every_drill_has_both_responses_and_a_test(self):
        tested = {case.scenario for case in LibraryDrill.__subclasses__()}
        for name in NAMES:
            self.assertTrue((LIBRARY / f"{name}.yaml").exists(), name)
            for kind in ("right", "wrong"):
                self.assertTrue((RESPONSES / f"{name}.{kind}.yaml").exists(), f"{name}.{kind}")
            self.assertIn(name, tested)

    def test_each_is_explained(self):
        for name in NAMES:
            explained = muster("explain", name)
            self.assertEqual(explained.code, 0, explained.err)


if __name__ == "__main__":
    unittest.main()
