#include "tests/campaign/random_system.hpp"

#include <fmt/format.h>

#include "tests/campaign/dice.hpp"

namespace muster::campaign {
namespace {

constexpr const char* namespace_manifest = R"(---
apiVersion: v1
kind: Namespace
metadata: {{name: {}}}
)";

constexpr const char* node_manifest = R"(---
apiVersion: v1
kind: Node
metadata: {{name: {0}, labels: {{kubernetes.io/hostname: {0}}}}}
status:
  capacity: {{cpu: "8", memory: 32Gi, pods: "60", ephemeral-storage: 100Gi}}
  allocatable: {{cpu: "8", memory: 31Gi, pods: "60", ephemeral-storage: 90Gi}}
)";

std::string strategy(Dice& dice) {
  if (dice.percent(20)) return "{type: Recreate}";
  const std::string unavailable = dice.word({"0", "1", "25%", "50%", "100%"});
  const std::string surge =
      unavailable == "0" ? dice.word({"1", "2", "25%", "100%"}) : dice.word({"0", "1", "25%"});
  return fmt::format("{{type: RollingUpdate, rollingUpdate: {{maxUnavailable: {}, maxSurge: {}}}}}",
                     unavailable, surge);
}

std::string probe(Dice& dice, const char* name, int failures) {
  return fmt::format(
      "          {}: {{httpGet: {{path: /health, port: 8080}}, periodSeconds: {}, timeoutSeconds: {}, "
      "failureThreshold: {}}}\n",
      name, dice.whole(2, 10), dice.whole(1, 3), failures);
}

std::string probes(Dice& dice) {
  std::string text;
  if (dice.percent(40)) text += probe(dice, "startupProbe", 30);
  if (dice.percent(80)) text += probe(dice, "readinessProbe", 3);
  if (dice.percent(40)) text += probe(dice, "livenessProbe", dice.whole(4, 8));
  return text;
}

std::string resources(Dice& dice) {
  const int cpu = dice.whole(1, 4) * 100, memory = dice.whole(1, 4) * 128;
  std::string text =
      fmt::format("          resources:\n            requests: {{cpu: {}m, memory: {}Mi}}\n", cpu, memory);
  if (dice.percent(50)) text += fmt::format("            limits: {{cpu: \"4\", memory: {}Mi}}\n", memory * 4);
  return text;
}

std::string settings(const DrawnWorkload& workload) {
  if (!workload.has_config) return {};
  return fmt::format(R"(          envFrom: [{{configMapRef: {{name: {0}}}}}]
          env: [{{name: TOKEN, valueFrom: {{secretKeyRef: {{name: {0}, key: token}}}}}}]
)",
                     workload.name);
}

std::string deployment(const DrawnWorkload& workload, Dice& dice) {
  std::string text = fmt::format(R"(---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {0}, namespace: {1}, labels: {{app: {0}}}}}
spec:
  replicas: {2}
  minReadySeconds: {3}
  revisionHistoryLimit: {4}
  progressDeadlineSeconds: {5}
  selector: {{matchLabels: {{app: {0}}}}}
)",
                                 workload.name, workload.namespace_, workload.replicas, dice.whole(0, 1) * 5,
                                 dice.whole(0, 4), dice.percent(30) ? 60 : 600);
  text += fmt::format("  strategy: {}\n", strategy(dice));
  text += fmt::format(R"(  template:
    metadata: {{labels: {{app: {0}}}}}
    spec:
      terminationGracePeriodSeconds: {1}
      containers:
        - name: {0}
          image: {2}
          imagePullPolicy: {3}
          ports: [{{containerPort: 8080}}]
)",
                      workload.name, dice.whole(0, 30), workload.image("v1"),
                      dice.word({"IfNotPresent", "Always"}));
  text += settings(workload);
  text += probes(dice);
  return text + resources(dice);
}

std::string neighbours(const DrawnWorkload& workload) {
  std::string text;
  if (workload.has_config) {
    text += fmt::format(R"(---
apiVersion: v1
kind: ConfigMap
metadata: {{name: {0}, namespace: {1}}}
data: {{MODE: "on", LEVEL: info}}
---
apiVersion: v1
kind: Secret
metadata: {{name: {0}, namespace: {1}}}
stringData: {{token: "0123456789abcdef"}}
)",
                        workload.name, workload.namespace_);
  }
  if (!workload.has_service) return text;
  return text + fmt::format(R"(---
apiVersion: v1
kind: Service
metadata: {{name: {0}, namespace: {1}}}
spec: {{selector: {{app: {0}}}, ports: [{{port: 80, targetPort: 8080}}]}}
)",
                            workload.name, workload.namespace_);
}

constexpr const char* database_profile = R"(databases:
  - name: main
    endpoint: db.test
    instances: [{name: db-a, role: primary}, {name: db-b, role: standby}]
    roles: [{name: app, password: drawn}]
    tables: [{name: things}]
    pool: {wait: 5s, connectTimeout: 5s, readTimeout: 20s}
    failover: {detect: 10s, takes: {median: 5s, sigma: 0.3}, rebuild: {median: 30s, sigma: 0.3}}
    queries:
      - {name: read, locks: [{table: things}]}
      - {name: write, writes: true, locks: [{table: things}]}
)";

