// What kubectl prints, word for word. The descriptions, the YAML and the histories were compared with the
// real kubectl v1.32.4 against a server with the same objects; the tables are the server's.
#include <gtest/gtest.h>

#include "tests/unit/responders/sample_cluster.hpp"

namespace muster::test {
namespace {

constexpr const char* described_pod = R"out(Name:             autonomous-dev-7d9b-bbbbb
Namespace:        autonomous-dev-prod
Priority:         0
Service Account:  default
Node:             node-1/10.0.0.1
Start Time:       Sat, 01 Nov 2025 14:34:48 +0000
Labels:           app=autonomous-dev
                  pod-template-hash=7d9b
Annotations:      <none>
Status:           Running
IP:               10.244.1.10
IPs:
  IP:           10.244.1.10
Controlled By:  ReplicaSet/autonomous-dev-7d9b
Containers:
  app:
    Container ID:   containerd://123
    Image:          registry.example.com/autonomous-dev:1.2.3
    Image ID:       sha256:abc
    Port:           8080/TCP
    Host Port:      0/TCP
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       Error
      Exit Code:    1
      Started:      Sat, 01 Nov 2025 14:38:50 +0000
      Finished:     Sat, 01 Nov 2025 14:38:59 +0000
    Ready:          False
    Restart Count:  5
    Limits:
      cpu:     4
      memory:  8Gi
    Requests:
      cpu:      1
      memory:   2Gi
    Liveness:   http-get http://:8080/health/live delay=10s timeout=1s period=10s #success=1 #failure=3
    Readiness:  http-get http://:http/health/ready delay=0s timeout=1s period=10s #success=1 #failure=3
    Environment Variables from:
      autonomous-dev-config  ConfigMap  Optional: false
    Environment:
      A:             b
      DATABASE_URL:  <set to the key 'database-url' in secret 'autonomous-dev-secrets'>  Optional: false
    Mounts:          <none>
Conditions:
  Type                        Status
  PodReadyToStartContainers   True 
  Initialized                 True 
  Ready                       False 
  ContainersReady             False 
  PodScheduled                True 
Volumes:                      <none>
QoS Class:                    Burstable
Node-Selectors:               <none>
Tolerations:                  node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
                              node.kubernetes.io/unreachable:NoExecute op=Exists for 300s
Events:
  Type     Reason     Age                   From               Message
  ----     ------     ----                  ----               -------
  Normal   Scheduled  5m12s                 default-scheduler  Successfully assigned
  Normal   Pulled     5m11s                 kubelet            Container image "x" already present on machine
  Warning  BackOff    25s (x12 over 4m50s)  kubelet            Back-off restarting failed container app in pod x
)out";

constexpr const char* described_deployment = R"out(Name:                   autonomous-dev
Namespace:              autonomous-dev-prod
CreationTimestamp:      Sat, 01 Nov 2025 12:40:00 +0000
Labels:                 app=autonomous-dev
Annotations:            deployment.kubernetes.io/revision: 2
Selector:               app=autonomous-dev
Replicas:               3 desired | 1 updated | 4 total | 3 available | 1 unavailable
StrategyType:           RollingUpdate
MinReadySeconds:        0
RollingUpdateStrategy:  25% max unavailable, 25% max surge
Pod Template:
  Labels:  app=autonomous-dev
           tier=backend
  Containers:
   app:
    Image:      registry.example.com/autonomous-dev:1.2.3
    Port:       8080/TCP
    Host Port:  0/TCP
    Limits:
      cpu:     4
      memory:  8Gi
    Requests:
      cpu:      1
      memory:   2Gi
    Liveness:   http-get http://:8080/health/live delay=10s timeout=1s period=10s #success=1 #failure=3
    Readiness:  http-get http://:http/health/ready delay=0s timeout=1s period=10s #success=1 #failure=3
    Environment Variables from:
      autonomous-dev-config  ConfigMap  Optional: false
    Environment:
      A:             b
      DATABASE_URL:  <set to the key 'database-url' in secret 'autonomous-dev-secrets'>  Optional: false
    Mounts:          <none>
  Volumes:           <none>
  Node-Selectors:    <none>
  Tolerations:       <none>
Conditions:
  Type           Status  Reason
  ----           ------  ------
  Available      True    MinimumReplicasAvailable
  Progressing    True    ReplicaSetUpdated
OldReplicaSets:  autonomous-dev-6c8f (3/3 replicas created)
NewReplicaSet:   autonomous-dev-7d9b (1/1 replicas created)
Events:
  Type     Reason     Age                   From               Message
  ----     ------     ----                  ----               -------
  Normal   Scheduled  5m12s                 default-scheduler  Successfully assigned
  Normal   Pulled     5m11s                 kubelet            Container image "x" already present on machine
  Warning  BackOff    25s (x12 over 4m50s)  kubelet            Back-off restarting failed container app in pod x
)out";

