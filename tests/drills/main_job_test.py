"""The main job: a runbook answers a bad deployment, in virtual time, with a scorecard."""
import json
import shutil
import subprocess
import unittest

from muster_cli import RUNBOOK, USER_RUNBOOK, DrillCase, muster, scorecard

ROLL_BACK = f"runbook:{RUNBOOK}#Roll back the deployment"
FIX_CONFIG = f"runbook:{RUNBOOK}#Correct the configuration"
USER_ROLL_BACK = f"runbook:{USER_RUNBOOK}#Rollback Deployment"


class MainJob(DrillCase):
    def test_rolling_back_restores_service(self):
        finished, drill = self.play("bad-deploy", ROLL_BACK)
        self.assertEqual(finished.code, 0, finished.err + finished.out)
        card = scorecard(drill)
        self.assertTrue(card["restored"])
        stamps = card["timestamps"]
        order = ["t0", "tI", "tP", "tK", "tM"]
        self.assertEqual(order, sorted(order, key=lambda name: stamps[name]))
        self.assertIn("restored", finished.out)

    @unittest.skipUnless(USER_RUNBOOK.exists(), "skipped: the user's runbook is not here")
    def test_the_users_own_runbook_restores_service(self):
        finished, drill = self.play("bad-deploy", USER_ROLL_BACK)
        self.assertEqual(finished.code, 0, finished.err + finished.out)
        self.assertTrue(scorecard(drill)["restored"])

    @unittest.skipUnless(USER_RUNBOOK.exists(), "skipped: the user's runbook is not here")
    def test_the_users_own_rollback_does_not_cure_a_bad_config(self):
        finished, drill = self.play("bad-config", USER_ROLL_BACK)
        self.assertEqual(finished.code, 1, finished.err + finished.out)
        self.assertFalse(scorecard(drill)["restored"])

    def test_nobody_responding_leaves_the_outage_to_the_horizon(self):
        finished, drill = self.play("bad-deploy", "none")
        self.assertEqual(finished.code, 1, finished.err)
        card = scorecard(drill)
        self.assertFalse(card["restored"])
        self.assertIsNone(card["timestamps"]["tK"])
        self.assertIsNone(card["timestamps"]["tM"])

    def test_rolling_back_does_not_cure_a_bad_configuration(self):
        finished, drill = self.play("bad-config", ROLL_BACK)
        self.assertEqual(finished.code, 1, finished.err)
        self.assertFalse(scorecard(drill)["restored"])

    def test_fixing_the_configuration_does(self):
        finished, drill = self.play("bad-config", FIX_CONFIG)
        self.assertEqual(finished.code, 0, finished.err + finished.out)
        self.assertTrue(scorecard(drill)["restored"])


class SameInputsSameRun(DrillCase):
    def test_twice_gives_equal_bytes(self):
        _, first = self.play("bad-deploy", ROLL_BACK, out="first")
        _, second = self.play("bad-deploy", ROLL_BACK, out="second")
        for name in ("journal.jsonl", "scorecard.json", "baselines.jsonl", "report.html", "junit.xml"):
            self.assertEqual((first / name).read_bytes(), (second / name).read_bytes(), name)

    def test_checking_invariants_does_not_change_the_run(self):
        finished, plain = self.play("bad-deploy", ROLL_BACK, out="plain")
        checked, watched = self.play("bad-deploy", ROLL_BACK, out="watched", options=["--check-invariants"])
        self.assertEqual(checked.code, finished.code, checked.err)
        self.assertEqual((plain / "journal.jsonl").read_bytes(), (watched / "journal.jsonl").read_bytes())

    def test_another_seed_gives_another_run(self):
        _, first = self.play("bad-deploy", ROLL_BACK, out="first")
        _, second = self.play("bad-deploy", ROLL_BACK, out="second", options=["--seed", "7"])
        self.assertNotEqual(scorecard(first)["fingerprint"], scorecard(second)["fingerprint"])

    def test_replay_finds_the_same_fingerprint(self):
        for scenario, responder in (("bad-deploy", ROLL_BACK), ("bad-config", FIX_CONFIG)):
            _, drill = self.play(scenario, responder, out=scenario)
            replayed = muster("replay", drill)
            self.assertEqual(replayed.code, 0, replayed.err)
            self.assertIn("byte for byte", replayed.out)
            self.assertIn(scorecard(drill)["fingerprint"], replayed.out)

    def test_replay_needs_no_responder_file(self):
        runbook = self.folder / "mine.md"
        shutil.copy(RUNBOOK, runbook)
        _, drill = self.play("bad-deploy", f"runbook:{runbook}#Roll back the deployment")
        runbook.unlink()
        self.assertEqual(muster("replay", drill).code, 0)

    def test_score_needs_only_journal_and_baselines(self):
        finished, drill = self.play("bad-deploy", ROLL_BACK)
        bare = self.folder / "bare"
        bare.mkdir()
        for name in ("journal.jsonl", "baselines.jsonl"):
            shutil.copy(drill / name, bare / name)
        scored = muster("score", bare, "--format", "json")
        self.assertEqual(scored.code, finished.code, scored.err)
        self.assertEqual(json.loads(scored.out), scorecard(drill))

    def test_an_override_is_recorded_and_replayed(self):
        finished, drill = self.play("bad-deploy", ROLL_BACK, options=["--set", "faults.0.at=5m"])
        self.assertEqual(finished.code, 0, finished.err)
        self.assertEqual(scorecard(drill)["timestamps"]["t0"], 300)
        self.assertEqual(muster("replay", drill).code, 0)


