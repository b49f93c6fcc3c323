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
        self.assertGreater(self.none.stamps["tM"], self.right.stamps["tM"] + 240)
        replaced = [pod["t"] for pod in self.none.facts("pod")
                    if pod["change"] == "created" and pod["pod"].startswith("autonomous-dev")]
        self.assertGreaterEqual(replaced[0], (600 + 350) * 10**9)
        self.assertLessEqual(self.right.stamps["tM"], 600 + 300)
        # The restarts take the two pods that still serve, twice.
        self.assertGreater(self.wrong.stamps["tM"], self.right.stamps["tM"] + 240)


class RetryStorm(LibraryDrill):
    scenario = "retry-storm"

    def test_told_apart(self):
        self.play_all()
        self.assert_told_apart()
        self.assertFalse(self.none.card["restored"], "the spike ends at 15:00 and the storm goes on")
        self.assertLess(self.right.stamps["tM"], 25 * 60)
        self.assertFalse(self.wrong.card["restored"])
        self.assertGreater(self.wrong.metrics["requests_failed"], self.none.metrics["requests_failed"])


class MemoryLeak(LibraryDrill):
    scenario = "memory-leak"

    def oom_kills(self, played):
        return [pod for pod in played.facts("pod") if pod.get("reason") == "OOMKilled"]

    def test_told_apart(self):
        self.play_all()
        self.assert_told_apart()
        self.assertFalse(self.none.card["restored"])
        self.assertGreaterEqual(len(self.oom_kills(self.none)), 9, "it comes back")
        self.assertLess(self.right.stamps["tM"], 30 * 60)
        # More memory makes the clock slower and does not stop it.
        self.assertFalse(self.wrong.card["restored"])
        self.assertLess(len(self.oom_kills(self.wrong)), len(self.oom_kills(self.none)))


class DatabaseOutage(LibraryDrill):
    scenario = "database-outage"

    def test_told_apart(self):
        self.play_all()
        self.assert_told_apart()
        # The failover needs no hand: a minute to notice, and some two more.
        self.assertGreater(self.none.stamps["tM"], 600 + 60)
        self.assertLess(self.none.stamps["tM"], 600 + 600)
        self.assertEqual(self.right.stamps["tM"], self.none.stamps["tM"])
        self.assertEqual(self.right.metrics["data_lost"], 0)
        self.assertGreater(self.wrong.metrics["data_lost"], 1000, "everything since the backup")
        self.assertFalse(self.wrong.card["passed"])


class DatabaseFailoverBroken(LibraryDrill):
    scenario = "database-failover-broken"

    def test_told_apart(self):
        self.play_all()
        self.assert_told_apart()
        self.assertFalse(self.none.card["restored"])
        self.assertFalse(self.wrong.card["restored"], "a replica takes no writes")


class SecurityBreach(LibraryDrill):
    scenario = "security-breach"

    def test_told_apart(self):
        self.play_all()
        self.assert_told_apart()
        self.assertEqual(self.none.metrics["attacker_minutes"], 70, "from minute 5 to the end")
        self.assertLess(self.right.metrics["attacker_minutes"], 15)
        self.assertEqual(self.right.metrics["evidence_captured"], 1)
        self.assertEqual(self.right.metrics["evidence_destroyed"], 0)
        self.assertGreater(self.wrong.metrics["evidence_destroyed"], 0.2)
        self.assertGreater(self.wrong.metrics["attacker_minutes"], 30, "he comes back through the same hole")


class ThirdPartyOutage(LibraryDrill):
    scenario = "third-party-outage"

    def test_told_apart(self):
        self.play_all()
        self.assert_told_apart()
        self.assertGreater(self.none.stamps["tM"], 50 * 60, "not before the vendor is well again")
        self.assertLess(self.right.stamps["tM"], 20 * 60)
        # The environment of a running process is fixed: without a restart the switch does nothing at once.
        self.assertGreater(self.wrong.stamps["tM"], 45 * 60)
        self.assertFalse(self.wrong.card["passed"], "closed too early")


class SlowQueries(LibraryDrill):
    scenario = "slow-queries"

    def test_told_apart(self):
        self.play_all()
        self.assert_told_apart()
        self.assertFalse(self.none.card["restored"])
        self.assertFalse(self.wrong.card["restored"], "more pods do not make queries shorter")
        self.assertLess(self.right.metrics["user_minutes_lost"], self.none.metrics["user_minutes_lost"] / 3)


class WorktreesDiskFull(LibraryDrill):
    scenario = "worktrees-disk-full"

    def test_told_apart(self):
        self.play_all()
        self.assert_told_apart()
        self.assertLess(self.right.metrics["agent_minutes_failing"], self.none.metrics["agent_minutes_failing"] / 3)
        self.assertGreater(self.wrong.metrics["agent_minutes_failing"], 60, "no agent works without the object store")


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

    def test_metrics_are_listed_and_explained(self):
        listed = muster("list", "metrics")
        self.assertIn("http_requests_total", listed.out)
        told = muster("explain", "http_request_duration_seconds_bucket").out
        for word in ("histogram", "application", "endpoint, method", "http_request_duration_seconds_sum"):
            self.assertIn(word, told)
        self.assertIn('did you mean "http_requests_total"', muster("explain", "http_request_total").err)


if __name__ == "__main__":
    unittest.main()
