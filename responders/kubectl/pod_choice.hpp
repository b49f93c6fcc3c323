// Which pod a command means that is given POD or TYPE/NAME, and which of its containers.
#pragma once

#include "responders/kubectl/call.hpp"

namespace muster {

/// The pod named, or the best one of a workload's or service's; empty after printing why. How many others
/// there are is printed when `tells` is true.
std::vector<JsonValue> pods_of_word(KubectlCall& call, std::string word, bool tells = false);
/// All the pods that match a label selector.
std::vector<JsonValue> list_pods(KubectlCall& call, const std::string& selector);
/// -c, or the first container, named if there are several.
std::string container_of_pod(KubectlCall& call, const JsonValue& pod);

/// Runs the program in the pod, prints what it printed, and takes the time it takes.
Task<void> run_in_pod(KubectlCall& call, const std::string& pod, const std::string& container,
                      std::vector<std::string> command);

}  // namespace muster
