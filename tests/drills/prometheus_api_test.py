"""The same requests to `muster serve --import` and to a real Prometheus that holds the same series: statuses, content
types and JSON must be equal."""
import json
import pathlib
import socket
import subprocess
import tempfile
import time
import unittest

from muster_serve import Prometheus, Served, fetch, peer

STEP = 15  # seconds
COUNT = 40

# Asked with GET; {now} is the end of the data.
REQUESTS = [
    "query?query=up&time={now}",
    "query?query=up{{job='a'}}&time={now}.250",
    "query?query=up[1m]&time={now}",
    "query?query=sum+by+(job)(rate(requests_total[2m]))&time={now}",
    "query?query=requests_total*1e20&time={now}",
    "query?query=requests_total/1e12&time={now}",
    "query?query=1e21&time=4",
    "query?query=-0*1&time=4",
    "query?query=1/0&time=4",
    "query?query='a%22b'&time=4",
    "query?query=up&time=2023-01-01T00:00:00Z",
    "query?query=up&time=2023-01-01T00:00:00.5%2B02:00",
    "query?query=absent(nope{{a='b'}})&time={now}",
    "query?query=label_replace(up,'x','$1','job','(.*)')&time={now}",
    "query?query=up+offset+5m&time={now}",
    "query?query=up+@+{now}&time=5",
    "query?query=time()&time={now}",
    "query",
    "query?query=",
    "query?query=up(",
    "query?query=up&time=abc",
    "query?query=up&timeout=abc&time=4",
    "query?query=up&timeout=5s&time=4",
    "query?query=rate(up)&time=4",
    "query?query=nofunction(up)&time=4",
    "query?query=up+%2B+on(job)+requests_total&time={now}",
    "query?query=topk(NaN,up)&time={now}",
    "query?query={{}}&time=4",
    "query?query=up=~%22(%22&time=4",
    "query?query=up{{a=~%22(%22}}&time=4",
    "query_range?query=sum(up)&start={begin}&end={now}&step=60",
    "query_range?query=rate(requests_total[1m])&start={begin}.2&end={now}&step=30.5",
    "query_range?query=up&start={begin}&end={now}&step=1m",
    "query_range?query=1&start=4&end=9&step=2",
    "query_range?query=up[1m]&start=4&end=9&step=2",
    "query_range?query=(&start=4&end=9&step=2",
    "query_range?query=up&start=9&end=4&step=2",
    "query_range?query=up&end=4&step=2",
    "query_range?query=up&start=1&step=2",
    "query_range?query=up&start=1&end=2",
    "query_range?query=up&start=1&end=2&step=0",
    "query_range?query=up&start=1&end=2&step=-1s",
    "query_range?query=up&start=1&end=2&step=1m1h",
    "query_range?query=up&start=0&end=11001&step=1",
    "query_range?query=up&start=0&end=11000.9&step=1",
    "query_exemplars?query=up",
    "query_exemplars?query=up&start=9&end=4",
    "query_exemplars",
    "format_query?query=sum(rate(x{{b='c',a='d'}}[5m]))by(a,b)/on(a)group_left()y>bool+2",
    "format_query?query=sum(",
    "series",
    "series?match[]=up",
    "series?match[]=up&match[]=up{{job='a'}}",
    "series?match[]={{job=~'a|b'}}&start={begin}&end={now}",
    "series?match[]={{__name__=~'.%2B',job!='a'}}",
    "series?match[]={{}}",
    "series?match[]={{a=~'.*'}}",
    "series?match[]=",
    "series?match[]=up[5m]",
    "series?match[]=sum(up)",
    "series?match[]=up+offset+5m",
    "series?match[]=up&start=abc",
    "series?match[]=up&start=5&end=7",
    "labels",
    "labels?match[]=up",
    "labels?match[]=nope",
    "labels?match[]={{}}",
    "labels?match[]=(",
    "labels?start=abc",
    "labels?start=5&end=7",
    "label/job/values",
    "label/__name__/values",
    "label/job/values?match[]=requests_total",
    "label/job/values?match[]=requests_total&match[]=up{{job='c'}}",
    "label/nope/values",
    "label/bad-name/values",
    "label/job/values?start=x",
    "label/job",
    "metadata",
    "metadata?limit=abc",
    "metadata?limit=-1",
    "metadata?metric=up",
    "targets",
    "targets?state=active",
    "targets/metadata?limit=x",
    "targets/metadata?match_target=(",
    "scrape_pools",
    "rules",
    "rules?type=alert",
    "rules?type=zz",
    "alerts",
    "alertmanagers",
    "status/walreplay",
    "status/nope",
    "nope",
]

