#!/usr/bin/env python3
"""PromQL beside the real Prometheus: the same hour of 1,000 series, the same queries over HTTP, alternating, medians of the wall
time; the same rules, by the evaluation times that Prometheus tells of itself and by bench/series_bench; bytes per sample.
Ratios below 1: ours is faster.
    MUSTER_BINARY=build/ci/muster bench/prometheus.py     (prometheus and promtool: tools/peers.sh)"""
import json
import os
import pathlib
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = os.environ.get("MUSTER_BINARY", str(ROOT / "build" / "ci" / "muster"))
ROUNDS = int(os.environ.get("ROUNDS", "15"))
STEP, SAMPLES = 15, 241
BEGIN = int(time.time()) // 60 * 60 - 3000  # the real server's rules run at the present, which lies within the hour
RULE_SECONDS = int(os.environ.get("RULE_SECONDS", "20"))
QUERIES = ['{job="app"}', "metric_1", "sum(metric_1)", "rate(metric_1[5m])",
           'sum by (pod) (rate(metric_1[5m]))', 'sum by (pod) ({__name__=~"metric_.*"})', "max_over_time(metric_3[1h])",
           "quantile(0.9, metric_4)", "metric_1 / on(pod) metric_2", "max by (pod) (metric_5)", "max_over_time(rate(metric_6[5m])[10m:1m])"]


def peer(name):
    fetched = ROOT / "build" / "peers" / name
    return str(fetched) if fetched.exists() else shutil.which(name)


def make_data(folder):
    draw, rows, text = random.Random(1), [], []
    for metric in range(10):
        text.append(f"# TYPE metric_{metric} unknown")
        for pod in range(100):
            labels = {"__name__": f"metric_{metric}", "instance": f"10.244.1.{pod}:8080", "job": "app",
                      "namespace": "prod", "pod": f"app-{pod}"}
            name = f"metric_{metric}{{" + ",".join(f'{k}="{v}"' for k, v in labels.items() if k != "__name__") + "}"
            value, samples = 0, []
            for i in range(SAMPLES):
                value += draw.randrange(50)
                samples.append([(BEGIN + i * STEP) * 1000, str(value)])
                text.append(f"{name} {value} {BEGIN + i * STEP}")
            rows.append({"labels": labels, "samples": samples})
    (folder / "data.json").write_text(json.dumps(rows))
    (folder / "series.om").write_text("\n".join(text) + "\n# EOF\n")


def start(command, port, processes):
    processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/-/ready", timeout=5).read()
            return f"http://127.0.0.1:{port}"
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{command[0]} does not answer")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(url, path, parameters):
    begin = time.perf_counter()
    with urllib.request.urlopen(f"{url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}", timeout=120) as answer:
        body = answer.read()
    return time.perf_counter() - begin, len(json.loads(body)["data"]["result"])


def compare(ours, theirs):
    end = BEGIN + (SAMPLES - 1) * STEP
    print("| query | kind | series | ours ms | Prometheus ms | ratio |\n|---|---|---|---|---|---|")
    worst = 0
    for query in QUERIES:
        for path, parameters in (("query", {"query": query, "time": end}),
                                 ("query_range", {"query": query, "start": BEGIN, "end": end, "step": STEP})):
            times = ([], [])
            for _ in range(ROUNDS):
                (mine, count), (other, other_count) = ask(ours, path, parameters), ask(theirs, path, parameters)
                assert count == other_count, f"{query}: {count} and {other_count} series"
                times[0].append(mine)
                times[1].append(other)
            a, b = (statistics.median(one) * 1000 for one in times)
            worst = max(worst, a / b)
            print(f"| `{query}` | {'range' if 'range' in path else 'instant'} | {count} | {a:.2f} | {b:.2f} | {a / b:.2f} |")
    print(f"\nworst ratio {worst:.2f}")


def rule_bench():
    """series_bench's rules: {expression: microseconds of one evaluation}."""
    bench = pathlib.Path(BINARY).parent / "bench" / "series_bench"
    out = subprocess.run([bench, "--benchmark_filter=rule_evaluation|ingest", "--benchmark_format=json"], check=True,
                         capture_output=True, text=True).stdout
    runs = json.loads(out)["benchmarks"]
    return {run["label"]: run["real_time"] for run in runs if "label" in run}, runs[0]["bytes_per_sample"]


def write_rules(folder, expressions):
    rules = [{"record": f"rule_{i}", "expr": text} for i, text in enumerate(expressions)]
    (folder / "rules.json").write_text(json.dumps({"groups": [{"name": "g", "interval": "1s", "rules": rules}]}))
    (folder / "prometheus.yml").write_text(f"global: {{evaluation_interval: 1m}}\nrule_files: [{folder}/rules.json]\n")


def compare_rules(theirs, ours):
    times = {text: [] for text in ours}
    expressions = {f"rule_{i}": text for i, text in enumerate(ours)}  # as it was written; Prometheus prints its own way
    for _ in range(RULE_SECONDS):
        time.sleep(1)
        with urllib.request.urlopen(f"{theirs}/api/v1/rules", timeout=20) as answer:
            for rule in json.load(answer)["data"]["groups"][0]["rules"]:
                if rule["evaluationTime"] > 0:
                    times[expressions[rule["name"]]].append(rule["evaluationTime"] * 1e6)
    print("\n| rule | ours us | Prometheus us | ratio |\n|---|---|---|---|")
    for text, mine in ours.items():
        other = statistics.median(times[text])
        print(f"| `{text}` | {mine:.1f} | {other:.0f} | {mine / other:.2f} |")


def chunk_bytes(tsdb):
    return sum(file.stat().st_size for file in tsdb.glob("*/chunks/*")) / (1000 * SAMPLES)


def main():
    prometheus, promtool = peer("prometheus"), peer("promtool")
    if not prometheus or not promtool:
        sys.exit("prometheus.py: prometheus and promtool are not installed: tools/peers.sh")
    processes = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_data(folder)
        subprocess.run([promtool, "tsdb", "create-blocks-from", "openmetrics", folder / "series.om", folder / "tsdb"],
                       check=True, capture_output=True)
        rules, bytes_per_sample = rule_bench()
        write_rules(folder, rules)
        try:
            port = free_port()
            ours = start([BINARY, "serve", "--import", str(folder / "data.json"), "--insecure-http", str(port)], port, processes)
            port = free_port()
            theirs = start([prometheus, f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/tsdb",
                            "--storage.tsdb.retention.time=100y", f"--web.listen-address=127.0.0.1:{port}",
                            "--log.level=error"], port, processes)
            compare(ours, theirs)
            compare_rules(theirs, rules)
            print(f"\nbytes per sample: {bytes_per_sample:.2f}, Prometheus' chunks {chunk_bytes(folder / 'tsdb'):.2f}")
        finally:
            for process in processes:
                process.terminate()
                process.wait()


if __name__ == "__main__":
    main()
