// A runbook played by a person with no judgement, in virtual time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "responders/runbook/runbook_responder.hpp"
#include "sim/distributions.hpp"
#include "tests/unit/responders/sample_cluster.hpp"

namespace muster::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

RunbookPlan plan_of(const char* markdown) {
  RunbookPlan plan;
  plan.name = "runbook:r.md";
  plan.file = "r.md";
  plan.steps = read_runbook(markdown, "r.md").steps;
  return plan;
}

void play(FakeHost& host, const RunbookPlan& plan) {
  host.answer("POST /desk/v1/pages/1/acknowledge", "{}");
  for (const char* path : {"messages", "severity", "status", "notifications"})
    host.answer(std::string("POST /desk/v1/") + path, "{}");
  RunbookResponder responder("responder-1", plan);
  Task<void> playing = responder.play(host);
  playing.start();
  host.run_until();
}

std::vector<std::string> told(const FakeHost& host, ResponderChange change) {
  std::vector<std::string> out;
  for (const auto& fact : host.facts)
    if (fact.change == change) out.push_back(fact.file + ":" + std::to_string(fact.line) + " " + fact.text);
  return out;
}

TEST(RunbookPlay, NobodyPagedMeansItNeverBegins) {
  FakeHost host;
  play(host, plan_of("```\necho a\n```\n"));
  EXPECT_THAT(host.requests, IsEmpty());
  EXPECT_THAT(host.facts, IsEmpty());
}

TEST(RunbookPlay, AcknowledgesThenFollowsTheSteps) {
  FakeHost host;
  add_sample_cluster(host);
  host.page_at(sim_start + 700s);
  play(host, plan_of("```bash\n# Look\nkubectl get pods -n autonomous-dev-prod\n\n# Closer\n"
                     "kubectl describe pod <pod-name> -n autonomous-dev-prod\n```\n"));
  EXPECT_THAT(told(host, ResponderChange::step),
              ElementsAre("r.md:3 kubectl get pods -n autonomous-dev-prod",
                          "r.md:6 kubectl describe pod autonomous-dev-7d9b-bbbbb -n autonomous-dev-prod"));
  EXPECT_THAT(told(host, ResponderChange::cannot_run), IsEmpty());
  EXPECT_EQ(host.asked()[0], "POST /desk/v1/pages/1/acknowledge");
  EXPECT_EQ(host.asked()[1], "GET /api/v1/namespaces/autonomous-dev-prod/pods?limit=500");
  EXPECT_GT(host.request_times[0], sim_start + 700s);
  EXPECT_GT(host.request_times[1], host.request_times[0]);
  EXPECT_EQ(host.facts.front().change, ResponderChange::began);
  EXPECT_EQ(host.facts.back().change, ResponderChange::finished);
  EXPECT_EQ(host.facts.back().responder, "runbook:r.md");
}

TEST(RunbookPlay, NothingIsSkippedSilently) {
  FakeHost host;
  host.page_at(sim_start);
  play(host, plan_of("Decide what to do.\n\n```bash\nkubectl delete pod <pod-name>\npsql $DATABASE_URL -c x\n"
                     "helm list\nfrobnicate\nkubectl edit cm x\nfalse\n# Should be < 1%\n```\n\n"
                     "```markdown\nTitle: <x>\n```\n"));
  EXPECT_THAT(
      told(host, ResponderChange::cannot_run),
      ElementsAre(
          HasSubstr("r.md:4 kubectl delete pod <pod-name>: nothing seen so far says what <pod-name> is"),
          HasSubstr("r.md:5 psql $DATABASE_URL -c x: $DATABASE_URL is not set"),
          HasSubstr("r.md:6 helm list: `helm` is not part of this console"),
          HasSubstr("r.md:7 frobnicate: frobnicate: command not found"),
          HasSubstr("r.md:8 kubectl edit cm x: there is no editor here")));
  EXPECT_THAT(told(host, ResponderChange::needs_judgement),
              ElementsAre("r.md:1 Decide what to do.", "r.md:10 Should be < 1%",
                          "r.md:13 a form to fill in: Title: <x>"));
  EXPECT_THAT(told(host, ResponderChange::step), testing::Contains("r.md:9 false: exit code 1"));
  EXPECT_THAT(host.asked(), ElementsAre("POST /desk/v1/pages/1/acknowledge"));
}

