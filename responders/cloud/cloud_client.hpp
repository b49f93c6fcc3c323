// The cloud console's database service, as the command-line tools of two vendors ask it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "responders/console/command.hpp"
#include "responders/text/json_value.hpp"
#include "responders/text/options.hpp"

namespace muster {

struct CloudReply {
  int status = 0;
  JsonValue body;
  bool ok() const { return status >= 200 && status < 300; }
  std::string error() const { return body["error"]["message"].text(); }
};

/// `path` below the project: "instances/NAME/failover".
CloudReply ask_cloud(Session& session, const char* verb, const std::string& path, const JsonValue& body = {});
/// Waits until the operation is done; its final state.
Task<JsonValue> finish_operation(Session& session, JsonValue operation);

/// "--instance=x", "--instance x" and words without dashes.
struct CloudArguments {
  std::vector<std::string> words;
  std::map<std::string, std::string> options;  ///< [name without dashes]; of a switch "true"
  std::string unknown;  ///< the first word that is no option of the tool; empty if there is none
  bool has(const std::string& name) const { return options.contains(name); }
  std::string get(const std::string& name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::string() : found->second;
  }
};
CloudArguments read_cloud_arguments(const std::vector<std::string>& args, std::span<const OptionSpec> known);

Task<CommandResult> gcloud(Session& session, Invocation call);
Task<CommandResult> aws(Session& session, Invocation call);

}  // namespace muster
