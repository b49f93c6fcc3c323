// kubectl label and annotate.
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"

namespace muster::kubectl_handlers {
namespace {

struct MapCommand {
  const char* field;  ///< of metadata
  const char* noun;   ///< in errors
  const char* manager;
  const char* changed;    ///< "labeled"
  const char* removed;    ///< "unlabeled"
  const char* unchanged;  ///< "not labeled"
};
constexpr MapCommand label_command{"labels", "label", "kubectl-label", "labeled", "unlabeled", "not labeled"};
constexpr MapCommand annotate_command{"annotations", "annotation", "kubectl-annotate",
                                      "annotated",   "annotated",  "annotated"};

struct MapChanges {
  std::vector<std::string> resources;
  std::vector<std::pair<std::string, std::string>> set;
  std::vector<std::string> removed;
};

Result<MapChanges> read_changes(const std::vector<std::string>& words, const MapCommand& command) {
  MapChanges changes;
  for (const auto& word : words) {
    const auto equals = word.find('=');
    const bool removal = equals == std::string::npos && word.size() > 1 && word.ends_with('-');
    const bool any = !changes.set.empty() || !changes.removed.empty();
    if (equals != std::string::npos)
      changes.set.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    else if (removal)
      changes.removed.push_back(word.substr(0, word.size() - 1));
    else if (any)
      return invalid_input(
          fmt::format("all resources must be specified before {} changes: {}", command.noun, word));
    else
      changes.resources.push_back(word);
  }
  if (changes.set.empty() && changes.removed.empty())
    return invalid_input(fmt::format("at least one {} update is required", command.noun));
  for (const auto& [key, value] : changes.set)
    for (const auto& gone : changes.removed)
      if (key == gone)
        return invalid_input(
            fmt::format("can not both modify and remove a {} in the same command", command.noun));
  return changes;
}

/// False after printing which value is in the way.
bool may_overwrite(KubectlCall& call, const MapCommand& command, const Target& target,
                   const MapChanges& changes) {
  if (call.flags.truth("overwrite")) return true;
  for (const auto& [key, value] : changes.set) {
    const JsonValue& present = target.object["metadata"][command.field][key];
    if (present.is_null() || present.text() == value) continue;
    call.fail(fmt::format("'{}' already has a value ({}), and --overwrite is false", key, present.text()));
    return false;
  }
  return true;
}

void change_one(KubectlCall& call, const MapCommand& command, const Target& target,
                const MapChanges& changes) {
  if (!may_overwrite(call, command, target, changes)) return;
  const JsonValue& present = target.object["metadata"][command.field];
  JsonValue patch = JsonValue::object();
  JsonValue& map = patch.member("metadata").member(command.field);
  bool any_removed = false;
  for (const auto& key : changes.removed) {
    if (!present.has(key)) {
      call.print(fmt::format("{} \"{}\" not found.", command.noun, key));
      continue;
    }
    map.member(key) = JsonValue();
    any_removed = true;
  }
  for (const auto& [key, value] : changes.set)
    if (present[key].is_null() || present[key].text() != value) map.member(key) = value;
  if (map.is_empty()) return call.print(target.printed() + " " + command.unchanged);
  const char* done = any_removed && changes.set.empty() ? command.removed : command.changed;
  const auto dry_run = dry_run_of(call);
  if (!dry_run) return;
  Target changed = target;
  if (*dry_run != DryRun::client) {
    const std::string path = fmt::format("{}?fieldManager={}", target.path(), command.manager);
    const ApiReply reply = call.api.patch(with_dry_run(path, *dry_run), patch_type::merge, to_json(patch));
    if (!reply.ok()) return call.fail(reply);
    changed.object = reply.body;
  }
  print_done(call, changed, done, *dry_run);
}

void list_map(KubectlCall& call, const MapCommand& command) {
  for (const auto& target : get_targets(call, call.words))
    for (const auto& [key, value] : target.object["metadata"][command.field].members())
      call.print(fmt::format("{}={}", key, value.text()));
}

void change_maps(KubectlCall& call, const MapCommand& command) {
  if (call.flags.truth("list")) return list_map(call, command);
  const auto changes = read_changes(call.words, command);
  if (!changes) return call.fail(changes.error().message);
  for (const auto& target : get_targets(call, changes->resources))
    change_one(call, command, target, *changes);
}

}  // namespace

void label(KubectlCall& call) {
  change_maps(call, label_command);
}
void annotate(KubectlCall& call) {
  change_maps(call, annotate_command);
}

}  // namespace muster::kubectl_handlers
