"""A real Prometheus beside `muster serve`: it scrapes /metrics and takes our series through /federate. No scrape may
fail, and queries over changing series give equal values in both. MUSTER_FEDERATION_SECONDS says how long."""
import math
import os
import socket
import tempfile
import time
import unittest

from muster_serve import Prometheus, api, peer, serve_scenario

SECONDS = int(os.environ.get("MUSTER_FEDERATION_SECONDS", "40"))
SCRAPE = 15 if SECONDS >= 120 else 5  # of our own scraper: the short version has to see enough samples
WINDOW = 4 * SCRAPE
TAKE = 3 if SCRAPE == 5 else 5  # how often Prometheus comes: more often than we scrape, so that it misses nothing

# The page's series get other names, so that those with our own timestamps stand alone. Alerts are left out: they end,
# and Prometheus marks no end of a series that came with a timestamp.
CONFIGURATION = """
global: {{scrape_interval: {take}s, scrape_timeout: {take}s, evaluation_interval: 1m}}
scrape_configs:
- job_name: page
  honor_labels: true
  static_configs: [{{targets: ['{target}']}}]
  metric_relabel_configs: [{{source_labels: [__name__], target_label: __name__, replacement: 'page:$1'}}]
- job_name: federate
  metrics_path: /federate
  honor_labels: true
  params: {{'match[]': ['{{__name__!="",alertname=""}}']}}
  static_configs: [{{targets: ['{target}']}}]
"""

# {w}: a window of four scrapes.
EXPRESSIONS = [
    'sum(up{{job!~"page|federate"}})',  # those are Prometheus' own
    'count by (job) (up{{job!~"page|federate"}})',
    "http_requests_total",
    "sum by (status) (http_requests_total)",
    "sum(rate(http_requests_total[{w}]))",
    "sum by (endpoint) (rate(http_requests_total[{w}]))",
    "topk(3, rate(http_requests_total[{w}]))",
    "increase(nginx_ingress_controller_requests[{w}])",
    'sum(rate(nginx_ingress_controller_requests{{status=~"5.."}}[{w}])) / '
    "sum(rate(nginx_ingress_controller_requests[{w}]))",
    "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[{w}])))",
    "histogram_quantile(0.5, sum by (le, endpoint) (rate(http_request_duration_seconds_bucket[{w}])))",
    "histogram_quantile(0.95, http_request_duration_seconds_bucket)",
    "sum(rate(http_request_duration_seconds_sum[{w}])) / sum(rate(http_request_duration_seconds_count[{w}]))",
    "irate(http_request_duration_seconds_count[{w}])",
    "delta(container_memory_working_set_bytes[{w}])",
    "rate(container_cpu_usage_seconds_total[{w}]) * 1000",
    "max_over_time(http_requests_in_flight[{w}])",
    "avg_over_time(container_memory_working_set_bytes[{w}])",
    "sum by (namespace, pod) (container_memory_working_set_bytes)",
    "changes(http_requests_total[{w}])",
    "deriv(http_request_duration_seconds_sum[{w}])",
    "predict_linear(http_request_duration_seconds_count[{w}], 600)",
    "timestamp(http_requests_total)",
    "stddev by (endpoint) (http_request_duration_seconds_count)",
    "quantile by (job) (0.7, container_memory_working_set_bytes)",
]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def points(answer):
    """{labels: {time: value}} of a vector or matrix."""
    series = {}
    for one in answer["data"]["result"]:
        labels = tuple(sorted(one["metric"].items()))
        values = one["values"] if "values" in one else [one["value"]]
        series[labels] = {at: float(value) for at, value in values}
    return series


def equal(a, b):
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b))


@unittest.skipUnless(peer("prometheus"), "no prometheus here: run tools/peers.sh")
class FederationTest(unittest.TestCase):
    def differences(self, ours, theirs):
        found = [f"only one has {set(ours) ^ set(theirs)}"] if set(ours) != set(theirs) else []
        for labels in set(ours) & set(theirs):
            if set(ours[labels]) != set(theirs[labels]):
                found.append(f"{labels}: other times")
            found += [f"{labels} at {at}: {value} and {theirs[labels].get(at)}"
                      for at, value in ours[labels].items()
                      if at in theirs[labels] and not equal(value, theirs[labels][at])]
        return found

    def compare(self, served, prometheus, began, ended):
        """Every expression at one moment and over a range; returns how many had values that changed."""
        changing = 0
        for expression in EXPRESSIONS:
            query = expression.format(w=f"{WINDOW}s")
            for what, times in (("query", {"time": ended}),
                                ("query_range", {"start": began + WINDOW, "end": ended, "step": SCRAPE})):
                ours = points(api(served.url, what, query=query, **times))
                real = points(api(prometheus.url, what, query=query, **times))
                self.assertEqual(self.differences(ours, real), [], f"{what} {query}")
                self.assertTrue(ours, f"{what} {query} has no result")
                changing += any(len(set(values.values())) > 1 for values in ours.values())
        return changing

    def check_scrapes(self, prometheus):
        for target in api(prometheus.url, "targets", state="active")["data"]["activeTargets"]:
            self.assertEqual((target["health"], target["lastError"]), ("up", ""), target["scrapePool"])
        log = prometheus.log_path.read_text()
        self.assertNotIn("level=warn", log)
        self.assertNotIn("level=error", log)

    def test_prometheus_sees_what_we_see(self):
        with tempfile.TemporaryDirectory(prefix="muster-test-") as folder, \
                serve_scenario("bad-deploy", "--begin-at", "2m", "--set", "faults.0.at=60m",
                               "--set", f"scrapeInterval={SCRAPE}s") as served:
            target = served.url.removeprefix("http://")
            with Prometheus(folder, CONFIGURATION.format(target=target, take=TAKE), free_port()) as prometheus:
                began = time.time() + TAKE + 1
                time.sleep(SECONDS)
                ended = math.floor(time.time() - TAKE - 1)  # so that the newest samples have been taken over
                self.check_scrapes(prometheus)
                self.assertGreater(self.compare(served, prometheus, began, ended), 10)
                self.check_scrapes(prometheus)


if __name__ == "__main__":
    unittest.main()
