"""Responder exec:PROGRAM: the examples play, and whatever a program does wrong is its own failure."""
import json
import shutil
import sys
import textwrap
import unittest

from muster_cli import ROOT, DrillCase, muster, scorecard

EXAMPLES = ROOT / "examples"


class Programs(DrillCase):
    def play_program(self, command, out="drill", options=()):
        finished, directory = self.play("bad-deploy", f"exec:{command}", out=out, options=["--quiet", *options])
        self.assertIn(finished.code, (0, 1), finished.err)
        lines = (directory / "journal.jsonl").read_text().splitlines()
        self.records = [record for record in map(json.loads, lines) if record.get("type") in ("request", "responder")]
        return finished, directory

    def play_script(self, text, **arguments):
        path = self.folder / "program.py"
        path.write_text("import sys\nsys.path.insert(0, %r)\n" % str(EXAMPLES) + textwrap.dedent(text))
        return self.play_program(f"{sys.executable} {path}", **arguments)

    def told(self, change):
        return [record["text"] for record in self.records if record.get("change") == change]

    def assert_failed(self, finished, directory, *words):
        """Exit code 1, in the journal and in the scorecard; never the simulator's fault (3)."""
        self.assertEqual(finished.code, 1, finished.err)
        (failure,) = self.told("failed")
        (gate,) = [gate for gate in scorecard(directory)["gates"] if gate["name"] == "responderWorked"]
        self.assertFalse(gate["met"])
        for word in words:
            self.assertIn(word, failure)
            self.assertIn(word, gate["why"])
        self.assertEqual(muster("replay", directory).code, 0)


class Examples(Programs):
    def test_the_python_example_plays_and_replays_without_the_program(self):
        finished, directory = self.play_program(f"{sys.executable} {EXAMPLES / 'responder.py'}")
        self.assertEqual(finished.code, 0, finished.err)
        self.assertTrue(scorecard(directory)["restored"])
        self.assertEqual(self.told("finished"), ["rolled back"])
        self.assertIn("ModuleNotFoundError", finished.err, "a program's own words go to our standard error")
        self.assertTrue((directory / "inputs" / "responders" / "responder.py").exists())
        journal = (directory / "journal.jsonl").read_text()
        self.assertNotIn(str(EXAMPLES), journal, "a journal names no place of a machine")
        again, second = self.play_program(f"{sys.executable} {EXAMPLES / 'responder.py'}", out="again")
        self.assertEqual(again.code, 0)
        self.assertEqual((second / "journal.jsonl").read_text(), journal, "time stands still while it thinks")
        replayed = muster("replay", directory)
        self.assertIn("byte for byte", replayed.out)

    @unittest.skipUnless(shutil.which("kubectl") and shutil.which("bash"), "skipped: no kubectl or bash on PATH")
    def test_a_bash_script_of_real_kubectl_commands_plays(self):
        finished, directory = self.play_program(
            f"{sys.executable} {EXAMPLES / 'kubectl_bash.py'} {EXAMPLES / 'rollback.sh'}")
        self.assertEqual(finished.code, 0, finished.err)
        self.assertTrue(scorecard(directory)["restored"])
        self.assertIn('deployment "autonomous-dev" successfully rolled out', finished.err)
        patched = [record["t"] for record in self.records if record.get("verb") == "PATCH"]
        watched = [record["t"] for record in self.records if "watch=true" in record.get("path", "")]
        self.assertEqual(len(patched), 1)
        self.assertGreaterEqual(len(watched), 1)
        rolled_out = [record["t"] for record in self.records if record.get("path") == "/desk/v1/status"][0]
        self.assertLess(rolled_out - patched[0], 60 * 10**9, "a rollout takes its virtual time, not kubectl's")
        self.assertEqual(muster("replay", directory).code, 0)


