#include "tests/campaign/door.hpp"

#include "sim/assert.hpp"

namespace muster::campaign {

std::string collection_path(const kube::ResourceType& type, const std::string& namespace_) {
  const std::string root = *type.group ? "/apis/" + type.api_version() : "/api/" + type.api_version();
  const bool inside = type.namespaced && !namespace_.empty();
  return root + (inside ? "/namespaces/" + namespace_ : "") + "/" + type.plural;
}

std::string object_path(const kube::ResourceType& type, const JsonValue& object) {
  const JsonValue& meta = object["metadata"];
  return collection_path(type, meta["namespace"].text()) + "/" + meta["name"].text();
}

std::vector<JsonValue> list_all(ResponderHost& host, const std::string& actor,
                                const kube::ResourceType& type) {
  const Answer answer = host.submit(Request{actor, "GET", collection_path(type, ""), {}, {}});
  const auto json = parse_json(answer.body);
  return answer.ok() && json ? (*json)["items"].items() : std::vector<JsonValue>{};
}

const kube::ResourceType& resource_named(const std::string& plural) {
  for (const kube::ResourceType& type : kube::resource_types())
    if (plural == type.plural) return type;
  MUSTER_ASSERT(false, "no resource of that name is served");
}

}  // namespace muster::campaign
