// Pages of lists, versions, bookmarks, time limits of watches.
#include <gmock/gmock.h>

#include "tests/unit/api/fake_cluster.hpp"

namespace muster::kube {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* maps = "/api/v1/namespaces/shop/configmaps";

class KubePage : public KubeTest {
 protected:
  Json page(const std::string& query) { return json(get(std::string(maps) + query)); }
  static std::vector<std::string> names(const Json& list) {
    std::vector<std::string> found;
    for (const Json& item : list["items"]) found.push_back(item["metadata"]["name"]);
    return found;
  }
  static std::string escaped(const std::string& token) {
    std::string text;
    for (const char c : token)
      text += c == '=' ? "%3D" : c == '+' ? "%2B" : c == '/' ? "%2F" : std::string(1, c);
    return text;
  }
};

TEST_F(KubePage, PagesShowTheStateOfTheFirst) {
  for (const char* name : {"a", "b", "c", "d"}) put_config(name);
  const Json first = page("?limit=2");
  EXPECT_THAT(names(first), ElementsAre("a", "b"));
  EXPECT_EQ(first["metadata"]["remainingItemCount"], 2);
  ask("DELETE", std::string(maps) + "/c", "");
  put_config("bb");
  const std::string token = escaped(first["metadata"]["continue"]);
  const Json second = page("?limit=2&continue=" + token);
  EXPECT_THAT(names(second), ElementsAre("c", "d"));
  EXPECT_EQ(second["metadata"]["resourceVersion"], first["metadata"]["resourceVersion"]);
  EXPECT_FALSE(second["metadata"].contains("continue"));
  EXPECT_THAT(names(page("")), ElementsAre("a", "b", "bb", "d"));
  const std::string version = first["metadata"]["resourceVersion"];
  EXPECT_THAT(names(page("?resourceVersionMatch=Exact&resourceVersion=" + version)),
              ElementsAre("a", "b", "c", "d"));
}

TEST_F(KubePage, WrongParameters) {
  put_config("a");
  EXPECT_EQ(get(std::string(maps) + "?limit=some").status, 400);
  EXPECT_EQ(get(std::string(maps) + "?continue=zzz").status, 400);
  EXPECT_EQ(get(std::string(maps) + "?resourceVersion=x").status, 400);
  EXPECT_EQ(get(std::string(maps) + "?resourceVersionMatch=Exact").status, 400);
  EXPECT_EQ(get(std::string(maps) + "?watch=1&timeoutSeconds=x").status, 400);
  EXPECT_EQ(get(std::string(maps) + "?watch=1&sendInitialEvents=true").status, 400);
  expect_status(
      get(std::string(maps) + "?resourceVersion=999"), 504, "Timeout",
      "Too large resource version: 999, current: " + std::to_string(cluster.store_.resource_version()));
}

TEST_F(KubePage, BookmarksAndTheEndOfAWatch) {
  put_config("a");
  const Answer answer = get(std::string(maps) +
                            "?watch=1&allowWatchBookmarks=true&sendInitialEvents=true&timeoutSeconds=120"
                            "&resourceVersionMatch=NotOlderThan&resourceVersion=0");
  auto lines = answer.stream->take();
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_THAT(lines[0], HasSubstr("\"ADDED\""));
  EXPECT_THAT(lines[1], HasSubstr("k8s.io/initial-events-end"));
  cluster.now_ += 59s;
  EXPECT_THAT(answer.stream->take(), IsEmpty());
  put_config("elsewhere");
  ask("DELETE", std::string(maps) + "/elsewhere", "");
  EXPECT_THAT(answer.stream->take(), SizeIs(2));
  cluster.now_ += 1s;
  lines = answer.stream->take();
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(Json::parse(lines[0])["type"], "BOOKMARK");
  EXPECT_EQ(Json::parse(lines[0])["object"]["metadata"]["resourceVersion"],
            std::to_string(cluster.store_.resource_version()));
  EXPECT_FALSE(answer.stream->ended());
  cluster.now_ += 61s;
  answer.stream->take();
  EXPECT_TRUE(answer.stream->ended());
}

}  // namespace
}  // namespace muster::kube
