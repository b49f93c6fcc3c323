// What kubectl shows of a pod, from its JSON.
#pragma once

#include "responders/text/age.hpp"
#include "responders/text/json_value.hpp"

namespace muster {

struct PodView {
  std::string name, namespace_;
  int ready = 0, containers = 0;
  std::int64_t restarts = 0;
  std::string
      status;  ///< STATUS column: kubernetes/kubernetes pkg/printers/internalversion/printers.go printPod
  std::string restarts_text;  ///< "5" or "5 (2m ago)"
  bool healthy = false;       ///< Running and every container ready
};

PodView view_pod(const JsonValue& pod, const Clock& clock);

/// Status of a condition ("True"), or "" if there is none of that type.
std::string condition_status(const JsonValue& object, std::string_view type);
const JsonValue& condition(const JsonValue& object, std::string_view type);

}  // namespace muster
