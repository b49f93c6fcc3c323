// Playbooks: their form, their lint, and how they are played.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "responders/human/profile.hpp"
#include "responders/playbook/lint_playbook.hpp"
#include "responders/playbook/playbook_responder.hpp"
#include "responders/text/json_value.hpp"
#include "tests/unit/responders/fake_host.hpp"

namespace muster::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string head = "muster: 1\nplaybook: x\nnamespace: shop\npace: 1s\n";

std::string error_of(const std::string& text) {
  const auto book = read_playbook(text, "p.yaml", sim_start + 1h);
  return book ? "read" : book.error().text();
}

class Played {
 public:
  explicit Played(const std::string& rest) : book_(read_playbook(head + rest, "p.yaml")) {
    EXPECT_TRUE(book_) << book_.error().text();
    host.answer("POST /desk/v1/pages/1/acknowledge", "{}");
    host.answer("GET /desk/v1/pages", R"({"pages":[{"page":1,"alerts":["Down","Slow"],"priority":"P0"}]})");
    host.answer("GET /api/v1/alerts", R"({"data":{"alerts":[
        {"state":"firing","labels":{"alertname":"Down","pod":"web-1"}},
        {"state":"pending","labels":{"alertname":"Slow","pod":"web-2"}}]}})");
    for (const char* path : {"messages", "severity", "status", "resolve"})
      host.answer(std::string("POST /desk/v1/") + path, "{}");
  }

  Played& play() {
    responder_.emplace("responder-1", *book_);
    playing_.emplace(responder_->play(host));
    playing_->start();
    host.run_until(sim_start + 2h);
    return *this;
  }

  /// "LINE text" of what it did.
  std::vector<std::string> steps() const {
    std::vector<std::string> told;
    for (const ResponderFact& fact : host.facts)
      if (fact.change == ResponderChange::step) told.push_back(std::to_string(fact.line) + " " + fact.text);
    return told;
  }
  std::string end() const {
    return host.facts.empty() || host.facts.back().change != ResponderChange::finished
               ? "not finished"
               : host.facts.back().text;
  }

  FakeHost host;

 private:
  Result<Playbook> book_;
  std::optional<PlaybookResponder> responder_;
  std::optional<Task<void>> playing_;
};

const char* const nothing = R"({"status":"success","data":{"resultType":"vector","result":[]}})";
const char* const something =
    R"({"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[0,"1"]}]}})";

TEST(PlaybookForm, Mistakes) {
  const std::string on = "on: [{at: 5m}]\nsteps:\n";
  EXPECT_THAT(error_of(head + "on: [{alret: Down}]\nsteps: [{run: ls}]\n"),
              HasSubstr("p.yaml:5:7: unknown key \"alret\""));
  EXPECT_THAT(error_of(head + on + "  - {run: ls, sleep: 5s}\n"),
              HasSubstr("p.yaml:7:22: a step has both \"run\" and \"sleep\""));
  EXPECT_THAT(error_of(head + on + "  - {name: ls}\n"),
              HasSubstr("a step needs exactly one of run, request"));
  EXPECT_THAT(error_of(head + on + "  - {sleep: 1s, timeout: 5s}\n"),
              HasSubstr("\"timeout\" belongs to run, waitUntil and verify"));
  EXPECT_THAT(error_of(head + on + "  - {verify: up, onFailure: rescue}\n"),
              HasSubstr("no procedure \"rescue\""));
  EXPECT_THAT(error_of(head + on + "  - {call: a}\nprocedures:\n  a: [{call: b}]\n  b: [{call: a}]\n"),
              HasSubstr("would call itself"));
  EXPECT_THAT(error_of(head + "on: [{at: 61m}]\nsteps: [{run: ls}]\n"), HasSubstr("horizon"));
  EXPECT_THAT(error_of(head + on + "  - run: ls\n    bind: {x: {regex: '('}}\n"),
              HasSubstr("p.yaml:8:23: not a regular expression"));
  EXPECT_THAT(error_of(head + on + "  - {waitUntil: {object: pod/x, atLeast: 1, promql: up}}\n"),
              HasSubstr("a condition has both \"promql\" and \"object\""));
  EXPECT_EQ(error_of(head + on + "  - run: ls\n"), "read");
}

