// What the lint says of small runbooks, each with one thing wrong.
#include "responders/lint/runbook_lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "responders/text/file_text.hpp"

namespace muster {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Files = std::map<std::string, std::string>;

RunbookSurroundings folder_of_files(const Files& files) {
  return {[&files](const std::string& name) -> Result<std::string> {
            const auto found = files.find(name);
            if (found == files.end()) return invalid_input("no such file", name);
            return found->second;
          },
          [&files](const std::string& name) { return files.contains(name); },
          {"http_requests_total", "http_request_duration_seconds_bucket", "container_memory_usage_bytes",
           "container_cpu_usage_seconds_total", "database_query_duration_seconds_bucket"}};
}

Findings lint(const std::string& text, const Files& files = {}) {
  return lint_runbook(text, "r.md", folder_of_files(files));
}

std::vector<std::string> told(const Findings& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings) lines.push_back(finding.rule + " " + finding.where);
  return lines;
}

/// But for what is told of every page of one line: that it neither looks afterwards nor knows a way back.
std::vector<std::string> told_of_the_line(const Findings& findings) {
  static const std::set<std::string> of_the_page{"change-without-check", "no-way-back", "probe-needs-a-slot",
                                                 "evidence-not-kept", "leak-comes-back"};
  Findings rest = findings;
  std::erase_if(rest, [](const Finding& finding) { return of_the_page.contains(finding.rule); });
  return told(rest);
}

std::string block(const std::string& lines) {
  return "# R\n\n## S\n```bash\n" + lines + "\n```\n";
}

TEST(RunbookLint, Commands) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"kubectl get pods -n x", {}},
      {"kubectl get pods 'x", {"command-not-taken r.md:5:1"}},
      {"kubectl get podz", {"unknown-resource r.md:5:13"}},
      {"kubectl get pods,svcs", {"unknown-resource r.md:5:18"}},
      {"kubectl rollout undoo deployment/x", {"command-not-taken r.md:5:1"}},
      {"kubectl get pods --namespce=x", {"command-not-taken r.md:5:1"}},
      {"kubectl logs -n x", {"command-not-taken r.md:5:1"}},
      {"kubectl get pods\nkubectl describe <pod-name>", {"unknown-resource r.md:6:1"}},
      {"helm rollback app 1\nhelm list", {"not-in-a-drill r.md:5:1"}},
      {"patronictl list\nsudo patronictl list", {"not-in-a-drill r.md:5:1", "not-in-a-drill r.md:6:1"}},
      {"kubctl get pods", {"command-not-taken r.md:5:1"}},
      {"kubectl logs -n x -l app=y", {}},
      {"kubectl get pods\nkubectl exec -it <pod-name> -- /bin/bash", {"needs-a-terminal r.md:6:1"}},
      {"kubectl get pods\nkubectl exec <pod-name> -- python3 -m memory_profiler a.py",
       {"new-process-in-the-container r.md:6:28"}},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(told(lint(block(text))), expected) << text;
}

TEST(RunbookLint, Placeholders) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"kubectl get pods\nkubectl describe pod <pod-name>", {}},
      {"kubectl describe pod <pod-name>", {"placeholder-unfillable r.md:5:22"}},
      {"kubectl get nodes\nkubectl describe pod <pod-name>", {"placeholder-unfillable r.md:6:22"}},
      {"kubectl get pods\nkubectl scale deployment/x --replicas=<N>", {"placeholder-unfillable r.md:6:39"}},
      {"kubectl config use-context <cluster>", {"placeholder-unfillable r.md:5:28"}},
      {"kubectl get pods -n $NS", {"variable-unset r.md:5:21"}},
      {"kubectl get pods -n [namespace]", {"placeholder-unfillable r.md:5:21"}},
      {"for p in a b; do kubectl delete pod $p; done", {}},
      {"for p in a b; do\n  kubectl delete podd $p\ndone", {"unknown-resource r.md:6:18"}},
      {"while ! kubectl get pods; do\n  helm list\n  sleep 5\ndone", {"not-in-a-drill r.md:5:1"}},
      {"kubectl rollout history deployment/x\nkubectl rollout status deployment/x --revision=<revision>", {}},
      {"kubectl get pods -n {namespace}\nkubectl top pods -n {namespace}",
       {"placeholder-unfillable r.md:5:21"}},
      {"kubectl get pods -n <ns>\nkubectl top pods -n <ns>", {"placeholder-unfillable r.md:5:21"}},
      {"NS=prod\nkubectl get pods -n $NS", {}},
      {"kubectl run p --rm -i --image=postgres:14 --restart=Never -- psql $DATABASE_URL -c 'SELECT 1'",
       {"expanded-by-the-operator r.md:5:67"}},
      {"kubectl run p --rm -i --image=postgres:14 --restart=Never -- sh -c 'psql $DATABASE_URL'", {}},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(told_of_the_line(lint(block(text))), expected) << text;
}

