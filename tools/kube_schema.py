#!/usr/bin/env python3
"""Writes api/kube/schema/types_*.cpp: the names and types of the fields of the built-in Kubernetes kinds.

The facts come from the models of the npm package @kubernetes/client-node 1.0.0, which are made from the OpenAPI
document of Kubernetes 1.32.0, and from the list keys below (x-kubernetes-list-map-keys of the same document).

    npm pack @kubernetes/client-node@1.0.0 && tar xzf kubernetes-client-node-1.0.0.tgz
    tools/kube_schema.py package/dist/gen/models
"""
import json
import pathlib
import re
import sys

ROOTS = """V1Namespace V1Node V1Pod V1Service V1Endpoints V1ConfigMap V1Secret CoreV1Event EventsV1Event V1ServiceAccount
V1PersistentVolumeClaim V1PersistentVolume V1ResourceQuota V1LimitRange V1Deployment V1ReplicaSet V1StatefulSet
V1DaemonSet V1ControllerRevision V1Job V1CronJob V2HorizontalPodAutoscaler V1HorizontalPodAutoscaler V1NetworkPolicy
V1Ingress V1StorageClass V1EndpointSlice V1PodDisruptionBudget V1Lease V1Scale V1Eviction V1DeleteOptions
V1SelfSubjectAccessReview V1SelfSubjectRulesReview V1SelfSubjectReview""".split()

# Lists that are maps, by the type's name and field; "" = a set.
LIST_KEYS = {
    ("PodSpec", "containers"): "name", ("PodSpec", "initContainers"): "name",
    ("PodSpec", "ephemeralContainers"): "name", ("PodSpec", "volumes"): "name",
    ("PodSpec", "imagePullSecrets"): "name", ("PodSpec", "hostAliases"): "ip",
    ("PodSpec", "topologySpreadConstraints"): "topologyKey,whenUnsatisfiable",
    ("PodSpec", "schedulingGates"): "name", ("PodSpec", "resourceClaims"): "name",
    ("ResourceRequirements", "claims"): "name",
    ("ServiceSpec", "ports"): "port,protocol", ("NodeStatus", "addresses"): "type",
    ("ObjectMeta", "ownerReferences"): "uid", ("ObjectMeta", "finalizers"): "", ("NodeSpec", "podCIDRs"): "",
    ("ServiceAccount", "secrets"): "name", ("PodStatus", "podIPs"): "ip",
}
for container in ("Container", "EphemeralContainer"):
    LIST_KEYS |= {(container, "env"): "name", (container, "ports"): "containerPort,protocol",
                  (container, "volumeMounts"): "mountPath", (container, "volumeDevices"): "devicePath"}
for status in ("DeploymentStatus", "ReplicaSetStatus", "StatefulSetStatus", "DaemonSetStatus", "PodStatus", "NodeStatus",
               "ServiceStatus", "NamespaceStatus", "PodDisruptionBudgetStatus", "PersistentVolumeClaimStatus",
               "V2HorizontalPodAutoscalerStatus"):
    LIST_KEYS[(status, "conditions")] = "type"

# Structs and maps that are replaced as a whole (x-kubernetes-map-type: atomic).
ATOMIC = {"LabelSelector", "SecretKeySelector", "ConfigMapKeySelector", "ObjectReference", "LocalObjectReference",
          "ObjectFieldSelector", "ResourceFieldSelector", "TypedLocalObjectReference", "NodeSelector",
          "NodeSelectorTerm", "ScopeSelector", "ScopedResourceSelectorRequirement", "CoreObjectReference",
          "CrossVersionObjectReference", "SecretReference", "OwnerReference", "TypedObjectReference"}
ATOMIC_FIELDS = {("ServiceSpec", "selector"), ("PodSpec", "nodeSelector"), ("ResourceQuotaSpec", "scopeSelector")}


def short(name):
    return name[2:] if name.startswith("V1") else name.replace("CoreV1", "Core").replace("EventsV1", "Events")


def type_word(text, form):
    if text.startswith("Array<"):
        return "*" + type_word(text[6:-1], form)
    if text.startswith("{"):
        return "%" + type_word(text[text.index(":", text.index("]")) + 1:-1].strip(" ;"), form)
    plain = {"string": {"date-time": "t", "byte": "y"}.get(form, "s"), "boolean": "b", "any": "o", "Date": "t",
             "number": "n" if form == "double" else "i", "V1MicroTime": "m", "IntOrString": "x"}
    return plain.get(text) or short(text)


def read(folder, name):
    text = (folder / f"{name}.js").read_text()
    fields = json.loads(re.search(r"attributeTypeMap = (\[.*?\n\]);", text, re.S).group(1))
    declared = (folder / f"{name}.d.ts").read_text()
    words = []
    for field in fields:
        key, kind = field["baseName"], type_word(field["type"], field["format"])
        word = f"{key}:{kind}"
        place = (short(name), key)
        if place in LIST_KEYS:
            word += "@" + LIST_KEYS[place]
        if place in ATOMIC_FIELDS:
            word += "~"
        if re.search(rf"^    '{re.escape(field['name'])}': ", declared, re.M):
            word += "!"
        words.append((word, re.findall(r"CoreV1\w+|EventsV1\w+|DiscoveryV1\w+|V\d\w+", field["type"])))
    return words


def main():
    folder = pathlib.Path(sys.argv[1])
    types, waiting = {}, list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name in types or name == "V1MicroTime":
            continue
        types[name] = read(folder, name)
        waiting += [other for _, others in types[name] for other in others]
    lines = []
    for name in sorted(types, key=short):
        line = ("~" if short(name) in ATOMIC else "") + short(name)
        for word, _ in types[name]:
            if len(line) + 1 + len(word) > 118:
                lines.append(line)
                line = " "
            line += " " + word
        lines.append(line)
    halves = {"a_k": [], "l_z": []}
    half = "a_k"
    for line in lines:
        if not line.startswith(" "):
            half = "a_k" if line.lstrip("~")[0] <= "K" else "l_z"
        halves[half].append(line)
    target = pathlib.Path(__file__).parent.parent / "api" / "kube" / "schema"
    for half, part in halves.items():
        write(target / f"types_{half}.cpp", half, part)


def write(path, half, lines):
    path.write_text("// Made by tools/kube_schema.py; the language is explained in schema.hpp.\n"
                    '#include "api/kube/schema/schema.hpp"\n\nnamespace muster::kube {\n\n'
                    f'const char* const schema_types_{half} = R"(' + "\n".join(lines) + ')";\n\n'
                    "}  // namespace muster::kube\n")


main()
