"""The real kubectl against `muster serve`: what it reads of one stopped moment, and what it changes in a live drill."""
import base64
import json
import re
import subprocess
import tempfile
import time
import unittest
import urllib.request

from kubectl_peer import DEPLOYMENT, SPACE, Kubectl, command_lines, get_json, names, run_all
from muster_serve import peer, serve_scenario

IN = f"-n {SPACE}"
DEPLOY = f"deployment/{DEPLOYMENT}"
CONFIG = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"mine"},"data":{"COLOUR":"red"}}'
LOCKDOWN = """apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: lockdown}
spec: {podSelector: {matchLabels: {app: autonomous-dev}}, policyTypes: [Ingress, Egress]}
"""

# Of the commands of the file: what must be in the output; an exit code other than 0 where that is the answer.
READS = {
    "get pods -n autonomous-dev-prod -l app=autonomous-dev": r"NAME +READY +STATUS +RESTARTS +AGE\n.*0/1 +CrashLoopBackOff",
    "get pods -n autonomous-dev-prod -o wide": r"IP +NODE +NOMINATED NODE +READINESS GATES\n.*10\.244\.",
    "get pods -A": r"NAMESPACE +NAME +READY",
    "get pods -n autonomous-dev-prod --show-labels": r"app=autonomous-dev,pod-template-hash=",
    "get pods -n autonomous-dev-prod -o name": r"^pod/autonomous-dev-",
    "get all -n autonomous-dev-prod": r"(?s)pod/.*service/.*deployment.apps/.*replicaset.apps/",
    "get endpoints -n autonomous-dev-prod": r"autonomous-dev +<none>",
    "get nodes": r"node-1 +Ready",
    "get nodes -o wide": r"INTERNAL-IP.*\nnode-1 .* 10\.0\.0\.1\d +<none>",
    "get pods nothing -n autonomous-dev-prod": (1, r'Error from server \(NotFound\): pods "nothing" not found'),
    "get pods -n nowhere": r"No resources found in nowhere namespace.",
    "get widgets": (1, r'the server doesn\'t have a resource type "widgets"'),
    "get --raw /healthz": r"^ok",
    "describe pod {pod} -n autonomous-dev-prod": r"(?s)Controlled By: +ReplicaSet/.*CrashLoopBackOff.*Events:.*BackOff",
    "describe deployment autonomous-dev -n autonomous-dev-prod": r"(?s)3 desired.*OldReplicaSets:.*NewReplicaSet:.*ScalingReplicaSet",
    "describe node {node}": r"(?s)HolderIdentity.*Non-terminated Pods:.*autonomous-dev",
    "describe secret -n autonomous-dev-prod": r"database-url: +\d+ bytes",
    "logs {pod} -n autonomous-dev-prod --tail=5": r"ModuleNotFoundError",
    "logs {pod} -n autonomous-dev-prod --previous": r"startup failed",
    "logs {pod} -n autonomous-dev-prod --tail=5 --timestamps": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z ",
    "logs {pod} -n autonomous-dev-prod -c nothing": (1, "container nothing is not valid for pod"),
    "logs deployment/autonomous-dev -n autonomous-dev-prod --tail=5": r"Found 3 pods, using pod/",
    "logs -l app=autonomous-dev -n autonomous-dev-prod --prefix --tail=2": r"^\[pod/autonomous-dev-.*/autonomous-dev\] ",
    "top pods -n autonomous-dev-prod": r"NAME +CPU\(cores\) +MEMORY\(bytes\) *\nagent-runner-\S+ +\d+m +\d+Mi",
    "top pods -n autonomous-dev-prod -l app=autonomous-dev --sort-by=memory": (1, "Metrics not available for pod"),
    "top pod {pod} -n autonomous-dev-prod": (1, "NotFound"),
    "top nodes": r"node-1 +\d+m +\d+% +\d+Mi +\d+%",
    "rollout history deployment/autonomous-dev -n autonomous-dev-prod": r"REVISION +CHANGE-CAUSE\n1 +release v1.2.2\n2 +release v1.2.3",
    "rollout history deployment/autonomous-dev -n autonomous-dev-prod --revision=99": (1, "unable to find the specified revision"),
    "version": r"Server Version: v1.32",
    "api-resources --no-headers": r"deployments +deploy +apps/v1 +true +Deployment",
    "auth can-i delete pods -n autonomous-dev-prod": r"^yes",
    "auth whoami": r"Username +responder-1",
    "explain deployment.spec.strategy": r"rollingUpdate\s<RollingUpdateDeployment>",
    "wait --for=condition=Available deployment/nothing -n autonomous-dev-prod --timeout=1s": (1, "not found"),
    "get deploy autonomous-dev -n autonomous-dev-prod -o 'go-template={{humanize 3}}'":
        (1, 'template: output:1: function "humanize" not defined'),
    "get deploy autonomous-dev -n autonomous-dev-prod -o go-template": (1, "template format specified but no template given"),
    "explain pod.spec.nope": (1, 'field "nope" does not exist'),
    "explain nope": (1, 'the server doesn\'t have a resource type "nope"'),
    "explain": (1, "You must specify the type of resource to explain"),
    "explain pods --api-version=v2": (1, 'couldn\'t find resource for "/v2, '),
    "replace --force -f nothing.yaml": (1, 'the path "nothing.yaml" does not exist'),
}

