// kubectl wait (k8s.io/kubectl/pkg/cmd/wait).
#include <fmt/format.h>

#include "responders/kubectl/files.hpp"
#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/object_condition.hpp"
#include "responders/text/json_path.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

/// What --for asks.
struct Goal {
  enum class Kind { condition, gone, created, path } kind = Kind::condition;
  std::string type, status = "True";  // of a condition
  JsonPath path;
  std::string value;
  bool has_value = false;
};

Result<Goal> read_goal(const std::string& text) {
  Goal goal;
  if (text == "delete" || text == "create") {
    goal.kind = text == "delete" ? Goal::Kind::gone : Goal::Kind::created;
    return goal;
  }
  if (text.starts_with("condition=")) {
    const std::string rest = text.substr(10);
    goal.type = rest.substr(0, rest.find('='));
    if (rest.find('=') != std::string::npos) goal.status = rest.substr(rest.find('=') + 1);
    return goal;
  }
  if (!text.starts_with("jsonpath="))
    return invalid_input(fmt::format("unrecognized condition: \"{}\"", text));
  goal.kind = Goal::Kind::path;
  std::string rest = text.substr(9);
  const auto close = rest.rfind('}');
  const auto equals = rest.find('=', close == std::string::npos ? 0 : close);
  goal.has_value = equals != std::string::npos;
  if (goal.has_value) goal.value = rest.substr(equals + 1);
  auto path = JsonPath::parse(rest.substr(0, equals));
  if (!path) return path.error();
  goal.path = std::move(*path);
  return goal;
}

bool is_met(const Goal& goal, const JsonValue& object) {
  if (goal.kind == Goal::Kind::created) return true;
  if (goal.kind == Goal::Kind::gone) return false;
  if (goal.kind == Goal::Kind::path) {
    const auto found = goal.path.find(object);
    if (found.empty()) return false;
    return !goal.has_value || display_text(*found.front()) == goal.value;
  }
  return lower_case(condition_status(object, goal.type)) == lower_case(goal.status);
}

/// True if the lines of a watch say that it is met.
bool is_met_by(const Goal& goal, const std::vector<std::string>& lines) {
  for (const auto& line : lines) {
    const auto event = parse_json(line);
    if (!event) continue;
    const bool deleted = (*event)["type"].text() == "DELETED";
    if (goal.kind == Goal::Kind::gone ? deleted : !deleted && is_met(goal, (*event)["object"])) return true;
  }
  return false;
}

void print_met(KubectlCall& call, const Target& target, const Goal& goal) {
  call.print(
      fmt::format("{} {}", target.printed(), goal.kind == Goal::Kind::gone ? "deleted" : "condition met"));
}

Task<void> wait_for(KubectlCall& call, Target target, Goal goal, SimTime deadline) {
  const bool met = goal.kind == Goal::Kind::gone ? target.object.is_null() : is_met(goal, target.object);
  if (met) {
    print_met(call, target, goal);
    co_return;
  }
  const std::string collection = collection_path(*target.type, target.namespace_) + "?";
  const std::string only = "metadata.name=" + target.name;
  const ApiReply list = call.api.get(collection + query_string({{"fieldSelector", only}}));
  const ApiReply watch = call.api.get(
      collection + query_string({{"fieldSelector", only},
                                 {"resourceVersion", list.body["metadata"]["resourceVersion"].text()},
                                 {"watch", "true"}}));
  while (watch.ok() && watch.stream != nullptr) {
    stream_ready waiting(call.session.host, watch.stream, deadline);
    const bool more = co_await waiting;
    if (more && is_met_by(goal, watch.stream->take())) {
      print_met(call, target, goal);
      co_return;
    }
    if (!more || watch.stream->ended()) break;
  }
  call.fail(fmt::format("timed out waiting for the condition on {}/{}", target.type->plural, target.name));
}

/// The targets; with --for=delete what is not there counts as gone, with --for=create it is to come.
std::vector<Target> targets_of(KubectlCall& call, const Goal& goal) {
  if (call.flags.has("filename")) {
    auto targets = objects_of_flags(call);
    for (auto& target : targets) target.object = call.api.get(target.path()).body;
    return targets;
  }
  auto targets = get_targets(call, call.words);
  if (targets.empty() && call.result.exit_code != 0 && goal.kind == Goal::Kind::gone &&
      call.result.err.find("NotFound") != std::string::npos)
    call.result = {};
  else if (targets.empty() && call.result.exit_code == 0)
    call.fail("no matching resources found");
  return targets;
}

}  // namespace

Task<void> wait(KubectlCall& call) {
  const auto goal = read_goal(call.flags.text("for"));
  if (!goal) {
    call.fail(goal.error().message);
    co_return;
  }
  const SimDuration limit = call.flags.duration("timeout", 30s);
  const SimTime deadline = limit < SimDuration::zero() ? sim_never : call.session.host.now() + limit;
  for (const auto& target : targets_of(call, *goal)) {
    Task<void> waiting = wait_for(call, target, *goal, deadline);
    co_await waiting;
  }
}

}  // namespace muster::kubectl_handlers
