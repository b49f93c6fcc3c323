"""Many seeds: every run is replayed byte for byte, whoever responds, and the outcome is the mechanism's.

MUSTER_SEEDS says how many (default 3)."""
import os
import unittest

from muster_cli import RUNBOOK, DrillCase, muster, scorecard

SEEDS = int(os.environ.get("MUSTER_SEEDS", "3"))
FULL = f"runbook:{RUNBOOK}#Playbook: bad release"
UNDO = f"runbook:{RUNBOOK}#Roll back the deployment"
CONFIG = f"runbook:{RUNBOOK}#Correct the configuration"

# scenario, responder, is service restored? The answer must not depend on luck.
CASES = (("bad-deploy", FULL, True), ("bad-deploy", UNDO, True), ("bad-deploy", "none", False),
         ("bad-config", UNDO, False), ("bad-config", CONFIG, True))


class ManySeeds(DrillCase):
    def test_outcome_and_replay(self):
        for seed in range(100, 100 + SEEDS):
            for number, (scenario, responder, restored) in enumerate(CASES):
                with self.subTest(seed=seed, scenario=scenario, responder=responder.split("#")[-1]):
                    finished, drill = self.play(scenario, responder, out=f"{seed}-{number}",
                                                options=["--seed", str(seed), "--quiet"])
                    self.assertEqual(finished.code, 0 if restored else 1, finished.err)
                    self.assertEqual(scorecard(drill)["restored"], restored)
                    replayed = muster("replay", drill)
                    self.assertEqual(replayed.code, 0, replayed.err)


if __name__ == "__main__":
    unittest.main()