class TheDirectory(DrillCase):
    def test_stays_under_10_megabytes(self):
        _, drill = self.play("bad-deploy", ROLL_BACK)
        size = sum(path.stat().st_size for path in drill.rglob("*") if path.is_file())
        self.assertLess(size, 10_000_000)

    def test_holds_what_the_design_names(self):
        _, drill = self.play("bad-deploy", ROLL_BACK)
        names = {path.name for path in drill.iterdir()}
        self.assertLessEqual({"journal.jsonl", "scorecard.json", "report.html", "report.txt", "junit.xml",
                              "baselines.jsonl", "people.json", "series.bin", "inputs"}, names)

    def test_names_no_path_of_this_machine(self):
        _, drill = self.play("bad-deploy", ROLL_BACK)
        for path in drill.rglob("*"):
            if path.is_file() and "inputs" not in path.parts:
                text = path.read_bytes().decode(errors="replace")  # series.bin is no text
                self.assertNotIn(str(RUNBOOK.parent), text, path.name)
                self.assertNotIn(str(self.folder), text, path.name)

    def test_traffic_is_one_fact_per_second_and_service(self):
        _, drill = self.play("bad-deploy", "none")
        seconds = {}
        for line in (drill / "journal.jsonl").read_text().splitlines():
            record = json.loads(line)
            if record.get("type") == "traffic":
                key = (record["t"], record["service"])
                seconds[key] = seconds.get(key, 0) + 1
        self.assertEqual(set(seconds.values()), {1})
        self.assertEqual(len(seconds), 75 * 60)


class Signatures(DrillCase):
    def setUp(self):
        super().setUp()
        self.private, self.public = self.folder / "key.pem", self.folder / "key.pub"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.private], check=True,
                       capture_output=True)
        subprocess.run(["openssl", "pkey", "-in", self.private, "-pubout", "-out", self.public], check=True,
                       capture_output=True)

    def test_a_signed_drill_verifies_and_a_foreign_signature_does_not(self):
        _, drill = self.play("bad-deploy", "none", options=["--sign", self.private])
        self.assertEqual(muster("score", drill, "--verify", self.public).code, 1)  # 1: the gate failed, not the check
        _, other = self.play("bad-deploy", "none", out="other", options=["--seed", "9"])
        shutil.copy(drill / "journal.sig", other / "journal.sig")
        self.assert_one_message(muster("score", other, "--verify", self.public), "journal.sig")

    def test_a_bad_key_costs_no_run(self):
        finished, drill = self.play("bad-deploy", "none", options=["--sign", self.folder / "nothing.pem"])
        self.assert_one_message(finished, "nothing.pem")
        self.assertFalse(drill.exists())


if __name__ == "__main__":
    unittest.main()
