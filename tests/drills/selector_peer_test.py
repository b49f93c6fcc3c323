"""Label selectors on drawn objects: what our server lists, and what the real kubectl keeps of a file when it is given the same
selector (`kubectl create --dry-run=client -f FILE -l SELECTOR` filters by itself)."""
import json
import pathlib
import random
import tempfile
import unittest
import urllib.parse

from kubectl_peer import Kubectl
from muster_serve import fetch, peer, serve_scenario

SPACE = "default"
KEYS = ["app", "tier", "example.com/part-of", "zone"]
VALUES = ["a", "b", "v1.2", "", "x_y-z", "3", "12"]
SELECTORS = 60


def drawn_object(draw, number):
    labels = {key: draw.choice(VALUES) for key in KEYS if draw.random() < 0.6}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"drawn-{number}", "namespace": SPACE, "labels": labels}}


def drawn_requirement(draw):
    key, some = draw.choice(KEYS), draw.sample(VALUES, draw.randint(1, 3))
    return draw.choice([f"{key}={some[0]}", f"{key}=={some[0]}", f"{key}!={some[0]}", key, f"!{key}",
                        f"{key} in ({','.join(some)})", f"{key} notin ({', '.join(some)})",
                        f"{key} in ()", f"{key}=", f"{key} like a", f"-{key}=a", f"{key}=a_", f"{key}>3", f"{key} < 12", f"{key}>a"])


def drawn_selector(draw):
    return ",".join(drawn_requirement(draw) for _ in range(draw.randint(1, 3)))


class SelectorPeer(unittest.TestCase):
    def ours(self, selector):
        """Names, or None if the server refuses the selector."""
        path = f"/api/v1/namespaces/{SPACE}/configmaps?labelSelector={urllib.parse.quote(selector)}"
        status, _, body = fetch(self.served.url + path)
        if status == 400:
            return None
        self.assertEqual(status, 200, body)
        names = {item["metadata"]["name"] for item in json.loads(body)["items"]}
        return {name for name in names if name.startswith("drawn-")}

    def theirs(self, selector):
        said = self.kubectl.run(["create", "--dry-run=client", "-f", str(self.file), "-l", selector, "-o", "name"])
        if "no objects passed to create" in said.err:
            return set()
        if said.code != 0:
            self.assertRegex(said.err, "unable to parse|invalid|found|expected", said)
            return None
        return {line.removeprefix("configmap/") for line in said.out.split()}

    def test_drawn_selectors(self):
        if not peer("kubectl"):
            self.skipTest("skipped: no kubectl here")
        draw = random.Random(1)
        with tempfile.TemporaryDirectory(prefix="muster-selector-") as folder:
            self.served = serve_scenario("bad-deploy", "--begin-at", "1m")
            self.addCleanup(self.served.stop)
            self.kubectl = Kubectl(self.served.url, folder)
            self.file = pathlib.Path(folder) / "objects.json"
            objects = [drawn_object(draw, number) for number in range(24)]
            self.file.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}))
            made = self.kubectl.run(["create", "-f", str(self.file)])
            self.assertEqual(made.code, 0, made)
            refused = kept = 0
            for _ in range(SELECTORS):
                selector = drawn_selector(draw)
                theirs = self.theirs(selector)
                with self.subTest(selector):
                    self.assertEqual(self.ours(selector), theirs)
                refused += theirs is None
                kept += bool(theirs)
            self.assertGreater(refused, 3)
            self.assertGreater(kept, 10)


if __name__ == "__main__":
    unittest.main()
