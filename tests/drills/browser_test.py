"""The HTML report in a real browser: it loads without a request to anywhere and shows what the scorecard says."""
import re
import shutil
import subprocess
import unittest

from muster_cli import RUNBOOK, DrillCase, scorecard

CHROMIUM = shutil.which("chromium")


@unittest.skipUnless(CHROMIUM, "skipped: chromium is not installed")
class InChromium(DrillCase):
    def browse(self, page, *options):
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                   "--disable-background-networking", "--disable-component-update", "--disable-sync",
                   "--enable-logging=stderr", f"--user-data-dir={self.folder / 'profile'}", *options, page.as_uri()]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)

    def setUp(self):
        super().setUp()
        _, self.drill = self.play("bad-deploy", f"runbook:{RUNBOOK}#Roll back the deployment")

    def test_the_page_shows_the_verdict_and_the_plots(self):
        shown = self.browse(self.drill / "report.html", "--dump-dom")
        card = scorecard(self.drill)
        self.assertIn(card["fingerprint"], shown.stdout)
        self.assertIn(card["seal"]["head"], shown.stdout)
        self.assertGreaterEqual(len(re.findall(r"<svg", shown.stdout)), 3)
        for line in shown.stderr.splitlines():
            self.assertNotIn("CONSOLE", line)

    def test_the_page_refers_to_nothing_outside(self):
        text = (self.drill / "report.html").read_text()
        self.assertIsNone(re.search(r"(src|href)=[\"']?(https?:)?//", text))
        self.assertNotIn("<script", text)

    def test_it_renders(self):
        picture = self.folder / "report.png"
        self.browse(self.drill / "report.html", "--window-size=1280,2400", f"--screenshot={picture}")
        self.assertGreater(picture.stat().st_size, 50_000)  # a blank page compresses to a few kB


if __name__ == "__main__":
    unittest.main()
