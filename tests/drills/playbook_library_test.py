"""The shipped playbooks: each drill has a good, a naive and a harmful one, and the score tells them apart by what users got.

MUSTER_DRILLS says which are played (default all, three minutes). Nothing here knows what the playbooks do; the order must come out of the model."""
import importlib.util
import json
import os
import re
import unittest

from muster_cli import LIBRARY, ROOT, DrillCase, muster, scorecard

PLAYBOOKS = ROOT / "responders" / "library"
QUALITIES = ("good", "naive", "harmful")
DRILLS = sorted(path.stem for path in LIBRARY.glob("*.yaml"))
PLAYED = os.environ.get("MUSTER_DRILLS", ",".join(DRILLS)).split(",")


def core_schema(yaml):
    """A loader of YAML 1.2, to which `on` is a text."""
    class Loader(yaml.SafeLoader):
        pass
    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in known if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
    return Loader


class PlaybookLibrary(DrillCase):
    def played(self, drill, quality):
        out = f"{drill}.{quality}"
        finished, directory = self.play(drill, f"playbook:{PLAYBOOKS / out}.yaml", out=out, options=["--quiet"])
        self.assertIn(finished.code, (0, 1), finished.err)
        return scorecard(directory), directory

    def test_every_drill_has_three(self):
        self.assertEqual(sorted(path.stem for path in PLAYBOOKS.glob("*.yaml")),
                         sorted(f"{drill}.{quality}" for drill in DRILLS for quality in QUALITIES))
        listed = json.loads(muster("list", "playbooks", "--format", "json").out)
        self.assertEqual(len(listed), len(DRILLS) * len(QUALITIES))
        for path in PLAYBOOKS.glob("*.yaml"):
            drill, quality = path.stem.split(".")
            text = path.read_text()
            self.assertIn(f"quality: {quality}\n", text)
            self.assertIn(f"drills: [{drill}]\n", text)

    @unittest.skipUnless(importlib.util.find_spec("jsonschema") and importlib.util.find_spec("yaml"),
                         "skipped: no python3-jsonschema or python3-yaml")
    def test_they_fit_the_schema(self):
        import jsonschema  # a peer that somebody else has written
        import yaml
        for name, files in (("playbook", PLAYBOOKS.glob("*.yaml")), ("human", (PLAYBOOKS / "profiles").glob("*.yaml"))):
            schema = json.loads(muster("explain", name, "--format", "json-schema").out)
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            for path in files:
                document = yaml.load(path.read_text(), Loader=core_schema(yaml))
                self.assertEqual([error.message for error in validator.iter_errors(document)], [], path)
            self.assertTrue(list(validator.iter_errors({"muster": 2, "stepps": []})))

    def test_they_lint(self):
        linted = muster("lint", *sorted(PLAYBOOKS.glob("*.yaml")))
        self.assertEqual((linted.code, linted.out), (0, "0 errors, 0 warnings\n"))

    def test_the_score_tells_them_apart(self):
        for drill in PLAYED:
            with self.subTest(drill=drill):
                cards, directories = zip(*(self.played(drill, quality) for quality in QUALITIES))
                good, naive, harmful = (card["total"] for card in cards)
                self.assertGreater(good, naive + 50)
                self.assertGreater(naive, harmful + 50)
                outcomes = [card["subScores"]["outcome"] for card in cards]
                self.assertEqual(outcomes, sorted(outcomes, reverse=True), "what users got is ordered the same way")
                self.assertGreater(outcomes[0], outcomes[2])
                self.assertTrue(cards[0]["passed"], cards[0]["gates"])
                self.assertEqual(cards[0]["findings"], [], "every command of a good playbook can be carried out")
                journal = (directories[0] / "journal.jsonl").read_text()
                self.assertRegex(journal, r'"change":"finished"[^\n]*"text":"all steps"')
                replayed = muster("replay", directories[0])
                self.assertEqual(replayed.code, 0, replayed.err)


class Playing(DrillCase):
    """What the command line says about playbooks."""

    def write(self, text):
        path = self.folder / "mine.yaml"
        path.write_text(text)
        return path

    def test_a_bare_word_names_a_shipped_one(self):
        finished, directory = self.play("bad-deploy", "playbook:bad-deploy.harmful", options=["--quiet"])
        self.assertEqual(finished.code, 1, finished.err)
        self.assertTrue((directory / "inputs" / "responders" / "bad-deploy.harmful.yaml").exists())

    def test_lint_names_the_place(self):
        path = self.write("muster: 1\nplaybook: x\non: [{at: 5m}]\nsteps:\n"
                          "  - run: kubectl rolout undo deployment/web\n"
                          "  - when: sum(rate(up[5m])\n    run: echo {{ pod }}\n"
                          "  - waitUntil: {object: deploymnt/web}\n")
        linted = muster("lint", path)
        self.assertEqual(linted.code, 2)
        found = re.findall(r"mine\.yaml:(\d+:\d+): error: (.*) \[(.*)\]", linted.out)
        self.assertEqual([(where, rule) for where, _, rule in found],
                         [("5:10", "command"), ("6:11", "promql"), ("7:10", "unknown-variable"), ("8:25", "object")])

    def test_a_mistake_stops_the_run_with_its_place(self):
        path = self.write("muster: 1\nplaybook: x\non: [{at: 5m}]\nsteps:\n  - runn: true\n")
        finished, directory = self.play("bad-deploy", f"playbook:{path}")
        self.assert_one_message(finished, "mine.yaml:5:5", 'did you mean "run"')
        self.assertFalse(directory.exists())

    def test_the_schema_is_json(self):
        for name, table, field in (("playbook", "step", "waitUntil"), ("human", "cause", "prior")):
            schema = json.loads(muster("explain", name, "--format", "json-schema").out)
            self.assertEqual(schema["title"], name)
            self.assertIn(field, schema["$defs"][table]["properties"])
        self.assert_one_message(muster("explain", "bad-deploy", "--format", "json-schema"), "playbook, human")

    def test_the_shipped_person_lints_and_plays(self):
        profile = PLAYBOOKS / "profiles" / "oncall.yaml"
        self.assertEqual(muster("lint", profile).code, 0)
        finished, directory = self.play("bad-deploy", f"human:{profile}", options=["--quiet"])
        self.assertIn(finished.code, (0, 1), finished.err)
        self.assertEqual(muster("replay", directory).code, 0)


if __name__ == "__main__":
    unittest.main()
