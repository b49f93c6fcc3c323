"""Bad input gets one clear message, exit code 2, and leaves nothing behind."""
import shutil
import unittest

from muster_cli import LIBRARY, ROOT, DrillCase, muster, scorecard

SYSTEM = ROOT / "scenarios" / "systems" / "autonomous-dev"


class BadScenario(DrillCase):
    """Each case edits a copy of the shipped scenario or system."""

    def setUp(self):
        super().setUp()
        self.library = self.folder / "scenarios" / "library"
        shutil.copytree(ROOT / "scenarios" / "systems", self.folder / "scenarios" / "systems")
        for extra in ("library", "rubrics"):
            if (ROOT / "scenarios" / extra).exists():
                shutil.copytree(ROOT / "scenarios" / extra, self.folder / "scenarios" / extra)
        self.scenario = self.library / "bad-deploy.yaml"

    def edit(self, path, old, new):
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))

    def refused(self, *words, scenario=None):
        out = self.folder / "out"
        finished = muster("run", scenario or self.scenario, "--responder", "none", "--out", out)
        self.assert_one_message(finished, *words)
        self.assertEqual(list(self.folder.glob("out*")), [], "something was left behind")

    def test_missing_file(self):
        self.refused("no such file", "nowhere.yaml", scenario=self.folder / "nowhere.yaml")

    def test_a_shipped_name_that_is_wrong_names_the_nearest(self):
        for given, nearest in (("playbook:bad-deploy.goo", "bad-deploy.good"), ("human:oncal", "oncall")):
            finished = muster("run", self.scenario, "--responder", given, "--out", self.folder / "out")
            self.assert_one_message(finished, f'did you mean "{nearest}"')

    def test_directory_instead_of_a_file(self):
        self.refused("directory", scenario=self.library)

    def test_unknown_key_names_the_nearest_word_and_the_place(self):
        self.edit(self.scenario, "horizon:", "horizn:")
        self.refused("bad-deploy.yaml:", "horizn", '"horizon"')

    def test_wrong_type(self):
        self.edit(self.scenario, "horizon: 75m", "horizon: [75m]")
        self.refused("bad-deploy.yaml:", "horizon")

    def test_bad_duration(self):
        self.edit(self.scenario, "horizon: 75m", "horizon: soon")
        self.refused("bad-deploy.yaml:", "soon")

    def test_unknown_fault_kind(self):
        self.edit(self.scenario, "deployment/set-image", "deployment/set-imag")
        self.refused("bad-deploy.yaml:", "deployment/set-imag", '"deployment/set-image"')

    def test_cyclic_yaml(self):
        self.scenario.write_text("&x\n- *x\n")
        self.refused("bad-deploy.yaml:1", "anchor")

    def test_two_documents(self):
        self.scenario.write_text(self.scenario.read_text() + "\n---\nmuster: 1\n")
        self.refused("bad-deploy.yaml:", "document")

    def test_empty_file(self):
        self.scenario.write_text("")
        self.refused("bad-deploy.yaml")

    def test_deep_nesting(self):
        self.scenario.write_text("[" * 2000)
        self.refused("bad-deploy.yaml:1")

    def test_unknown_system(self):
        self.edit(self.scenario, "system: autonomous-dev", "system: autonomus-dev")
        self.refused("autonomus-dev", '"autonomous-dev"')

    def test_broken_manifest(self):
        manifests = sorted((self.folder / "scenarios/systems/autonomous-dev/manifests").glob("*.yaml"))
        deployment = next(path for path in manifests if "kind: Deployment" in path.read_text())
        self.edit(deployment, "replicas: 3", "replicas: three")
        self.refused(deployment.name + ":12:13", "whole number")

    def test_broken_rule(self):
        rules = sorted((self.folder / "scenarios/systems/autonomous-dev/rules").glob("*.y*ml"))[0]
        self.edit(rules, "expr:", "exprr:")
        self.refused(rules.name + ":", "exprr", '"expr"')


class BadCommandLine(DrillCase):
    def test_unknown_command(self):
        self.assert_one_message(muster("rnu"), "rnu", '"run"')

    def test_unknown_option(self):
        self.assert_one_message(muster("run", LIBRARY / "bad-deploy.yaml", "--sede", "1"), "--sede", '"--seed"')

    def test_missing_argument(self):
        self.assert_one_message(muster("run"), "SCENARIO")

    def test_bad_seed(self):
        self.assert_one_message(self.play("bad-deploy", options=["--seed", "-1"])[0], "--seed", "-1")

    def test_bad_override(self):
        finished, _ = self.play("bad-deploy", options=["--set", "horizn=10m"])
        self.assert_one_message(finished, "horizn", '"horizon"')

    def test_bad_format_is_refused_before_the_run(self):
        finished, drill = self.play("bad-deploy", options=["--format", "xml"])
        self.assert_one_message(finished, "xml")
        self.assertFalse(drill.exists())

    def test_responders(self):
        for responder, words in (("robot", ("robot", "runbook:")), ("runbook:", ("runbook",)),
                                 (f"runbook:{self.folder}/no.md", ("no such file",)),
                                 (f"runbook:{self.folder}", ("directory",)),
                                 (f"runbook:{ROOT}/scenarios/systems/autonomous-dev/runbook.md#Rol back the deployment",
                                  ("Rol back the deployment", "Roll back the deployment"))):
            finished, drill = self.play("bad-deploy", responder)
            self.assert_one_message(finished, *words)
            self.assertFalse(drill.exists())

    def test_help_and_version(self):
        for arguments in (("--help",), ("run", "--help"), ("replay", "--help"), ("score", "--help"), ("--version",),
                          ("list", "--help"), ("explain", "--help")):
            finished = muster(*arguments)
            self.assertEqual(finished.code, 0, arguments)
            self.assertTrue(finished.out.strip(), arguments)