constexpr const char* config_map_yaml = R"out(apiVersion: v1
data:
  AMP: <a> & b
  AT: '@x'
  BANG: '!x'
  BRACE: '{a}'
  COLON: 'a: b'
  COMMA: a,b
  DASH: '- x'
  DATE: "2025-11-01"
  DOT: ".5"
  EMPTY: ""
  EQ: =
  EXP: "1e3"
  FLOAT: "1.5"
  HASH: 'x #y'
  HEX: "0x1F"
  JSON: '{"a": 1}'
  LEAD: ' x'
  MULTI: |
    a
    b
  MULTI2: |-
    a
    b
  MULTI3: |2+
     a
     b

  NULLISH: "null"
  OCT: "0777"
  PCT: '%x'
  PLUS: "+1"
  PORT: "8080"
  QUOTE: it's
  SEX: "1:30"
  STAR: '*x'
  TAB: "a\tb"
  TILDE: "~"
  TRAIL: 'x '
  UNDER: "1_000"
  UNI: grüße
  URL: postgres://u:p@h:5432/d?x=1
  VER: 1.2.3
  "Y": "y"
  "YES": "yes"
kind: ConfigMap
metadata:
  annotations:
    b: "true"
    "n": "1"
    t: "2025-11-01T00:00:00Z"
  creationTimestamp: "2025-11-01T12:10:00Z"
  name: autonomous-dev-config
  namespace: autonomous-dev-prod
  resourceVersion: "5"
  uid: cm
)out";

std::string printed(const std::string& line) {
  FakeHost host;
  add_sample_cluster(host);
  return run_line(host, line).out;
}

TEST(KubectlOutput, DescribePod) {
  EXPECT_EQ(printed(R"line(kubectl describe pod autonomous-dev-7d9b-bbbbb -n autonomous-dev-prod)line"),
            described_pod);
}

TEST(KubectlOutput, DescribeDeployment) {
  EXPECT_EQ(printed(R"line(kubectl describe deployment autonomous-dev -n autonomous-dev-prod)line"),
            described_deployment);
}

// Regression: two requests in one expression were sent in the order the compiler liked, so that the journals
// of GCC and Clang differed.
TEST(KubectlOutput, DescribeAsksInItsOwnOrder) {
  FakeHost host;
  add_sample_cluster(host);
  run_line(host, "kubectl describe deployment autonomous-dev -n autonomous-dev-prod");
  const std::vector<std::string> asked = host.asked();
  ASSERT_EQ(asked.size(), 3u);
  EXPECT_NE(asked[0].find("/deployments/autonomous-dev"), std::string::npos) << asked[0];
  EXPECT_NE(asked[1].find("/replicasets"), std::string::npos) << asked[1];
  EXPECT_NE(asked[2].find("/events"), std::string::npos) << asked[2];
}

TEST(KubectlOutput, YamlQuotesAsGoYamlDoes) {
  EXPECT_EQ(printed(R"line(kubectl get configmap autonomous-dev-config -n autonomous-dev-prod -o yaml)line"),
            config_map_yaml);
}

TEST(KubectlOutput, Pods) {
  EXPECT_EQ(printed(R"line(kubectl get pods -n autonomous-dev-prod)line"),
            R"out(NAME                        READY   STATUS             RESTARTS      AGE
autonomous-dev-6c8f-aaaaa   1/1     Running            0             5m12s
autonomous-dev-7d9b-bbbbb   0/1     CrashLoopBackOff   5 (61s ago)   5m12s
)out");
}

TEST(KubectlOutput, PodsWide) {
  EXPECT_EQ(
      printed(R"line(kubectl get pods -n autonomous-dev-prod -o wide)line"),
      R"out(NAME                        READY   STATUS             RESTARTS      AGE     IP            NODE     NOMINATED NODE   READINESS GATES
autonomous-dev-6c8f-aaaaa   1/1     Running            0             5m12s   10.244.1.10   node-1   <none>           <none>
autonomous-dev-7d9b-bbbbb   0/1     CrashLoopBackOff   5 (61s ago)   5m12s   10.244.1.10   node-1   <none>           <none>
)out");
}

// kubectl 1.32 has no printer of its own for any type.
TEST(KubectlOutput, WithoutTheServersTables) {
  EXPECT_EQ(printed(R"line(kubectl get pods -n autonomous-dev-prod --server-print=false)line"),
            R"out(NAME                        AGE
autonomous-dev-6c8f-aaaaa   5m12s
autonomous-dev-7d9b-bbbbb   5m12s
)out");
}

