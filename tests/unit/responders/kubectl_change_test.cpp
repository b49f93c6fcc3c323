// What kubectl sends to change things. Bodies recorded from the real one (v1.32).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "responders/text/json_value.hpp"
#include "tests/unit/responders/sample_cluster.hpp"

namespace muster::test {
namespace {

using testing::HasSubstr;

const std::string deployment_path = "/apis/apps/v1/namespaces/autonomous-dev-prod/deployments/autonomous-dev";
const std::string pod_path = "/api/v1/namespaces/autonomous-dev-prod/pods/autonomous-dev-7d9b-bbbbb";

struct Change {
  std::string line, verb, path, type, body, out;
};

TEST(KubectlChange, SendsWhatTheRealOneSends) {
  const std::string strategic = "application/strategic-merge-patch+json",
                    merge = "application/merge-patch+json";
  const std::string head =
      R"({"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"app"}],"containers":[)";
  const std::vector<Change> table{
      {"kubectl scale deployment autonomous-dev --replicas=5", "PATCH", deployment_path + "/scale", merge,
       R"({"spec":{"replicas":5}})", "deployment.apps/autonomous-dev scaled\n"},
      {"kubectl rollout restart deployment/autonomous-dev", "PATCH",
       deployment_path + "?fieldManager=kubectl-rollout", strategic,
       R"({"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2025-11-01T14:40:00Z"}}}}})",
       "deployment.apps/autonomous-dev restarted\n"},
      {"kubectl rollout pause deployment/autonomous-dev", "PATCH",
       deployment_path + "?fieldManager=kubectl-rollout", strategic, R"({"spec":{"paused":true}})",
       "deployment.apps/autonomous-dev paused\n"},
      {"kubectl set image deployment/autonomous-dev app=x:2", "PATCH",
       deployment_path + "?fieldManager=kubectl-set", strategic,
       head + R"({"image":"x:2","name":"app"}]}}}})", "deployment.apps/autonomous-dev image updated\n"},
      {"kubectl set resources deployment autonomous-dev --limits=memory=16Gi,cpu=8", "PATCH",
       deployment_path + "?fieldManager=kubectl-set", strategic,
       head + R"({"name":"app","resources":{"limits":{"cpu":"8","memory":"16Gi"}}}]}}}})",
       "deployment.apps/autonomous-dev resource requirements updated\n"},
      {"kubectl set env deployment/autonomous-dev X=1 A-", "PATCH",
       deployment_path + "?fieldManager=kubectl-set", strategic,
       head + R"({"env":[{"name":"X","value":"1"},{"$patch":"delete","name":"A"}],"name":"app"}]}}}})",
       "deployment.apps/autonomous-dev env updated\n"},
      {"kubectl patch deployment autonomous-dev -p '{\"spec\":{\"replicas\":2}}'", "PATCH",
       deployment_path + "?fieldManager=kubectl-patch", strategic, R"({"spec":{"replicas":2}})",
       "deployment.apps/autonomous-dev patched (no change)\n"},
      {"kubectl patch deployment autonomous-dev --type=merge -p 'spec: {replicas: 2}'", "PATCH",
       deployment_path + "?fieldManager=kubectl-patch", merge, R"({"spec":{"replicas":2}})",
       "deployment.apps/autonomous-dev patched (no change)\n"},
      {"kubectl label pod autonomous-dev-7d9b-bbbbb app-", "PATCH", pod_path + "?fieldManager=kubectl-label",
       merge, R"({"metadata":{"labels":{"app":null}}})", "pod/autonomous-dev-7d9b-bbbbb unlabeled\n"},
      {"kubectl annotate pod autonomous-dev-7d9b-bbbbb x=1", "PATCH",
       pod_path + "?fieldManager=kubectl-annotate", merge, R"({"metadata":{"annotations":{"x":"1"}}})",
       "pod/autonomous-dev-7d9b-bbbbb annotated\n"},
  };
  for (const auto& row : table) {
    FakeHost host;
    add_sample_cluster(host);
    const CommandResult result = run_line(host, row.line + " -n autonomous-dev-prod");
    EXPECT_EQ(result.err, "") << row.line;
    EXPECT_EQ(result.out, row.out) << row.line;
    const Request& sent = host.requests.back();
    EXPECT_EQ(sent.verb, row.verb) << row.line;
    EXPECT_EQ(sent.path, row.path) << row.line;
    EXPECT_EQ(sent.content_type, row.type) << row.line;
    EXPECT_EQ(sent.body, row.body) << row.line;
  }
}

