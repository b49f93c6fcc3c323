// Drawn JSONPath templates over drawn objects: the real kubectl is the judge. It prints a local file with
// `kubectl label --local -o jsonpath`, which needs no server.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "responders/text/json_path.hpp"
#include "sim/random.hpp"

namespace muster::test {
namespace {

constexpr int cases = 150;

struct Said {
  std::string out;
  int exit_code = 0;
};

Said run(const std::string& command) {
  Said said;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    said.out.append(buffer.data(), n);
  said.exit_code = WEXITSTATUS(pclose(pipe));
  return said;
}

class Drawer {
 public:
  explicit Drawer(std::uint64_t seed) : stream_(seed, "json-path", "peer") {}

  JsonValue object() {
    JsonValue object = JsonValue::object();
    object.member("apiVersion") = "example.com/v1";
    object.member("kind") = "Thing";
    object.member("metadata").member("name") = "thing";
    object.member("metadata").member("labels").member("a") = "b";
    object.member("spec") = value(3);
    if (!object["spec"].is_object()) object.member("spec") = JsonValue::object();
    JsonValue& items = object.member("items2");
    items = JsonValue::array();
    for (std::size_t i = below(4); i > 0; --i) {
      JsonValue item = JsonValue::object();
      item.member("name") = names_[below(names_.size())];
      item.member("n") = static_cast<std::int64_t>(below(5));
      if (below(2) == 0) item.member("inner") = value(2);
      items.append(std::move(item));
    }
    return object;
  }

  /// No recursive descent over several maps: client-go walks maps in no order.
  std::string text() {
    static const std::vector<std::string> whole{
        "{.metadata.name}",
        "{.items2[*].name}",
        "{.items2[0].name}",
        "{.items2[-1:].name}",
        "{.items2[0:2].n}",
        "{range .items2[*]}{.name}={.n}{\"\\n\"}{end}",
        "{range .items2[?(@.n>1)]}{.name}{\"\\t\"}{end}",
        "{.items2[?(@.name==\"web\")].n}",
        "{.items2[?(@.n!=2)].name}",
        "{.items2[*]['name','n']}",
        "{.items2[*][\"name\"]}",
        "{.metadata.labels}",
        "{.items2[1].nosuch.deeper}",
        "name: {.metadata.name}, kind {.kind}",
        "{.items2[?(@.inner)].name}",
        "{..name}x",
    };
    const std::size_t which = below(whole.size() + 6);
    if (which < whole.size() - 1) return whole[which];
    std::string path = ".spec";
    for (std::size_t i = 1 + below(3); i > 0; --i)
      path += below(4) == 0 ? "[*]" : below(5) == 0 ? "[0]" : "." + names_[below(names_.size())];
    return "{" + path + "}";
  }

 private:
  std::size_t below(std::size_t limit) { return stream_.at(next_++) % limit; }

  JsonValue value(int depth) {
    switch (below(depth > 0 ? 6 : 4)) {
      case 0:
        return static_cast<std::int64_t>(below(2000)) - 1000;
      case 1:
        return below(2) == 0;
      case 2:
        return names_[below(names_.size())];
      case 3:
        return "two words <&>";
      case 4: {
        JsonValue list = JsonValue::array();
        for (std::size_t i = 1 + below(3); i > 0; --i) list.append(value(depth - 1));
        return list;
      }
      default: {
        JsonValue map = JsonValue::object();
        map.member(names_[below(names_.size())]) =
            value(depth - 1);  // one member: their order is drawn there
        return map;
      }
    }
  }

  const std::vector<std::string> names_{"web", "db", "ports", "name", "x"};
  RandomStream stream_;
  std::uint64_t next_ = 0;
};

TEST(JsonPathPeer, PrintsWhatKubectlPrints) {
  if (run("command -v kubectl").exit_code != 0) GTEST_SKIP() << "no kubectl here";
  const std::string file = fmt::format("{}/muster-jsonpath-{}.json", testing::TempDir(), getpid());
  int refused = 0;
  for (std::uint64_t seed = 0; seed < cases; ++seed) {
    Drawer drawer(seed);
    JsonValue object = drawer.object();
    const std::string text = drawer.text();
    std::ofstream(file) << to_json(object);
    std::ofstream(file + ".path") << text;
    const Said real = run(
        fmt::format("kubectl label --local -f {0} peer=1 -o jsonpath=\"$(cat {0}.path)\" 2>/dev/null", file));
    object.member("metadata").member("labels").member("peer") = "1";
    const auto ours = JsonPathTemplate::parse(text);
    const std::string problem = ours ? ours->problem(object) : ours.error().message;
    EXPECT_EQ(problem.empty(), real.exit_code == 0) << text << "\n" << to_json(object) << "\n" << problem;
    if (problem.empty()) {
      EXPECT_EQ(ours->print(object), real.out) << text << "\n" << to_json(object);
    }
    refused += problem.empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 0);
  EXPECT_LT(refused, cases / 2);
  std::remove(file.c_str());
  std::remove((file + ".path").c_str());
}

}  // namespace
}  // namespace muster::test
