#include "api/kube/resource_path.hpp"

namespace muster::kube {

ObjectKey ResourcePath::key() const {
  Object object;
  object.api_version = type->api_version();
  object.kind = type->kind;
  object.meta.namespace_ = namespace_;
  object.meta.name = name;
  return object.key();
}

std::optional<ResourcePath> parse_resource_path(const std::vector<std::string>& segments) {
  std::size_t at = 0;
  std::string group;
  if (segments.size() < 3) return std::nullopt;
  if (segments[at++] == "apis") group = segments[at++];
  const std::string& version = segments[at++];
  ResourcePath path;
  // "namespaces/NS" alone is the Namespace object; with more behind it, it is a prefix.
  const bool of_namespace =
      segments.size() == at + 3 && (segments[at + 2] == "status" || segments[at + 2] == "finalize");
  const bool in_namespace = segments.size() > at + 2 && segments[at] == "namespaces" && !of_namespace;
  if (in_namespace) {
    path.namespace_ = segments[at + 1];
    at += 2;
  }
  if (at >= segments.size() || segments.size() > at + 3) return std::nullopt;
  path.type = find_resource_type(group, version, segments[at++]);
  if (at < segments.size()) path.name = segments[at++];
  if (at < segments.size()) path.subresource = segments[at++];
  if (!path.type) return std::nullopt;
  if (path.type->namespaced != in_namespace && (in_namespace || !path.name.empty())) return std::nullopt;
  return path;
}

}  // namespace muster::kube
