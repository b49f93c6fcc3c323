#!/usr/bin/env python3
"""A responder of its own mind, in the standard library alone. Play it with

    muster run bad-deploy --responder "exec:python3 examples/responder.py"

It waits for a page, looks whether a pod crashes since the last release, rolls back if so, and checks on the users."""
import json
import sys

from muster_client import Client

NAMESPACE = "autonomous-dev-prod"
DEPLOYMENT = "autonomous-dev"


def crashing_pods(client):
    answer = client.request("GET", f"/api/v1/namespaces/{NAMESPACE}/pods?labelSelector=app%3D{DEPLOYMENT}")
    pods = json.loads(answer["body"])["items"]
    return [pod["metadata"]["name"] for pod in pods
            for status in pod["status"].get("containerStatuses", []) if status["restartCount"] > 0]


def respond(client):
    if not client.wait(3600, page=True):
        return "nobody was paged"
    page = client.pages[-1]
    client.run(f"ack {page['page']}")
    client.sleep(20)
    client.run(f'declare {page["priority"]} "{page["alerts"][0]}"')
    crashing = crashing_pods(client)
    if not crashing:
        client.run('notify engineering-lead "paged, and no pod crashes: this needs a person"')
        return "not mine"
    log = client.run(f"kubectl logs -n {NAMESPACE} {crashing[0]} --previous --tail=5")
    print("responder.py saw:", log["stdout"].strip(), file=sys.stderr)
    client.run('hypothesis "the latest release crashes at start"')
    client.run('notify ceo cto product-lead engineers "rolling the release back"')
    client.run(f"kubectl rollout undo deployment/{DEPLOYMENT} -n {NAMESPACE}")
    if not client.wait(600, object=f"deployment/{DEPLOYMENT}", namespace=NAMESPACE,
                       jsonpath="{.status.availableReplicas}", atLeast=3):
        return "the rollback did not help"
    client.run('status "Rolled back; we are watching it."')
    client.sleep(16 * 60)
    if client.query('min(probe_success{job="blackbox"}) == 1'):
        client.run('resolve "rolled back"')
    return "rolled back"


if __name__ == "__main__":
    simulator = Client("responder.py")
    simulator.done(respond(simulator))
