// Commands that change more than they say, or nothing. What is told here follows from Kubernetes alone; what
// depends on the system only a drill can show.
#include <fmt/format.h>

#include <algorithm>

#include "responders/lint/page_text.hpp"
#include "telemetry/yaml.hpp"

namespace muster {
namespace {

using Commands = std::vector<const StepCommand*>;

template <class Predicate>
bool comes_later(const Commands& beside, std::size_t step, const Predicate& holds) {
  return std::any_of(beside.begin(), beside.end(),
                     [&](const StepCommand* other) { return other->step > step && holds(*other); });
}

bool makes(const StepCommand& command) {
  return command.kubectl("create") || command.kubectl("apply") || command.kubectl("replace");
}

/// kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod: the API forgets the pod at once.
void check_forced_deletion(RunbookPage& page, const StepCommand& command, int line) {
  const bool at_once = command.has("--grace-period=0") || command.has("--now");
  if (command.kubectl("delete") && command.has("--force") && at_once)
    page.warn("forced-deletion", line, "--force",
              "the pod is forgotten at once, requests in it are cut; on a node that does not answer its "
              "containers go on running");
}

/// The label's name in `kubectl label pod NAME key-`, or "".
std::string removed_label(const StepCommand& command) {
  if (!command.kubectl("label")) return {};
  for (std::size_t i = 3; i < command.words.size(); ++i) {
    const std::string& word = command.words[i];
    if (word.size() > 1 && word.ends_with('-') && !word.starts_with('-'))
      return word.substr(0, word.size() - 1);
  }
  return {};
}

void check_removed_label(RunbookPage& page, const StepCommand& command, int line) {
  const std::string key = removed_label(command);
  if (key.empty()) return;
  page.warn("label-that-selects", line, key + "-",
            fmt::format("if Service and ReplicaSet select by \"{}\" the pod leaves both: a replacement "
                        "starts, and this one "
                        "keeps running with its connections, its credentials and its way out",
                        key));
}

void check_limits(RunbookPage& page, const StepCommand& command, int line) {
  if (command.kubectl("set resources") && !command.beginning("--limits").empty() &&
      command.beginning("--requests").empty())
    page.warn("limits-without-requests", line, "--limits",
              "rolls out every pod; where containers have no requests of their own these follow the limits, "
              "and pods that fit "
              "no node stay Pending");
}

/// kubernetes.io/docs/concepts/configuration/configmap: environment variables are not updated.
void check_config(RunbookPage& page, const StepCommand& command, const Commands& beside, int line) {
  const bool edits = command.kubectl("edit") || command.kubectl("patch") || command.kubectl("apply");
  const auto is_config = [](const std::string& word) {
    return word == "configmap" || word == "cm" || word == "secret" || word == "configmaps" ||
           word == "secrets" || word.starts_with("configmap/") || word.starts_with("cm/") ||
           word.starts_with("secret/");
  };
  if (!edits || std::none_of(command.words.begin(), command.words.end(), is_config)) return;
  const bool restarted = comes_later(beside, command.step, [](const StepCommand& other) {
    return other.kubectl("rollout restart") || other.kubectl("delete pod") || other.kubectl("delete pods") ||
           other.kubectl("set env");
  });
  if (!restarted)
    page.warn("config-without-restart", line, "kubectl",
              "containers read environment variables when they start: without a restart nothing changes for "
              "running pods");
}

void check_deleted_secret(RunbookPage& page, const StepCommand& command, const Commands& beside, int line) {
  if (!command.kubectl("delete secret") && !command.kubectl("delete configmap")) return;
  page.error(
      "gap-without-secret", line, "kubectl delete",
      fmt::format("until it is there again no pod that needs it can start{}; apply the new one over the old",
                  comes_later(beside, command.step, makes) ? "" : ", and no command here makes it again"));
}

void check_undo(RunbookPage& page, const StepCommand& command, int line) {
  if (command.kubectl("rollout undo") && command.beginning("--to-revision").empty())
    page.note("undo-of-the-last-change", line, "rollout undo",
              "goes back by one revision of the pod template: not to before a restart or `set`, which made "
              "revisions of their own, "
              "and never a ConfigMap or Secret");
}

/// The labels that a policy beside the runbook selects, if it is one.
std::vector<std::string> selected_by(const std::string& text) {
  std::vector<std::string> keys;
  const auto documents = read_yaml_documents(text, "");
  if (!documents) return keys;
  for (const YamlNode& root : *documents) {
    const YamlNode* kind = root.find("kind");
    const YamlNode* spec = root.find("spec");
    const YamlNode* selector = spec ? spec->find("podSelector") : nullptr;
    const YamlNode* labels = selector ? selector->find("matchLabels") : nullptr;
    if (!kind || kind->scalar != "NetworkPolicy" || !labels) continue;
    for (const auto& [key, value] : labels->entries) keys.push_back(key.scalar);
  }
  return keys;
}

/// A policy that selects by a label which a step before took from the pod does not hold that pod.
void check_policy(RunbookPage& page, const StepCommand& command, const Commands& beside, int line) {
  if (!command.kubectl("apply")) return;
  const std::string manifest = command.beginning("network-policy") + command.beginning("netpol");
  if (!manifest.empty() &&
      !mentions(text_of(page), "conntrack|established|open connections|existing connections"))
    page.note("policy-keeps-connections", line, manifest,
              "connections that are open stay open under a new policy, and one that selects widely also cuts "
              "off DNS "
              "and the database");
  for (std::size_t i = 0; i + 1 < command.words.size(); ++i) {
    if (command.words[i] != "-f") continue;
    const auto text = page.beside().read(command.words[i + 1]);
    if (!text) continue;
    for (const std::string& key : selected_by(*text))
      for (const StepCommand* before : beside)
        if (before->step < command.step && removed_label(*before) == key)
          page.error("policy-misses-the-pod", line, command.words[i + 1],
                     fmt::format("selects pods by \"{}\", which line {} has taken from the pod", key,
                                 page.document().steps[before->step].line));
  }
}

/// A step or section that makes a replica the primary.
bool fails_over(const std::string& words) {
  return mentions(words, R"(\b(fail ?-?over|switch ?-?over|promote)\b)") &&
         !mentions(words, "after|broken|test|drill");
}

/// One finding a section; a page that looks at the lag anywhere has thought of it.
void check_failover(RunbookPage& page) {
  if (mentions(text_of(page), R"(\blag\b|_lag\b|pg_stat_replication|behind|replication status)")) return;
  const auto tell = [&](int line, const std::string& words) {
    page.warn("failover-without-lag", line, words,
              "nothing asks how far the replica is behind, which is what the failover loses, nor keeps the "
              "old primary from writing");
  };
  for (const RunbookSection& section : page.document().sections)
    if (fails_over(section.title) && section.end_step > section.first_step) tell(section.line, section.title);
  for (std::size_t i = 0; i < page.document().steps.size(); ++i) {
    const RunbookStep& step = page.document().steps[i];
    const RunbookSection* section = page.section_of(i);
    const bool told = section && fails_over(section->title);
    if (!told && fails_over(step.explanation) && step.explanation.size() < 60) tell(step.line, "");
  }
}

}  // namespace

void lint_changes(RunbookPage& page) {
  for (const StepCommand& command : page.commands()) {
    const int line = page.document().steps[command.step].line;
    const Commands beside = page.commands_beside(command.step);
    check_forced_deletion(page, command, line);
    check_removed_label(page, command, line);
    check_limits(page, command, line);
    check_config(page, command, beside, line);
    check_deleted_secret(page, command, beside, line);
    check_undo(page, command, line);
    check_policy(page, command, beside, line);
  }
  check_failover(page);
}

}  // namespace muster