FORMS = [
    ("query", [("query", "up"), ("time", "{now}")]),
    ("query_range", [("query", "up"), ("start", "{begin}"), ("end", "{now}"), ("step", "15")]),
    ("series", [("match[]", "up"), ("match[]", "requests_total{{job='a'}}")]),
    ("labels", [("match[]", "up{{job='b'}}")]),
    ("format_query", [("query", "1+(a)")]),
    ("rules", []),
    ("targets", []),
    ("label/job/values", []),
]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def series_rows(begin):
    """(name, labels, [(seconds, value)]) of a small system; some end early, one holds odd values."""
    times = [begin + STEP * i for i in range(COUNT)]
    for number, job in enumerate("abc"):
        yield "up", {"job": job, "instance": f"{job}:1"}, [(at, float(at % 60 > 0 or number)) for at in times]
        yield ("requests_total", {"job": job, "path": '/q"\\ü\n'},
               [(at, float(i * 7 * (number + 1))) for i, at in enumerate(times)])
    yield "gone", {"job": "a"}, [(at, 3.25) for at in times[:10]]
    yield "odd", {}, list(zip(times, [float("nan"), float("inf"), -float("inf"), -0.0, 1e-9, 1.5e300] * 6))


def escaped(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def write_both(folder, begin):
    """The same series as OpenMetrics for promtool and as JSON for us."""
    lines, rows = [], []
    for name, labels, samples in series_rows(begin):
        inside = ",".join(f'{key}="{escaped(value)}"' for key, value in labels.items())
        lines += [f"{name}{{{inside}}} {value!r} {at}\n" for at, value in samples]
        rows.append({"labels": {"__name__": name, **labels},
                     "samples": [[at * 1000, repr(value)] for at, value in samples]})
    (folder / "data.om").write_text("".join(lines).replace(" inf ", " +Inf ").replace(" -inf ", " -Inf ") + "# EOF\n")
    (folder / "data.json").write_text(json.dumps(rows))


@unittest.skipUnless(peer("prometheus") and peer("promtool"), "no prometheus here: run tools/peers.sh")
class PrometheusApiTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory(prefix="muster-test-")
        cls.addClassCleanup(cls._folder.cleanup)
        folder = pathlib.Path(cls._folder.name)
        cls.now = int(time.time()) // 60 * 60  # within the lookback of /federate
        cls.begin = cls.now - STEP * (COUNT - 1)
        write_both(folder, cls.begin)
        subprocess.run([peer("promtool"), "tsdb", "create-blocks-from", "openmetrics", "-q", folder / "data.om",
                        folder / "tsdb"], check=True, capture_output=True)
        cls.real = cls.enterClassContext(Prometheus(folder, "global: {evaluation_interval: 1m}\n", free_port()))
        cls.ours = cls.enterClassContext(Served("--import", folder / "data.json"))

    def compare(self, path, form=None):
        real = fetch(f"{self.real.url}/{path}", form)
        ours = fetch(f"{self.ours.url}/{path}", form)
        self.assertEqual(ours[0], real[0], f"{path}: {ours[2]} and {real[2]}")
        self.assertEqual(ours[1]["Content-Type"], real[1]["Content-Type"], path)
        if real[1]["Content-Type"] != "application/json":  # lines of one family have no order
            return self.assertEqual(sorted(ours[2].decode().splitlines()), sorted(real[2].decode().splitlines()))
        a, b = json.loads(ours[2]), json.loads(real[2])
        for answer in (a, b):
            data = answer.get("data")
            if isinstance(data, dict) and data.get("resultType") in ("vector", "matrix"):
                data["result"].sort(key=lambda one: sorted(one["metric"].items()))  # a vector has no order
        self.assertEqual(a, b, path)

    def fill(self, text):
        return text.format(now=self.now, begin=self.begin)

    def test_questions_by_get(self):
        for request in REQUESTS:
            with self.subTest(request):
                self.compare("api/v1/" + self.fill(request))

    def test_questions_by_form(self):
        for path, form in FORMS:
            with self.subTest(path):
                self.compare("api/v1/" + path, [(key, self.fill(value)) for key, value in form])

    def test_pages_beside_the_api(self):
        for path in ("-/ready", "-/healthy", "nope", "federate", "federate?match[]=(", "federate?match[]={}",
                     "federate?match[]=up", "federate?match[]={job=~'a|b'}&match[]=odd"):
            with self.subTest(path):
                self.compare(path)
        self.assertIn(b"up{instance=", fetch(f"{self.ours.url}/federate?match[]=up")[2])


if __name__ == "__main__":
    unittest.main()