constexpr const char* provider_profile = R"(providers:
  - name: vendor
    sides: [{name: first}]
    operations: [{name: ask, latency: {mean: 50ms, sigma: 0.5}}]
)";

/// Steps after the work: ", {database: main read}".
std::string calls(const DrawnSystem& system, Dice& dice) {
  std::string steps;
  if (system.has_database && dice.percent(70))
    steps += ", {database: main " + dice.word({"read", "write"}) + "}";
  if (system.has_provider && dice.percent(40)) steps += ", {provider: vendor ask}";
  return steps;
}

/// Of 8 to 16 workers per pod, at most a third are busy even if one pod has to do everything.
std::string service(const DrawnWorkload& workload, const DrawnSystem& system, Dice& dice) {
  const int rate = dice.whole(2, 25), users = dice.whole(1, 400);
  std::string text =
      fmt::format(R"(  - name: {0}
    namespace: {1}
    host: {0}.example.test
    probePaths: [/health]
    latencyObjective: {2}ms
    traffic: {{requestsPerSecond: {3}, users: {4}, deadline: {5}s}}
    endpoints:
)",
                  workload.name, workload.namespace_, dice.whole(300, 900), rate, users, dice.whole(2, 10));
  const int endpoints = dice.whole(1, 3);
  for (int i = 0; i < endpoints; ++i) {
    const std::string work = fmt::format("{{mean: {}ms, law: {}}}", dice.whole(5, 80),
                                         dice.word({"exponential", "constant", "lognormal, sigma: 0.7"}));
    const std::string steps = calls(system, dice);
    text += fmt::format(
        "      - {{method: {}, path: /e{}, feature: f{}, share: 1, {}, clientErrors: {}%}}\n",
        dice.word({"GET", "POST"}), i, dice.whole(0, 1),
        steps.empty() ? "serviceTime: " + work : fmt::format("steps: [{{work: {}}}{}]", work, steps),
        dice.whole(0, 3));
  }
  return text;
}

std::string app(const DrawnWorkload& workload, Dice& dice) {
  std::string text = fmt::format(R"(  - namespace: {0}
    workload: {1}
    workers: {2}
    backlog: {3}
    stopTime: {4}s
    images:
      - {{pattern: "*:crash", crashAfter: {{median: 3s, sigma: 0.4}}, crashLog: [started, "Traceback: no"]}}
      - {{pattern: "*:errors", errors: 30%}}
      - {{pattern: "*:slow", serviceTimeFactor: 3, boot: {{median: 15s, sigma: 0.4}}}}
      - {{pattern: "*:v*", boot: {{median: {5}s, sigma: 0.4}}, sizeBytes: {6}000000}}
)",
                                 workload.namespace_, workload.name, dice.whole(8, 16), dice.whole(4, 128),
                                 dice.whole(0, 3), dice.whole(1, 8), dice.whole(20, 800));
  if (!workload.has_config) return text;
  return text + R"(    config:
      - {key: MODE, pattern: "on|off", log: ["bad MODE {value}"]}
      - {key: TOKEN, pattern: ".{16,}"}
      - {key: LEVEL, pattern: "[a-z]+", required: false}
)";
}

std::string cluster(Dice& dice) {
  return fmt::format(
      "cluster:\n  controller: {{median: {}ms, sigma: 0.5}}\n  schedule: {{median: {}ms, sigma: 0.5}}\n",
      dice.whole(10, 300), dice.whole(50, 1500));
}

std::vector<DrawnWorkload> draw_workloads(Dice& dice) {
  std::vector<DrawnWorkload> workloads;
  const int count = dice.whole(1, 4);
  const bool second_namespace = dice.percent(40);
  for (int i = 0; i < count; ++i) {
    const bool back = second_namespace && dice.percent(50);
    workloads.push_back({back ? "back" : "shop", fmt::format("app{}", i), dice.whole(1, 5),
                         i == 0 || dice.percent(70), dice.percent(70)});
  }
  return workloads;
}

}  // namespace

DrawnSystem draw_system(std::uint64_t seed) {
  Dice dice(seed, "system");
  DrawnSystem system;
  system.workloads = draw_workloads(dice);
  const int nodes = dice.whole(1, 4);
  for (const char* name : {"shop", "back"}) system.manifests += fmt::format(namespace_manifest, name);
  for (int i = 0; i < nodes; ++i) {
    system.nodes.push_back(fmt::format("node-{}", i));
    system.manifests += fmt::format(node_manifest, system.nodes.back());
  }
  system.has_database = dice.percent(50);
  system.has_provider = dice.percent(40);
  std::string services = "services:\n", apps = "apps:\n";
  for (const DrawnWorkload& workload : system.workloads) {
    system.manifests += deployment(workload, dice) + neighbours(workload);
    apps += app(workload, dice);
    if (workload.has_service) services += service(workload, system, dice);
  }
  system.profile = "muster: 1\nname: drawn\n" + services + apps + cluster(dice);
  if (system.has_database) system.profile += database_profile;
  if (system.has_provider) system.profile += provider_profile;
  system.profile += "intruder: {vulnerable: [\"*:v1\"]}\n";
  return system;
}

}  // namespace muster::campaign
