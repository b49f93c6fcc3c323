// The one door in front of a whole small world: what a person does in a bad deployment, request by request.
#include "api/router.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "api/desk/desk.hpp"
#include "telemetry/alerts.hpp"
#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::IsEmpty;

constexpr const char* pods = "/api/v1/namespaces/prod/pods";
constexpr const char* deployment = "/apis/apps/v1/namespaces/prod/deployments/web";
constexpr const char* sets = "/apis/apps/v1/namespaces/prod/replicasets";

class RouterTest : public testing::Test {
 protected:
  Answer ask(const std::string& verb, const std::string& path, const std::string& body = {},
             const std::string& type = "application/json") {
    return router.handle({"alice", verb, path, type, body});
  }
  json read(const std::string& path) { return json::parse(ask("GET", path).body); }
  void advance(SimDuration by) { engine.run_until(engine.now() + by); }
  void set_image(const std::string& image) {
    const std::string patch =
        R"({"spec":{"template":{"spec":{"containers":[{"name":"app","image":")" + image + R"("}]}}}})";
    ASSERT_EQ(ask("PATCH", deployment, patch, "application/strategic-merge-patch+json").status, 200);
  }
  /// As kubectl does it: the template of the ReplicaSet with the second highest revision.
  Answer undo() {
    json previous;
    std::vector<std::pair<int, json>> revisions;
    const json list = read(sets);
    for (const json& set : list["items"]) {
      const std::string text = set["metadata"]["annotations"]["deployment.kubernetes.io/revision"];
      revisions.emplace_back(std::stoi(text), set["spec"]["template"]);
    }
    std::sort(revisions.begin(), revisions.end());
    json pod = revisions.at(revisions.size() - 2).second;
    pod["metadata"]["labels"].erase("pod-template-hash");
    pod["metadata"]["creationTimestamp"] = nullptr;
    const json patch = json::array({{{"op", "replace"}, {"path", "/spec/template"}, {"value", pod}},
                                    {{"op", "replace"},
                                     {"path", "/metadata/annotations"},
                                     {"value", read(deployment)["metadata"]["annotations"]}}});
    return ask("PATCH", deployment, patch.dump(), "application/json-patch+json");
  }

