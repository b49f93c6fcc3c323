"""Responder requests:FILE: a fixed list of requests, played at its times, journalled and replayed."""
import json
import unittest

from muster_cli import DrillCase, muster, scorecard

HEAL = """\
muster: 1
requests:
  - {at: 14m, verb: POST, path: /desk/v1/pages/1/acknowledge}
  - {at: 14m, verb: POST, path: /desk/v1/severity, body: {severity: P0}}
  - at: 15m
    note: no such deployment
    verb: PATCH
    path: /apis/apps/v1/namespaces/autonomous-dev-prod/deployments/autonomous-devv
    body: {spec: {paused: true}}
  - at: 16m
    note: back to the version that worked
    verb: PATCH
    path: /apis/apps/v1/namespaces/autonomous-dev-prod/deployments/autonomous-dev
    body: {spec: {template: {spec: {containers: [{name: autonomous-dev, image: "registry.example.com/autonomous-dev:v1.2.2"}]}}}}
"""


class ListOfRequests(DrillCase):
    def play_list(self, text, **arguments):
        path = self.folder / "mine.yaml"
        path.write_text(text)
        return self.play("bad-deploy", f"requests:{path}", **arguments)

    def test_is_played_at_its_times(self):
        finished, drill = self.play_list(HEAL)
        self.assertEqual(finished.code, 0, finished.err + finished.out)
        self.assertTrue(scorecard(drill)["restored"])
        records = [json.loads(line) for line in (drill / "journal.jsonl").read_text().splitlines()]
        requests = [(r["t"], r["verb"], r["status"]) for r in records if r.get("type") == "request"]
        minute = 60 * 10**9
        self.assertEqual(requests, [(14 * minute, "POST", 200), (14 * minute, "POST", 201),
                                    (15 * minute, "PATCH", 404), (16 * minute, "PATCH", 200)])
        self.assertTrue((drill / "inputs" / "responders" / "mine.yaml").exists())

    def test_is_replayed_without_the_file(self):
        _, drill = self.play_list(HEAL)
        (self.folder / "mine.yaml").unlink()
        replayed = muster("replay", drill)
        self.assertEqual(replayed.code, 0, replayed.err)
        self.assertIn("byte for byte", replayed.out)

    def test_a_time_past_the_horizon_is_an_error(self):
        finished, drill = self.play_list(HEAL.replace("16m", "75m"))
        self.assert_one_message(finished, "mine.yaml:10:9", "1h15m", "horizon")
        self.assertFalse(drill.exists())

    def test_is_explained(self):
        for name in ("requests", "requests:FILE.yaml"):
            self.assertIn("contentType", muster("explain", name).out)
        self.assertIn("requests:FILE.yaml", muster("list", "responders").out)


if __name__ == "__main__":
    unittest.main()