CommandResult on_sample(FakeHost& host, const std::string& line) {
  add_sample_cluster(host);
  return run_line(host, line + " -n autonomous-dev-prod");
}

TEST(KubectlChange, LabelsAreNotOverwritten) {
  FakeHost host;
  EXPECT_EQ(on_sample(host, "kubectl label pod autonomous-dev-7d9b-bbbbb app=x").err,
            "error: 'app' already has a value (autonomous-dev), and --overwrite is false\n");
}

TEST(KubectlChange, UnknownContainer) {
  FakeHost host;
  EXPECT_EQ(on_sample(host, "kubectl set image deployment/autonomous-dev foo=x").err,
            "error: unable to find container named \"foo\"\n");
}

TEST(Undo, PatchesTheTemplateOfTheSecondHighestRevision) {
  FakeHost host;
  const CommandResult result = on_sample(host, "kubectl rollout undo deployment/autonomous-dev");
  EXPECT_EQ(result.out, "deployment.apps/autonomous-dev rolled back\n");
  const Request& sent = host.requests.back();
  EXPECT_EQ(sent.verb + " " + sent.path, "PATCH " + deployment_path);
  EXPECT_EQ(sent.content_type, "application/json-patch+json");
  const auto body = parse_json(sent.body);
  ASSERT_TRUE(body);
  EXPECT_EQ(body->at(0)["path"].text(), "/spec/template");
  const JsonValue& pod_template = body->at(0)["value"];
  EXPECT_EQ(pod_template["spec"]["containers"].at(0)["image"].text(),
            "registry.example.com/autonomous-dev:1.2.2");
  EXPECT_FALSE(pod_template["metadata"]["labels"].has("pod-template-hash"));
  EXPECT_THAT(sent.body, HasSubstr("\"creationTimestamp\":null"));
  EXPECT_EQ(
      to_json(body->at(1)),
      R"({"op":"replace","path":"/metadata/annotations","value":{"deployment.kubernetes.io/revision":"2",)"
      R"("kubernetes.io/change-cause":"release 1.2.2"}})");
  EXPECT_EQ(
      host.asked()[1],
      "GET /apis/apps/v1/namespaces/autonomous-dev-prod/replicasets?labelSelector=app%3Dautonomous-dev");
}

TEST(Undo, SkipsWhenTheTemplateIsThatAlready) {
  FakeHost host;
  EXPECT_EQ(
      on_sample(host, "kubectl rollout undo deployment/autonomous-dev --to-revision=2").out,
      "deployment.apps/autonomous-dev skipped rollback (current template already matches revision 2)\n");
  EXPECT_EQ(on_sample(host, "kubectl rollout undo deployment/autonomous-dev --to-revision=9").err,
            "error: unable to find specified revision 9 in history\n");
}

TEST(Delete, WaitsUntilThePodIsGone) {
  FakeHost host;
  add_sample_cluster(host);
  host.answer("DELETE " + pod_path, R"({"metadata":{"uid":"autonomous-dev-7d9b-bbbbb-uid"}})");
  host.answer_stream(
      "GET /api/v1/namespaces/autonomous-dev-prod/pods?fieldSelector=metadata.name%3Dautonomous-dev-7d9b-"
      "bbbbb&resourceVersion=80&watch=true",
      {{sim_start + 610s, R"({"type":"MODIFIED","object":{}})"},
       {sim_start + 630s, R"({"type":"DELETED","object":{}})"}});
  const CommandResult result =
      run_line(host, "kubectl delete pod autonomous-dev-7d9b-bbbbb -n autonomous-dev-prod");
  EXPECT_EQ(result.out, "pod \"autonomous-dev-7d9b-bbbbb\" deleted\n");
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(host.requests[0].body, R"({"propagationPolicy":"Background"})");
  EXPECT_EQ(host.now(), sim_start + 630s);
}