TEST(RunbookLint, Queries) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"rate(http_requests_total[5m]", {"query-refused r.md:5:1"}},
      {"histogram_quantile(0.95, http_request_duration_seconds_bucket)", {"quantile-of-a-lifetime r.md:5:1"}},
      {"histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m]))",
       {"quantile-per-series r.md:5:1"}},
      {"histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))", {}},
      {"# Error rate\nrate(http_requests_total{status=~\"5..\"}[5m])",
       {"errors-without-requests r.md:6:1", "errors-vanish-with-the-pods r.md:6:1"}},
      {"# Error rate\nsum(rate(http_requests_total{status=~\"5..\"}[5m])) / "
       "sum(rate(http_requests_total[5m]))",
       {}},
      {"http_requests_total{status=\"200\"}", {"counter-without-rate r.md:5:1"}},
      {"rate(http_request_total[5m])", {"metric-not-exported r.md:5:6"}},
      {"kubectl get pods\n\n# - Latency: histogram_quantile(0.95, http_request_duration_seconds_bucket)",
       {"quantile-of-a-lifetime r.md:7:14"}},
      {"kubectl get pods\n\n# - Memory: container_memory_usage_bytes, container_memry_bytes",
       {"metric-not-exported r.md:7:43"}},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(told(lint(block(text))), expected) << text;
}

TEST(RunbookLint, Changes) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"kubectl get pods\nkubectl delete pod <pod-name> --force --grace-period=0",
       {"forced-deletion r.md:6:31"}},
      {"kubectl get pods\nkubectl label pod <pod-name> app-", {"label-that-selects r.md:6:30"}},
      {"kubectl set resources deployment x --limits=memory=1Gi", {"limits-without-requests r.md:5:36"}},
      {"kubectl set resources deployment x --limits=memory=1Gi --requests=memory=1Gi", {}},
      {"kubectl patch configmap c -p '{\"data\":{\"A\":\"1\"}}'", {"config-without-restart r.md:5:1"}},
      {"kubectl patch configmap c -p '{\"data\":{\"A\":\"1\"}}'\nkubectl rollout restart deployment/x", {}},
      {"kubectl delete secret s", {"gap-without-secret r.md:5:1"}},
      {"kubectl rollout undo deployment/x", {"undo-of-the-last-change r.md:5:9"}},
      {"kubectl rollout undo deployment/x --to-revision=3", {}},
      {"kubectl logs deployment/x", {"logs-of-one-pod r.md:5:9"}},
      {"kubectl get events", {"events-expire r.md:5:13"}},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(told_of_the_line(lint(block(text))), expected) << text;
}

