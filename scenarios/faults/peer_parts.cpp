#include "scenarios/faults/peer_parts.hpp"

#include <fmt/format.h>

namespace muster {

namespace {

void read_labels(MapReader& map, StringMap& labels) {
  const YamlNode* node = map.node("labels");
  if (!node) return;
  if (!node->is_map()) return map.fail("labels", "\"labels\": expected a map of label names and values");
  for (const auto& [name, value] : node->entries) labels[name.scalar] = value.scalar;
}

}  // namespace

PeerSelector read_peers(MapReader& map, const std::string& key, bool needed) {
  PeerSelector peers;
  const YamlNode* node = map.node(key, needed ? "a map with pods, labels, node or host" : nullptr);
  if (!node) return peers;
  MapReader inner(*node, "an end of connections", map.context());
  const std::string pods = inner.text("pods", "");
  const std::size_t slash = pods.find('/');
  if (!pods.empty() && slash == std::string::npos)
    inner.fail("pods", fmt::format("\"pods\": expected namespace/name, found \"{}\"", pods));
  if (slash != std::string::npos) {
    peers.namespace_ = pods.substr(0, slash);
    peers.pod = pods.substr(slash + 1);
  }
  read_labels(inner, peers.labels);
  peers.node = inner.text("node", "");
  peers.host = inner.text("host", "");
  inner.finish();
  if (!peers.host.empty() && !(pods.empty() && peers.labels.empty() && peers.node.empty()))
    inner.fail("host", "\"host\": a host outside the cluster has no pods, labels or node");
  return peers;
}

std::string describe(const PeerSelector& peers) {
  std::string text;
  const auto add = [&](const std::string& words) { text += (text.empty() ? "" : " ") + words; };
  if (!peers.pod.empty()) add(fmt::format("pods {}/{}", peers.namespace_, peers.pod));
  for (const auto& [name, value] : peers.labels) add(fmt::format("with {}={}", name, value));
  if (!peers.node.empty()) add("on " + peers.node);
  if (!peers.host.empty()) add("host " + peers.host);
  return text.empty() ? "everybody" : text;
}

}  // namespace muster