# Debian's kubectl 1.20: what it has not yet, or words otherwise.
OLD_READS = {
    "events -n autonomous-dev-prod": (1, "flags cannot be placed before plugin name"),
    "events -n autonomous-dev-prod --for pod/{pod}": (1, "flags cannot be placed before plugin name"),
    "version": r'Server Version: version.Info{Major:"1", Minor:"32"',
    "auth whoami": (1, 'unknown command "whoami"'),
    "top nodes": r"node-1 +\d+m +\d+% +\d+Mi +\d+%",
    "explain deployment.spec.strategy": r"rollingUpdate\s<Object>",
    "explain deployments.apps.spec": (1, 'field "apps" does not exist'),
}


def eventually(test, what, limit=30):
    end = time.monotonic() + limit
    while True:
        try:
            return test()
        except AssertionError:
            if time.monotonic() > end:
                raise AssertionError(what) from None
        time.sleep(0.3)

IN_V1 = {
    "cronjob": """---
{apiVersion: batch/v1, kind: CronJob, metadata: {name: j2}, spec: {schedule: "*/5 * * * *", jobTemplate:
  {spec: {template: {spec: {restartPolicy: Never, containers: [{name: j2, image: busybox}]}}}}}}""",
    "pdb": "---\n{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: p1}, spec: {minAvailable: 1, selector:"
           " {matchLabels: {app: none}}}}",
}


