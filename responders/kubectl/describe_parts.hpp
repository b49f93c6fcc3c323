// What the descriptions of several kinds share. Text with tabs, for align_tabs.
#pragma once

#include <string>

#include "responders/kubectl/targets.hpp"

namespace muster {

/// "Events:" with their table, or <none>; asks the API.
std::string describe_events(KubectlCall& call, const Target& target);
/// "Name:", and "Namespace:" if it has one.
std::string describe_name(const Target& target);
std::string describe_maps(const Target& target);  ///< labels and annotations
std::string describe_owner(const JsonValue& object);
/// "a=b,c in (d)" of a label selector; "<none>" if empty.
std::string selector_text(const JsonValue& selector);
/// "Pods Status:\t3 Running / 0 Waiting / 0 Succeeded / 0 Failed" of those it controls; asks the API.
std::string describe_pods_status(KubectlCall& call, const Target& target);
/// The objects of a list below `path`; empty after printing why not.
JsonValue::Array list_of(KubectlCall& call, const std::string& path);

/// Workloads, configuration, network and the rest: the description of a kind, or of any other object all its
/// fields.
std::string describe_kind(KubectlCall& call, const Target& target);

namespace describers {

std::string node(KubectlCall& call, const Target& target);
std::string service(KubectlCall& call, const Target& target);
std::string endpoints(KubectlCall& call, const Target& target);
std::string ingress(KubectlCall& call, const Target& target);
std::string network_policy(KubectlCall& call, const Target& target);
std::string any_object(KubectlCall& call, const Target& target);

}  // namespace describers
}  // namespace muster
