// Tables: what `kubectl get` prints.
#include "api/kube/table/table.hpp"

#include <gmock/gmock.h>

#include "tests/unit/api/fake_cluster.hpp"

namespace muster::kube {
namespace {

using Json = nlohmann::json;

constexpr const char* accept =
    "application/json;as=Table;v=v1;g=meta.k8s.io,application/"
    "json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

class KubeTable : public KubeTest {
 protected:
  Json table(const std::string& path) { return json(api.handle({"alice", "GET", path, "", "", accept})); }
};

// k8s.io/apimachinery pkg/util/duration/duration_test.go.
TEST(HumanDuration, AsTheRealOne) {
  const std::pair<std::int64_t, const char*> cases[] = {
      {0, "0s"},           {-2, "<invalid>"},       {1, "1s"},
      {70, "70s"},         {190, "3m10s"},          {120, "2m"},
      {70 * 60, "70m"},    {4 * 3600, "4h"},        {4 * 3600 + 60, "4h1m"},
      {47 * 3600, "47h"},  {49 * 3600, "2d1h"},     {8 * 86400, "8d"},
      {47 * 86400, "47d"}, {3 * 365 * 86400, "3y"},
  };
  for (const auto& [seconds, text] : cases) EXPECT_EQ(human_duration(seconds), text) << seconds;
}

TEST_F(KubeTable, PodsAsTheyStand) {
  put_pod("a", running_pod);
  put_pod("b", crashing_pod);
  put_pod("c", pulling_pod);
  const Json list = table("/api/v1/namespaces/shop/pods?limit=500");
  EXPECT_EQ(list["kind"], "Table");
  EXPECT_EQ(list["apiVersion"], "meta.k8s.io/v1");
  EXPECT_EQ(list["columnDefinitions"][2]["name"], "Status");
  EXPECT_EQ(list["columnDefinitions"][5]["priority"], 1);
  std::vector<std::string> lines;
  for (const Json& row : list["rows"])
    lines.push_back(row["cells"][1].get<std::string>() + " " + row["cells"][2].get<std::string>() + " " +
                    row["cells"][3].get<std::string>());
  EXPECT_THAT(lines, testing::ElementsAre("1/1 Running 0", "0/1 CrashLoopBackOff 3 (60s ago)",
                                          "0/1 ImagePullBackOff 0"));
  EXPECT_EQ(list["rows"][0]["object"]["kind"], "PartialObjectMetadata");
  EXPECT_EQ(list["rows"][0]["object"]["metadata"]["labels"]["app"], "web");
  const Json whole = table("/api/v1/namespaces/shop/pods?includeObject=Object");
  EXPECT_EQ(whole["rows"][0]["object"]["spec"]["nodeName"], "n1");
  EXPECT_FALSE(table("/api/v1/namespaces/shop/pods?includeObject=None")["rows"][0].contains("object"));
  EXPECT_EQ(table("/api/v1/namespaces/shop/pods?includeObject=All")["code"], 400);
}

TEST_F(KubeTable, OneObjectAndAWatch) {
  put_deployment();
  const std::string path = "/apis/apps/v1/namespaces/shop/deployments";
  EXPECT_EQ(table(path + "/web")["rows"][0]["cells"][0], "web");
  EXPECT_EQ(table(path + "/web")["rows"][0]["cells"][3], 3);
  const Answer watch = api.handle({"alice", "GET", path + "?watch=1", "", "", accept});
  const Json first = Json::parse(watch.stream->take().at(0));
  EXPECT_EQ(first["object"]["columnDefinitions"][1]["name"], "Ready");
  put_deployment(4);
  const Json second = Json::parse(watch.stream->take().at(0));
  EXPECT_EQ(second["type"], "MODIFIED");
  EXPECT_TRUE(second["object"]["columnDefinitions"].is_null());
  EXPECT_EQ(second["object"]["rows"].size(), 1u);
}

TEST_F(KubeTable, WhoAsksForJsonFirstGetsJson) {
  put_deployment();
  const std::string path = "/apis/apps/v1/namespaces/shop/deployments";
  for (const char* plain :
       {"", "application/json", "*/*", "application/json,application/json;as=Table;v=v1;g=meta.k8s.io"})
    EXPECT_EQ(json(api.handle({"alice", "GET", path, "", "", plain}))["kind"], "DeploymentList") << plain;
  EXPECT_EQ(json(api.handle({"alice", "GET", path, "", "",
                             "application/json;as=Table;v=v1beta1;g=meta.k8s.io"}))["apiVersion"],
            "meta.k8s.io/v1beta1");
}

}  // namespace
}  // namespace muster::kube
