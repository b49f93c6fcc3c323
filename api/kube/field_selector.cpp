#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/kube/selector.hpp"

namespace muster::kube {

namespace {

std::string phase_of(const Object& object) {
  if (const auto* pod = std::get_if<Pod>(&object.body)) return pod->status.phase;
  if (const auto* space = std::get_if<Namespace_>(&object.body)) return space->phase;
  return {};
}

const KubeEvent& event_of(const Object& object) {
  return object.as<KubeEvent>();
}

std::string involved_api_version(const Object& object) {
  return api_version_of(event_of(object).involved.kind);
}

/// Of Kind::Other "Kind.group/name".
std::string involved_kind(const Object& object) {
  const ObjectKey& key = event_of(object).involved;
  return key.kind == Kind::Other ? key.name.substr(0, key.name.find('.')) : to_string(key.kind);
}

std::string involved_name(const Object& object) {
  const ObjectKey& key = event_of(object).involved;
  return key.kind == Kind::Other ? key.name.substr(key.name.find('/') + 1) : key.name;
}

struct Field {
  const char* kind;  ///< empty: every kind
  const char* name;
  std::string (*value)(const Object&);
};

// kubernetes/kubernetes pkg/apis/core/v1/conversion.go: the fields that selectors may name.
constexpr std::array<Field, 17> fields{{
    {"", "metadata.name", [](const Object& o) { return o.meta.name; }},
    {"", "metadata.namespace", [](const Object& o) { return o.meta.namespace_; }},
    {"Pod", "spec.nodeName", [](const Object& o) { return o.as<Pod>().spec.node_name; }},
    {"Pod", "spec.restartPolicy", [](const Object& o) { return o.as<Pod>().spec.restart_policy; }},
    {"Pod", "status.phase", phase_of},
    {"Pod", "status.podIP", [](const Object& o) { return o.as<Pod>().status.pod_ip; }},
    {"Namespace", "status.phase", phase_of},
    {"Node", "spec.unschedulable",
     [](const Object& o) { return std::string(o.as<Node>().unschedulable ? "true" : "false"); }},
    {"Job", "status.successful",
     [](const Object& o) { return std::to_string(o.as<Job>().status.succeeded); }},
    {"Secret", "type", [](const Object& o) { return o.as<ConfigData>().type; }},
    {"Event", "involvedObject.kind", involved_kind},
    {"Event", "involvedObject.namespace", [](const Object& o) { return event_of(o).involved.namespace_; }},
    {"Event", "involvedObject.name", involved_name},
    {"Event", "involvedObject.uid", [](const Object& o) { return event_of(o).involved_uid; }},
    {"Event", "involvedObject.apiVersion", involved_api_version},
    {"Event", "reason", [](const Object& o) { return event_of(o).reason; }},
    {"Event", "type", [](const Object& o) { return event_of(o).type; }},
}};

const Field* find_field(const std::string& kind, const std::string& name) {
  for (const Field& field : fields) {
    if (name == field.name && (*field.kind == '\0' || kind == field.kind)) return &field;
  }
  return nullptr;
}

Result<FieldRequirement> parse_one(std::string_view term, const std::string& kind) {
  const std::size_t equals = term.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return invalid_input(fmt::format("invalid selector: '{}'; can't understand '{}'", term, term));
  }
  FieldRequirement requirement;
  requirement.equal = term[equals - 1] != '!';
  requirement.field = term.substr(0, requirement.equal ? equals : equals - 1);
  const bool doubled = equals + 1 < term.size() && term[equals + 1] == '=';
  requirement.value = term.substr(equals + (doubled ? 2 : 1));
  if (!find_field(kind, requirement.field)) {
    return invalid_input(fmt::format("field label not supported: {}", requirement.field));
  }
  return requirement;
}

}  // namespace

Result<FieldSelector> FieldSelector::parse(std::string_view text, const std::string& kind) {
  FieldSelector selector;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) {
      auto requirement = parse_one(text.substr(0, comma), kind);
      if (!requirement) return requirement.error();
      selector.requirements_.push_back(*std::move(requirement));
    }
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return selector;
}

bool FieldSelector::matches(const Object& object) const {
  return std::all_of(requirements_.begin(), requirements_.end(), [&](const FieldRequirement& requirement) {
    const Field* field = find_field(object.kind, requirement.field);
    return field && (field->value(object) == requirement.value) == requirement.equal;
  });
}

}  // namespace muster::kube
