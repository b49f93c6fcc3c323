#include "responders/kubectl/targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

Error unknown_type(const std::string& word) {
  return invalid_input(fmt::format("the server doesn't have a resource type \"{}\"", word));
}

Result<ResourceArguments> read_slashed(const std::vector<std::string>& words) {
  ResourceArguments result;
  result.slashed = true;
  for (const auto& word : words) {
    const auto slash = word.find('/');
    if (slash == std::string::npos)
      return invalid_input(
          "there is no need to specify a resource type as a separate argument when passing arguments in "
          "resource/name "
          "form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource "
          "resource/<resource_name>'");
    const ResourceType* type = find_resource_type(word.substr(0, slash));
    if (type == nullptr) return unknown_type(word.substr(0, slash));
    if (slash + 1 == word.size())
      return invalid_input(
          fmt::format("arguments in resource/name form must have a single resource and name"));
    result.named.push_back(NamedResource{type, word.substr(slash + 1)});
  }
  return result;
}

void add_list(KubectlCall& call, const ResourceType& type, std::vector<Target>& targets) {
  const std::string query = query_string(
      {{"labelSelector", call.flags.text("selector")}, {"fieldSelector", call.flags.text("field-selector")}});
  const ApiReply reply =
      call.api.get(collection_path(type, call.namespace_()) + (query.empty() ? "" : "?" + query));
  if (!reply.ok()) return call.fail(reply);
  for (const auto& item : reply.body["items"].items())
    targets.push_back(
        Target{&type, item["metadata"]["namespace"].text(), item["metadata"]["name"].text(), item});
}

void add_named(KubectlCall& call, const NamedResource& named, std::vector<Target>& targets) {
  Target target{named.type, call.namespace_(), named.name, {}};
  ApiReply reply = call.api.get(target.path());
  if (!reply.ok()) return call.fail(reply);
  target.object = std::move(reply.body);
  targets.push_back(std::move(target));
}

}  // namespace

Result<ResourceArguments> read_resource_arguments(const std::vector<std::string>& words) {
  if (!words.empty() && words.front().find('/') != std::string::npos) return read_slashed(words);
  ResourceArguments result;
  if (words.empty()) return result;
  for (const auto& word : split_at(words.front(), ',')) {
    if (word == "all") {
      for (const char* each : {"pods", "services", "daemonsets", "deployments", "replicasets", "statefulsets",
                               "horizontalpodautoscalers", "cronjobs", "jobs"})
        result.types.push_back(find_resource_type(each));
      continue;
    }
    const ResourceType* type = find_resource_type(word);
    if (type == nullptr) return unknown_type(word);
    result.types.push_back(type);
  }
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].find('/') != std::string::npos) return read_slashed({words.front()}).error();
    for (const ResourceType* type : result.types) result.named.push_back(NamedResource{type, words[i]});
  }
  return result;
}

std::vector<Target> get_targets(KubectlCall& call, const std::vector<std::string>& words) {
  std::vector<Target> targets;
  const auto arguments = read_resource_arguments(words);
  if (!arguments) {
    call.fail(arguments.error().message);
    return targets;
  }
  const bool by_selector = call.flags.has("selector") || call.flags.truth("all");
  if (arguments->named.empty() && arguments->types.empty()) {
    call.fail(nothing_named);
  } else if (!arguments->named.empty()) {
    for (const auto& named : arguments->named) add_named(call, named, targets);
  } else if (by_selector) {
    for (const ResourceType* type : arguments->types) add_list(call, *type, targets);
  } else {
    call.fail("resource(s) were provided, but no name was specified");
  }
  return targets;
}

namespace {

/// What the real one says of kinds that a command cannot treat (k8s.io/kubectl/pkg/polymorphichelpers).
void refuse_kind(KubectlCall& call, const ResourceType& type) {
  const bool rollable = type.kind == "StatefulSet" || type.kind == "DaemonSet";
  if (call.command == "rollout status" && !rollable)
    return call.fail(fmt::format("no status viewer has been implemented for {}", type.kind));
  if (call.command == "rollout history" && !rollable)
    return call.fail(fmt::format("no history viewer has been implemented for \"{}\"", type.kind));
  if (call.command == "rollout undo" && !rollable)
    return call.fail(fmt::format("no rollbacker has been implemented for \"{}\"", type.kind));
  const std::string verb = call.command.substr(call.command.find(' ') + 1);
  if (call.command == "rollout restart" || call.command == "rollout pause" ||
      call.command == "rollout resume")
    return call.fail(fmt::format("{} {} is not supported", qualified_plural(type),
                                 verb == "restart" ? "restarting"
                                 : verb == "pause" ? "pausing"
                                                   : "resuming"));
  call.refuse(fmt::format("`kubectl {}` of a {} is not built", call.command, type.singular));
}

}  // namespace

std::vector<Target> get_deployments(KubectlCall& call, const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 1> kinds{"Deployment"};
  return get_workloads(call, words, kinds);
}

std::vector<Target> get_workloads(KubectlCall& call, const std::vector<std::string>& words,
                                  std::span<const std::string_view> kinds) {
  if (words.empty()) {
    call.fail("required resource not specified");
    return {};
  }
  const auto arguments = read_resource_arguments(words);
  if (arguments) {
    for (const auto& named : arguments->named)
      if (std::find(kinds.begin(), kinds.end(), named.type->kind) == kinds.end()) {
        refuse_kind(call, *named.type);
        return {};
      }
  }
  if (call.command.starts_with("rollout") && arguments && arguments->named.empty())
    call.flags.add("all", "true");  // a type alone means all of them
  return get_targets(call, words);
}

}  // namespace muster
