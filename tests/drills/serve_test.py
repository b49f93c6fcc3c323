"""`muster serve`: a live drill on a socket, asked by curl, promtool and by clients that misbehave."""
import gzip
import json
import signal
import socket
import subprocess
import time
import unittest

from muster_cli import LIBRARY, DrillCase, muster
from muster_serve import Served, api, fetch, peer, serve_scenario


def raw(port, *parts, read=True):
    """Sends bytes as they are; returns all that comes back until the server closes or 5 s have passed."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        got = b""
        try:
            for part in parts:
                client.sendall(part)
            while read:
                piece = client.recv(65536)
                if not piece:
                    break
                got += piece
        except (TimeoutError, ConnectionError):
            pass
        return got


class ServeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.served = serve_scenario("bad-deploy", "--begin-at", "5m", "--seed", "7")
        cls.url = cls.served.url

    @classmethod
    def tearDownClass(cls):
        code, error = cls.served.stop()
        assert code == 0 and error == "", (code, error)

    def curl(self, *arguments):
        command = [peer("curl"), "-sS", "-m", "30", "-g", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def test_virtual_now_is_wall_now(self):
        for _ in range(3):
            seen = float(api(self.url, "query", query="time()")["data"]["result"][1])
            self.assertLess(abs(seen - time.time()), 2)
            time.sleep(0.4)

    def test_history_is_there_and_goes_on(self):
        seconds = api(self.url, "query", query="time() - process_start_time_seconds")["data"]["result"]
        self.assertTrue(all(float(one["value"][1]) > 290 for one in seconds), seconds)
        count = api(self.url, "query", query='count_over_time(up{job="kube-state-metrics"}[5m])')
        self.assertGreaterEqual(int(count["data"]["result"][0]["value"][1]), 19)

    def test_curl_posts_forms_and_reuses_its_connection(self):
        out = self.curl("-d", "query=sum(up)", self.url + "/api/v1/query",
                        "-w", " %{num_connects} ", "--next", "-sS", self.url + "/api/v1/query?query=1",
                        "-w", " %{num_connects}")
        self.assertIn('"resultType":"vector"', out)
        self.assertIn(" 1 {", out)
        self.assertTrue(out.endswith(" 0"), out)  # no further connect

    def test_gzip_where_asked_and_only_there(self):
        plain = fetch(self.url + "/metrics")
        self.assertIsNone(plain[1]["Content-Encoding"])
        packed = fetch(self.url + "/metrics", headers={"Accept-Encoding": "br, gzip"})
        self.assertEqual(packed[1]["Content-Encoding"], "gzip")
        self.assertLess(len(packed[2]), len(plain[2]) / 4)
        self.assertEqual(gzip.decompress(packed[2])[:7], plain[2][:7])
        refused = fetch(self.url + "/metrics", headers={"Accept-Encoding": "gzip;q=0"})
        self.assertIsNone(refused[1]["Content-Encoding"])

    def test_head_options_and_wrong_verbs(self):
        head = self.curl("-I", self.url + "/-/healthy")
        self.assertIn("HTTP/1.1 200 OK", head)
        self.assertIn("HTTP/1.1 405", self.curl("-I", self.url + "/api/v1/query"))
        self.assertIn("Allow: GET, OPTIONS", self.curl("-i", "-X", "POST", self.url + "/api/v1/rules"))
        options = self.curl("-i", "-X", "OPTIONS", "-H", "Origin: http://x", self.url + "/api/v1/query")
        self.assertIn("204 No Content", options)
        self.assertIn("Access-Control-Allow-Origin: *", options)
        self.assertEqual(fetch(self.url + "/zzz")[0], 404)

    def test_the_other_apis_behind_the_same_door(self):
        self.assertEqual(json.loads(fetch(self.url + "/version")[2])["major"], "1")
        pods = json.loads(fetch(self.url + "/api/v1/namespaces/autonomous-dev-prod/pods")[2])
        self.assertEqual(pods["kind"], "PodList")

    def test_a_watch_streams_chunks(self):
        url = self.url + "/api/v1/namespaces/autonomous-dev-prod/pods?watch=true&timeoutSeconds=2"
        out = subprocess.run([peer("curl"), "-sS", "-N", "-i", "-m", "3", url], capture_output=True, text=True,
                             check=False).stdout
        self.assertIn("Transfer-Encoding: chunked", out)
        events = [json.loads(line) for line in out.split("\n\n", 1)[1].splitlines() if line]
        self.assertGreaterEqual(len(events), 1, out)
        self.assertEqual(events[0]["type"], "ADDED")

    def test_bad_requests_are_answered_and_harm_nobody(self):
        port = self.served.port
        self.assertIn(b" 400 ", raw(port, b"\x16\x03\x01 what is this\r\n\r\n"))
        self.assertIn(b" 400 ", raw(port, b"GET / HTTP/9.9\r\n\r\n"))
        self.assertIn(b" 400 ", raw(port, b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n"))
        self.assertIn(b" 431 ", raw(port, b"GET / HTTP/1.1\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"))
        self.assertIn(b" 413 ", raw(port, b"POST /api/v1/query HTTP/1.1\r\nContent-Length: 9000000\r\n\r\n",
                                    b"x" * 4_000_000))
        self.assertIn(b" 400 ", raw(port, b"GET /api/v1/query?query=%zz HTTP/1.1\r\nConnection: close\r\n\r\n"))
        raw(port, b"POST /api/v1/query HTTP/1.1\r\nContent-Length: 100\r\n\r\nquery=", read=False)
        raw(port, b"GET /metr", read=False)
        self.assertEqual(api(self.url, "query", query="1")["status"], "success")

    def test_too_many_connections_are_refused_and_forgotten(self):
        held = [socket.create_connection(("127.0.0.1", self.served.port), timeout=5) for _ in range(256)]
        try:
            self.assertIn(b" 503 ", raw(self.served.port, b""))
        finally:
            for one in held:
                one.close()
        time.sleep(0.5)
        self.assertEqual(api(self.url, "query", query="1")["status"], "success")

    def test_watchers_that_leave_are_forgotten(self):
        watch = b"GET /api/v1/pods?watch=true HTTP/1.1\r\nHost: x\r\n\r\n"
        for _ in range(300):  # more than there may be connections
            with socket.create_connection(("127.0.0.1", self.served.port), timeout=5) as client:
                client.sendall(watch)
                self.assertIn(b"200 OK", client.recv(100))
        self.assertEqual(api(self.url, "query", query="1")["status"], "success")

    def test_pipelined_requests_are_answered_in_order(self):
        one = b"GET /api/v1/query?query=%d&time=1 HTTP/1.1\r\nHost: x\r\n%s\r\n"
        got = raw(self.served.port, one % (1, b"") + one % (2, b"Connection: close\r\n"))
        self.assertLess(got.index(b'[1,"1"]'), got.index(b'[1,"2"]'))

    def test_old_clients_get_the_connection_closed(self):
        got = raw(self.served.port, b"GET /-/ready HTTP/1.0\r\n\r\n")
        self.assertTrue(got.endswith(b"Prometheus Server is Ready.\n"), got)

    def test_expect_continue(self):
        body = b"query=1"
        head = b"POST /api/v1/query HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n" \
               b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body)
        with socket.create_connection(("127.0.0.1", self.served.port), timeout=5) as client:
            client.sendall(head)
            self.assertIn(b"100 Continue", client.recv(1000))
            client.sendall(body)
            self.assertIn(b"200 OK", client.recv(1000))

    def test_promtool_queries(self):
        promtool = peer("promtool")
        if not promtool:
            self.skipTest("no promtool here: run tools/peers.sh")

        def query(*arguments):
            return subprocess.run([promtool, "query", *arguments], capture_output=True, text=True, check=False)

        instant = query("instant", self.url, 'up{job="kube-state-metrics"}')
        self.assertRegex(instant.stdout, r'^up\{.*job="kube-state-metrics"\} => 1 @\[')
        ranged = query("range", "--step=15s", self.url, "sum(up)")
        self.assertEqual(ranged.returncode, 0, ranged.stderr)
        self.assertIn("{} =>", ranged.stdout)
        series = query("series", "--match=up", self.url)
        self.assertIn('job="ingress"', series.stdout)
        labels = query("labels", self.url, "job")
        self.assertIn("kube-state-metrics", labels.stdout.split())
        wrong = query("instant", self.url, "up(")
        self.assertEqual(wrong.returncode, 1)
        self.assertIn('bad_data: invalid parameter "query": 1:4: parse error: unclosed left parenthesis',
                      wrong.stderr)

    def test_promtool_reads_the_metrics_page(self):
        promtool = peer("promtool")
        if not promtool:
            self.skipTest("no promtool here: run tools/peers.sh")
        page = fetch(self.url + "/metrics")[2]
        checked = subprocess.run([promtool, "check", "metrics"], input=page, capture_output=True, check=False)
        self.assertIn(checked.returncode, (0, 3), checked.stderr)  # 3: it parses, and lint has remarks
        self.assertNotIn(b"no help text", checked.stderr)


class ServeStartTest(DrillCase):
    def test_signals_end_it_cleanly(self):
        for how in (signal.SIGINT, signal.SIGTERM):
            served = serve_scenario("bad-deploy")
            with socket.create_connection(("127.0.0.1", served.port)):
                began = time.monotonic()
                self.assertEqual(served.stop(how), (0, ""))
                self.assertLess(time.monotonic() - began, 5)

    def test_it_ends_by_itself_after_its_time(self):
        served = serve_scenario("bad-deploy", "--for", "1s")
        self.assertEqual(served.process.wait(timeout=20), 0)
        served.stop()

    def test_hold_stops_the_clock(self):
        with serve_scenario("bad-deploy", "--hold", "7m") as served:
            seen = [api(served.url, "query", query="time()")["data"]["result"][1]]
            time.sleep(1.5)
            seen.append(api(served.url, "query", query="time()")["data"]["result"][1])
            self.assertEqual(seen[0], seen[1])

    def test_mistakes_are_told_in_one_message(self):
        scenario = LIBRARY / "bad-deploy.yaml"
        with Served(scenario) as other:
            self.assert_one_message(muster("serve", scenario, "--insecure-http", other.port), "cannot listen")
        self.assert_one_message(muster("serve", scenario), "--insecure-http")
        self.assert_one_message(muster("serve", scenario, "--insecure-http", "70000"), "from 0 to 65535")
        self.assert_one_message(muster("serve", scenario, "--insecure-http", "0", "--hold", "soon"), "--hold")
        self.assert_one_message(muster("serve", "--insecure-http", "0"), "a SCENARIO file")
        bad = self.folder / "data.json"
        bad.write_text('[{"labels": {"a": "b"}, "samples": [[5, "1"], [5, "2"]]}]')
        self.assert_one_message(muster("serve", "--import", bad, "--insecure-http", "0"), "sample 1", "in order")

    def test_an_import_is_served_with_its_stale_markers(self):
        data = self.folder / "data.json"
        data.write_text('[{"labels": {"__name__": "a", "x": "y"}, "samples": [[0, "1.5"], [15000, "stale"]]}]')
        with Served("--import", data) as served:
            at = lambda moment: api(served.url, "query", query="a", time=moment)["data"]["result"]
            self.assertEqual(at(14)[0]["value"], [14, "1.5"])
            self.assertEqual(at(15), [])
            self.assertEqual(json.loads(fetch(served.url + "/version")[2])["version"], "2.42.0")


if __name__ == "__main__":
    unittest.main()