TEST(KubectlOutput, SeveralTypes) {
  EXPECT_EQ(printed(R"line(kubectl get deployments,rs -n autonomous-dev-prod)line"),
            R"out(NAME                             READY   UP-TO-DATE   AVAILABLE   AGE
deployment.apps/autonomous-dev   3/3     1            3           120m

NAME                                  DESIRED   CURRENT   READY   AGE
replicaset.apps/autonomous-dev-6c8f   3         3         3       118m
replicaset.apps/autonomous-dev-7d9b   1         1         0       116m
)out");
}

TEST(KubectlOutput, EventsByTime) {
  EXPECT_EQ(
      printed(R"line(kubectl get events -n autonomous-dev-prod --sort-by='.lastTimestamp' | tail -20)line"),
      R"out(LAST SEEN   TYPE      REASON      OBJECT                          MESSAGE
5m12s       Normal    Scheduled   pod/autonomous-dev-7d9b-bbbbb   Successfully assigned
5m11s       Normal    Pulled      pod/autonomous-dev-7d9b-bbbbb   Container image "x" already present on machine
25s         Warning   BackOff     pod/autonomous-dev-7d9b-bbbbb   Back-off restarting failed container app in pod x
)out");
}

TEST(KubectlOutput, Labels) {
  EXPECT_EQ(
      printed(
          R"line(kubectl get deploy/autonomous-dev -n autonomous-dev-prod --show-labels --no-headers)line"),
      R"out(autonomous-dev   3/3   1     3     120m   app=autonomous-dev
)out");
}

TEST(KubectlOutput, History) {
  EXPECT_EQ(printed(R"line(kubectl rollout history deployment/autonomous-dev -n autonomous-dev-prod)line"),
            R"out(deployment.apps/autonomous-dev 
REVISION  CHANGE-CAUSE
1         release 1.2.2
2         <none>

)out");
}

TEST(KubectlOutput, HistoryOfOneRevision) {
  EXPECT_EQ(
      printed(
          R"line(kubectl rollout history deployment/autonomous-dev --revision=1 -n autonomous-dev-prod)line"),
      R"out(deployment.apps/autonomous-dev with revision #1
Pod Template:
  Labels:	app=autonomous-dev
	pod-template-hash=6c8f
	tier=backend
  Annotations:	kubernetes.io/change-cause: release 1.2.2
  Containers:
   app:
    Image:	registry.example.com/autonomous-dev:1.2.2
    Port:	8080/TCP
    Host Port:	0/TCP
    Limits:
      cpu:	4
      memory:	8Gi
    Requests:
      cpu:	1
      memory:	2Gi
    Liveness:	http-get http://:8080/health/live delay=10s timeout=1s period=10s #success=1 #failure=3
    Readiness:	http-get http://:http/health/ready delay=0s timeout=1s period=10s #success=1 #failure=3
    Environment Variables from:
      autonomous-dev-config	ConfigMap	Optional: false
    Environment:
      A:	b
      DATABASE_URL:	<set to the key 'database-url' in secret 'autonomous-dev-secrets'>	Optional: false
    Mounts:	<none>
  Volumes:	<none>
  Node-Selectors:	<none>
  Tolerations:	<none>

)out");
}

TEST(KubectlOutput, Names) {
  EXPECT_EQ(printed(R"line(kubectl get pods -n autonomous-dev-prod -o name)line"),
            R"out(pod/autonomous-dev-6c8f-aaaaa
pod/autonomous-dev-7d9b-bbbbb
)out");
}

TEST(KubectlOutput, JsonPath) {
  EXPECT_EQ(
      printed(
          R"line(kubectl get pods -n autonomous-dev-prod -o jsonpath='{range .items[*]}{.metadata.name}{"\t"}{.status.containerStatuses[*].lastState.terminated.reason}{"\n"}{end}' | grep Error)line"),
      R"out(autonomous-dev-7d9b-bbbbb	Error
)out");
}

TEST(KubectlOutput, GoTemplate) {
  EXPECT_EQ(
      printed("kubectl get deploy autonomous-dev -n autonomous-dev-prod -o go-template='{{.spec.replicas}} "
              "{{.nope.deeper}} {{range $i, $c := .spec.template.spec.containers}}{{$i}}={{$c.name}}{{end}} "
              "{{exists . \"spec\" \"x\"}} {{base64decode \"YWJj\"}} {{.spec.strategy.rollingUpdate}}'"),
      "3 <no value> 0=app false abc map[maxSurge:25% maxUnavailable:25%]");
  FakeHost host;
  add_sample_cluster(host);
  EXPECT_EQ(
      run_line(host,
               "kubectl get deploy autonomous-dev -n autonomous-dev-prod -o go-template='{{humanize 3}}'")
          .err,
      "error: error parsing template {{humanize 3}}, template: output:1: function \"humanize\" not "
      "defined\n");
}

}  // namespace
}  // namespace muster::test
