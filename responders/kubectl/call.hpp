// One run of kubectl: its arguments, the API, and what it has printed so far.
#pragma once

#include "responders/console/command.hpp"
#include "responders/kubectl/flags.hpp"
#include "responders/kubectl/kube_client.hpp"
#include "responders/kubectl/resource_type.hpp"
#include "responders/text/age.hpp"

namespace muster {

struct KubectlCall {
  Session& session;
  KubeClient api;
  std::string command;  ///< "rollout undo"
  FlagValues flags;
  std::vector<std::string> words;         ///< arguments that are no flags
  std::vector<std::string> after_dashes;  ///< arguments after "--"
  std::string input;                      ///< stdin, for -f -
  CommandResult result;

  explicit KubectlCall(Session& s) : session(s), api(s.host, s.actor) {}

  std::string namespace_() const { return flags.text("namespace", session.kube_namespace); }
  Clock clock() const { return Clock{session.host.epoch(), session.host.now()}; }

  void print(std::string_view line) { (result.out += line) += '\n'; }
  void print_error(std::string_view line) { (result.err += line) += '\n'; }
  /// "error: TEXT" on stderr, exit code 1.
  void fail(std::string_view text);
  /// A usage error: the same with the hint at the command's help.
  void fail_usage(std::string_view text);
  /// What the server said, exit code 1.
  void fail(const ApiReply& reply);
  /// Not carried out: not built here.
  void refuse(const std::string& reason);
};

}  // namespace muster
