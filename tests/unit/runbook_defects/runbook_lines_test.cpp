// Every line in the fenced blocks of the user's runbook: told apart, counted, and each command typed into the
// console in a drill of the incident its section is about.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "responders/runbook/document.hpp"
#include "responders/text/lines.hpp"
#include "telemetry/promql/promql.hpp"
#include "tests/unit/runbook_defects/console_drill.hpp"

namespace muster::test {
namespace {

std::string user_runbook() {
  const char* const place = std::getenv("MUSTER_USER_RUNBOOK");
  std::ifstream in(place != nullptr ? place : MUSTER_SOURCE_DIR "/../shared/runbook.md");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Lines between ``` marks that are not blank, of blocks whose language is `language`; by hand, as a judge of
/// the reader.
int fenced_lines(const std::string& markdown, const std::string& language) {
  int count = 0;
  std::string open;
  bool inside = false;
  for (const auto& line : split_lines(markdown)) {
    const auto text = trimmed(line);
    if (text.starts_with("```")) {
      inside = !inside;
      open = std::string(text.substr(3));
    } else if (inside && open == language && !text.empty()) {
      ++count;
    }
  }
  return count;
}

struct Place {
  const char* heading;
  const char* scenario;
};
/// Where a section makes sense; others: bad-deploy.
constexpr Place places[] = {
    {"Issue: High Latency", "slow-queries"}, {"Issue: Resource Exhaustion", "memory-leak"},
    {"Database Outage", "database-outage"},  {"Memory Leak", "memory-leak"},
    {"Security Breach", "security-breach"},  {"Third-Party Service Outage", "third-party-outage"}};

/// The commands of the runbook by section, each once: that of the innermost section it stands in.
std::map<std::string, std::vector<const RunbookStep*>> commands_by_section(const RunbookDocument& document) {
  std::map<std::string, std::vector<const RunbookStep*>> commands;
  for (std::size_t i = 0; i < document.steps.size(); ++i) {
    if (document.steps[i].kind != StepKind::command) continue;
    const RunbookSection* inner = nullptr;
    for (const RunbookSection& section : document.sections)
      if (section.first_step <= i && i < section.end_step && (!inner || section.level >= inner->level))
        inner = &section;
    commands[inner->title].push_back(&document.steps[i]);
  }
  return commands;
}

std::string scenario_of(const RunbookDocument& document, const RunbookStep& step) {
  for (const Place& place : places)
    for (const RunbookSection& section : document.sections) {
      const auto index = static_cast<std::size_t>(&step - document.steps.data());
      if (matching_form(section.title) == matching_form(place.heading) && section.first_step <= index &&
          index < section.end_step)
        return place.scenario;
    }
  return "bad-deploy";
}

/// What a person at this terminal would have at hand.
void prepare(ConsoleDrill& drill) {
  drill.session().files["network-policy-lockdown.yaml"] =
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: lockdown, namespace: "
      "autonomous-dev-prod}\nspec: {podSelector: {matchLabels: {quarantine: \"true\"}}, policyTypes: "
      "[Ingress, "
      "Egress]}\n";
  drill.seen.bind("instance-name", "autonomous-dev-db");
  drill.seen.bind("script", "app.py");
  drill.seen.bind("N", "5");
  drill.seen.bind("new-base64-encoded-url",
                  base64_encoded("postgresql://autonomous_dev:drill-only-password@db.example.internal:5432/"
                                 "autonomous_dev"));
  drill.type({"export DATABASE_URL=postgresql://autonomous_dev:drill-only-password@db.example.internal:5432/"
              "autonomous_dev",
              "export KUBE_EDITOR='sed -i s/false/true/'", "kubectl get pods -n autonomous-dev-prod"},
             14min);
}

/// What a real tool says when a step fails for a reason of the world.
bool is_believable(const CommandResult& result) {
  if (!result.cannot_run.empty()) return false;
  if (result.exit_code == 0 || result.exit_code == 130) return true;  // 130: Ctrl-C ends what follows
  const std::string& text = result.err;
  return text.find("Error from server") != std::string::npos || text.starts_with("error: ") ||
         text.starts_with("Found ") || text.starts_with("psql: error") ||
         text.starts_with("command terminated") || text.starts_with("pod ") ||
         (result.exit_code == 1 && text.empty());  // grep without a match
}

TEST(RunbookLines, EveryFencedLineIsToldApartAndNoneIsSkipped) {
  const std::string text = user_runbook();
  if (text.empty()) GTEST_SKIP() << "no user runbook here; set MUSTER_USER_RUNBOOK to check one";
  const RunbookDocument document = read_runbook(text, "runbook.md");
  int continued = 0;
  for (const auto& line : split_lines(text)) continued += line.ends_with('\\');
  EXPECT_EQ(static_cast<int>(document.fenced_lines.size()) + continued, fenced_lines(text, "bash"));
  std::map<std::string, int> kinds;
  for (const auto& line : document.fenced_lines) ++kinds[to_string(line.kind)];
  EXPECT_EQ(kinds["command"] + kinds["query"] + kinds["message"] + kinds["comment"] + kinds["note"],
            static_cast<int>(document.fenced_lines.size()));
}

/// "# - Error rate: rate(x[5m])": what stands behind the colon, if PromQL reads it as more than a name.
bool has_query(std::string_view line) {
  const auto colon = line.find(": ");
  if (!line.starts_with('#') || colon == std::string_view::npos) return false;
  const std::string_view rest = line.substr(colon + 2);
  return rest.find_first_of("_(") != std::string_view::npos && rest.find(' ') != 0 &&
         (rest.find('(') != std::string_view::npos || rest.find('_') != std::string_view::npos) &&
         std::string_view(rest).find(" Check ") == std::string_view::npos;
}

TEST(RunbookLines, QueriesInsideCommentsAreRecognised) {
  const std::string text = user_runbook();
  if (text.empty()) GTEST_SKIP() << "no user runbook here; set MUSTER_USER_RUNBOOK to check one";
  std::vector<std::string> found;
  for (const auto& line : split_lines(text))
    if (has_query(trimmed(line))) found.emplace_back(trimmed(line));
  EXPECT_THAT(found, testing::ElementsAre(testing::HasSubstr("rate(http_requests_total"),
                                          testing::HasSubstr("histogram_quantile(0.95"),
                                          testing::HasSubstr("container_memory_usage_bytes")));
}

TEST(RunbookLines, EveryCommandRunsInTheConsole) {
  const std::string text = user_runbook();
  if (text.empty()) GTEST_SKIP() << "no user runbook here; set MUSTER_USER_RUNBOOK to check one";
  const RunbookDocument document = read_runbook(text, "runbook.md");
  std::size_t ran = 0, wanted = 0;
  for (const auto& step : document.steps) wanted += step.kind == StepKind::command;
  for (const auto& [section, steps] : commands_by_section(document)) {
    ConsoleDrill drill(scenario_of(document, *steps.front()));
    prepare(drill);
    std::vector<std::string> lines;
    for (const RunbookStep* step : steps) lines.push_back(step->text);
    const auto& typed = drill.type(lines);
    for (std::size_t i = 3; i < typed.size(); ++i) {
      const CommandResult& result = typed[i].result;
      EXPECT_TRUE(is_believable(result)) << section << ": " << typed[i].line << "\n"
                                         << result.out << result.err << result.cannot_run;
      EXPECT_EQ((result.out + result.err).find("not built"), std::string::npos) << typed[i].line;
      ++ran;
    }
  }
  EXPECT_EQ(ran, wanted);
  EXPECT_GE(ran, 54u);
}

}  // namespace
}  // namespace muster::test