TEST(Delete, ByForceWarns) {
  FakeHost host;
  host.answer("DELETE /api/v1/namespaces/x/pods/p", R"({"metadata":{"uid":"1"}})");
  const CommandResult result = run_line(host, "kubectl delete pod p -n x --force --grace-period=0");
  EXPECT_EQ(result.out, "pod \"p\" force deleted\n");
  EXPECT_THAT(result.err, HasSubstr("Warning: Immediate deletion does not wait"));
  EXPECT_EQ(host.requests[0].body, R"({"gracePeriodSeconds":0,"propagationPolicy":"Background"})");
}

TEST(Apply, CreatesOrPatchesOrLeaves) {
  const EvidenceFolder files{
      {"cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: \"1\"\n"}};
  FakeHost fresh;
  fresh.answer("POST /api/v1/namespaces/x/configmaps", "{}", 201);
  EXPECT_EQ(run_line(fresh, "kubectl apply -n x -f cm.yaml", files).out, "configmap/c created\n");
  const auto sent = parse_json(fresh.requests.back().body);
  ASSERT_TRUE(sent);
  FakeHost same;
  same.answer("GET /api/v1/namespaces/x/configmaps/c", to_json(*sent));
  EXPECT_EQ(run_line(same, "kubectl apply -n x -f cm.yaml", files).out, "configmap/c unchanged\n");
  JsonValue other = *sent;
  other.member("data").member("a") = "2";
  FakeHost changed;
  changed.answer("GET /api/v1/namespaces/x/configmaps/c", to_json(other));
  changed.answer("PATCH /api/v1/namespaces/x/configmaps/c", "{}");
  EXPECT_EQ(run_line(changed, "kubectl apply -n x -f cm.yaml", files).out, "configmap/c configured\n");
  EXPECT_EQ(changed.requests.back().body, R"({"data":{"a":"1"}})");
}

TEST(Create, SecretFromLiterals) {
  FakeHost host;
  host.answer("POST /api/v1/namespaces/x/secrets", "{}", 201);
  EXPECT_EQ(
      run_line(host, "kubectl create secret generic s -n x --from-literal=a=foobar --from-literal=b=").out,
      "secret/s created\n");
  EXPECT_EQ(
      host.requests[0].body,
      R"({"apiVersion":"v1","data":{"a":"Zm9vYmFy","b":""},"kind":"Secret","metadata":{"name":"s","namespace":"x"},)"
      R"("type":"Opaque"})");
}

TEST(Top, WithoutAMetricsApi) {
  FakeHost host;
  EXPECT_EQ(run_line(host, "kubectl top pods -n x").err, "error: Metrics API not available\n");
}

// The lines are the real kubectl 1.32.4's.
TEST(KubectlChange, ReplaceByForce) {
  FakeHost host;
  const std::string all = "/api/v1/namespaces/default/configmaps";
  host.answer("DELETE " + all + "/x", R"({"kind":"Status","status":"Success","details":{"uid":"u"}})");
  host.answer("GET " + all + "/x", "{}", 404);
  host.answer("POST " + all, R"({"kind":"ConfigMap","metadata":{"name":"x"}})");
  const EvidenceFolder files{{"f.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"}};
  EXPECT_EQ(run_line(host, "kubectl replace --force -f f.yaml", files).out,
            "configmap \"x\" deleted\nconfigmap/x replaced\n");
  EXPECT_EQ(run_line(host, "kubectl replace --force -f f.yaml --dry-run=server", files).err,
            "error: --dry-run can not be used when --force is set\n");
  EXPECT_EQ(run_line(host, "kubectl replace -f f.yaml --grace-period=5", files).err,
            "error: --grace-period must have --force specified\n");
}

}  // namespace
}  // namespace muster::test
