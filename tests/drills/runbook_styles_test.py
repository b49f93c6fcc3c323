#!/usr/bin/env python3
"""Runbooks in three styles - tables of commands, checklists, one page per alert - are linted and played: each ends the bad release,
because its commands are found in cells, tasks and blocks."""
import json
import unittest

from muster_cli import ROOT, DrillCase, muster, scorecard

RUNBOOKS = ROOT / "responders" / "library" / "runbooks"


class RunbookStyles(DrillCase):
    def check(self, spec, *steps):
        finished, drill = self.play("bad-deploy", f"runbook:{RUNBOOKS}/{spec}")
        self.assertEqual(finished.code, 0, finished.err + finished.out)
        self.assertTrue(scorecard(drill)["restored"])
        journal = (drill / "journal.jsonl").read_text()
        for step in steps:
            self.assertIn(step, journal)

    def test_tables_of_commands(self):
        self.check("command-tables.md#The release of the last half hour is bad", "rollout undo", "rollout history")

    def test_checklists(self):
        self.check("checklists.md#Bad release", "rollout undo", "--previous")

    def test_one_page_per_alert(self):
        self.check("alerts/AllPodsDown.md", "rollout undo", "describe pod")

    def test_lint_finds_nothing_that_fails(self):
        finished = muster("lint", *sorted(RUNBOOKS.rglob("*.md")), "--format", "sarif")
        self.assertEqual(finished.code, 0, finished.out + finished.err)
        run = json.loads(finished.out)["runs"][0]
        self.assertEqual(run["tool"]["driver"]["name"], "muster")
        self.assertLessEqual({result["level"] for result in run["results"]}, {"warning", "note"})


if __name__ == "__main__":
    unittest.main()
