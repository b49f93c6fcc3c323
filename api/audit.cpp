#include "api/audit.hpp"

#include <nlohmann/json.hpp>

#include "api/kube/resource_path.hpp"
#include "cluster_model/intruder/intruder.hpp"
#include "cluster_model/surroundings.hpp"

namespace muster {

namespace {

using Json = nlohmann::json;

struct Verb {
  const char* http;
  const char* on_object;
  const char* on_collection;
};
constexpr Verb verbs[] = {{"GET", "get", "list"},
                          {"POST", "create", "create"},
                          {"PUT", "update", "update"},
                          {"PATCH", "patch", "patch"},
                          {"DELETE", "delete", "deletecollection"}};

std::string verb_of(const std::string& http, bool on_object) {
  for (const Verb& verb : verbs) {
    if (http == verb.http) return on_object ? verb.on_object : verb.on_collection;
  }
  return http;
}

std::string resource_of(const kube::ResourcePath& path) {
  std::string text = path.type->plural;
  for (const std::string& part : {path.namespace_, path.name, path.subresource}) {
    if (!part.empty()) text += "/" + part;
  }
  return text;
}

/// A pod's manifest, or a container's log, has been read.
void note_evidence(World& world, const kube::ResourcePath& path, const Url& url) {
  EvidenceTable& evidence = world.surroundings().evidence;
  const std::string place = "pod/" + path.namespace_ + "/" + path.name;
  if (path.subresource.empty()) return evidence.capture({place, EvidenceKind::manifest});
  if (path.subresource != "log") return;
  std::string container = url.parameter("container");
  const ObjectPtr pod = world.objects().find(path.key());
  if (container.empty() && pod) container = pod->as<Pod>().spec.containers.front().name;
  evidence.capture({place + "/" + container, EvidenceKind::log});
}

Json entry_json(const AuditEntry& entry, Epoch epoch) {
  Json json{{"at", format_rfc3339_micro(epoch, entry.at)},
            {"user", entry.user},
            {"verb", entry.verb},
            {"resource", entry.resource},
            {"status", entry.status}};
  if (!entry.source.empty()) json["source"] = entry.source;
  return json;
}

bool chosen(const Url& url, const char* key, const std::string& value) {
  const std::string& wanted = url.parameter(key);
  return wanted.empty() || value.find(wanted) != std::string::npos;
}

}  // namespace

void note_kubernetes_request(World& world, const Request& request, const Url& url, const Answer& answer) {
  const auto path = kube::parse_resource_path(url.segments);
  if (!path) return;
  world.surroundings().audit.note({world.now(),
                                   request.actor,
                                   {},
                                   verb_of(request.verb, !path->name.empty()),
                                   resource_of(*path),
                                   answer.status});
  const bool read = request.verb == "GET" && answer.ok() && path->type->model == Kind::Pod;
  if (read && !path->name.empty()) note_evidence(world, *path, url);
}

void note_database_request(World& world, const Url& url, const Answer& answer) {
  const bool log = answer.ok() && url.segments.size() == 3 && url.segments[2] == "log";
  if (log) world.surroundings().evidence.capture({"database/" + url.segments[1], EvidenceKind::database_log});
}

Answer handle_audit(World& world, const Request& request, const Url& url) {
  if (request.verb != "GET" || url.segments.size() != 3)
    return {404, "text/plain", "404 page not found\n", {}, nullptr};
  const AuditLog& log = world.surroundings().audit;
  Json items = Json::array();
  if (url.segments[2] == "events") {
    for (const AuditEntry& entry : log.entries()) {
      if (chosen(url, "user", entry.user) && chosen(url, "verb", entry.verb))
        items.push_back(entry_json(entry, world.epoch()));
    }
    world.surroundings().evidence.capture({"cluster", EvidenceKind::audit_log});
  } else if (url.segments[2] == "warnings") {
    for (const SensorWarning& warning : log.warnings()) {
      items.push_back({{"at", format_rfc3339_micro(world.epoch(), warning.at)},
                       {"rule", warning.rule},
                       {"priority", warning.priority},
                       {"output", warning.output}});
    }
  } else {
    return {404, "text/plain", "404 page not found\n", {}, nullptr};
  }
  return {200, "application/json", Json{{"items", std::move(items)}}.dump(), {}, nullptr};
}

}  // namespace muster
