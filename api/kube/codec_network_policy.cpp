#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void read_selector(Fields& fields, LabelSelector& selector) {
  fields.texts("matchLabels", selector.match_labels);
  fields.each("matchExpressions", [&](Fields& entry) {
    SelectorRequirement& requirement = selector.expressions.emplace_back();
    entry.text("key", requirement.key);
    entry.text("operator", requirement.op);
    entry.texts("values", requirement.values);
  });
}

Json write_selector(const LabelSelector& selector) {
  Json json = Json::object();
  put(json, "matchLabels", selector.match_labels);
  for (const SelectorRequirement& requirement : selector.expressions) {
    Json entry{{"key", requirement.key}, {"operator", requirement.op}};
    put(entry, "values", requirement.values);
    json["matchExpressions"].push_back(std::move(entry));
  }
  return json;
}

void read_optional_selector(Fields& fields, const char* key, std::optional<LabelSelector>& selector) {
  if (!fields.has(key)) return;
  selector.emplace();
  fields.object(key, [&](Fields& inner) { read_selector(inner, *selector); });
}

void read_peer(Fields& fields, PolicyPeer& peer) {
  read_optional_selector(fields, "podSelector", peer.pods);
  read_optional_selector(fields, "namespaceSelector", peer.namespaces);
  fields.object("ipBlock", [&](Fields& block) {
    block.text("cidr", peer.cidr);
    block.texts("except", peer.except);
  });
}

Json write_peer(const PolicyPeer& peer) {
  Json json = Json::object();
  if (peer.pods) json["podSelector"] = write_selector(*peer.pods);
  if (peer.namespaces) json["namespaceSelector"] = write_selector(*peer.namespaces);
  if (peer.cidr.empty()) return json;
  json["ipBlock"]["cidr"] = peer.cidr;
  put(json["ipBlock"], "except", peer.except);
  return json;
}

void read_port(Fields& fields, PolicyPort& port) {
  fields.text("protocol", port.protocol);
  fields.int_or_text("port", port.port);
  fields.whole("endPort", port.end_port);
}

Json write_port(const PolicyPort& port) {
  Json json{{"protocol", port.protocol}};
  if (!port.port.empty()) json["port"] = number_or_text(port.port);
  put_nonzero(json, "endPort", port.end_port);
  return json;
}

void read_rules(Fields& spec, const char* key, const char* peers, std::vector<PolicyRule>& rules) {
  spec.each(key, [&](Fields& entry) {
    PolicyRule& rule = rules.emplace_back();
    entry.each(peers, [&](Fields& fields) { read_peer(fields, rule.peers.emplace_back()); });
    entry.each("ports", [&](Fields& fields) { read_port(fields, rule.ports.emplace_back()); });
  });
}

void write_rules(Json& spec, const char* key, const char* peers, const std::vector<PolicyRule>& rules) {
  for (const PolicyRule& rule : rules) {
    Json json = Json::object();
    for (const PolicyPeer& peer : rule.peers) json[peers].push_back(write_peer(peer));
    for (const PolicyPort& port : rule.ports) json["ports"].push_back(write_port(port));
    spec[key].push_back(std::move(json));
  }
}

}  // namespace

void read_body(Fields& fields, NetworkPolicy& policy) {
  fields.object("spec", [&](Fields& spec) {
    spec.object("podSelector", [&](Fields& selector) { read_selector(selector, policy.pods); });
    spec.texts("policyTypes", policy.types);
    read_rules(spec, "ingress", "from", policy.ingress);
    read_rules(spec, "egress", "to", policy.egress);
    policy.spec_rest = spec.rest();
  });
}

void write_body(Json& json, const NetworkPolicy& policy, Epoch) {
  Json spec{{"podSelector", write_selector(policy.pods)}};
  put(spec, "policyTypes", policy.types);
  write_rules(spec, "ingress", "from", policy.ingress);
  write_rules(spec, "egress", "to", policy.egress);
  merge_rest(spec, policy.spec_rest);
  json["spec"] = std::move(spec);
}

}  // namespace muster::kube
