"""Starts `muster serve` and other servers for tests, on loopback. Standard library only."""
import json
import pathlib
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from muster_cli import BINARY, LIBRARY, ROOT


def peer(name):
    """The path of a program that judges us, or None: on PATH or in build/peers (tools/peers.sh)."""
    there = ROOT / "build" / "peers" / name
    return str(there) if there.exists() else shutil.which(name)


class Served:
    """A running `muster serve`; use it in a with statement."""

    def __init__(self, *arguments):
        command = [BINARY, "serve", *map(str, arguments), "--insecure-http", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url.startswith("http://127.0.0.1:"):
            self.process.kill()
            raise RuntimeError(f"muster serve said {self.url!r} and {self.process.communicate()[1]!r}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def port(self):
        return int(self.url.rsplit(":", 1)[1])

    def stop(self, how=signal.SIGTERM):
        """Ends it; returns its exit code and what it said on standard error."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            error = self.process.communicate(timeout=20)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            error = self.process.communicate()[1] + "\nhad to be killed"
        return self.process.returncode, error


def serve_scenario(name, *options):
    return Served(LIBRARY / f"{name}.yaml", *options)


def fetch(url, form=None, headers=None):
    """(status, headers, body as bytes); errors of HTTP are answers too."""
    data = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(url, data=data, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def api(base, what, **parameters):
    """The JSON answer of Prometheus' API."""
    return json.loads(fetch(f"{base}/api/v1/{what}?" + urllib.parse.urlencode(parameters, doseq=True))[2])


class Prometheus:
    """A real Prometheus with a configuration; use it in a with statement."""

    def __init__(self, folder, configuration, port):
        self.folder = pathlib.Path(folder)
        self.url = f"http://127.0.0.1:{port}"
        config = self.folder / "prometheus.yml"
        config.write_text(configuration)
        self.log_path = self.folder / "prometheus.log"
        self.log = self.log_path.open("w")
        self.process = subprocess.Popen(
            [peer("prometheus"), f"--config.file={config}", f"--storage.tsdb.path={self.folder}/tsdb",
             f"--web.listen-address=127.0.0.1:{port}", "--log.level=info"],
            stdout=self.log, stderr=self.log)

    def __enter__(self):
        for _ in range(600):
            try:
                if fetch(self.url + "/-/ready")[0] == 200:
                    return self
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError("prometheus does not start: " + self.log_path.read_text())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=60)
        self.log.close()
