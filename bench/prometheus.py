#!/usr/bin/env python3
"""PromQL over HTTP beside the real Prometheus: the same hour of 1,000 series, the same queries, alternating; medians of the
wall time of a query, and ratios (below 1: ours is faster).
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
BEGIN, STEP, SAMPLES = 1_762_006_800, 15, 241
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
        (folder / "prometheus.yml").write_text("global: {evaluation_interval: 1m}\n")
        try:
            port = free_port()
            ours = start([BINARY, "serve", "--import", str(folder / "data.json"), "--insecure-http", str(port)], port, processes)
            port = free_port()
            theirs = start([prometheus, f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/tsdb",
                            "--storage.tsdb.retention.time=100y", f"--web.listen-address=127.0.0.1:{port}",
                            "--log.level=error"], port, processes)
            compare(ours, theirs)
        finally:
            for process in processes:
                process.terminate()
                process.wait()


if __name__ == "__main__":
    main()
