"""Our PromQL against Debian's real Prometheus 2.42: generated expressions on a recorded drill, in both. Values are equal to
1e-9 relative, errors have the same type and words. MUSTER_EXPRESSIONS says how many, MUSTER_SEED which."""
import json
import math
import os
import pathlib
import random
import shutil
import socket
import subprocess
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

from muster_cli import BINARY, ROOT, DrillCase, muster

COUNT = int(os.environ.get("MUSTER_EXPRESSIONS", "1500"))
SEED = int(os.environ.get("MUSTER_SEED", "1"))


def peer(name):
    fetched = ROOT / "build" / "peers" / name
    return str(fetched) if fetched.exists() else shutil.which(name)


PROMTOOL, PROMETHEUS = peer("promtool"), peer("prometheus")


class Grammar:
    """Draws expressions over the metrics and labels that were recorded."""

    ranges = ["30s", "1m", "2m", "5m", "17m", "1h"]
    over = ["rate", "increase", "delta", "irate", "idelta", "deriv", "changes", "resets", "avg_over_time",
            "count_over_time", "last_over_time", "max_over_time", "min_over_time", "present_over_time",
            "stddev_over_time", "stdvar_over_time", "sum_over_time", "absent_over_time"]
    of_value = ["abs", "ceil", "floor", "round", "sqrt", "exp", "ln", "log2", "log10", "sgn", "deg", "rad", "sort",
                "timestamp", "absent", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh",
                "acosh", "atanh", "histogram_count"]
    # Of real moments only: what Go makes of infinity as a date is its integers' overflow.
    dates = ["minute", "hour", "day_of_week", "day_of_month", "day_of_year", "days_in_month", "month", "year"]
    aggregations = ["sum", "avg", "min", "max", "count", "group", "stddev", "stdvar"]

    def __init__(self, draw, series):
        self.draw, self.series = draw, series
        self.labels = sorted({name for labels in series for name in labels if name != "__name__"})

    def number(self):
        return self.draw.choice(["0", "1", "2", "0.5", "-1", "1e3", "60", "NaN", "Inf", "0.95"])

    def selector(self):
        labels = self.draw.choice(self.series)
        matchers = []
        for name in self.draw.sample(sorted(set(labels) - {"__name__"}), self.draw.randint(0, min(2, len(labels) - 1))):
            value, kind = labels[name], self.draw.choice(["=", "=", "!=", "=~", "!~"])
            if "~" in kind:
                value = self.draw.choice([value[: len(value) // 2].replace("+", ".").replace("{", ".") + ".*", ".+", ".*"])
            matchers.append(f"{name}{kind}{json.dumps(value)}")
        return labels["__name__"] + ("{" + ",".join(matchers) + "}" if matchers else "")

    def shifted(self, text):
        text += self.draw.choice([""] * 8 + [" offset 3m", " offset -2m", " @ start()", " @ end()", " @ 1762008000"])
        return text

    def matrix(self, depth):
        if depth > 0 and self.draw.random() < 0.2:
            step = self.draw.choice(["", "30s", "1m", "17s"])
            return self.shifted(f"({self.vector(depth - 2)})[{self.draw.choice(['3m', '10m'])}:{step}]")
        return self.shifted(f"{self.selector()}[{self.draw.choice(self.ranges)}]")

    def names(self):
        return ", ".join(self.draw.sample(self.labels, self.draw.randint(0, 2)))

    def binary(self, depth):
        operator = self.draw.choice(["+", "-", "*", "/", "%", "^", "atan2", "==", "!=", "<", ">", "<=", ">=", "and",
                                     "or", "unless"])
        sets = operator in ("and", "or", "unless")
        comparison = operator in ("==", "!=", "<", ">", "<=", ">=")
        if not sets and self.draw.random() < 0.4:
            sides = [self.vector(depth - 1), self.number()]
            self.draw.shuffle(sides)
            return f"{sides[0]} {operator} {'bool ' if comparison and self.draw.random() < 0.4 else ''}{sides[1]}"
        left = self.vector(depth - 1)
        # Not a sum compared with itself: in which order 2.42 adds is not fixed.
        right = left if not comparison and self.draw.random() < 0.4 else self.vector(depth - 1)
        matching = ""
        if self.draw.random() < 0.4:
            matching = f"{self.draw.choice(['on', 'ignoring'])}({self.names()}) "
            if not sets and self.draw.random() < 0.4:
                matching += f"{self.draw.choice(['group_left', 'group_right'])}() "
        modifier = "bool " if comparison and self.draw.random() < 0.3 else ""
        return f"({left}) {operator} {modifier}{matching}({right})"

    def call(self, depth):
        kind = self.draw.randint(0, 9)
        if kind < 4:
            return f"{self.draw.choice(self.over)}({self.matrix(depth)})"
        if kind < 6:
            return f"{self.draw.choice(self.of_value)}({self.vector(depth - 1)})"
        if kind == 6:
            return f"quantile_over_time({self.number()}, {self.matrix(depth)})"
        if kind == 7:
            # Without @: under a function that uses the evaluation time 2.42 lets the fixed window slide after all.
            return f"predict_linear({self.selector()}[{self.draw.choice(self.ranges)}], {self.number()})"
        if kind == 8:
            inner = "rate(http_request_duration_seconds_bucket[5m])"
            return f"histogram_quantile({self.number()}, sum by (le, {self.draw.choice(['pod', 'endpoint'])}) ({inner}))"
        return self.draw.choice([
            f"clamp({self.vector(depth - 1)}, {self.number()}, {self.number()})",
            f"clamp_min({self.vector(depth - 1)}, {self.number()})", f"vector({self.number()})",
            f"label_replace({self.vector(depth - 1)}, \"z\", \"$1-x\", \"pod\", \"(.*)-.*\")",
            f"label_join({self.vector(depth - 1)}, \"z\", \"/\", \"job\", \"instance\")",
            f"holt_winters({self.matrix(depth)}, 0.5, 0.3)", f"round({self.vector(depth - 1)}, 0.5)",
            f"vector(scalar({self.vector(depth - 1)}))", "vector(time())",
            f"{self.draw.choice(self.dates)}(timestamp({self.selector()}))"])

    def vector(self, depth):
        if depth <= 0 or self.draw.random() < 0.15:
            return self.shifted(self.selector())
        kind = self.draw.randint(0, 9)
        if kind < 4:
            return self.call(depth)
        if kind < 6:
            return self.binary(depth)
        if kind == 6:
            return f"-({self.vector(depth - 1)})"
        modifier = self.draw.choice(["", f"by ({self.names()}) ", f"without ({self.names()}) "])
        if kind == 7:
            return f"quantile {modifier}({self.number()}, {self.vector(depth - 1)})"
        return f"{self.draw.choice(self.aggregations)} {modifier}({self.vector(depth - 1)})"


def ask(url, path, parameters):
    request = urllib.request.Request(f"{url}/api/v1/{path}", data=urllib.parse.urlencode(parameters).encode())
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.loads(error.read())


def same_number(a, b, dust):
    a, b = float(a), float(b)
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return a == b or abs(a - b) <= max(1e-9 * max(abs(a), abs(b)), dust)


def dust_of(query):
    """A deviation of equal values is nothing but what rounding left: of values of 20, some 1e-15."""
    return 1e-12 if "std" in query else 0


def difference(ours, theirs, dust=0):
    """Empty, or in what two answers differ."""
    if ours["status"] != theirs["status"]:
        return f"ours {str(ours)[:300]}\ntheirs {str(theirs)[:300]}"
    if ours["status"] == "error":
        cut = lambda answer: (answer["errorType"], answer["error"].split("{")[0])
        return "" if cut(ours) == cut(theirs) else f"ours {ours['error']}\ntheirs {theirs['error']}"
    rows = []
    for answer in (ours, theirs):
        rows.append({json.dumps(one["metric"], sort_keys=True): one.get("values") or [one["value"]]
                     for one in answer["data"]["result"]})
    if rows[0].keys() != rows[1].keys():
        return f"series only ours {sorted(rows[0].keys() - rows[1].keys())[:3]}, only theirs {sorted(rows[1].keys() - rows[0].keys())[:3]}"
    for name, values in rows[0].items():
        for mine, other in zip(values, rows[1][name], strict=False):
            if mine[0] != other[0] or not same_number(mine[1], other[1], dust):
                return f"{name}: ours {mine}, theirs {other}"
        if len(values) != len(rows[1][name]):
            return f"{name}: {len(values)} points, theirs {len(rows[1][name])}"
    return ""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@unittest.skipUnless(PROMTOOL and PROMETHEUS, "skipped: prometheus is not installed (tools/peers.sh)")
class RealPrometheus(DrillCase):
    def start(self, command, port):
        log = open(self.folder / f"{pathlib.Path(command[0]).name}.log", "w", encoding="utf-8")
        self.addCleanup(log.close)
        process = subprocess.Popen(command, stdout=log, stderr=log)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        url = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/-/ready", timeout=5).read()
                return url
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.fail(f"{command[0]} does not answer")

    def both(self):
        """The same recorded series, without staleness markers, in our server and in theirs."""
        _, drill = self.play("bad-deploy", options=["--quiet"])
        self.assertEqual(muster("export", drill, "--format", "openmetrics", "--out", self.folder / "om").code, 0)
        subprocess.run([PROMTOOL, "tsdb", "create-blocks-from", "openmetrics", self.folder / "om" / "series.om",
                        self.folder / "tsdb"], check=True, capture_output=True)
        (self.folder / "prometheus.yml").write_text("global: {evaluation_interval: 1m}\n")
        raw = json.loads(muster("query", drill, '{__name__=~".+"}[80m]', "--format", "json").out)["data"]["result"]
        rows = [{"labels": one["metric"], "samples": [[round(t * 1000), v] for t, v in one["values"]]} for one in raw]
        (self.folder / "data.json").write_text(json.dumps(rows))
        port = free_port()
        ours = self.start([BINARY, "serve", "--import", str(self.folder / "data.json"), "--insecure-http", str(port)], port)
        port = free_port()
        theirs = self.start([PROMETHEUS, f"--config.file={self.folder}/prometheus.yml", f"--storage.tsdb.path={self.folder}/tsdb",
                             "--storage.tsdb.retention.time=100y", f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"], port)
        return ours, theirs, [row["labels"] for row in rows], rows[0]["samples"][0][0] / 1000

    def test_generated_expressions_have_equal_answers(self):
        ours, theirs, series, begin = self.both()
        draw = random.Random(SEED)
        grammar = Grammar(draw, series)
        wrong, values, errors = [], 0, 0
        for _ in range(COUNT):
            expression = grammar.vector(draw.randint(1, 4))
            at = begin + draw.randint(0, 4800 * 4) / 4
            if draw.random() < 0.7:
                path, parameters = "query", {"query": expression, "time": at}
            else:
                path, parameters = "query_range", {"query": expression, "start": at, "end": at + 600,
                                                   "step": draw.choice([15, 60, 7])}
            mine, other = ask(ours, path, parameters), ask(theirs, path, parameters)
            unlike = difference(mine, other, dust_of(expression))
            if unlike:
                wrong.append(f"{path} {json.dumps(parameters)}\n  {unlike}")
            errors += other["status"] == "error"
            values += other["status"] == "success" and bool(other["data"]["result"])
        print(f"{COUNT} expressions: {values} with values, {errors} errors, {len(wrong)} differ")
        self.assertGreater(values, COUNT // 4)
        self.assertEqual(wrong, [], "\n".join(wrong[:20]))


if __name__ == "__main__":
    unittest.main()
