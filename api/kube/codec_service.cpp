#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

/// The label that names an EndpointSlice's Service (k8s.io/api discovery/v1 LabelServiceName).
constexpr const char* service_label = "kubernetes.io/service-name";

void read_ports(Fields& fields, std::vector<ServicePort>& ports) {
  fields.each("ports", [&](Fields& entry) {
    ServicePort& port = ports.emplace_back();
    entry.text("name", port.name);
    entry.text("protocol", port.protocol);
    entry.whole("port", port.port);
    entry.int_or_text("targetPort", port.target_port);
  });
}

Json write_ports(const std::vector<ServicePort>& ports) {
  Json list = Json::array();
  for (const ServicePort& port : ports) {
    Json json{{"port", port.port}};
    put(json, "name", port.name);
    put(json, "protocol", port.protocol);
    if (!port.target_port.empty()) json["targetPort"] = number_or_text(port.target_port);
    list.push_back(std::move(json));
  }
  return list;
}

void read_addresses(Fields& fields, Endpoint& endpoint) {
  std::vector<std::string> addresses;
  fields.texts("addresses", addresses);
  if (!addresses.empty()) endpoint.ip = addresses.front();
  if (addresses.size() > 1) fields.fail("addresses", "only one address per endpoint is modelled");
}

void read_endpoint(Fields& fields, Endpoint& endpoint) {
  read_addresses(fields, endpoint);
  fields.text("nodeName", endpoint.node);
  fields.object("conditions", [&](Fields& conditions) {
    conditions.flag("ready", endpoint.ready);
    conditions.flag("serving", endpoint.serving);
    conditions.flag("terminating", endpoint.terminating);
  });
  std::string kind, namespace_;
  fields.object("targetRef", [&](Fields& target) {
    target.text("kind", kind);
    target.text("namespace", namespace_);
    target.text("name", endpoint.pod);
  });
}

Json write_endpoint(const Endpoint& endpoint, const std::string& namespace_) {
  Json json{
      {"conditions",
       {{"ready", endpoint.ready}, {"serving", endpoint.serving}, {"terminating", endpoint.terminating}}}};
  json["addresses"] = Json::array({endpoint.ip});
  put(json, "nodeName", endpoint.node);
  if (!endpoint.pod.empty()) {
    json["targetRef"] = {{"kind", "Pod"}, {"name", endpoint.pod}};
    put(json["targetRef"], "namespace", namespace_);
  }
  return json;
}

}  // namespace

void read_body(Fields& fields, Service& service) {
  fields.object("spec", [&](Fields& spec) {
    spec.texts("selector", service.selector);
    read_ports(spec, service.ports);
    spec.text("type", service.type);
    spec.text("clusterIP", service.cluster_ip);
    service.spec_rest = spec.rest();
  });
}

void write_body(Json& json, const Service& service, Epoch) {
  Json spec{{"type", service.type}};
  put(spec, "selector", service.selector);
  put(spec, "ports", write_ports(service.ports));
  put(spec, "clusterIP", service.cluster_ip);
  merge_rest(spec, service.spec_rest);
  json["spec"] = std::move(spec);
  json["status"]["loadBalancer"] = Json::object();
}

void read_body(Fields& fields, EndpointSlice& slice) {
  read_ports(fields, slice.ports);
  fields.each("endpoints", [&](Fields& entry) { read_endpoint(entry, slice.endpoints.emplace_back()); });
  fields.json().erase("addressType");
}

void write_body(Json& json, const EndpointSlice& slice, Epoch) {
  const std::string namespace_ = json["metadata"].value("namespace", std::string());
  if (!slice.service.empty()) json["metadata"]["labels"][service_label] = slice.service;
  json["addressType"] = "IPv4";
  put(json, "ports", write_ports(slice.ports));
  json["endpoints"] = Json::array();
  for (const Endpoint& endpoint : slice.endpoints) {
    json["endpoints"].push_back(write_endpoint(endpoint, namespace_));
  }
}

}  // namespace muster::kube