class Init(DrillCase):
    MANIFESTS = SYSTEM / "manifests"

    def test_a_draft_plays_as_it_stands(self):
        system = self.folder / "scenarios" / "systems" / "mine"
        shutil.copytree(self.MANIFESTS, system / "manifests")
        drafted = muster("init", system / "manifests", "--out", system / "profile.yaml")
        self.assertEqual((drafted.code, drafted.err), (0, ""))
        scenario = self.folder / "scenarios" / "library" / "calm.yaml"
        scenario.parent.mkdir()
        shutil.copy(SYSTEM / "rubric.yaml", system)
        scenario.write_text("muster: 1\nname: calm\nsystem: mine\nhorizon: 20m\n")
        finished = muster("run", scenario, "--out", self.folder / "drill")
        self.assertEqual(finished.code, 0, finished.err)
        self.assertTrue(scorecard(self.folder / "drill")["restored"])

    def test_a_file_that_is_there_is_not_overwritten(self):
        mine = self.folder / "profile.yaml"
        mine.write_text("mine")
        self.assert_one_message(muster("init", self.MANIFESTS, "--out", mine), "profile.yaml", "exists already")
        self.assertEqual(mine.read_text(), "mine")

    def test_missing_manifests(self):
        self.assert_one_message(muster("init"), "MANIFEST")
        self.assert_one_message(muster("init", self.folder / "no.yaml"), "no such file")


class BadPlaces(DrillCase):
    def test_out_is_a_file(self):
        (self.folder / "drill").write_text("mine")
        finished, drill = self.play("bad-deploy")
        self.assert_one_message(finished, "is a file")
        self.assertEqual(drill.read_text(), "mine")

    def test_out_cannot_be_made(self):
        finished = muster("run", LIBRARY / "bad-deploy.yaml", "--out", "/proc/muster/drill")
        self.assert_one_message(finished, "/proc/muster/drill")

    def test_a_drill_is_not_overwritten_unasked(self):
        self.play("bad-deploy")
        finished, drill = self.play("bad-deploy", options=["--seed", "5"])
        self.assert_one_message(finished, "--overwrite")
        self.assertNotEqual(scorecard(drill)["seed"], 5)
        finished, drill = self.play("bad-deploy", options=["--seed", "5", "--overwrite"])
        self.assertEqual(scorecard(drill)["seed"], 5)

    def test_a_folder_of_somebody_else_is_never_overwritten(self):
        (self.folder / "drill").mkdir()
        (self.folder / "drill" / "thesis.txt").write_text("years of work")
        finished, drill = self.play("bad-deploy", options=["--overwrite"])
        self.assert_one_message(finished, "not a drill directory")
        self.assertTrue((drill / "thesis.txt").exists())

    def test_full_disk(self):
        finished = muster("run", LIBRARY / "bad-deploy.yaml", "--out", "/dev/full/drill")
        self.assert_one_message(finished, "/dev/full")


class DamagedJournal(DrillCase):
    def setUp(self):
        super().setUp()
        _, self.drill = self.play("bad-deploy", "none")
        self.journal = self.drill / "journal.jsonl"

    def refused(self, *words):
        for command in ("score", "replay"):
            self.assert_one_message(muster(command, self.drill), "journal.jsonl", *words)

    def test_truncated(self):
        data = self.journal.read_bytes()
        self.journal.write_bytes(data[: len(data) // 2])
        self.refused("byte")

    def test_cut_at_a_line_end_is_not_sealed(self):
        lines = self.journal.read_bytes().splitlines(keepends=True)
        self.journal.write_bytes(b"".join(lines[:-1]))
        self.refused("seal")

    def test_one_flipped_bit(self):
        data = bytearray(self.journal.read_bytes())
        line = data[: len(data) // 3].count(b"\n")
        data[len(data) // 3] ^= 1
        self.journal.write_bytes(bytes(data))
        self.refused(f"{line}")

    def test_empty(self):
        self.journal.write_bytes(b"")
        self.refused()

    def test_missing(self):
        self.journal.unlink()
        self.refused("no such file")

    def test_a_changed_input_is_not_replayed(self):
        profile = self.drill / "inputs" / "system" / "profile.yaml"
        profile.write_text(profile.read_text() + "# changed\n")
        self.assert_one_message(muster("replay", self.drill), "profile.yaml")

    def test_foreign_baselines(self):
        _, other = self.play("bad-deploy", "none", out="other", options=["--seed", "3"])
        shutil.copy(other / "baselines.jsonl", self.drill / "baselines.jsonl")
        self.assert_one_message(muster("score", self.drill), "baselines.jsonl")


if __name__ == "__main__":
    unittest.main()
