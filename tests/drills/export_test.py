"""What a drill leaves for Prometheus' own tools, judged by them: promtool runs the exported rule tests of every shipped
rule, and makes a TSDB of the exported series. What the tests expect is what the journal says fired."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

from muster_cli import LIBRARY, ROOT, DrillCase, muster

PEER = ROOT / "build" / "peers" / "promtool"
PROMTOOL = str(PEER) if PEER.exists() else shutil.which("promtool")
ALL = sorted(path.stem for path in LIBRARY.glob("*.yaml"))
NAMES = ALL if os.environ.get("MUSTER_EXPORT_ALL") else ["bad-deploy", "slow-queries"]


def seconds(duration):
    units = {"h": 3600, "m": 60, "s": 1}
    return sum(int(n) * units[unit] for n, unit in re.findall(r"(\d+)(h|m|s)", duration))


def fired(directory):
    """{(alert, second): sorted labels of what fires after that moment's changes}"""
    firing, moments = {}, {}
    for line in (directory / "journal.jsonl").read_text().splitlines():
        record = json.loads(line)
        if record.get("type") != "alert" or record["state"] == "pending":
            continue
        alert, labels = record["alert"], firing.setdefault(record["alert"], set())
        (labels.add if record["state"] == "firing" else labels.discard)(record["labels"])
        moments[(alert, record["t"] // 10**9)] = sorted(labels)
    return moments


def expected(text):
    """The same, as rules.test.yml expects it."""
    moments, at, name = {}, 0, ""
    for line in text[text.index("alert_rule_test:"):].splitlines():
        if "eval_time:" in line:
            at = seconds(line.split(": ")[1])
        elif "alertname:" in line:
            name = line.split(": ")[1]
            moments[(name, at)] = []
        elif "exp_labels:" in line:
            labels = line.split("exp_labels: ")[1]
            moments[(name, at)].append(re.sub(r'(\w+): "', r'\1="', labels))
    return {key: sorted(labels) for key, labels in moments.items()}


@unittest.skipUnless(PROMTOOL, "skipped: promtool is not installed (tools/peers.sh)")
class Exports(DrillCase):
    def promtool(self, *arguments, cwd):
        return subprocess.run([PROMTOOL, *map(str, arguments)], capture_output=True, text=True, cwd=cwd, check=False)

    def export(self, directory, form):
        out = self.folder / f"{directory.name}-{form}"
        finished = muster("export", directory, "--format", form, "--out", out)
        self.assertEqual(finished.code, 0, finished.err)
        return out

    def test_promtool_agrees_with_every_rule(self):
        total = 0
        for name in NAMES:
            with self.subTest(scenario=name):
                finished, directory = self.play(name, out=name, options=["--quiet"])
                self.assertIn(finished.code, (0, 1), finished.err)
                out = self.export(directory, "promtool-tests")
                judged = self.promtool("test", "rules", "rules.test.yml", cwd=out)
                self.assertEqual(judged.returncode, 0, judged.stdout + judged.stderr)
                wanted = expected((out / "rules.test.yml").read_text())
                for moment, labels in fired(directory).items():
                    self.assertEqual(wanted.get(moment), labels, moment)
                    total += len(labels)
        self.assertGreater(total, 0)

    def test_promtool_sees_a_wrong_expectation(self):
        _, directory = self.play("bad-deploy", options=["--quiet"])
        out = self.export(directory, "promtool-tests")
        tests = out / "rules.test.yml"
        text = tests.read_text()
        tests.write_text(text.replace('exp_labels: {deployment: "', 'exp_labels: {deployment: "other-', 1))
        self.assertNotEqual(tests.read_text(), text)
        self.assertNotEqual(self.promtool("test", "rules", "rules.test.yml", cwd=out).returncode, 0)

    def test_series_become_a_tsdb_and_logs_become_files(self):
        _, directory = self.play("bad-deploy", options=["--quiet"])
        out = self.export(directory, "openmetrics")
        made = self.promtool("tsdb", "create-blocks-from", "openmetrics", "series.om", "blocks", cwd=out)
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr)
        self.assertIn("NUM SAMPLES", made.stdout)
        logs = sorted(path.name for path in self.export(directory, "logs").iterdir())
        self.assertTrue(any(name.endswith(".previous.log") for name in logs), logs)

    def test_bad_wishes_get_one_message(self):
        _, directory = self.play("bad-deploy", options=["--quiet"])
        self.assert_one_message(muster("export", directory, "--format", "csv", "--out", self.folder / "x"), "csv", "openmetrics")
        self.assert_one_message(muster("export", directory, "--format", "logs"), "--out")
        self.assert_one_message(muster("export", self.folder, "--format", "logs", "--out", self.folder / "y"), "journal.jsonl")
        pathlib.Path(self.folder / "full").mkdir()
        (self.folder / "full" / "file").write_text("")
        self.assert_one_message(muster("export", directory, "--format", "logs", "--out", self.folder / "full"), "empty")
        self.assert_one_message(muster("query", directory, "up", "--at", "noon"), "--at", "12m30s")
        refused = muster("query", directory, "sum(up")
        self.assertEqual(refused.code, 2)
        self.assertIn("1:7: parse error: unclosed left parenthesis", refused.err)


if __name__ == "__main__":
    unittest.main()
