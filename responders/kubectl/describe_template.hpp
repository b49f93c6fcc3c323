// The parts that `kubectl describe` shows of pods and of pod templates alike
// (k8s.io/kubectl/pkg/describe/describe.go). Text with tabs, for align_tabs.
#pragma once

#include <string>

#include "responders/text/json_value.hpp"

namespace muster {

/// A pod template without its title; `space` is "  " below "Pod Template:".
std::string describe_template(const JsonValue& pod_template, const std::string& space);
/// The containers of a pod spec; `statuses` is null for a template.
std::string describe_containers(const JsonValue& spec, const JsonValue& statuses, const std::string& space);
std::string describe_volumes(const JsonValue& spec, const std::string& space);
std::string describe_tolerations(const JsonValue& spec, const std::string& title);
/// "TITLE:\tk=v\n\tk2=v2\n" or "TITLE:\t<none>\n".
std::string describe_labels(const std::string& title, const JsonValue& labels);
std::string describe_annotations(const std::string& title, const JsonValue& annotations);

}  // namespace muster