TEST(RunbookLint, References) {
  const Files files{{"there.md", "# T\n"},
                    {"lock.yaml",
                     "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\n"
                     "spec: {podSelector: {matchLabels: {app: x}}}\n"}};
  EXPECT_THAT(
      told(lint("# R\n\nSee [a](there.md), [b](https://x.example/y), [c](#r) and `kubectl get pods`.\n",
                files)),
      IsEmpty());
  EXPECT_THAT(told(lint("# R\n\nSee [a](./gone.md) or [b](#s).\n", files)),
              ElementsAre("dead-reference r.md:3:9", "dead-reference r.md:3:27"));
  EXPECT_THAT(told_of_the_line(lint(block("kubectl apply -f gone.yaml"), files)),
              ElementsAre("dead-reference r.md:5:18"));
  EXPECT_THAT(told_of_the_line(lint(block("kubectl apply -f lock.yaml"), files)), IsEmpty());
  EXPECT_THAT(
      told(lint(block("kubectl get pods\nkubectl label pod <pod-name> app-\nkubectl apply -f lock.yaml"),
                files)),
      Contains("policy-misses-the-pod r.md:7:18"));
}

TEST(RunbookLint, People) {
  const std::string text =
      "# R\n\n## Escalation Path\n\n1. On-Call Engineer\n2. Engineering Manager\n\n## Contacts\n\n"
      "| Role | Slack | Phone |\n|---|---|---|\n| On-Call Primary | @a | - |\n| CTO | - | |\n";
  EXPECT_THAT(told(lint(text)),
              ElementsAre("contact-missing r.md:6:4", "contact-without-number r.md:12:3",
                          "contact-without-number r.md:13:3", "contact-unreachable r.md:13:3"));
}

TEST(RunbookLint, Thresholds) {
  const auto of = [](const std::string& list) { return told(lint("# R\n\n## Levels\n\n" + list)); };
  EXPECT_THAT(of("- P1: error rate > 10%\n- P2: error rate 5-10%\n- fine: error rate < 5%\n"), IsEmpty());
  EXPECT_THAT(of("- P1: error rate > 10%\n- P2: error rate 5-10%\n- fine: error rate < 1%\n"),
              ElementsAre("threshold-gap r.md:6:1"));
  EXPECT_THAT(of("- P1: affects >50% of users\n- P2: affects <50% of users\n"),
              ElementsAre("threshold-gap r.md:5:1"));
  EXPECT_THAT(of("- **Response Time:** 15 minutes\n- **Response Time:** 2 hours\n"),
              ElementsAre("clock-without-start r.md:5:1"));
  EXPECT_THAT(of("- Response time: 15 minutes from the page\n"), IsEmpty());
}

TEST(RunbookLint, Evidence) {
  const std::string lost =
      "# R\n\n### Leak\n\n1. **Restart**\n   ```bash\n   kubectl get pods\n   kubectl delete pod "
      "<pod-name>\n   ```\n"
      "2. **Capture the log**\n   ```bash\n   kubectl logs <pod-name> > a.log\n   ```\n";
  EXPECT_THAT(told_of_the_line(lint(lost)),
              ElementsAre("evidence-destroyed-first r.md:8:4", "evidence-incomplete r.md:12:4"));
}

/// The shared runbook, if it lies beside the project.
std::string users_runbook() {
  return std::string(MUSTER_SOURCE_DIR) + "/../shared/runbook.md";
}

