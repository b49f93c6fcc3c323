// The objects a command line names: TYPE, TYPE NAME..., TYPE/NAME..., with -l or --all
// (k8s.io/cli-runtime/pkg/resource/builder.go).
#pragma once

#include <array>
#include <span>

#include "responders/kubectl/call.hpp"

namespace muster {

struct NamedResource {
  const ResourceType* type = nullptr;
  std::string name;
};

struct ResourceArguments {
  std::vector<const ResourceType*> types;  ///< TYPE[,TYPE]... without names
  std::vector<NamedResource> named;
  bool slashed = false;  ///< in the TYPE/NAME form
};

/// Error: the builder's text, without "error: ".
Result<ResourceArguments> read_resource_arguments(const std::vector<std::string>& words);

struct Target {
  const ResourceType* type = nullptr;
  std::string namespace_, name;
  JsonValue object;
  std::string path() const { return object_path(*type, namespace_, name); }
  std::string printed() const { return printed_name(*type, name); }
};

/// Gets every object the call names. What cannot be got is printed, with exit code 1, and left out; nothing
/// named at all is the builder's error.
std::vector<Target> get_targets(KubectlCall& call, const std::vector<std::string>& words);

/// The same when only deployments will do: others are refused in the real one's words.
std::vector<Target> get_deployments(KubectlCall& call, const std::vector<std::string>& words);
std::vector<Target> get_workloads(KubectlCall& call, const std::vector<std::string>& words,
                                  std::span<const std::string_view> kinds);
inline constexpr std::array<std::string_view, 3> rolled_kinds{"Deployment", "StatefulSet", "DaemonSet"};

inline constexpr std::string_view nothing_named =
    "You must provide one or more resources by argument or filename.\n"
    "Example resource specifications include:\n"
    "   '-f rsrc.yaml'\n"
    "   '--filename=rsrc.json'\n"
    "   '<resource> <name>'\n"
    "   '<resource>'";

}  // namespace muster
