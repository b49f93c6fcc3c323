// kubectl: the commands of the real one, sent as the real one sends them (the requests were recorded from
// kubectl v1.32), printed as it prints them.
#pragma once

#include <span>

#include "responders/console/command.hpp"
#include "responders/kubectl/call.hpp"

namespace muster {

/// One or two words: "get", "rollout undo". Exactly one of `at_once` and `waiting` is set, or neither and the
/// command is refused with `refusal`.
struct KubectlCommand {
  std::string_view name;
  std::string_view synopsis;
  std::span<const FlagSpec> flags;
  void (*at_once)(KubectlCall&) = nullptr;
  Task<void> (*waiting)(KubectlCall&) = nullptr;
  std::string_view refusal = {};
};

/// Every command, for dispatch and for `muster explain`.
std::span<const KubectlCommand> kubectl_commands();
/// Commands of the real kubectl that are not in the table at all.
std::span<const std::string_view> kubectl_not_built();

Task<CommandResult> kubectl(Session& session, Invocation call);

}  // namespace muster
