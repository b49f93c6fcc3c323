"""Prometheus' own PromQL suite (v2.42.0) over HTTP: each storage state is served by `muster serve --import`."""
import os
import re
import subprocess
import sys
import unittest

from muster_cli import BINARY, ROOT, SHARED

SUITE = SHARED / "conformance" / "promql"
CASES = 566


class PromqlSuiteTest(unittest.TestCase):
    def test_all_cases_pass(self):
        runner = SUITE / "run_promql_tests.py"
        if not runner.exists():
            self.skipTest(f"no suite at {SUITE}")
        files = sorted((SUITE / "v2.42.0").glob("*.test"))
        done = subprocess.run(
            [sys.executable, runner, "--loader", ROOT / "tools" / "promql_loader.sh", *files],
            capture_output=True, text=True, check=False, timeout=800, env=dict(os.environ, MUSTER_BINARY=BINARY))
        total = re.search(r"TOTAL: (\d+) passed, (\d+) failed, (\d+) skipped; "
                          r"range cross-check (\d+) passed, (\d+) failed", done.stdout)
        self.assertTrue(total, done.stdout + done.stderr)
        passed, failed, skipped, also_passed, also_failed = map(int, total.groups())
        print(done.stdout)
        self.assertEqual((passed, failed, skipped), (CASES, 0, 0))
        self.assertEqual(also_failed, 0, "a case gives another value as a range query")
        self.assertEqual(also_passed, 546)  # those that have a range form


if __name__ == "__main__":
    unittest.main()
