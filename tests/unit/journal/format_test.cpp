// The lines themselves, as docs/journal.md describes them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "journal/line_builder.hpp"
#include "journal/read_record.hpp"
#include "journal/write_record.hpp"
#include "tests/unit/journal/sample_journal.hpp"

namespace muster {
namespace {

using samples::lines_of;

std::string hashed_part(RecordBody body) {
  LineBuilder line;
  Record record{7, sim_start + 2s, std::move(body)};
  build_hashed_part(line, record);
  return line.line();
}

std::string fields_of(RecordBody body) {
  const std::string line = hashed_part(std::move(body));
  return line.substr(line.find("\"type\""));
}

TEST(Format, ALineIsNumberTimeTypeFieldsHash) {
  const std::vector<std::string> lines = lines_of(samples::journal_text());
  ASSERT_EQ(lines.size(), 19u);
  EXPECT_THAT(
      lines[9],
      testing::MatchesRegex(
          R"(\{"n":9,"t":9000000000,"type":"intruder","active":true,"step":"T1552","hash":"[0-9a-f]+"\})"));
}

TEST(Format, TheHashCoversTheHashBeforeAndTheLine) {
  std::string before(64, '0');
  for (const std::string& line : lines_of(samples::journal_text())) {
    const std::size_t tail = line.find(",\"hash\":\"");
    before = sha256_hex(before + line.substr(0, tail));
    EXPECT_EQ(line.substr(tail), ",\"hash\":\"" + before + "\"}");
  }
}

TEST(Format, EveryTypeWithEveryField) {
  const std::vector<std::string> expected{
      R"("type":"traffic","service":"api","arrivals":271,"endpoints":[["GET /tasks","tasks",40,1,0,3],["POST /tasks","tasks",0,0,0,0,0,1]],"slow":2,"users":44,"affected":6,"usersMinute":900,"affectedMinute":31,"latency":)",
      R"("type":"fault","id":"fault-1","kind":"deployment/set-image","target":"prod/app","active":true,"detail":"app:v1.2.3")",
      R"("type":"pod","namespace":"prod","pod":"app-1","change":"exited","image":"app:v1.2.3","node":"node-1","reason":"Error","exitCode":1,"restarts":3)",
      R"("type":"workload","kind":"Deployment","namespace":"prod","name":"app","wanted":3,"pods":4,"updated":2,"ready":1,"available":1,"revision":7,"image":"app:v1.2.3")",
      R"("type":"rollout","namespace":"prod","deployment":"app","change":"deadline_exceeded","revision":7)",
      R"("type":"object","kind":"ConfigMap","namespace":"prod","name":"app-config","change":"updated","by":"responder-1","resourceVersion":1234)",
      R"("type":"warning","object":"Pod prod/app-1","reason":"BackOff","message":"Back-off restarting \"app\"\n","count":5)",
      R"("type":"data","atRisk":true,"lostWrites":17)",
      R"("type":"intruder","active":true,"step":"T1552")",
      R"("type":"agent","agentType":"reviewer","failing":true)",
      R"("type":"evidence","item":"container log","where":"pod/prod/app-1/app","change":"captured","weight":3)",
      R"("type":"alert","alert":"AllPodsDown","labels":"{namespace=\"prod\"}","state":"firing","priority":"P0")",
      R"("type":"page","page":1,"alerts":["AllPodsDown","ErrorsHigh"],"to":"on-call","priority":"P0")",
      R"("type":"desk","action":"declared","actor":"responder-1","severity":"P0","to":["incidents"],"text":"all down","page":1)",
      R"("type":"responder","responder":"runbook:r.md#Rollback","change":"cannot_run","file":"r.md","line":42,"text":"gcloud: not modelled")",
      R"("type":"end","reason":"horizon","fingerprint":"0123456789abcdef","events":1000000)",
  };
  std::vector<Fact> facts = samples::every_fact();
  ASSERT_EQ(facts.size(), expected.size());
  ASSERT_EQ(std::variant_size_v<Fact>, expected.size()) << "a fact type has no golden line";
  for (std::size_t i = 0; i < facts.size(); ++i) {
    EXPECT_EQ(facts[i].index(), i);
    EXPECT_EQ(fields_of(facts[i]).substr(0, expected[i].size()), expected[i]);
    if (i > 0) {  // the golden line of traffic leaves out the buckets, which have a test of their own
      EXPECT_EQ(fields_of(facts[i]), expected[i]);
    }
  }
}

TEST(Format, HeaderRequestAndSeal) {
  EXPECT_EQ(fields_of(samples::header()),
            R"("type":"header","format":1,"model":3,"scenario":"bad-deploy","seed":18446744073709551615,)"
            R"("epoch":"2025-11-01T14:30:00Z","horizon":4500000000000,)"
            R"("responders":["runbook:runbook.md#Rollback Deployment"],"overrides":["seed=7"],)"
            R"("inputs":[{"name":"scenario.yaml","sha256":")" +
                std::string(64, 'a') + R"("}],"rubric":"{\"severity\":[]}")");
  EXPECT_EQ(
      fields_of(samples::request()),
      R"("type":"request","actor":"responder-1","verb":"PATCH",)"
      R"("path":"/apis/apps/v1/namespaces/prod/deployments/app","contentType":"application/merge-patch+json",)"
      R"("body":"{\"spec\":{\"replicas\":5}}","status":200,"clues":["pod/CrashLoopBackOff"])");
  EXPECT_EQ(fields_of(Seal{17, "ab"}), R"("type":"seal","records":17,"head":"ab")");
}

