// exec as one request and one answer.
#include <gmock/gmock.h>

#include "tests/unit/api/fake_cluster.hpp"

namespace muster::kube {
namespace {

struct Exec : testing::Test {
  Exec() {
    cluster.put(R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}})");
    cluster.put(R"({"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"shop","name":"web"},
                    "spec":{"containers":[{"name":"app","image":"web:1"}]}})");
  }
  Answer post(const std::string& path) {
    return KubeApi(cluster).handle({"tester", "POST", "/api/v1/namespaces/shop/pods/" + path, "", ""});
  }
  FakeCluster cluster;
};

TEST_F(Exec, TheWordsOfTheCommandKeepTheirOrder) {
  const Answer answer =
      post("web/exec?command=git&command=worktree&command=list%20x&container=app&stdout=true");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(nlohmann::json::parse(answer.body),
            nlohmann::json::parse(
                R"({"kind":"ExecAnswer","stdout":"[git][worktree][list x]","stderr":"","exitCode":0,
                                      "seconds":2.0})"));
}

TEST_F(Exec, IsRefusedInTheServersWords) {
  EXPECT_EQ(post("nobody/exec?command=ls").status, 404);
  EXPECT_EQ(post("web/exec").status, 400);
  const Answer gone = post("web/exec?command=ls&container=gone");
  EXPECT_EQ(gone.status, 500);
  EXPECT_THAT(gone.body,
              testing::HasSubstr(R"(unable to upgrade connection: container not found (\"gone\"))"));
}

}  // namespace
}  // namespace muster::kube
