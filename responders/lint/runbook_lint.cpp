#include "responders/lint/runbook_lint.hpp"

#include "responders/lint/runbook_page.hpp"

namespace muster {
namespace {

constexpr LintRule rules[] = {
    {"breach-without-eradication", "A breach whose cause stays."},
    {"breach-without-exit", "A breach that nothing says the end of."},
    {"change-without-check", "A change that nobody looks at afterwards."},
    {"clock-without-start", "A time to respond that does not say from when it counts."},
    {"command-not-taken", "A command that the shell, the program or the server refuses."},
    {"config-without-restart", "Configuration that running pods never see."},
    {"contact-missing", "A role that is to be told and stands in no table of contacts."},
    {"contact-unreachable", "A contact without any way to reach it."},
    {"contact-without-number", "A contact without a number."},
    {"contradiction", "Two places of a page that cannot both be right."},
    {"counter-without-rate", "A counter read as if it were a rate."},
    {"criterion-at-one-level", "Something measured for one severity only."},
    {"criterion-decides-nothing", "A question about the severity that no level takes up."},
    {"dead-reference", "A link or a file that is not there."},
    {"duration-does-not-fit", "A length of time that its own two ends contradict."},
    {"endpoint-kept-by-failover", "An address that is changed though it stays."},
    {"errors-vanish-with-the-pods", "A query that is empty when everything is down."},
    {"errors-without-requests", "Errors per second where a share of errors is meant."},
    {"events-expire", "Events that are gone when somebody comes late."},
    {"evidence-destroyed-first", "A step that destroys what a later one wants to keep."},
    {"evidence-incomplete", "Evidence without what is most easily lost."},
    {"evidence-not-kept", "Evidence that is destroyed and was never kept."},
    {"expanded-by-the-operator", "A variable of the container that the operator's shell expands."},
    {"failover-without-lag", "A failover that does not ask how far the replica is behind."},
    {"forced-deletion", "A pod that is forgotten while it may still run."},
    {"gap-without-secret", "A time in which no pod can start."},
    {"label-that-selects", "A label that Service and ReplicaSet may select by."},
    {"leak-comes-back", "A leak that is only emptied."},
    {"limits-without-requests", "Limits that become requests."},
    {"logs-of-one-pod", "Logs of one pod for all of them."},
    {"metric-not-exported", "A metric that nothing exports."},
    {"needs-a-terminal", "An interactive shell without what to type."},
    {"needs-an-editor", "An editor without what to type."},
    {"new-process-in-the-container", "A tool that does not look into the running process."},
    {"newline-in-the-value", "A newline that becomes part of an encoded value."},
    {"no-steps", "A runbook without a step that anybody could do."},
    {"no-way-back", "Changes without a word on how to take them back."},
    {"not-in-a-drill", "A command that drills do not have."},
    {"not-taken-back", "A change for the time of the incident that stays."},
    {"placeholder-unfillable", "A placeholder that nothing gives a value for."},
    {"policy-keeps-connections", "A network policy that open connections outlive."},
    {"policy-misses-the-pod", "A network policy that does not select the pod it is for."},
    {"probe-needs-a-slot", "A probe that fails for the reason it looks for."},
    {"quantile-of-a-lifetime", "A quantile since the process began."},
    {"quantile-per-series", "A quantile for each series where one is meant."},
    {"query-refused", "A query that Prometheus refuses."},
    {"rotation-is-not-complete", "New credentials beside old ones that still work."},
    {"scale-against-database", "More replicas against a database that is full."},
    {"step-is-missing", "A step that is still to be written."},
    {"step-is-only-a-link", "A step that only points elsewhere."},
    {"threshold-gap", "Values between two levels."},
    {"threshold-overlap", "Values that two levels claim."},
    {"timeline-breaks-cadence", "A sample timeline without the updates that the page asks for."},
    {"timeline-contradicts-text", "A sample that praises what its timeline does not show."},
    {"undo-of-the-last-change", "What a rollback does not bring back."},
    {"unknown-resource", "A type of resource that the server does not have."},
    {"variable-unset", "A shell variable that nobody sets."},
};

}  // namespace

std::span<const LintRule> runbook_lint_rules() {
  return rules;
}

Findings lint_runbook(std::string_view markdown, const std::string& path, const RunbookSurroundings& beside) {
  RunbookPage page(markdown, path, beside);
  if (page.document().steps.empty()) page.error("no-steps", 1, "", "has no steps to follow");
  lint_commands(page);
  lint_placeholders(page);
  lint_queries(page);
  lint_references(page);
  lint_people(page);
  lint_thresholds(page);
  lint_changes(page);
  lint_evidence(page);
  lint_timelines(page);
  lint_contradictions(page);
  lint_severities(page);
  lint_missing(page);
  lint_database(page);
  return page.take();
}

}  // namespace muster
