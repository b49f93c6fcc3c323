#include "cluster_model/objects.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "sim/assert.hpp"

namespace muster {

namespace {

struct KindName {
  Kind kind;
  const char* name;
  std::string_view api_version;
};

constexpr auto known_kinds = std::to_array<KindName>({
    {Kind::Namespace, "Namespace", "v1"},
    {Kind::Node, "Node", "v1"},
    {Kind::ConfigMap, "ConfigMap", "v1"},
    {Kind::Secret, "Secret", "v1"},
    {Kind::Service, "Service", "v1"},
    {Kind::EndpointSlice, "EndpointSlice", "discovery.k8s.io/v1"},
    {Kind::Deployment, "Deployment", "apps/v1"},
    {Kind::ReplicaSet, "ReplicaSet", "apps/v1"},
    {Kind::Pod, "Pod", "v1"},
    {Kind::NetworkPolicy, "NetworkPolicy", "networking.k8s.io/v1"},
    {Kind::Event, "Event", "v1"},
    {Kind::PodDisruptionBudget, "PodDisruptionBudget", "policy/v1"},
    {Kind::Lease, "Lease", "coordination.k8s.io/v1"},
});

/// "apps/v1" -> "apps"; the core group is empty.
std::string_view group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
}

}  // namespace

const char* to_string(Kind kind) {
  for (const KindName& known : known_kinds) {
    if (known.kind == kind) return known.name;
  }
  return "Other";
}

Kind kind_of(std::string_view api_version, std::string_view kind) {
  for (const KindName& known : known_kinds) {
    if (known.name == kind && group_of(known.api_version) == group_of(api_version)) return known.kind;
  }
  return Kind::Other;
}

bool is_namespaced(Kind kind) {
  return kind != Kind::Namespace && kind != Kind::Node;
}

ObjectKey Object::key() const {
  const Kind known = kind_of(api_version, kind);
  if (known != Kind::Other) return {known, meta.namespace_, meta.name};
  return {Kind::Other, meta.namespace_, kind + "." + std::string(group_of(api_version)) + "/" + meta.name};
}

bool selects(const StringMap& selector, const StringMap& labels) {
  if (selector.empty()) return false;
  for (const auto& [name, value] : selector) {
    const auto found = labels.find(name);
    if (found == labels.end() || found->second != value) return false;
  }
  return true;
}

const OwnerReference* controller_of(const Meta& meta) {
  for (const OwnerReference& owner : meta.owners) {
    if (owner.controller) return &owner;
  }
  return nullptr;
}

bool same_text(const Unmodelled& a, const Unmodelled& b) {
  const std::string_view left = a ? std::string_view(*a) : "{}";
  const std::string_view right = b ? std::string_view(*b) : "{}";
  return left == right;
}

const Condition* find_condition(const std::vector<Condition>& conditions, std::string_view type) {
  for (const Condition& condition : conditions) {
    if (condition.type == type) return &condition;
  }
  return nullptr;
}

}  // namespace muster
