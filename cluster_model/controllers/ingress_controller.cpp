#include "cluster_model/controllers/ingress_controller.hpp"

#include <algorithm>

namespace muster {
namespace {

const ObjectKey everything{Kind::Ingress, "", ""};
const EventSource speaker{"nginx-ingress-controller", ""};

std::string without_last_slash(std::string path) {
  if (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

bool host_matches(const std::string& rule, const std::string& host) {
  if (rule.empty() || host.empty() || rule == host) return true;
  const auto dot = host.find('.');
  return rule.starts_with("*.") && dot != host.npos && host.substr(dot) == rule.substr(1);
}

bool has_port(const Service& service, const std::string& wanted) {
  return std::ranges::any_of(service.ports, [&](const ServicePort& port) {
    return port.name == wanted || std::to_string(port.port) == wanted;
  });
}

}  // namespace

bool ingress_path_matches(const IngressPath& rule, const std::string& path) {
  if (rule.path_type == "Exact") return rule.path == path;
  const std::string prefix = without_last_slash(rule.path);
  if (prefix == "/" || prefix.empty()) return true;
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

const IngressBackend* ingress_backend(const std::vector<const Ingress*>& ingresses, const std::string& host,
                                      const std::string& path) {
  const IngressPath* best = nullptr;
  const IngressBackend* otherwise = nullptr;
  const auto is_better = [&](const IngressPath& rule) {
    if (!best || rule.path.size() != best->path.size()) return !best || rule.path.size() > best->path.size();
    return rule.path_type == "Exact" && best->path_type != "Exact";
  };
  for (const Ingress* ingress : ingresses) {
    if (!otherwise && !ingress->default_backend.service.empty()) otherwise = &ingress->default_backend;
    for (const IngressRule& rule : ingress->rules) {
      if (!host_matches(rule.host, host)) continue;
      for (const IngressPath& candidate : rule.paths)
        if (ingress_path_matches(candidate, path) && is_better(candidate)) best = &candidate;
    }
  }
  return best ? &best->backend : otherwise;
}

IngressController::IngressController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "ingress", context.profile.cluster.controller,
             [this](const ObjectKey&) { reconcile(); }),
      behind_ingress_(context.profile.services.size()) {}

void IngressController::watch(const Change& change) {
  const Kind kind = change.after->key().kind;
  if (kind != Kind::Ingress && kind != Kind::Service) return;
  if (kind == Kind::Ingress && change.type != Change::Type::deleted)
    context_.events.normal(*change.after, speaker, "Sync", "Scheduled for sync");
  queue_.add(everything);
}

void IngressController::resync() {
  queue_.add(everything);
}

void IngressController::reconcile() {
  if (context_.engine.now() < next_sync_) return queue_.add_at(everything, next_sync_);
  next_sync_ = context_.engine.now() + sync_interval;
  sync();
}

void IngressController::sync() {
  for (std::size_t i = 0; i < behind_ingress_.size(); ++i) {
    const ServiceProfile& service = context_.profile.services[i];
    if (!behind_ingress_[i] && !is_named(service)) continue;
    behind_ingress_[i] = true;
    std::vector<std::string> paths;
    for (const EndpointProfile& endpoint : service.endpoints) paths.push_back(endpoint.path);
    context_.requests.close_endpoints(static_cast<int>(i), closed_paths(service, paths),
                                      closed_paths(service, service.probe_paths));
  }
}

bool IngressController::is_named(const ServiceProfile& service) const {
  const auto names = [&](const IngressBackend& backend) {
    return backend.service == service.kubernetes_service;
  };
  for (const ObjectPtr& object : context_.store.list(Kind::Ingress, service.namespace_)) {
    const auto& ingress = object->as<Ingress>();
    if (names(ingress.default_backend)) return true;
    for (const IngressRule& rule : ingress.rules)
      for (const IngressPath& path : rule.paths)
        if (names(path.backend)) return true;
  }
  return false;
}

std::vector<bool> IngressController::closed_paths(const ServiceProfile& service,
                                                  const std::vector<std::string>& paths) const {
  const std::vector<ObjectPtr> objects = context_.store.list(Kind::Ingress, service.namespace_);
  std::vector<const Ingress*> ingresses;
  for (const ObjectPtr& object : objects) ingresses.push_back(&object->as<Ingress>());
  std::vector<bool> closed;
  for (const std::string& path : paths) {
    const IngressBackend* backend = ingress_backend(ingresses, service.host, path);
    const bool arrives = backend && backend->service == service.kubernetes_service;
    closed.push_back(!arrives || !exists(service.namespace_, *backend));
  }
  return closed;
}

bool IngressController::exists(const std::string& namespace_, const IngressBackend& backend) const {
  const ObjectPtr service = context_.store.find({Kind::Service, namespace_, backend.service});
  return service && has_port(service->as<Service>(), backend.port);
}

}  // namespace muster
