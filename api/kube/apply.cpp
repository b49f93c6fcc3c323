// Server-side apply: PATCH with application/apply-patch+yaml.
#include <fmt/format.h>

#include "api/kube/status_json.hpp"
#include "api/kube/view.hpp"
#include "api/kube/writing.hpp"

namespace muster::kube {

namespace {

Answer invalid_options(const std::string& problem) {
  return failure(422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: " + problem);
}

/// k8s.io/apimachinery pkg/util/managedfields/internal/conflict.go.
Answer conflict_answer(const std::vector<FieldConflict>& conflicts) {
  Json details;
  std::map<std::string, std::vector<std::string>> by_manager;
  for (const FieldConflict& one : conflicts) {
    details["causes"].push_back({{"reason", "FieldManagerConflict"},
                                 {"message", "conflict with " + one.manager},
                                 {"field", one.path}});
    by_manager[one.manager].push_back(one.path);
  }
  if (conflicts.size() == 1) {
    return failure(409, "Conflict",
                   fmt::format("Apply failed with 1 conflict: conflict with {}: {}", conflicts[0].manager,
                               conflicts[0].path),
                   std::move(details));
  }
  std::string message = fmt::format("Apply failed with {} conflicts: ", conflicts.size());
  bool first = true;
  for (const auto& [manager, paths] : by_manager) {
    message += fmt::format("{}conflicts with {}:", first ? "" : "\n", manager);
    for (const std::string& path : paths) message += "\n- " + path;
    first = false;
  }
  return failure(409, "Conflict", message, std::move(details));
}

/// What is wrong with the applied configuration, before the live object is looked at.
std::optional<Answer> refuse_configuration(const Call& call, Json& applied, const SchemaType& schema) {
  if (auto problem = agree_with_url(call, applied)) return problem;
  if (applied["metadata"].contains("managedFields") && !applied["metadata"]["managedFields"].empty())
    return bad_request("metadata.managedFields must be nil");
  drop_void(applied);
  Json known = applied;
  const std::vector<std::string> unknown = drop_unknown_fields(known, schema);
  if (unknown.empty()) return std::nullopt;
  const std::string& first = unknown.front();  // unknown field "spec.foo"
  const std::size_t from = first.find('"') + 1;
  return failure(
      500, "",
      fmt::format("failed to create typed patch object ({}/{}; {}, Kind={}): .{}: field not declared in "
                  "schema",
                  call.path.namespace_, call.path.name, call.type().api_version(), call.type().kind,
                  first.substr(from, first.rfind('"') - from)));
}

Answer write_applied(const Call& call, Cluster& cluster, const ObjectPtr& live, Json merged) {
  if (live) return write_over(call, cluster, std::move(merged), *live, Managers::keep);
  return create_from(call, cluster, std::move(merged), Managers::keep);
}

}  // namespace

bool is_apply(const Request& request) {
  return request.content_type.starts_with("application/apply-patch+yaml");
}

Answer apply_object(const Call& call, Cluster& cluster) {
  const SchemaType* schema = schema_of(call.type().api_version(), call.type().kind);
  if (!schema) return not_served("apply for " + call.type().qualified_plural());
  if (call.url.parameter("fieldManager").empty())
    return invalid_options("fieldManager: Required value: is required for apply patch");
  Result<Json> applied = parse_json(call.request.body);
  if (!applied || !applied->is_object())
    return bad_request("error decoding YAML: " +
                       (applied ? "the configuration is no object" : applied.error().message));
  if (auto problem = refuse_configuration(call, *applied, *schema)) return *problem;
  const ObjectPtr live = find(cluster.objects(), call.type(), call.path.namespace_, call.path.name);
  const Json present = live ? encode_object(*live, cluster.epoch()) : Json();
  auto merged = apply_fields(present, *applied, *schema, manager_of(call, cluster), call.url.flag("force"));
  if (const auto* conflicts = std::get_if<std::vector<FieldConflict>>(&merged))
    return conflict_answer(*conflicts);
  return write_applied(call, cluster, live, std::get<Json>(std::move(merged)));
}

}  // namespace muster::kube