TEST(RunbookPlay, SaysWhatTheRunbookSays) {
  FakeHost host;
  host.page_at(sim_start);
  play(host,
       plan_of("```\n# Create channel\n#incident-1-x\n\n**INCIDENT DECLARED - P1**\nImpact: it's bad\n\n"
               "**INCIDENT RESOLVED**\nRoot cause: <brief description>\n```\n\n- Update status page\n- Page "
               "CTO\n"));
  std::vector<std::string> bodies;
  for (std::size_t i = 1; i < host.requests.size(); ++i)
    bodies.push_back(host.requests[i].path + host.requests[i].body);
  EXPECT_THAT(
      bodies,
      ElementsAre(
          R"(/desk/v1/messages{"channel":"#incident-1-x","text":"#incident-1-x"})",
          R"(/desk/v1/severity{"severity":"P1","text":"**INCIDENT DECLARED - P1**\nImpact: it's bad"})",
          R"(/desk/v1/messages{"channel":"#incident-1-x","text":"**INCIDENT DECLARED - P1**\nImpact: it's bad"})",
          R"(/desk/v1/status{"text":"Update status page"})",
          R"(/desk/v1/notifications{"text":"Page CTO","to":["cto"]})"));
  EXPECT_THAT(told(host, ResponderChange::needs_judgement),
              ElementsAre("r.md:8 **INCIDENT RESOLVED**: <brief description> must be put in words"));
}

TEST(RunbookPlay, QueriesGoToPrometheus) {
  FakeHost host;
  host.page_at(sim_start);
  host.answer("GET /api/v1/query?query=up%20%3D%3D%200", "{}");
  play(host, plan_of("```\nup == 0\nrate(x[5m])\n```\n"));
  EXPECT_EQ(host.asked()[1], "GET /api/v1/query?query=up%20%3D%3D%200");
  EXPECT_THAT(told(host, ResponderChange::cannot_run),
              ElementsAre(HasSubstr("r.md:3 rate(x[5m]): Prometheus answered 404")));
}

TEST(RunbookPlay, TheSameSeedTakesTheSameTime) {
  const RunbookPlan plan = plan_of("```\necho a\necho b\n```\n");
  std::vector<SimTime> ends;
  for (const std::uint64_t seed : {1u, 1u, 2u}) {
    FakeHost host;
    host.seed = seed;
    host.page_at(sim_start + 10s);
    play(host, plan);
    ends.push_back(host.now());
  }
  EXPECT_EQ(ends[0], ends[1]);
  EXPECT_NE(ends[0], ends[2]);
}

TEST(RunbookPace, MedianAndTailAreAsStated) {
  std::vector<double> seconds;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    FakeHost host;
    host.seed = seed;
    RunbookPace pace;
    pace.skill_sigma = 0;
    seconds.push_back(seconds_of(PaceClock(host, "responder/r", pace).acknowledge()));
  }
  std::sort(seconds.begin(), seconds.end());
  EXPECT_NEAR(seconds[2000], 45, 3);    // standard error of the median is 1.25 sigma / sqrt(n) = 1.0 s
  EXPECT_NEAR(seconds[3800], 300, 45);  // and of the 95th percentile about 11 s
}

TEST(RunbookPace, SkillMovesEveryStageOfARun) {
  FakeHost host;
  RunbookPace plain, skilled;
  plain.skill_sigma = 0;
  const PaceClock one(host, "responder/r", plain), other(host, "responder/r", skilled);
  const double factor = seconds_of(other.read(0)) / seconds_of(one.read(0));
  EXPECT_NE(factor, 1);
  EXPECT_NEAR(seconds_of(other.look(3)) / seconds_of(one.look(3)), factor, 1e-6);
  EXPECT_NEAR(seconds_of(other.acknowledge()) / seconds_of(one.acknowledge()), factor, 1e-6);
}

}  // namespace
}  // namespace muster::test