TEST(RunbookLint, FindsWhatIsKnownToBeWrongWithTheUsersRunbook) {
  const auto text = read_file_text(users_runbook(), "FILE.md", "a file");
  if (!text) GTEST_SKIP() << "skipped: the user's runbook is not beside the project";
  const Findings findings = lint_runbook(*text, "runbook.md", folder_of_files({}));
  const std::vector<std::string> lines = told(findings);
  for (const char* expected : {
           "clock-without-start runbook.md:17:1",         // from the alert, the page or the report?
           "errors-without-requests runbook.md:101:17",   // in a comment
           "quantile-of-a-lifetime runbook.md:102:14",    // in a comment
           "quantile-per-series runbook.md:192:1",        // without sum by (le)
           "undo-of-the-last-change runbook.md:235:9",    //
           "forced-deletion runbook.md:256:54",           //
           "limits-without-requests runbook.md:263:3",    //
           "needs-an-editor runbook.md:274:1",            //
           "label-that-selects runbook.md:284:53",        //
           "dead-reference runbook.md:418:30",            // BACKUP_RESTORE.md
           "expanded-by-the-operator runbook.md:409:11",  // $DATABASE_URL
           "new-process-in-the-container runbook.md:430:6",
           "dead-reference runbook.md:451:21",           // network-policy-lockdown.yaml
           "evidence-incomplete runbook.md:457:4",       //
           "criterion-at-one-level runbook.md:29:1",     // latency, below P1
           "criterion-decides-nothing runbook.md:87:1",  // is data at risk?
           "scale-against-database runbook.md:201:1",    // resource exhaustion: scale up
           "scale-against-database runbook.md:244:9",    // --replicas=5
           "step-is-only-a-link runbook.md:291:1",       // the provider's procedure
           "endpoint-kept-by-failover runbook.md:295:1",
           "timeline-breaks-cadence runbook.md:354:1",  // 75 min without news
           "timeline-contradicts-text runbook.md:370:1",
           "probe-needs-a-slot runbook.md:408:4",
           "failover-without-lag runbook.md:413:1",
           "step-is-only-a-link runbook.md:413:1",
           "step-is-only-a-link runbook.md:418:1",  // restore
           "evidence-not-kept runbook.md:435:4",    // the heap of the leak
           "leak-comes-back runbook.md:435:4",
           "breach-without-eradication runbook.md:443:5",
           "breach-without-exit runbook.md:443:5",
           "rotation-is-not-complete runbook.md:443:5",
           "policy-keeps-connections runbook.md:451:21",
           "gap-without-secret runbook.md:471:4",      //
           "config-without-restart runbook.md:484:4",  // the breaker
       })
    EXPECT_THAT(lines, Contains(expected));
  std::set<std::string> rules;
  for (const Finding& finding : findings) rules.insert(finding.rule);
  for (const char* rule :
       {"contact-without-number", "contact-missing", "threshold-gap", "logs-of-one-pod", "events-expire",
        "placeholder-unfillable", "failover-without-lag", "needs-a-terminal"})
    EXPECT_TRUE(rules.contains(rule)) << rule;
}

TEST(RunbookLint, TheLibrarysRunbooksHaveNoError) {
  namespace fs = std::filesystem;
  const fs::path library = fs::path(MUSTER_SOURCE_DIR) / "responders" / "library" / "runbooks";
  int pages = 0;
  for (const auto& entry : fs::recursive_directory_iterator(library)) {
    if (entry.path().extension() != ".md") continue;
    ++pages;
    const auto text = read_file_text(entry.path().string(), "FILE.md", "a file");
    ASSERT_TRUE(text);
    const fs::path folder = entry.path().parent_path();
    const RunbookSurroundings beside{
        [](const std::string& name) -> Result<std::string> { return invalid_input(name); },
        [&](const std::string& name) { return fs::exists(folder / name); },
        {}};
    for (const Finding& finding : lint_runbook(*text, entry.path().string(), beside))
      EXPECT_NE(finding.level, Finding::Level::error) << finding.where << ": " << finding.message;
  }
  EXPECT_GE(pages, 5);
}

TEST(RunbookLint, EveryRuleThatIsToldIsDescribedOnce) {
  std::set<std::string> names;
  for (const LintRule& rule : runbook_lint_rules()) EXPECT_TRUE(names.emplace(rule.name).second) << rule.name;
  const std::string page = block(
      "kubectl get podz\nkubectl delete secret s\nkubectl rollout undo deployment/x\nkubectl logs "
      "deployment/x > a\n"
      "kubectl get events -n $NS\nkubectl edit cm c\nhelm rollback app "
      "1\nrate(x[5m]\nhttp_requests_total{a=\"b\"}");
  const Findings findings = lint(page);
  EXPECT_GT(findings.size(), 8u);
  for (const Finding& finding : findings) EXPECT_TRUE(names.contains(finding.rule)) << finding.rule;
}

}  // namespace
}  // namespace muster