class KubectlCase(unittest.TestCase):
    program = "kubectl"
    old = False  # kubectl 1.20
    serve = ("--hold", "12m")

    @classmethod
    def setUpClass(cls):
        if not peer(cls.program):
            raise unittest.SkipTest(f"skipped: no {cls.program} here")
        cls.folder = tempfile.TemporaryDirectory(prefix="muster-kubectl-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.served = serve_scenario("bad-deploy", *cls.serve)
        cls.addClassCleanup(cls.served.stop)
        cls.kubectl = Kubectl(cls.served.url, cls.folder.name, cls.program)

    def ok(self, line, pattern="", **options):
        said = self.kubectl.run(line, **options)
        self.assertEqual(said.code, 0, f"{line}: {said}")
        self.assertRegex(said.out + said.err, pattern or "^", line)
        return said

    def refused(self, line, pattern, code=1, **options):
        said = self.kubectl.run(line, **options)
        self.assertEqual(said.code, code, f"{line}: {said}")
        self.assertRegex(said.err, pattern or "^", line)
        return said


class HeldTest(KubectlCase):
    """Every command of the file."""

    def test_all_commands(self):
        said = run_all(self.kubectl)
        reads = {**READS, **OLD_READS} if self.old else READS
        self.assertEqual(list(said), command_lines())
        for line, answer in said.items():
            expected = reads.get(line, "")
            code, pattern = expected if isinstance(expected, tuple) else (0, expected)
            with self.subTest(line):
                self.assertEqual(answer.code, code, answer)
                self.assertRegex(answer.out + answer.err, re.compile(pattern or "^", re.M))
                self.assertNotIn("<invalid>", answer.out)
        self.assertLess(set(reads), set(said), "an expectation for a command that is not in the file")

    def test_the_moment_stands_still(self):
        line = f"get pods {IN} -o json"
        self.assertEqual(self.kubectl.run(line).out, self.kubectl.run(line).out)


class ChangesTest(KubectlCase):
    """What the runbook and WIRE.md change, in a drill that goes on."""

    serve = ("--begin-at", "3m")

    def pods(self):
        return get_json(self.served.url, f"/api/v1/namespaces/{SPACE}/pods?labelSelector=app%3D{DEPLOYMENT}")["items"]

    def running_pod(self):
        def look():
            ready = [pod for pod in self.pods() if "deletionTimestamp" not in pod["metadata"]
                     and pod["status"].get("containerStatuses", [{}])[0].get("ready")]
            self.assertTrue(ready)
            return ready[0]["metadata"]["name"]
        return eventually(look, "no pod is ready", 60)

    def settle(self):
        self.ok(f"rollout status {DEPLOY} {IN} --timeout=90s", "successfully rolled out", timeout=100)

    def test_scale_and_rollouts(self):
        self.ok(f"scale {DEPLOY} --replicas=4 {IN}", "deployment.apps/autonomous-dev scaled")
        self.settle()
        self.ok(f"scale {DEPLOY} --replicas=3 --current-replicas=4 {IN}", "scaled")
        self.refused(f"scale {DEPLOY} --replicas=3 --current-replicas=9 {IN}", "Expected replicas to be 9, was 3")
        before = len(get_json(self.served.url, f"/apis/apps/v1/namespaces/{SPACE}/replicasets")["items"])
        self.ok(f"set resources deployment autonomous-dev --limits=memory=16Gi,cpu=8 {IN}", "resource requirements updated")
        self.ok(f"rollout undo {DEPLOY} {IN}", "rolled back")
        self.settle()
        after = len(get_json(self.served.url, f"/apis/apps/v1/namespaces/{SPACE}/replicasets")["items"])
        self.assertEqual(after, before + 1, "undo takes the old ReplicaSet up again")
        self.ok(f"rollout pause {DEPLOY} {IN}", "paused")
        self.refused(f"rollout restart {DEPLOY} {IN}", "can't restart paused deployment")
        self.ok(f"rollout resume {DEPLOY} {IN}", "resumed")
        self.ok(f"rollout restart {DEPLOY} {IN}", "restarted")
        self.settle()
        self.ok(f"rollout history {DEPLOY} {IN}", r"REVISION")
        self.ok(f"set image {DEPLOY} autonomous-dev=registry.example.com/autonomous-dev:v1.2.2 {IN}")
        self.ok(f"set env {DEPLOY} A=b {IN} --dry-run=server", r"server dry run")
        self.assertNotIn('"A"', self.ok(f"get {DEPLOY} {IN} -o json").out)

    def test_labels_and_pods(self):
        pod = self.running_pod()
        self.ok(f"label pod {pod} {IN} note=yes", "labeled")
        self.refused(f"label pod {pod} {IN} note=no", "already has a value")
        self.ok(f"label pod {pod} {IN} note-", "labeled" if self.old else "unlabeled")
        self.ok(f"annotate pod {pod} {IN} why=because", "annotated")
        uid = json.loads(self.ok(f"get pod {pod} {IN} -o json").out)["metadata"]["uid"]
        self.ok(f"delete pod {pod} {IN}", "deleted")
        self.refused(f"get pod {pod} {IN}", "NotFound")
        self.assertNotIn(uid, self.ok(f"get pods {IN} -o json").out)
        pod = self.running_pod()
        self.ok(f"delete pod {pod} {IN} --force --grace-period=0", "force deleted")
        self.refused(f"delete pod {pod} {IN}", "NotFound")
        if not self.old:  # which finds fault with a pod that is gone already
            self.ok(f"wait --for=delete pod/{pod} {IN} --timeout=10s")
        self.ok(f"wait --for=condition=Available {DEPLOY} {IN} --timeout=60s", "condition met", timeout=70)

    def test_create_in_protobuf(self):
        self.ok(f"create secret generic s1 --from-literal=url=postgres://z {IN}", "secret/s1 created")
        self.assertEqual(self.ok(f"get secret s1 {IN} -o jsonpath={{.data.url}}").out, "cG9zdGdyZXM6Ly96")
        self.refused(f"create secret generic s1 --from-literal=a=b {IN}", 'secrets "s1" already exists')
        for what in ("configmap c1 --from-literal=a=b", "deployment d1 --image=registry.example.com/autonomous-dev:v1.2.2",
                     "job j1 --image=busybox -- true", "cronjob j2 --image=busybox --schedule='*/5 * * * *' -- true",
                     "quota q1 --hard=pods=100", "pdb p1 --selector=app=none --min-available=1",
                     "service clusterip v1 --tcp=80:8080", "ingress i1 --rule=a.example.com/=autonomous-dev:80"):
            if self.old and what.startswith(("cronjob", "pdb")):  # it asks for versions that 1.32 does not serve
                self.refused(f"create {IN} {what}", "could not find the requested resource|no matches for kind")
                self.ok(f"create -f - {IN}", "created", stdin=IN_V1[what.split()[0]])
                continue
            self.ok(f"create {IN} {what}", "created")
        self.ok("create namespace n1", "namespace/n1 created")
        self.refused("create configmap c1 -n nowhere", 'namespaces "nowhere" not found')
        self.refused(f"create serviceaccount a1 {IN}", "create is not supported")
        self.ok(f"delete {IN} deployment/d1 job/j1 cronjob/j2 quota/q1 pdb/p1 service/v1 ingress/i1 configmap/c1 secret/s1",
                r"(?s)(deleted.*){9}")

    def test_apply_and_edit(self):
        self.ok(f"apply -f - {IN}", "configmap/mine created", stdin=CONFIG)
        self.ok(f"apply -f - {IN}", "unchanged", stdin=CONFIG)
        self.ok(f"apply --dry-run=server -f - {IN}", r"configured \(server dry run\)", stdin=CONFIG.replace("red", "blue"))
        self.refused(f"diff -f - {IN}", "", stdin=CONFIG.replace("red", "blue"))
        self.assertEqual(self.ok(f"get cm mine {IN} -o jsonpath={{.data.COLOUR}}").out, "red")
        self.ok(f"apply -f - {IN}", "configured", stdin=CONFIG.replace("red", "blue"))
        self.refused(f"apply -f - {IN}", 'unknown field "dat"', stdin=CONFIG.replace('"data"', '"dat"'))
        self.ok(f"edit cm mine {IN}", "Edit cancelled, no changes made")
        self.ok(f"edit cm mine {IN}", "configmap/mine edited", KUBE_EDITOR="sed -i s/blue/green/")
        self.assertIn("green", self.ok(f"get cm mine {IN} -o yaml").out)
        self.ok(f"replace -f - {IN}", "replaced", stdin=CONFIG)
        self.ok(f"apply -f - {IN}", "lockdown created", stdin=LOCKDOWN)
        self.ok(f"delete -f - {IN}", "deleted", stdin=LOCKDOWN)
        self.ok(f"create --dry-run=client -o yaml configmap other --from-literal=a=b {IN}", "kind: ConfigMap")
        self.ok(f"delete cm mine {IN}", "deleted")

    def test_server_side_apply(self):
        mine = CONFIG.replace("mine", "ours")
        self.ok(f"apply --server-side -f - {IN}", "serverside-applied", stdin=mine)
        self.refused(f"apply --server-side --field-manager=other -f - {IN}",
                     'Apply failed with 1 conflict: conflict with "kubectl": .data.COLOUR', stdin=mine.replace("red", "blue"))
        self.ok(f"apply --server-side --field-manager=other --force-conflicts -f - {IN}", "serverside-applied",
                stdin=mine.replace("red", "blue"))
        shown = self.ok(f"get cm ours {IN} -o yaml" + ("" if self.old else " --show-managed-fields")).out
        self.assertRegex(shown, r"(?s)manager: other\n    operation: Apply")
        self.refused(f"apply --server-side -f - {IN}", 'unknown field "dat"' if self.old else "field not declared in schema",
                     stdin=mine.replace('"data"', '"dat"'))

    def test_patches(self):
        self.refused(f"patch secret autonomous-dev-secrets {IN} -p '{{\"data\":{{\"x\":\"postgres://z\"}}}}'",
                     "illegal base64 data at input byte 8")
        self.ok(f"patch secret autonomous-dev-secrets {IN} -p '{{\"data\":{{\"x\":\"YQ==\"}}}}'", "patched")
        self.refused(f"patch {DEPLOY} {IN} --type=json -p '[{{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":77}}]'",
                     "The request is invalid")
        self.ok(f"patch {DEPLOY} {IN} --type=merge -p '{{\"spec\":{{\"foo\":1}}}}'", 'Warning: unknown field "spec.foo"')
        self.refused(f"patch {DEPLOY} {IN} --type=merge -p '{{\"spec\":{{\"replicas\":-1}}}}'",
                     r'The Deployment "autonomous-dev" is invalid: spec.replicas: Invalid value: -1')

    def test_services_and_autoscalers(self):
        self.ok(f"expose {DEPLOY} --name=e1 --port=80 {IN}", "exposed")
        self.ok(f"delete svc e1 {IN}", "deleted")
        self.ok(f"autoscale {DEPLOY} --min=2 --max=5 --cpu-percent=80 {IN}", "autoscaled")
        self.ok(f"get hpa {IN}", r"Deployment/autonomous-dev +cpu: \S+/80% +2 +5")
        self.ok(f"describe hpa {IN}", "Target CPU utilization: +80%" if self.old else "resource cpu on pods")
        self.ok(f"delete hpa autonomous-dev {IN}", "deleted")

    def wires(self):
        """What carries exec and attach: kubectl 1.20 speaks SPDY only, newer ones a WebSocket unless told otherwise."""
        return ({},) if self.old else ({}, {"KUBECTL_REMOTE_COMMAND_WEBSOCKETS": "false"})

    def test_exec(self):
        pod = self.running_pod()
        missing = r'exec: "nothing": executable file not found in \$PATH'
        for wire in self.wires():
            self.ok(f"exec {pod} {IN} -- ps aux", r"USER +PID", **wire)
            self.ok(f"exec {DEPLOY} {IN} -- env", "DATABASE_URL=", **wire)
            self.refused(f"exec {pod} {IN} -- sh -c 'ls /nothing'", "command terminated with exit code 2", code=2, **wire)
            self.refused(f"exec {pod} {IN} -- nothing", missing, **wire)
            self.refused(f"exec -i {pod} {IN} -- sh", "exit code 3", code=3, stdin="whoami\nexit 3\n", **wire)
            self.assertEqual(self.ok(f"exec -i {pod} {IN} -- sh", stdin="whoami\n", **wire).out, "app\n")
            self.refused(f"exec nothing {IN} -- ls", 'pods "nothing" not found', **wire)
            self.refused(f"exec {pod} -c no {IN} -- ls", "container no is not valid for pod", **wire)

    def forwarded(self, what, ask, **wire):
        """What `ask` sees through a port-forward on a port that kubectl chose, and what kubectl wrote."""
        command = self.kubectl.command(f"port-forward {what} {IN}")
        with tempfile.TemporaryFile("w+") as err, subprocess.Popen(
                command, env={**self.kubectl.environment, **wire}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=err, text=True) as forward:
            try:
                begun = re.search(r"127.0.0.1:(\d+)", forward.stdout.readline())
                seen = ask(f"http://127.0.0.1:{begun.group(1)}") if begun else None
                time.sleep(0.3)
            finally:
                forward.terminate()
                forward.wait(timeout=10)
            err.seek(0)
            return seen, err.read()

    def test_port_forward(self):
        def curl(*words):
            return subprocess.run(["curl", "-s", "-m", "10", *words], capture_output=True, text=True, check=False)
        pod = self.running_pod()
        wires = ({},) if self.old else ({}, {"KUBECTL_PORT_FORWARD_WEBSOCKETS": "false"})
        for wire in wires:
            for what in (f"pod/{pod}", "svc/autonomous-dev", DEPLOY):
                port = 80 if what.startswith("svc/") else 8080
                both = lambda url: curl("-w", "%{http_code}\\n", f"{url}/health/ready", f"{url}/nothing?a=b")
                seen, err = self.forwarded(f"{what} :{port}", both, **wire)
                self.assertRegex(seen.stdout if seen else err, r'"status":"ok"}200\n.*Not Found.*404\n', (what, err))
            seen, err = self.forwarded(f"pod/{pod} :81", lambda url: curl(url), **wire)
            self.assertEqual(seen.returncode, 52, "an empty reply")
            self.assertRegex(err, rf"error forwarding port 81 to pod .*connect: connection refused")
            self.refused(f"port-forward pod/nothing :80 {IN}", 'pods "nothing" not found', **wire)

    def test_run_a_shell(self):
        for number, wire in enumerate(self.wires()):
            line = f"run -i --rm shell{number} --image=busybox --restart=Never {IN} -- sh"
            said = self.kubectl.run(line, stdin="whoami\nls /nothing\nexit 4\n", timeout=90, **wire)
            self.assertEqual(said.code, 4, said)
            self.assertRegex(said.out, rf'(?s)app\n.*pod "shell{number}" deleted')
            self.refused(f"get pod shell{number} {IN}", "NotFound")

    def test_run_psql(self):
        url = base64.b64decode(get_json(self.served.url, f"/api/v1/namespaces/{SPACE}/secrets/autonomous-dev-secrets")
                               ["data"]["database-url"]).decode()
        answer = r"(?s)\?column\?.*-+\n +1\n\(1 row\)"
        for number, wire in enumerate(self.wires()):
            run = f"run --image=postgres:14 --restart=Never {IN}"
            said = self.ok(f"{run} -i --rm p{number} -- psql '{url}' -c 'SELECT 1'", answer, timeout=90, **wire)
            self.assertIn(f'pod "p{number}" deleted', said.out)
            self.ok(f"{run} -i --rm q{number} -- psql '{url}'", answer, stdin="SELECT\n 1;", timeout=90, **wire)
            said = self.kubectl.run(f"{run} -i r{number} -- psql -c 'SELECT 1'", timeout=90, **wire)
            self.assertEqual(said.code, 2, said)
            self.ok(f"logs r{number} {IN}", "psql: error: connection to server on socket")

    def test_watches_and_streams(self):
        pod = self.running_pod()
        with tempfile.TemporaryFile("w+") as seen, tempfile.TemporaryFile("w+") as log, tempfile.TemporaryFile() as main:
            watching = self.kubectl.start(f"get pods {IN} -w", seen)
            following = self.kubectl.start(f"logs -f {pod} {IN} --tail=1", log)
            attached = self.kubectl.start(f"attach {pod} {IN}", main)
            time.sleep(1)
            self.ok(f"delete pod {pod} {IN}", "deleted")
            self.assertEqual(following.wait(timeout=60), 0, "the log ends with its container")
            self.assertEqual(attached.wait(timeout=60), 0, "so does its main process")
            time.sleep(1)
            watching.terminate()
            watching.wait(timeout=10)
            seen.seek(0)
            self.assertRegex(seen.read(), rf"(?s){pod} .*{pod} +\S+ +Terminating")
            self.assertGreater(log.tell() + main.tell(), 0)

    def test_list_and_events_are_the_later_list(self):
        path = f"/api/v1/namespaces/{SPACE}/pods"
        key = lambda one: one["metadata"]["name"]
        first = get_json(self.served.url, path)
        held = {key(one): one for one in first["items"]}
        watch = f"{self.served.url}{path}?watch=1&timeoutSeconds=6&resourceVersion=" + first["metadata"]["resourceVersion"]
        with urllib.request.urlopen(watch, timeout=30) as stream:
            for line in (f"label pod {self.running_pod()} {IN} app-", f"scale {DEPLOY} --replicas=4 {IN}",
                         f"delete pod {self.running_pod()} {IN} --wait=false", f"scale {DEPLOY} --replicas=3 {IN}"):
                self.ok(line)
            for event in map(json.loads, stream):
                if event["type"] == "DELETED":
                    del held[key(event["object"])]
                else:
                    held[key(event["object"])] = event["object"]
                last = int(event["object"]["metadata"]["resourceVersion"])
        self.assertGreater(last, int(first["metadata"]["resourceVersion"]))
        later = get_json(self.served.url, f"{path}?resourceVersionMatch=Exact&resourceVersion={last}")
        self.assertEqual(held, {key(one): one for one in later["items"]})

    def test_delete_collection(self):
        self.ok(f"create cm gone1 --from-literal=a=b {IN}", "created")
        self.ok(f"label cm gone1 {IN} batch=one", "labeled")
        request = urllib.request.Request(
            f"{self.served.url}/api/v1/namespaces/{SPACE}/configmaps?labelSelector=batch%3Done", method="DELETE")
        with urllib.request.urlopen(request, timeout=30) as answer:
            self.assertEqual([one["metadata"]["name"] for one in json.load(answer)["items"]], ["gone1"])
        self.refused(f"get cm gone1 {IN}", "NotFound")
        self.ok(f"get cm {IN}", "autonomous-dev")

    def test_nodes(self):
        node = names(self.served.url)["node"]
        self.ok(f"cordon {node}", "cordoned")
        self.ok("get nodes", f"{node} +Ready,SchedulingDisabled")
        self.ok(f"uncordon {node}", "uncordoned")
        self.ok(f"taint nodes {node} k=v:NoSchedule", "tainted")
        self.ok(f"taint nodes {node} k-", "untainted")
        self.ok(f"drain {node} --ignore-daemonsets --delete-emptydir-data --timeout=60s", "drained|evicted", timeout=70)
        self.ok(f"uncordon {node}", "uncordoned")


class OldHeldTest(HeldTest):
    """The same commands by Debian's kubernetes-client 1.20 (tools/peers.sh)."""

    program, old = "kubectl-1.20", True


class OldChangesTest(ChangesTest):
    program, old = "kubectl-1.20", True


if __name__ == "__main__":
    unittest.main()