  Engine engine;
  FactList facts;
  World world{engine, facts, small_system({{"recreate", ""}}), 1, Epoch{1'762'006'800}};
  SeriesStore series;
  Desk desk{facts};
  AlertEngine alerts{series, {}, 15s, Epoch{1'762'006'800}};
  Router router{world, series, alerts, desk};
};

TEST_F(RouterTest, ABadDeployIsSeenAndRolledBack) {
  EXPECT_EQ(read(deployment)["status"]["availableReplicas"], 3);
  set_image("web:bad1");
  advance(5min);
  const Answer seen = ask("GET", pods);
  EXPECT_THAT(seen.clues, Contains("pod/CrashLoopBackOff"));
  EXPECT_THAT(ask("GET", deployment).clues, Contains("deployment/unavailable"));
  EXPECT_THAT(ask("GET", sets).clues, Contains("rollout/revisions"));
  EXPECT_THAT(ask("GET", "/api/v1/namespaces/prod/events").clues, Contains("event/BackOff"));
  const std::string pod = json::parse(seen.body)["items"][0]["metadata"]["name"];
  const Answer log = ask("GET", std::string(pods) + "/" + pod + "/log?previous=true");
  EXPECT_THAT(log.body, testing::HasSubstr("KeyError: 'DATABASE_URL'"));
  EXPECT_THAT(log.clues, Contains("log/crash"));

  EXPECT_EQ(undo().status, 200);
  advance(5min);
  EXPECT_EQ(read(deployment)["status"]["availableReplicas"], 3);
  EXPECT_EQ(read(deployment)["metadata"]["annotations"]["deployment.kubernetes.io/revision"], "3");
  EXPECT_EQ(read(sets)["items"].size(), 2u) << "the old ReplicaSet is used again";
  EXPECT_EQ(read(deployment)["spec"]["template"]["spec"]["containers"][0]["image"], "web:v1");
  world.check_invariants();
}

TEST_F(RouterTest, ReadsLeaveTheWorldAsItIs) {
  advance(1min);
  const std::uint64_t version = world.objects().resource_version();
  const std::size_t told = facts.facts.size();
  for (const char* path : {pods, deployment, sets, "/api/v1/nodes", "/api/v1/namespaces/prod/endpoints/web",
                           "/api/v1/events?watch=1", "/desk/v1/pages", "/desk/v1/incident", "/version"}) {
    const Answer first = ask("GET", path);
    EXPECT_EQ(first.status, 200) << path << first.body;
    EXPECT_EQ(ask("GET", path).body, first.body);
  }
  EXPECT_EQ(world.objects().resource_version(), version);
  EXPECT_EQ(facts.facts.size(), told);
}

TEST_F(RouterTest, AWatchTellsOfARollout) {
  const std::string version = read(pods)["metadata"]["resourceVersion"];
  const Answer watch = ask("GET", std::string(pods) + "?watch=1&resourceVersion=" + version);
  EXPECT_FALSE(watch.stream->ready());
  set_image("web:v2");
  advance(2min);
  int added = 0, deleted = 0;
  for (const std::string& line : watch.stream->take()) {
    const std::string type = json::parse(line)["type"];
    added += type == "ADDED";
    deleted += type == "DELETED";
  }
  EXPECT_EQ(added, 3);
  EXPECT_EQ(deleted, 3);
}

TEST_F(RouterTest, ScaleAndDelete) {
  ASSERT_EQ(ask("PATCH", std::string(deployment) + "/scale", R"({"spec":{"replicas":5}})",
                "application/merge-patch+json")
                .status,
            200);
  advance(1min);
  EXPECT_EQ(read(deployment)["status"]["readyReplicas"], 5);
  const std::string pod = read(pods)["items"][0]["metadata"]["name"];
  const std::string path = std::string(pods) + "/" + pod;
  EXPECT_EQ(ask("DELETE", path, R"({"gracePeriodSeconds":0})").status, 200);
  EXPECT_EQ(ask("GET", path).status, 404);
  advance(1min);
  EXPECT_EQ(read(pods)["items"].size(), 5u);
}

TEST_F(RouterTest, RefusalsOfTheWorldInTheServersWords) {
  const auto message = [&](const Answer& answer) {
    return json::parse(answer.body)["message"].get<std::string>();
  };
  const Answer selector = ask("PATCH", deployment, R"({"spec":{"selector":{"matchLabels":{"app":"x"}}}})",
                              "application/merge-patch+json");
  EXPECT_EQ(selector.status, 422);
  EXPECT_THAT(message(selector), testing::StartsWith("Deployment.apps \"web\" is invalid: spec."));
  const std::string pod =
      std::string(pods) + "/" + read(pods)["items"][0]["metadata"]["name"].get<std::string>();
  EXPECT_EQ(ask("PATCH", pod, R"({"spec":{"restartPolicy":"Never"}})", "application/merge-patch+json").status,
            422);
  EXPECT_EQ(message(ask("POST", "/api/v1/namespaces/none/configmaps", R"({"metadata":{"name":"c"}})")),
            "namespaces \"none\" not found");
  EXPECT_EQ(message(ask("POST", "/api/v1/namespaces/prod/configmaps", R"({"metadata":{"name":"settings"}})")),
            "configmaps \"settings\" already exists");
}

TEST_F(RouterTest, EachApiHasItsPaths) {
  EXPECT_EQ(ask("GET", "/nonsense").status, 404);
  EXPECT_EQ(ask("GET", "/").status, 404);
  EXPECT_EQ(ask("GET", "").status, 404);
  EXPECT_EQ(ask("GET", "/a%zz").status, 400);
  EXPECT_EQ(ask("POST", "/desk/v1/status", std::string(3'000'001, 'x')).status, 413);
  EXPECT_EQ(ask("POST", "/desk/v1/status", R"({"text":"we know"})").status, 201);
  EXPECT_EQ(ask("GET", "/desk/v2/pages").status, 404);
  EXPECT_EQ(read("/api/v1/query?query=up")["status"], "success");
  EXPECT_EQ(read("/api/v1/alerts")["status"], "success");
  EXPECT_EQ(read("/api/v1/query?query=%28")["status"], "error");
}

}  // namespace
}  // namespace muster
