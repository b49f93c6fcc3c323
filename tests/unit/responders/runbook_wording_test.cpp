// What the lint says of a page's wording: what contradicts itself, what is missing, what a sample_page
// teaches.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "responders/lint/runbook_lint.hpp"
#include "responders/text/file_text.hpp"

namespace muster {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Findings lint_page(const std::string& text) {
  const RunbookSurroundings nothing{
      [](const std::string& name) -> Result<std::string> { return invalid_input(name); },
      [](const std::string&) { return true; },
      {}};
  return lint_runbook(text, "r.md", nothing);
}

/// Of one rule: the places.
std::vector<std::string> places(const std::string& rule, const std::string& text) {
  std::vector<std::string> found;
  for (const Finding& finding : lint_page(text))
    if (finding.rule == rule) found.push_back(finding.where.substr(finding.where.find(':') + 1));
  return found;
}

std::string sample_page(const std::string& cadence, const std::string& entries,
                        const std::string& after = "") {
  return "# R\n\n## Status updates\n\n" + cadence + "\n\n## Sample\n\n```markdown\n**Severity:** P0\n" +
         entries + after + "```\n";
}

TEST(RunbookWording, TimelinesKeepTheCadenceThatThePageAsksFor) {
  const char* silent = "- 14:30: alert\n- 14:32: paged\n- 14:50: rollback\n- 15:45: closed\n";
  const char* told =
      "- 14:30: alert\n- 14:35: status page updated\n- 15:00: posted update\n- 15:20: closed\n";
  const char* rule = "timeline-breaks-cadence";
  EXPECT_THAT(places(rule, sample_page("- **P0/P1:** Every 15-30 minutes", silent)), ElementsAre("11:1"));
  EXPECT_THAT(places(rule, sample_page("- **P0/P1:** Every 15-30 minutes", told)), IsEmpty());
  EXPECT_THAT(places(rule, sample_page("- **P0:** Every 2 hours", silent)), IsEmpty());
  EXPECT_THAT(places(rule, sample_page("- **P0:** Every 2 hours\n- **P1:** Every 10 minutes", silent)),
              IsEmpty());
  EXPECT_THAT(places(rule, sample_page("", silent)), IsEmpty());
  const char* praise = "\n## Good\n- Communication was clear and timely\n";
  EXPECT_THAT(places("timeline-contradicts-text", sample_page("- P0: every 30 minutes", silent, praise)),
              ElementsAre("17:1"));
  EXPECT_THAT(places("timeline-contradicts-text", sample_page("- P0: every 30 minutes", told, praise)),
              IsEmpty());
}

TEST(RunbookWording, DurationsFitTheirEnds) {
  EXPECT_THAT(places("duration-does-not-fit", "# R\n\nDuration: 75 minutes (14:30 - 15:45 UTC)\n"),
              IsEmpty());
  EXPECT_THAT(places("duration-does-not-fit", "# R\n\nDuration: 45 minutes (14:30 - 15:45 UTC)\n"),
              ElementsAre("3:11"));
  EXPECT_THAT(places("duration-does-not-fit", "# R\n\n30 min (23:50 - 00:20)\n"), IsEmpty());
}

TEST(RunbookWording, OneThingHasOneValue) {
  const auto of = [](const std::string& text) { return places("contradiction", "# R\n\n" + text); };
  EXPECT_THAT(of("## P1\n- Response time: 15 minutes\n\n## P2\n- Response time: 1 hour\n"), IsEmpty());
  EXPECT_THAT(of("## P1\n- Response time: 15 minutes\n\n## Later\n- P1: respond within 30 minutes\n"),
              ElementsAre("7:1"));
  EXPECT_THAT(of("| Level | Response | Updates |\n|---|---|---|\n| P1 | 15 min | 30 min |\n\n## P1\n- Status "
                 "update every 60 minutes\n"),
              ElementsAre("8:1"));
  EXPECT_THAT(of("| Level | Response | Updates |\n|---|---|---|\n| P1 | 15 min | 30 min |\n| P2 | 30 min | "
                 "60 min |\n"),
              IsEmpty());
  EXPECT_THAT(of("P0 (Critical), P1 (High)\n\n## P1 - Critical\n\nx\n"), ElementsAre("5:9"));
  EXPECT_THAT(of("## A\nP95 should be < 500ms\n\n## B\nP95 must be below 800 ms\n"), ElementsAre("7:19"));
  EXPECT_THAT(of("- **Dashboard:** https://a.example\n- **Dashboard:** https://b.example\n- Logs: "
                 "https://c.example\n"),
              ElementsAre("4:18"));
  EXPECT_THAT(of("| Role | Phone |\n|---|---|\n| CTO | +1 555 0100 |\n\n| Role | Phone |\n|---|---|\n| CTO | "
                 "+1 555 0199 |\n"),
              ElementsAre("9:9"));
}

TEST(RunbookWording, SeveritiesDecide) {
  const std::string levels =
      "# R\n\n## P0\n- all pods down\n\n## P1\n- Latency > 5x normal\n- error rate > 10%\n\n"
      "## P2\n- error rate 5-10%\n- few users\n\n## P3\n- cosmetic\n\n";
  EXPECT_THAT(places("criterion-at-one-level", levels), ElementsAre("7:1"));
  EXPECT_THAT(places("criterion-at-one-level", levels + "## P2\n- latency somewhat higher\n"), IsEmpty());
  const std::string asked = levels + "## Determine severity\n1. How many users?\n2. Is data at risk?\n";
  EXPECT_THAT(places("criterion-decides-nothing", asked), ElementsAre("19:1"));
  EXPECT_THAT(places("threshold-overlap", "# R\n\n## P1\n- error rate > 5%\n\n## P2\n- error rate 2-10%\n"),
              ElementsAre("4:1"));
  EXPECT_THAT(places("threshold-overlap", "# R\n\n## P1\n- error rate > 10%\n\n## P2\n- error rate > 5%\n"),
              IsEmpty());
}

std::string shell(const std::string& commands) {
  return "```bash\n" + commands + "\n```\n";
}

TEST(RunbookWording, ChangesAreLookedAtAndHaveAWayBack) {
  const std::string restart = "# R\n\n## S\n" + shell("kubectl rollout restart deployment/x");
  EXPECT_THAT(places("change-without-check", restart), ElementsAre("5:1"));
  EXPECT_THAT(places("change-without-check", restart + "Make sure that users are served.\n"), IsEmpty());
  EXPECT_THAT(places("change-without-check", restart + shell("kubectl get pods")), IsEmpty());
  EXPECT_THAT(places("no-way-back", restart), IsEmpty());  // nothing is left changed
  const std::string scale =
      "# R\n\n## S\n" + shell("kubectl scale deployment/x --replicas=3\nkubectl get pods");
  EXPECT_THAT(places("no-way-back", scale), ElementsAre("5:1"));
  EXPECT_THAT(places("no-way-back", scale + "To go back, scale down.\n"), IsEmpty());
  const std::string cordon = "# R\n\n## S\n" + shell("kubectl cordon n1\nkubectl get nodes");
  EXPECT_THAT(places("not-taken-back", cordon), ElementsAre("5:9"));
  EXPECT_THAT(places("not-taken-back", cordon + shell("kubectl uncordon n1")), IsEmpty());
}

TEST(RunbookWording, StepsAreThere) {
  const std::string restore = "# R\n\n## Outage\n\n1. **Restore from backup**\n   - See [there](there.md)\n";
  EXPECT_THAT(places("step-is-only-a-link", restore), ElementsAre("6:1"));
  EXPECT_THAT(places("step-is-only-a-link", restore + "\n" + shell("pgbackrest restore")), IsEmpty());
  EXPECT_THAT(places("step-is-only-a-link", "# R\n\n## Logs\n\nSee [there](there.md).\n"), IsEmpty());
  EXPECT_THAT(places("step-is-missing", "# R\n\n## Purge\n\nTODO\n"), ElementsAre("5:1"));
}

TEST(RunbookWording, BreachesEnd) {
  const std::string breach =
      "# R\n\n## Security breach\n\n1. Isolate\n2. Tell the lead\n3. Rotate all credentials\n\n";
  EXPECT_THAT(places("breach-without-eradication", breach), ElementsAre("3:4"));
  EXPECT_THAT(places("breach-without-exit", breach), ElementsAre("3:4"));
  const std::string whole =
      breach + "4. Rebuild from a clean image\n5. Close when no new connection was seen for 24 hours\n";
  EXPECT_THAT(places("breach-without-eradication", whole), IsEmpty());
  EXPECT_THAT(places("breach-without-exit", whole), IsEmpty());
  const std::string rotate =
      "# R\n\n## Rotate credentials\n" + shell("kubectl create secret generic s --from-literal=p=1");
  EXPECT_THAT(places("rotation-is-not-complete", rotate), ElementsAre("3:4"));
  EXPECT_THAT(
      places("rotation-is-not-complete",
             rotate +
                 shell("psql -c \"ALTER ROLE app PASSWORD 'x'\"\npsql -c \"SELECT pg_terminate_backend(1)\"\n"
                       "kubectl rollout restart deployment/x")),
      IsEmpty());
}

TEST(RunbookWording, DatabasesAreNotHelpedByClients) {
  const std::string slow = "# R\n\n## Slow queries\n" + shell("kubectl scale deployment/x --replicas=9");
  EXPECT_THAT(places("scale-against-database", slow), ElementsAre("5:9"));
  EXPECT_THAT(places("scale-against-database", slow + "Mind max_connections.\n"), IsEmpty());
  EXPECT_THAT(places("scale-against-database", slow + "It does harm if the database is the bottleneck.\n"),
              IsEmpty());
  EXPECT_THAT(places("newline-in-the-value", "# R\n\n## S\n" + shell("echo secret | base64")),
              ElementsAre("5:1"));
  EXPECT_THAT(places("newline-in-the-value", "# R\n\n## S\n" + shell("echo -n secret | base64")), IsEmpty());
}

TEST(RunbookWording, LeaksComeBack) {
  const std::string leak =
      "# R\n\n## Memory leak\n\nCapture a heap dump.\n\n" + shell("kubectl delete pod x\nkubectl get pods");
  EXPECT_THAT(places("leak-comes-back", leak), ElementsAre("8:1"));
  EXPECT_THAT(places("evidence-not-kept", leak), ElementsAre("8:1"));
  const std::string kept = "# R\n\n## Memory leak\n\nCapture a heap dump.\n\n" +
                           shell("kubectl cp x:/tmp/heap heap\nkubectl rollout undo deployment/y");
  EXPECT_THAT(places("leak-comes-back", kept), IsEmpty());
  EXPECT_THAT(places("evidence-not-kept", kept), IsEmpty());
}

/// Written after the manner of public ones: a page for an alert with output under its commands, a handbook
/// with tables and forms, a page of a database team with tools of its own.
TEST(RunbookWording, PagesOfOtherTeamsAreReadWithoutNoise) {
  const std::string folder = std::string(MUSTER_SOURCE_DIR) + "/tests/unit/responders/pages/";
  const std::pair<const char*, std::set<std::string>> pages[] = {
      {"alert_page.md", {"placeholder-unfillable", "not-in-a-drill", "variable-unset", "step-is-missing"}},
      {"handbook.md", {"placeholder-unfillable", "scale-against-database", "undo-of-the-last-change"}},
      {"database_page.md", {"not-in-a-drill"}}};
  for (const auto& [name, expected] : pages) {
    const auto text = read_file_text(folder + name, "FILE.md", "a file");
    ASSERT_TRUE(text) << name;
    std::set<std::string> rules;
    for (const Finding& finding : lint_page(*text)) {
      rules.insert(finding.rule);
      EXPECT_NE(finding.level, Finding::Level::error) << finding.where << " " << finding.message;
    }
    EXPECT_EQ(rules, expected) << name;
  }
}

}  // namespace
}  // namespace muster
