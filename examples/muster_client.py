"""Speaks docs/exec-protocol.md for a program that `muster run --responder exec:...` has started. Standard library only.

    client = Client("my responder")
    page = client.wait(page=True, seconds=3600)
    print(client.run("kubectl get pods -n shop")["stdout"], file=sys.stderr)
"""
import json
import sys
import threading


class Client:
    def __init__(self, name):
        self._lock = threading.Lock()
        self._number = 0
        self.pages = []  # every page so far, as the pager shows it
        hello = json.loads(self._line())
        if hello.get("hello") != 1:
            raise SystemExit(f"this program speaks protocol 1, the simulator {hello.get('hello')}")
        self.actor = hello["actor"]
        self.horizon = hello.get("horizon")
        self.now = hello["now"]
        self.ask({"do": "hello", "protocol": 1, "name": name})

    @staticmethod
    def _line():
        line = sys.stdin.readline()
        if not line:
            raise SystemExit("the simulator has gone")
        return line

    def ask(self, message):
        """Sends one message; returns its answer. Pages that came meanwhile are in self.pages."""
        with self._lock:
            self._number += 1
            sys.stdout.write(json.dumps({**message, "id": self._number}) + "\n")
            sys.stdout.flush()
            while True:
                answer = json.loads(self._line())
                self.now = answer["now"]
                if "signal" not in answer:
                    return answer
                self.pages.append(answer)

    def run(self, command):
        """A line of the console: exitCode, stdout, stderr."""
        return self.ask({"do": "run", "command": command})

    def request(self, verb, path, body=None, content_type=None, accept=None):
        message = {"do": "request", "verb": verb, "path": path}
        if body is not None:
            message["body"] = body
        if content_type is not None:
            message["contentType"] = content_type
        if accept is not None:
            message["accept"] = accept
        return self.ask(message)

    def query(self, promql):
        """The samples of an instant query: [{"metric": {...}, "value": [time, "text"]}]."""
        return self.ask({"do": "query", "promql": promql}).get("data", {}).get("result", [])

    def sleep(self, seconds):
        self.ask({"do": "sleep", "for": seconds})

    def wait(self, seconds, **until):
        """page=True, promql="...", or object="deployment/web", namespace=..., jsonpath=..., atLeast=...: whether it came."""
        return self.ask({"do": "wait", "for": seconds, **until})["fired"]

    def watch(self, path, seconds, accept=""):
        """Lines of a watch or a followed log within the time; then call it again with watch=NUMBER."""
        return self.ask({"do": "watch", "path": path, "for": seconds, "accept": accept})

    def watch_on(self, number, seconds):
        return self.ask({"do": "watch", "watch": number, "for": seconds})

    def done(self, text=""):
        with self._lock:
            sys.stdout.write(json.dumps({"do": "done", "text": text}) + "\n")
            sys.stdout.flush()
