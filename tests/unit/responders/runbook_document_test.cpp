// Markdown to sections and steps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "responders/runbook/desk_action.hpp"
#include "responders/runbook/document.hpp"
#include "responders/runbook/line_kind.hpp"
#include "responders/runbook/observations.hpp"

namespace muster {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* sample = R"(# Runbook

## Mitigation

**Rollback**
```bash
# Roll back
kubectl rollout undo deployment/x \
  -n y

# Common causes:
# - bad luck
```

**Scale Up:**

Some prose here.

### Restart

1. **Look**
   ```bash
   kubectl get pods
   ```
2. Notify the security team

## Rollback
- See above
)";

std::vector<std::string> texts(const std::vector<RunbookStep>& steps) {
  std::vector<std::string> out;
  for (const auto& step : steps)
    out.push_back(std::string(to_string(step.kind)) + " " + std::to_string(step.line) + " " + step.text);
  return out;
}

TEST(RunbookDocument, SectionsOfHeadingsAndBoldRuns) {
  const RunbookDocument document = read_runbook(sample, "r.md");
  std::vector<std::string> titles;
  for (const auto& section : document.sections)
    titles.push_back(section.title + ":" + std::to_string(section.line));
  EXPECT_THAT(titles, ElementsAre("Runbook:1", "Mitigation:3", "Rollback:5", "Scale Up::15", "Restart:19",
                                  "Rollback:27"));
  EXPECT_THAT(texts(document.steps), ElementsAre("command 8 kubectl rollout undo deployment/x -n y",
                                                 "note 11 # Common causes:\n# - bad luck",
                                                 "prose 17 Some prose here.", "command 23 kubectl get pods",
                                                 "prose 25 Notify the security team", "prose 28 See above"));
  EXPECT_EQ(document.steps[0].explanation, "Roll back");
  EXPECT_EQ(document.steps[3].explanation, "Look");
}

TEST(RunbookDocument, TablesChecklistsAndSentencesTellWhatToRun) {
  const RunbookDocument document = read_runbook(
      "| Step | Command | Expect |\n|---|---|---|\n| Look | `kubectl get pods` | ready |\n| Say | Post it | "
      "|\n\n"
      "- [ ] Go back: `kubectl rollout undo deployment/x`\n- [x] Notify the team\n\n"
      "Ask `sum(rate(x[5m]))`; do not run `kubectl delete pods --all` and see `kubectl`, `values.yaml`.\n\n"
      "| Role | Phone |\n|---|---|\n| CTO | 1 |\n",
      "r.md");
  EXPECT_THAT(texts(document.steps), ElementsAre("command 3 kubectl get pods", "prose 4 Say | Post it",
                                                 "command 6 kubectl rollout undo deployment/x",
                                                 "prose 7 Notify the team", "query 9 sum(rate(x[5m]))"));
  EXPECT_EQ(document.steps[0].explanation, "Look | kubectl get pods | ready");
  ASSERT_EQ(document.contacts.size(), 1u);
  EXPECT_EQ(document.contacts[0].rows[0].line, 13);
}

TEST(RunbookDocument, FrontMatterIsNoSection) {
  const RunbookDocument document =
      read_runbook("---\ntitle: A page\nweight: 2\n---\n\n# A\n\n`kubectl get pods`\n", "r.md");
  ASSERT_EQ(document.sections.size(), 1u);
  EXPECT_EQ(document.sections[0].line, 6);
  EXPECT_THAT(texts(document.steps), ElementsAre("command 8 kubectl get pods"));
}

TEST(RunbookDocument, ABoldRunDirectlyAboveTextIsASection) {
  const RunbookDocument document = read_runbook("**Only bold**\n\nx\n\n**bold** and more\n", "r.md");
  ASSERT_EQ(document.sections.size(), 1u);
  EXPECT_THAT(texts(document.steps), ElementsAre("prose 3 x", "prose 5 bold and more"));
}

TEST(RunbookDocument, ChoosingSections) {
  const RunbookDocument document = read_runbook(sample, "r.md");
  const auto heading = choose_steps(document, {"mitigation"});
  ASSERT_TRUE(heading);
  EXPECT_EQ(heading->size(), 5u);  // a heading contains its subsections
  const auto two = choose_steps(document, {"RESTART", "**scale   up**", "restart"});
  ASSERT_TRUE(two);
  EXPECT_THAT(texts(*two), ElementsAre("command 23 kubectl get pods", "prose 25 Notify the security team",
                                       "prose 17 Some prose here."));
  EXPECT_EQ(choose_steps(document, {})->size(), document.steps.size());
}

TEST(RunbookDocument, UnknownAndAmbiguousNames) {
  const RunbookDocument document = read_runbook(sample, "r.md");
  const auto unknown = choose_steps(document, {"Restrat"});
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().message, HasSubstr("no section \"Restrat\"; the nearest are \"Restart\""));
  const auto ambiguous = choose_steps(document, {"rollback"});
  ASSERT_FALSE(ambiguous);
  EXPECT_THAT(ambiguous.error().message, HasSubstr("r.md:5, r.md:27"));
}

