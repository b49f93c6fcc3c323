// Fixed lists of requests: the strict reader, and what is played.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "responders/requests/request_list_responder.hpp"
#include "tests/unit/responders/fake_host.hpp"

namespace muster::test {
namespace {

using testing::ElementsAre;

constexpr SimTime horizon = sim_start + 1h;

std::string list_error(const std::string& items) {
  const auto list = read_request_list("muster: 1\nrequests:\n" + items, "l.yaml", horizon);
  return list ? "read" : list.error().text();
}

RequestList list_of(const std::string& items) {
  const auto list = read_request_list("muster: 1\nrequests:\n" + items, "l.yaml", horizon);
  EXPECT_TRUE(list) << list.error().text();
  return list ? *list : RequestList{};
}

TEST(RequestListFile, EveryMistakeHasItsPlaceAndWord) {
  const struct {
    const char *items, *error;
  } cases[] = {
      {"  - {at: 1m, verb: GET, path: /x}\n", "read"},
      {"  - {verb: GET, path: /x}\n",
       "l.yaml:3:5: a request needs the key \"at\": a duration such as 90s, 15m or 1h30m"},
      {"  - {at: soon, verb: GET, path: /x}\n",
       "l.yaml:3:10: \"at\" of a request: expected a duration such as 90s, 15m or 1h30m, found \"soon\""},
      {"  - {at: 1h, verb: GET, path: /x}\n",
       "l.yaml:3:10: \"at\" is 1h; expected a time before the horizon of the drill, 1h"},
      {"  - {at: -1s, verb: GET, path: /x}\n",
       "l.yaml:3:10: \"at\" of a request: expected a duration such as 90s, 15m or 1h30m, found \"-1s\""},
      {"  - {at: 1m, verb: PATHC, path: /x}\n",
       "l.yaml:3:20: unknown verb \"PATHC\"; expected one of GET, POST, PUT, PATCH, DELETE; did you mean "
       "\"PATCH\"?"},
      {"  - {at: 1m, verb: GET, path: x}\n",
       "l.yaml:3:31: \"path\" is \"x\"; expected one that begins with \"/\", such as /api/v1/pods"},
      {"  - {at: 1m, verb: GET, path: /x, body: a}\n", "l.yaml:3:41: a GET takes no \"body\""},
      {"  - {at: 1m, verb: PUT, path: /x, contentType: a/b}\n",
       "l.yaml:3:48: \"contentType\" without a \"body\""},
      {"  - {at: 1m, verb: PUT, path: /x, bdy: a}\n",
       "l.yaml:3:35: unknown key \"bdy\" in a request; expected one of at, note, verb, path, body, "
       "contentType; did you mean \"body\"?"},
      {"  - {at: 1m, verb: GET, path: \"/x/{pod}\"}\n",
       "l.yaml:3:31: unknown name \"pod\" in braces; the list has no \"names\""},
      {"  - just text\n", "l.yaml:3:5: expected a request as a map, found \"just text\""},
      {"  []\n", "l.yaml:3:3: \"requests\" is empty; expected one or more"},
  };
  for (const auto& [items, error] : cases) EXPECT_EQ(list_error(items), error) << items;
}

TEST(RequestListFile, BodiesAndTheirTypes) {
  const RequestList list = list_of(
      "  - {at: 1m, verb: PATCH, path: /a, body: {replicas: 5, on: yes}}\n"
      "  - {at: 1m, verb: PATCH, path: /b, body: [{op: remove, path: /x}]}\n"
      "  - {at: 1m, verb: POST, path: /c, body: {a: \"5\"}}\n"
      "  - at: 1m\n    verb: POST\n    path: /d\n    contentType: text/plain\n    body: |\n      two\n      "
      "lines\n"
      "  - {at: 1m, verb: DELETE, path: /e}\n");
  std::vector<std::string> seen;
  for (const ListedRequest& request : list.requests)
    seen.push_back(request.content_type + " " + request.body);
  EXPECT_THAT(seen, ElementsAre("application/strategic-merge-patch+json {\"on\":true,\"replicas\":5}",
                                "application/json-patch+json [{\"op\":\"remove\",\"path\":\"/x\"}]",
                                "application/json {\"a\":\"5\"}", "text/plain two\nlines\n", " "));
}

TEST(RequestListPlay, AtItsTimesInTheOrderOfTheFile) {
  FakeHost host;
  host.answer("POST /b", "{}", 201);
  host.answer("GET /c", R"({"message":"there is no c"})", 404);
  host.answer("GET /a", "no\nJSON", 500);
  RequestListResponder responder("responder-1", list_of("  - {at: 9m, verb: GET, path: /a}\n"
                                                        "  - {at: 2m, verb: POST, path: /b, body: {}}\n"
                                                        "  - {at: 2m, verb: GET, path: /c, note: look}\n"));
  Task<void> playing = responder.play(host);
  playing.start();
  host.run_until();
  EXPECT_THAT(host.asked(), ElementsAre("POST /b", "GET /c", "GET /a"));
  EXPECT_THAT(host.request_times, ElementsAre(sim_start + 2min, sim_start + 2min, sim_start + 9min));
  std::vector<std::string> told;
  for (const ResponderFact& fact : host.facts)
    told.push_back(std::string(to_string(fact.change)) + " " + fact.file + ":" + std::to_string(fact.line) +
                   " " + fact.text);
  EXPECT_THAT(told,
              ElementsAre("began l.yaml:0 3 requests", "step l.yaml:4 POST /b", "step l.yaml:5 look (GET /c)",
                          "step l.yaml:5 GET /c: refused with 404: there is no c", "step l.yaml:3 GET /a",
                          "step l.yaml:3 GET /a: refused with 500: no", "finished l.yaml:0 3 requests"));
}

TEST(RequestListPlay, NamesAreLookedUpOnceAndWhatIsMissingIsSent) {
  FakeHost host;
  host.answer("GET /pods", R"({"items":[{"metadata":{"name":"a-1"}},{"metadata":{"name":"b-2"}}]})");
  host.answer("GET /none", R"({"items":[]})");
  const auto list = read_request_list(
      "muster: 1\n"
      "names:\n"
      "  - {name: pod, list: /pods, prefix: b-}\n"
      "  - {name: ghost, list: /none}\n"
      "requests:\n"
      "  - {at: 1m, verb: GET, path: \"/x/{pod}/{pod}\"}\n"
      "  - {at: 2m, verb: DELETE, path: \"/x/{pod}\"}\n"
      "  - {at: 3m, verb: GET, path: \"/x/{ghost}\"}\n",
      "l.yaml", horizon);
  ASSERT_TRUE(list) << list.error().text();
  RequestListResponder responder("responder-1", *list);
  Task<void> playing = responder.play(host);
  playing.start();
  host.run_until();
  EXPECT_THAT(host.asked(),
              ElementsAre("GET /pods", "GET /x/b-2/b-2", "DELETE /x/b-2", "GET /none", "GET /x/unknown"));
}

}  // namespace
}  // namespace muster::test