class Failures(Programs):
    def test_a_crash(self):
        finished, directory = self.play_script("""
            import muster_client
            muster_client.Client("x").sleep(60)
            raise RuntimeError("bug")
            """)
        self.assert_failed(finished, directory, "it exited with code 1")

    def test_a_signal(self):
        finished, directory = self.play_script("import os; os.kill(os.getpid(), 11)")
        self.assert_failed(finished, directory, "signal 11 (SIGSEGV)")

    def test_a_hang(self):
        finished, directory = self.play_script("import time; time.sleep(600)", options=["--program-limit", "1s"])
        self.assert_failed(finished, directory, "it wrote nothing for 1s")

    def test_nonsense(self):
        finished, directory = self.play_script("print('hello?')")
        self.assert_failed(finished, directory, "no JSON object: hello?")

    def test_a_program_that_lets_no_time_pass(self):
        finished, directory = self.play_script("""
            import muster_client
            client = muster_client.Client("x")
            while True:
                client.run("true")
            """)
        self.assert_failed(finished, directory, "without letting time pass")

    def test_a_program_that_is_not_there(self):
        finished, directory = self.play("bad-deploy", "exec:no-such-program-anywhere")
        self.assert_one_message(finished, "no program", "no-such-program-anywhere", "PATH")
        self.assertFalse(directory.exists())

    def test_a_file_that_is_no_program(self):
        path = self.folder / "text"
        path.write_text("hello")
        path.chmod(0o755)
        finished, directory = self.play_program(str(path))
        self.assert_failed(finished, directory, "cannot be started")

    def test_an_exit_code_after_the_end(self):
        finished, directory = self.play_script("""
            import muster_client
            muster_client.Client("x").done()
            sys.exit(7)
            """)
        self.assert_failed(finished, directory, "it exited with code 7")


class Protocol(Programs):
    def test_mistakes_are_answered_and_may_be_mended(self):
        finished, _ = self.play_script("""
            import muster_client
            client = muster_client.Client("x")
            said = [client.ask({"do": "rnu", "command": "true"}), client.ask({"do": "run", "comand": "true"}),
                    client.ask({"do": "sleep", "for": "soon"}), client.run("true")]
            client.done(" | ".join(str(answer.get("error", answer.get("exitCode"))) for answer in said))
            """)
        self.assertEqual(self.told("failed"), [], finished.err)
        (text,) = self.told("finished")
        self.assertEqual(text, '"do" is "rnu"; expected one of hello, run, request, query, sleep, wait, watch, done; '
                               'did you mean "run"? | "run" has no field "comand"; did you mean "command"? | '
                               '"for" is no duration; expected seconds or "1m30s" | 0')

    def test_thinking_costs_what_it_says(self):
        text = """
            import muster_client
            client = muster_client.Client("x")
            client.run("true")
            client.ask({"do": "run", "command": "true", "think": "1m"})
            client.done(str(client.now))
            """
        self.play_script(text)
        self.assertEqual(self.told("finished"), ["60"])
        self.play_script(text, out="slow", options=["--think", "10s"])
        self.assertEqual(self.told("finished"), ["80"])

    def test_pages_queries_conditions_and_watches(self):
        self.play_script("""
            import json
            import muster_client
            client = muster_client.Client("x")
            deployment = "/apis/apps/v1/namespaces/autonomous-dev-prod/deployments"
            watch = client.watch(deployment + "?watch=true&resourceVersion=0", 1)
            assert client.wait(1200, promql="max(probe_success) < 1", every="5s")
            assert not client.pages
            seen = client.watch_on(watch["watch"], 1)["lines"]
            assert any(json.loads(line)["type"] == "MODIFIED" for line in seen), seen
            assert client.wait(1200, page=True) and client.pages[0]["priority"] == "P0"
            assert client.query("vector(7)")[0]["value"][1] == "7"
            assert not client.wait(5, object="deployment/autonomous-dev", namespace="autonomous-dev-prod",
                                   jsonpath="{.status.availableReplicas}", atLeast=1)
            assert client.request("GET", deployment + "/nothing")["status"] == 404
            client.done("all true")
            """)
        self.assertEqual(self.told("finished"), ["all true"])


if __name__ == "__main__":
    unittest.main()