TEST(RunbookDocument, LineKinds) {
  const std::vector<std::pair<std::string, LineKind>> table{
      {"kubectl get pods", LineKind::command},
      {"$ kubectl get pods", LineKind::command},
      {"A=1 kubectl get pods", LineKind::command},
      {"curl https://x/y", LineKind::command},
      {"some-tool --flag", LineKind::command},
      {"# comment", LineKind::comment},
      {"#incident-2025-11-01-<brief-name>", LineKind::message},
      {"**INCIDENT DECLARED - P0**", LineKind::message},
      {"Time: 14:30 UTC", LineKind::message},
      {"Incident Commander: @username", LineKind::message},
      {"rate(http_requests_total{status=~\"5..\"}[5m])", LineKind::query},
      {"topk(10, sum by (endpoint) (rate(x[5m])))", LineKind::query},
      {"sum by (status) (rate(x[5m]))", LineKind::query},
      {"up{job=\"x\"} == 0", LineKind::query},
      {"container_memory_usage_bytes{pod=\"x\"}", LineKind::query},
  };
  for (const auto& [line, kind] : table)
    EXPECT_STREQ(to_string(classify_line(line)), to_string(kind)) << line;
}

TEST(RunbookDocument, HostileInputIsOnlyText) {
  EXPECT_THAT(read_runbook("", "r.md").steps, IsEmpty());
  EXPECT_THAT(read_runbook(std::string("\0\xff\xfe", 3), "r.md").sections, IsEmpty());
  const RunbookDocument unclosed = read_runbook("```bash\nkubectl get pods", "r.md");
  EXPECT_THAT(texts(unclosed.steps), ElementsAre("command 2 kubectl get pods"));
  EXPECT_EQ(read_runbook(std::string(10'000, '>') + " x", "r.md").sections.size(), 0u);
}

TEST(Placeholders, AreFilledFromWhatWasSeen) {
  Observations seen;
  EXPECT_THAT(fill_placeholders("kubectl describe pod <pod-name> | grep x < f", seen).missing,
              ElementsAre("pod-name"));
  seen.read(
      "NAME    READY   STATUS             RESTARTS      AGE\n"
      "a-1     1/1     Running            0             5m\n"
      "a-2     0/1     CrashLoopBackOff   5 (61s ago)   5m\n");
  seen.read("NAME   READY   UP-TO-DATE   AVAILABLE   AGE\na      3/5     1            3           120m\n");
  const FilledText filled = fill_placeholders("x <pod-name> --replicas=<N> <script>", seen);
  EXPECT_EQ(filled.text, "x a-2 --replicas=5 <script>");
  EXPECT_THAT(filled.missing, ElementsAre("script"));
  seen.read("Replicas:  4 desired | 1 updated | 4 total\n");
  EXPECT_EQ(seen.value_of("N"), "4");
  seen.bind("script", "dump.py");
  EXPECT_EQ(fill_placeholders("<script>", seen).text, "dump.py");
  seen.read("NAME    READY   STATUS    RESTARTS   AGE\nb-1     1/1     Running   0          5m\n");
  EXPECT_EQ(seen.value_of("pod-name"), "b-1");  // the newest table counts
}

TEST(DeskSentences, Table) {
  const auto line_of = [](const char* sentence) {
    const auto action = desk_action_of_sentence(sentence);
    return action ? shell_line(*action) : std::string();
  };
  EXPECT_EQ(line_of("Update status page"), "status 'Update status page'");
  EXPECT_EQ(line_of("Post notification"), "post '#incident' 'Post notification'");
  EXPECT_EQ(line_of("Slack: #security-incidents"), "post '#security-incidents' 'Slack: #security-incidents'");
  EXPECT_EQ(line_of("Email: security@example.com"),
            "notify security@example.com 'Email: security@example.com'");
  EXPECT_EQ(line_of("Notify the CTO, ceo and team lead."),
            "notify cto ceo 'team lead' 'Notify the CTO, ceo and team lead.'");
  EXPECT_EQ(line_of("Create ticket"), "ticket 'Create ticket'");
  EXPECT_EQ(line_of("Check what's wrong"), "");
  EXPECT_EQ(shell_line({"a", "it's"}), "a 'it'\\''s'");
  const auto said = desk_actions_of_message("**INCIDENT DECLARED - P0**\nImpact: all", "#inc");
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0][0] + said[0][1], "declareP0");
  EXPECT_EQ(said[1][1], "#inc");
}

TEST(UsersRunbook, EveryFencedLineIsClassified) {
  const char* const place = std::getenv("MUSTER_USER_RUNBOOK");
  const std::string path = place != nullptr ? place : MUSTER_SOURCE_DIR "/../shared/runbook.md";
  std::ifstream in(path);
  if (!in) GTEST_SKIP() << "no user runbook here; set MUSTER_USER_RUNBOOK to check one";
  std::ostringstream text;
  text << in.rdbuf();
  const RunbookDocument document = read_runbook(text.str(), "runbook.md");
  std::map<std::string, int> kinds, lines;
  std::vector<std::string> names;
  for (const auto& line : document.fenced_lines) ++lines[to_string(line.kind)];
  for (const auto& step : document.steps) {
    ++kinds[to_string(step.kind)];
    if (step.kind == StepKind::command)
      for (const auto& name : placeholders_in(step.text)) names.push_back(name);
  }
  EXPECT_EQ(document.sections.size(), 54u);
  EXPECT_EQ(lines, (std::map<std::string, int>{
                       {"command", 54}, {"comment", 49}, {"message", 12}, {"note", 35}, {"query", 4}}));
  EXPECT_EQ(kinds["command"], 55) << "those of the blocks, and one between backquotes in the list of tools";
  EXPECT_EQ(kinds["query"], 4);
  EXPECT_EQ(kinds["template"], 2);
  EXPECT_EQ(std::count(names.begin(), names.end(), "pod-name"), 11);
  const auto rollback = choose_steps(document, {"Rollback Deployment"});
  ASSERT_TRUE(rollback);
  EXPECT_THAT(
      texts(*rollback),
      ElementsAre("command 235 kubectl rollout undo deployment/autonomous-dev -n autonomous-dev-prod",
                  "command 238 kubectl rollout status deployment/autonomous-dev -n autonomous-dev-prod"));
  EXPECT_EQ(texts(*choose_steps(document, {"increase resources"}))[0],
            "command 262 kubectl set resources deployment autonomous-dev -n autonomous-dev-prod "
            "--limits=memory=16Gi,cpu=8");
}

TEST(RunbookDocument, ACommandOverSeveralLinesIsOne) {
  const RunbookDocument document = read_runbook(
      "```bash\n# Wait\nuntil kubectl get pod <pod-name>; do\n  # a while\n  sleep 5\ndone\n"
      "kubectl apply -f - <<EOF\nkind: X\n  a: b\nEOF\nkubectl get pods\n"
      "if this never ends\n```\n",
      "r.md");
  EXPECT_THAT(texts(document.steps),
              ElementsAre("command 3 until kubectl get pod <pod-name>; do\n  # a while\n  sleep 5\ndone",
                          "command 7 kubectl apply -f - <<EOF\nkind: X\n  a: b\nEOF",
                          "command 11 kubectl get pods", "command 12 if this never ends"));
  EXPECT_EQ(document.steps[0].explanation, "Wait");
}

TEST(RunbookDocument, WhatACommandPrintedIsNoStep) {
  const RunbookDocument page = read_runbook(
      "# R\n\n```console\n$ kubectl get nodes\nNAME  STATUS\nn1    Ready\n$ date\n```\n", "r.md");
  ASSERT_EQ(page.steps.size(), 2u);
  EXPECT_EQ(page.steps[0].text, "kubectl get nodes");
  EXPECT_EQ(page.steps[1].text, "date");
  EXPECT_EQ(page.fenced_lines[1].kind, LineKind::output);
}

TEST(RunbookDocument, ACommandGoesOnToTheEndOfItsText) {
  const RunbookDocument page = read_runbook(
      "# R\n\n```bash\nkubectl apply -f - <<EOF\nkind: A\n  b: c\nEOF\nkubectl patch cm x -p '{\n\"a\": "
      "1}'\nfor i in 1 2; do\n  date\ndone\ndate\n```\n",
      "r.md");
  ASSERT_EQ(page.steps.size(), 4u);
  EXPECT_EQ(page.steps[0].text, "kubectl apply -f - <<EOF\nkind: A\n  b: c\nEOF");
  EXPECT_EQ(page.steps[1].text, "kubectl patch cm x -p '{\n\"a\": 1}'");
  EXPECT_EQ(page.steps[3].line, 13);
}

TEST(RunbookDocument, AFormWithoutALanguageIsNoShell) {
  const RunbookDocument page =
      read_runbook("# R\n\n```\nWe are looking into it.\nsome-tool --flag\n```\n", "r.md");
  ASSERT_EQ(page.steps.size(), 2u);
  EXPECT_EQ(page.steps[0].kind, StepKind::message);
  EXPECT_EQ(page.steps[1].kind, StepKind::command);
}

TEST(Observations, AnEarlierRevisionIsOneThatHasNotRunSinceTheFirstLook) {
  const std::string head = "deployment.apps/x \nREVISION  CHANGE-CAUSE\n";
  Observations seen;
  EXPECT_EQ(seen.value_of("revision"), std::nullopt);
  seen.read(head + "1         <none>\n2         <none>\n3         <none>\n");
  EXPECT_EQ(seen.value_of("revision"), "2");  // 3 runs
  seen.read(head + "1         <none>\n3         <none>\n4         <none>\n");
  EXPECT_EQ(seen.value_of("revision"), "1");  // 2 has become 4
  seen.read(head + "3         <none>\n4         <none>\n5         <none>\n");
  EXPECT_EQ(seen.value_of("revision"), std::nullopt);
}

}  // namespace
}  // namespace muster