TEST(Format, ZeroFalseAndEmptyAreLeftOut) {
  EXPECT_EQ(fields_of(Fact(FaultFact{"", "", "", false, ""})), R"("type":"fault")");
  EXPECT_EQ(fields_of(Fact(TrafficFact{})), R"("type":"traffic")");
  EXPECT_EQ(fields_of(RequestRecord{}), R"("type":"request")");
  EXPECT_EQ(fields_of(Fact(WarningFact{"", "", "", 0})), R"("type":"warning")");
}

// "count" of a warning is 1 unless said otherwise, "active" of a fault true: absent must still mean zero.
TEST(Format, AbsentIsZeroEvenWhereTheDefaultIsNot) {
  const auto fault = parse_record(R"({"n":1,"t":0,"type":"fault"})");
  ASSERT_TRUE(fault);
  EXPECT_FALSE(fault->fact<FaultFact>()->active);
  const auto warning = parse_record(R"({"n":1,"t":0,"type":"warning"})");
  ASSERT_TRUE(warning);
  EXPECT_EQ(warning->fact<WarningFact>()->count, 0);
}

TEST(Format, BucketsAreWrittenAsDistancesAndCounts) {
  const auto buckets = samples::histogram().sparse();
  ASSERT_EQ(buckets.size(), 3u);
  std::string expected = "\"latency\":[";
  unsigned before = 0;
  for (const auto& [bucket, count] : buckets) {
    expected += std::to_string(bucket - before) + "," + std::to_string(count) + ",";
    before = bucket;
  }
  expected.back() = ']';
  EXPECT_TRUE(fields_of(Fact(samples::traffic())).ends_with(expected)) << fields_of(Fact(samples::traffic()));
}

TEST(Format, ControlCharactersAreEscaped) {
  RequestRecord request;
  request.body = std::string("a\"b\\c\n\r\t\x01\0z\x7f", 12) + "\xC3\xA9\xF0\x9F\x98\x80";
  EXPECT_EQ(
      fields_of(request),
      "\"type\":\"request\",\"body\":\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u0000z\x7f\xC3\xA9\xF0\x9F\x98\x80\"");
}

TEST(Format, BytesThatAreNotUtf8Survive) {
  RequestRecord request;
  request.body = "k8s\xFF\x01";
  EXPECT_EQ(fields_of(request), R"("type":"request","body":{"hex":"6b3873ff01"})");
  const auto back = parse_record(hashed_part(request) + "}");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->request()->body, request.body);
}

struct Utf8Case {
  std::string bytes;
  bool good;
};

TEST(Format, Utf8IsRecognised) {
  const Utf8Case cases[] = {{"", true},
                            {"plain", true},
                            {"\xC3\xA9", true},
                            {"\xE2\x82\xAC", true},
                            {"\xF4\x8F\xBF\xBF", true},
                            {"\x80", false},  // a continuation alone
                            {"\xC3", false},  // cut
                            {"\xE2\x82", false},
                            {"\xC0\x80", false},  // overlong
                            {"\xE0\x80\x80", false},
                            {"\xF0\x80\x80\x80", false},
                            {"\xED\xA0\x80", false},      // a surrogate
                            {"\xF4\x90\x80\x80", false},  // above U+10FFFF
                            {"\xF5\x80\x80\x80", false}};
  for (const Utf8Case& c : cases) EXPECT_EQ(is_utf8(c.bytes), c.good) << testing::PrintToString(c.bytes);
}

// What the strict reader refuses, in its own words.
TEST(Format, TheReaderSaysWhatIsWrongWithARecord) {
  const std::pair<const char*, const char*> cases[] = {
      {"[]", "is not a JSON object"},
      {"{\"n\":1,", "is not a JSON object"},
      {R"({"t":0,"type":"data"})", "has no number \"n\""},
      {R"({"n":-1,"t":0,"type":"data"})", "has no number \"n\""},
      {R"({"n":1,"type":"data"})", "has no time \"t\""},
      {R"({"n":1,"t":0})", "has no \"type\""},
      {R"({"n":1,"t":0,"type":"weather"})", "has an unknown type \"weather\""},
      {R"({"n":1,"t":0,"type":"data","colour":1})", "has an unknown field \"colour\""},
      {R"({"n":1,"t":0,"type":"data","atRisk":1})", "has a field \"atRisk\" that is not true or false"},
      {R"({"n":1,"t":0,"type":"data","lostWrites":-1})",
       "has a field \"lostWrites\" that is not a whole number in range"},
      {R"({"n":1,"t":0,"type":"traffic","slow":4294967296})",
       "has a field \"slow\" that is not a whole number in range"},
      {R"({"n":1,"t":0,"type":"traffic","latency":[1]})",
       "has a field \"latency\" that is not a list of the documented shape"},
      {R"({"n":1,"t":0,"type":"traffic","latency":[1,2,0,3]})",
       "has a field \"latency\" that is not a list of the documented shape"},
      {R"({"n":1,"t":0,"type":"traffic","latency":[60000,2]})",
       "has a field \"latency\" that is not a list of the documented shape"},
      {R"({"n":1,"t":0,"type":"traffic","endpoints":[["a"]]})",
       "has a field \"endpoints\" that is not a list of the documented shape"},
      {R"({"n":1,"t":0,"type":"pod","change":"exploded"})",
       "has a field \"change\" that is not one of its known words"},
      {R"({"n":1,"t":0,"type":"pod","pod":{"hex":"zz"}})", "has a field \"pod\" that is not a string"},
      {R"({"n":0,"t":0,"type":"header","format":2,"colour":1})",
       "is of another format: version 2, and this program reads version 1"},
  };
  for (const auto& [line, message] : cases) {
    const Result<Record> record = parse_record(line);
    ASSERT_FALSE(record) << line;
    EXPECT_EQ(record.error().message, message) << line;
  }
}

}  // namespace
}  // namespace muster
