// Filters and what they print. The table was compared with the real jq 1.6.
#include <gtest/gtest.h>

#include "tests/unit/responders/fake_host.hpp"

namespace muster::test {
namespace {

const EvidenceFolder files{
    {"d.json", R"({"items":[{"metadata":{"labels":{"app.kubernetes.io/name":"x"},"name":"web"},"n":1},)"
               R"({"metadata":{"name":"db"},"n":3},{"metadata":{"name":"Worker"},"n":2}]})"},
    {"s", "{\"a\":1}\n{\"a\":2}\n"}};

struct Case {
  std::string arguments, out;
  int exit_code = 0;
};

TEST(Jq, PrintsWhatTheRealOnePrints) {
  const std::vector<Case> table{
      {"'.items | length' d.json", "3\n"},
      {"-r '.items[].metadata.name' d.json", "web\ndb\nWorker\n"},
      {"-c '[.items[] | select(.n > 1) | .metadata.name]' d.json", "[\"db\",\"Worker\"]\n"},
      {"-c '.items | map({n}) | sort_by(.n) | .[-1]' d.json", "{\"n\":3}\n"},
      {"-r '.items[] | \"\\(.metadata.name)=\\(.n)\"' d.json", "web=1\ndb=3\nWorker=2\n"},
      {"-c '.items | group_by(.n > 1) | map(length)' d.json", "[1,2]\n"},
      {"'.nosuch // \"none\"' d.json", "\"none\"\n"},
      {"'.items[1:] | first | .n' d.json", "3\n"},
      {"-r '.items[] | [.metadata.name, .n] | @tsv' d.json", "web\t1\ndb\t3\nWorker\t2\n"},
      {"'.items | map(.n) | add' d.json", "6\n"},
      {"'[.items[].n] | min, max' d.json", "1\n3\n"},
      {"-r '.items[] | if .n > 1 then \"big\" else \"small\" end' d.json", "small\nbig\nbig\n"},
      {"'.items | any(.n == 3), all(.n > 1)' d.json", "true\nfalse\n"},
      {"-c '.items[0] | to_entries | map(.key)' d.json", "[\"metadata\",\"n\"]\n"},
      {"'.items[0].metadata.labels[\"app.kubernetes.io/name\"]' d.json", "\"x\"\n"},
      {"-r '.items[] | select(.metadata.name | test(\"^[Ww]\")) | .metadata.name | ascii_downcase' d.json",
       "web\nworker\n"},
      {"'.items | .[-1].n * 2 + 1' d.json", "5\n"},
      {"'.items[0].metadata' d.json",
       "{\n  \"labels\": {\n    \"app.kubernetes.io/name\": \"x\"\n  },\n  \"name\": \"web\"\n}\n"},
      {".a s", "1\n2\n"},
      {"-s 'map(.a) | add' s", "3\n"},
      {"-e .nosuch s", "null\nnull\n", 1},
      {"-n '1 + 2'", "3\n"},
  };
  for (const Case& row : table) {
    FakeHost host;
    const CommandResult result = run_line(host, "jq " + row.arguments, files);
    EXPECT_EQ(result.out, row.out) << row.arguments << "\n" << result.err;
    EXPECT_EQ(result.exit_code, row.exit_code) << row.arguments;
  }
}

TEST(Jq, SaysWhatIsWrongAndWhatIsNotBuilt) {
  FakeHost host;
  EXPECT_EQ(run_line(host, "jq .items.foo d.json", files).err,
            "jq: error (at <stdin>:0): Cannot index array with string \"foo\"\n");
  EXPECT_EQ(run_line(host, "jq .items.foo d.json", files).exit_code, 5);
  EXPECT_EQ(run_line(host, "jq '.items[' d.json", files).exit_code, 3);
  for (const char* filter :
       {"'.. | .name?'", "'.a as $x | $x'", "'reduce .[] as $x (0; . + $x)'", "'.a |= 1'"}) {
    const CommandResult result = run_line(host, std::string("jq ") + filter + " d.json", files);
    EXPECT_NE(result.cannot_run.find("not built"), std::string::npos) << filter << ": " << result.err;
  }
}

}  // namespace
}  // namespace muster::test
