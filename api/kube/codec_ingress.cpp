#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void read_backend(Fields& fields, IngressBackend& backend) {
  fields.object("service", [&](Fields& service) {
    service.text("name", backend.service);
    service.object("port", [&](Fields& port) {
      int number = 0;
      port.whole("number", number);
      if (number != 0) backend.port = std::to_string(number);
      port.text("name", backend.port);
    });
  });
}

Json write_backend(const IngressBackend& backend) {
  Json json = Json::object();
  if (backend.service.empty()) return json;
  json["service"]["name"] = backend.service;
  if (backend.port.empty()) return json;
  const Json port = number_or_text(backend.port);
  json["service"]["port"][port.is_string() ? "name" : "number"] = port;
  return json;
}

void read_rule(Fields& fields, IngressRule& rule) {
  fields.text("host", rule.host);
  fields.object("http", [&](Fields& http) {
    http.each("paths", [&](Fields& entry) {
      IngressPath& path = rule.paths.emplace_back();
      entry.text("path", path.path);
      entry.text("pathType", path.path_type);
      entry.object("backend", [&](Fields& backend) { read_backend(backend, path.backend); });
    });
  });
}

Json write_rule(const IngressRule& rule) {
  Json json = Json::object();
  put(json, "host", rule.host);
  for (const IngressPath& path : rule.paths) {
    Json entry = Json::object();
    put(entry, "path", path.path);
    put(entry, "pathType", path.path_type);
    put(entry, "backend", write_backend(path.backend));
    json["http"]["paths"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace

void read_body(Fields& fields, Ingress& ingress) {
  fields.object("spec", [&](Fields& spec) {
    spec.text("ingressClassName", ingress.class_name);
    spec.object("defaultBackend", [&](Fields& backend) { read_backend(backend, ingress.default_backend); });
    spec.each("rules", [&](Fields& rule) { read_rule(rule, ingress.rules.emplace_back()); });
    ingress.spec_rest = spec.rest();
  });
}

void write_body(Json& json, const Ingress& ingress, Epoch) {
  Json spec = Json::object();
  put(spec, "ingressClassName", ingress.class_name);
  put(spec, "defaultBackend", write_backend(ingress.default_backend));
  for (const IngressRule& rule : ingress.rules) spec["rules"].push_back(write_rule(rule));
  merge_rest(spec, ingress.spec_rest);
  json["spec"] = std::move(spec);
  json["status"]["loadBalancer"] = Json::object();
}

}  // namespace muster::kube