TEST(PlaybookLint, CommandsQueriesAndVariables) {
  const auto found = lint_playbook(head +
                                       "on: [{promql: 'up =='}]\nvariables: {unused: 1, app: web}\nsteps:\n"
                                       "  - {run: 'kubectl scale deployment {{ app }} --replica=3'}\n"
                                       "  - {run: 'echo {{ labels.pod }} {{ pgae }}'}\n"
                                       "procedures:\n  never: [{sleep: 5s}]\n",
                                   "p.yaml");
  std::vector<std::string> told;
  for (const Finding& finding : found) told.push_back(finding.where + " " + finding.rule);
  EXPECT_THAT(told, ElementsAre("p.yaml:5:15 promql", "p.yaml:8:11 command", "p.yaml:9:11 unknown-variable",
                                "p.yaml unused-variable", "p.yaml unused-procedure"));
  EXPECT_THAT(found[2].message, HasSubstr("did you mean \"page\""));
}

// Every field of the tables has a place in the schema, and nothing else has; so too of a person's profile.
class FormatSchema : public testing::TestWithParam<const FileFormat*> {};

TEST_P(FormatSchema, IsTheTables) {
  const FileFormat& format = *GetParam();
  const auto schema = parse_json(json_schema(format));
  ASSERT_TRUE(schema);
  for (const RecordTable& table : format.tables) {
    const JsonValue& whole = &table == &format.tables.front() ? *schema : (*schema)["$defs"][table.name];
    const JsonValue& map = whole.has("anyOf") ? whole["anyOf"].at(1) : whole;
    EXPECT_EQ(map["properties"].members().size(), table.fields.size()) << table.name;
    EXPECT_FALSE(map["additionalProperties"].truth());
    for (const Field& field : table.fields) EXPECT_TRUE(map["properties"].has(field.name)) << field.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, FormatSchema, testing::Values(&playbook_format(), &human_format()));

TEST(PlaybookPlay, BeginsWithTheAlertAndItsLabels) {
  Played played(
      "on: [{alert: Down, labels: {pod: web-1}}]\nsteps:\n  - run: ack {{ page }}\n"
      "  - run: echo {{ alert }} {{ priority }} {{ labels.pod }}\n");
  played.host.page_at(sim_start + 100s);
  EXPECT_THAT(played.play().steps(), ElementsAre("7 ack 1", "8 echo Down P0 web-1"));
  EXPECT_EQ(played.end(), "all steps");
}

TEST(PlaybookPlay, AnotherAlertIsNotItsBusiness) {
  Played played("on: [{alert: Slow, labels: {pod: web-2}}]\nsteps:\n  - run: ls\n");
  played.host.page_at(sim_start + 100s);
  EXPECT_THAT(played.play().steps(), IsEmpty()) << "pending is not firing";
}

TEST(PlaybookPlay, TheFirstTriggerWins) {
  Played played("on: [{at: 10m}, {promql: up, every: 30s}]\nsteps:\n  - run: ls\n");
  played.host.answer("GET /api/v1/query?query=up", nothing);
  played.host.answer("GET /api/v1/query?query=up", something);
  played.play();
  EXPECT_EQ(played.host.facts.front().text, "up");
  EXPECT_EQ(played.host.request_times.size(), 2u) << "nobody asks on after the start";
}

TEST(PlaybookPlay, WaitsUntilOrFailsAfterTheTimeout) {
  Played played(
      "on: [{at: 1s}]\nsteps:\n  - {waitUntil: up, timeout: 1m, every: 20s, onFailure: rescue}\n"
      "  - run: echo after\nprocedures:\n  rescue:\n    - run: echo rescue\n");
  played.host.answer("GET /api/v1/query?query=up", nothing);
  EXPECT_THAT(played.play().steps(), ElementsAre("7 waits until up", "7 failed: after 1m: up gives nothing",
                                                 "11 echo rescue", "8 echo after"));
  EXPECT_EQ(played.host.request_times.size(), 4u);
}

TEST(PlaybookPlay, VerifyMustHoldWithoutABreak) {
  Played played(
      "on: [{at: 0s}]\nsteps:\n  - {verify: up, for: 1m, timeout: 2m, every: 20s}\n  - finish: well\n");
  for (const char* body : {something, something, nothing, something})
    played.host.answer("GET /api/v1/query?query=up", body);
  played.play();
  EXPECT_EQ(played.end(), "finished: well");
  EXPECT_EQ(played.host.request_times.back(), sim_start + 2min);
}

TEST(PlaybookPlay, RetriesThenAborts) {
  Played played("on: [{at: 0s}]\nsteps:\n  - {run: 'false', retries: 2, delay: 5s}\n  - run: echo never\n");
  EXPECT_THAT(played.play().steps(),
              ElementsAre("7 false", "7 tries again: exit code 1", "7 false", "7 tries again: exit code 1",
                          "7 false", "7 failed: exit code 1"));
  EXPECT_EQ(played.end(), "aborted at line 7: exit code 1");
}

TEST(PlaybookPlay, ACommandThatDoesNotEndHasFailed) {
  Played played(
      "on: [{at: 0s}]\nsteps:\n  - {run: sleep 1h, timeout: 30s, onFailure: continue}\n  - run: echo b\n");
  EXPECT_THAT(played.play().steps(),
              ElementsAre("7 sleep 1h", "7 failed: exit code 124: no end after 30s", "8 echo b"));
}

TEST(PlaybookPlay, BindsAndBranches) {
  Played played(
      "on: [{at: 0s}]\nsteps:\n"
      "  - run: echo pod web-7 crashed\n    bind: {pod: {regex: 'pod (\\S+)'}, none: {regex: zzz, default: "
      "no}}\n"
      "  - switch: '{{ pod }}'\n    cases: {web-7: [{run: 'echo seven'}]}\n    default: [{run: 'echo "
      "other'}]\n"
      "  - if: {all: [{variable: pod, matches: '^web'}, {not: {variable: none, equals: 'yes'}}]}\n"
      "    then: [{set: {x: '{{ pod }}!'}}]\n    else: [{abort: wrong}]\n  - run: echo {{ x }}\n");
  EXPECT_THAT(played.play().steps(),
              ElementsAre("7 echo pod web-7 crashed", "9 \"web-7\"", "10 echo seven",
                          testing::StartsWith("12 yes"), "13 x = web-7!", "15 echo web-7!"));
}

TEST(PlaybookPlay, ParallelStepsShareTheirTime) {
  Played played(
      "on: [{at: 0s}]\nsteps:\n  - parallel: [{run: echo a}, {sleep: 10s}, {run: echo b}]\n  - run: echo "
      "c\n");
  played.play();
  EXPECT_THAT(played.steps(), ElementsAre("7 echo a", "7 echo b", "8 echo c"));
}

TEST(PlaybookPlay, ObjectConditions) {
  Played played(
      "on: [{at: 0s}]\nsteps:\n"
      "  - verify: {object: deployment/web, jsonpath: '{.status.readyReplicas}', atLeast: 3}\n"
      "    onFailure: continue\n  - verify: {object: pod/gone, exists: false}\n");
  played.host.answer("GET /apis/apps/v1/namespaces/shop/deployments/web",
                     R"({"status":{"readyReplicas":2}})");
  played.host.answer("GET /api/v1/namespaces/shop/pods/gone", "{}", 404);
  EXPECT_THAT(played.play().steps(),
              testing::Contains("7 failed: deployment/web {.status.readyReplicas} is \"2\", not at least 3"));
  EXPECT_EQ(played.end(), "all steps");
}

TEST(PlaybookPlay, ASkippedStepSaysWhy) {
  Played played("on: [{at: 0s}]\nsteps:\n  - {when: up, run: echo a}\n");
  played.host.answer("GET /api/v1/query?query=up", nothing);
  EXPECT_THAT(played.play().steps(), ElementsAre("7 skipped: up gives nothing"));
}

}  // namespace
}  // namespace muster::test
