// What a playbook asks before it acts: PromQL, a field of an object, a variable, or several of them. It is
// answered through the one door, so a playbook sees what monitoring and the API show and nothing else.
#pragma once

#include <string>
#include <vector>

#include "responders/condition/comparison.hpp"
#include "responders/condition/variables.hpp"
#include "responders/responder.hpp"

namespace muster {

struct PlayCondition {
  enum class Kind : std::uint8_t { promql, object, variable, all, any, not_ };
  Kind kind = Kind::promql;
  int line = 0, column = 0;
  std::string text;                  ///< the query, "deployment/NAME", or the variable's name
  std::string namespace_;            ///< of the object; empty = the playbook's
  std::string json_path;             ///< of the object's field; empty = the object itself
  std::vector<Comparison> tests;     ///< of objects and variables
  std::vector<PlayCondition> parts;  ///< of all, any, not
};

/// The table named "condition".
const RecordTable& condition_table();
/// A plain text is PromQL. Errors go to `context`.
PlayCondition read_condition(const YamlNode& node, ReadContext& context);

/// Who asks, and where.
struct Asker {
  ResponderHost& host;
  std::string actor;
  std::string namespace_;
};

struct Verdict {
  bool holds = false;
  std::string why;  ///< why it does not
};

/// PromQL holds if it gives at least one sample, a scalar if it is not 0: as an alert rule fires. A query
/// that Prometheus refuses and an object that cannot be got do not hold.
Verdict check_condition(const PlayCondition& condition, const Asker& asker, const Variables& variables);

/// "/apis/apps/v1/namespaces/x/deployments/web" of "deployment/web". Error: no TYPE/NAME, unknown type.
Result<std::string> path_of_object(const std::string& name, const std::string& namespace_);
/// The text at a kubectl JSONPath ("{.spec.replicas}") of a JSON document; nothing if it is empty.
Result<std::optional<std::string>> json_field(const std::string& path, const std::string& json);

}  // namespace muster
