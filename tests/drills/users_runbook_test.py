"""Every drill of the library played by the matching section of the user's own runbook: what that section achieves, and that none of
its commands is passed over in silence."""
import json
import re
import unittest

from muster_cli import USER_RUNBOOK, DrillCase, muster, scorecard

# {drill: (sections followed, whether users are served again because of them)}. The second column is what happens, not
# what should: the runbook's gaps are the model's findings.
PLAYS = {
    "bad-deploy": (["Rollback Deployment"], True),
    "bad-config": (["Issue: Pods Crashing", "Rollback Deployment"], False),  # undo does not bring a ConfigMap back
    "database-outage": (["Database Outage"], True),  # the provider's own failover ends it
    "database-failover-broken": (["Database Outage", "Database Failover"], False),
    "memory-leak": (["Memory Leak"], False),  # the pod is deleted, and the leak begins anew
    "node-loss": (["Issue: Pods Crashing", "Restart Pods"], True),
    "retry-storm": (["Issue: High Latency", "Scale Up"], True),
    "security-breach": (["Security Breach"], True),
    "slow-queries": (["Issue: High Latency", "Restart Pods"], False),
    "third-party-outage": (["Third-Party Service Outage"], True),  # the provider comes back by itself
    "worktrees-disk-full": (["Issue: Resource Exhaustion", "Increase Resources"], True),
}

UNPAGED = ("memory-leak",)  # nobody is paged: its alerts are for the next working day


def commands_of(section):
    """Lines of the fenced blocks below a heading or a bold title, continuation lines joined."""
    lines = USER_RUNBOOK.read_text().splitlines()
    title = re.compile(r"^(#+) +(.*)$|^\*\*(.*)\*\*$")
    start = next(i for i, line in enumerate(lines) if (m := title.match(line)) and section in (m.group(2), m.group(3)))
    found, fenced = [], False
    level = len(lines[start]) - len(lines[start].lstrip("#")) or 7
    for line in lines[start + 1:]:
        mark = title.match(line)
        if mark and not fenced and (len(mark.group(1) or "#######")) <= level:
            break
        text = line.strip()
        if text.startswith("```"):
            fenced = not fenced
        elif fenced and found and found[-1].endswith("\\"):
            found[-1] = found[-1][:-1].strip() + " " + text
        elif fenced and re.match(r"(kubectl|gcloud|curl|psql) ", text):
            found.append(text)
    return found


@unittest.skipUnless(USER_RUNBOOK.exists(), "skipped: the user's runbook is not here")
class UsersRunbook(DrillCase):
    def check(self, drill, sections, restored):
        spec = f"runbook:{USER_RUNBOOK}" + "".join(f"#{section}" for section in sections)
        options = ("--begin-at", "30m") if drill in UNPAGED else ()
        finished, folder = self.play(drill, spec, out=drill, options=options)
        self.assertIn(finished.code, (0, 1), finished.err)
        records = [json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines()]
        told = [record.get("text", "") for record in records if record.get("type") == "responder"]
        for section in sections:
            for command in commands_of(section):
                start = command.split("<")[0].strip()
                self.assertTrue(any(start in text for text in told), f"{section}: {command} is nowhere: {told}")
        self.assertEqual(scorecard(folder)["restored"], restored, f"{drill}: {told}")
        self.assertEqual(muster("replay", folder).code, 0)

    def test_bindings_fill_what_nothing_shows(self):
        finished, folder = self.play("database-outage", f"runbook:{USER_RUNBOOK}#Database Outage",
                                     options=("--bind", "instance-name=autonomous-dev", "--bind", "DATABASE_URL=postgresql://db/x"))
        self.assertIn(finished.code, (0, 1), finished.err)
        journal = (folder / "journal.jsonl").read_text()
        self.assertIn("gcloud sql instances describe autonomous-dev", journal)
        self.assertNotIn("nothing seen so far says what <instance-name> is", journal)

    def test_every_drill(self):
        for drill, (sections, restored) in PLAYS.items():
            with self.subTest(drill):
                self.check(drill, sections, restored)


if __name__ == "__main__":
    unittest.main()
