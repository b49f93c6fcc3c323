#include "tests/unit/cluster_model/transcript_nodes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/kubelet/node_health.hpp"
#include "cluster_model/traffic/request_path.hpp"

namespace muster {

namespace {

std::vector<ObjectPtr> by_birth(std::vector<ObjectPtr> objects) {
  std::stable_sort(objects.begin(), objects.end(),
                   [](const ObjectPtr& a, const ObjectPtr& b) { return a->meta.created < b->meta.created; });
  return objects;
}

std::string conditions_of(const Node& node) {
  std::string text;
  for (const Condition& condition : node.conditions) {
    const bool ready = condition.type == "Ready";
    if (ready && condition.status != "True") text += fmt::format(" {} ({})", "NotReady", condition.reason);
    if (ready && condition.status == "True") text += " Ready";
    if (!ready && condition.status == "True") text += " " + condition.type;
  }
  return text;
}

std::string show_nodes(const World& world) {
  std::string text;
  for (const ObjectPtr& object : world.objects().list(Kind::Node)) {
    const auto& node = object->as<Node>();
    text += object->meta.name + conditions_of(node);
    for (const Taint& taint : node.taints) {
      text += fmt::format(" {}:{}", taint.key.substr(taint.key.find('/') + 1), taint.effect);
    }
    std::vector<std::string> pods;
    for (const ObjectPtr& pod : by_birth(world.objects().list(Kind::Pod, "prod"))) {
      if (pod->as<Pod>().spec.node_name != object->meta.name) continue;
      pods.push_back(pod->meta.name + (pod->meta.deletion_at ? " (Terminating)" : ""));
    }
    text += fmt::format("{}{}\n", pods.empty() ? "" : ": ", fmt::join(pods, ", "));
  }
  return text;
}

std::string show_processes(World& world) {
  std::vector<std::string> pods;
  for (const ServerId server : world.requests().servers(0)) pods.push_back(world.requests().spec(server).pod);
  std::stable_sort(pods.begin(), pods.end());
  return fmt::format("{}\n", fmt::join(pods, " "));
}

std::string show_node_events(const World& world, const std::string& reason) {
  std::string text;
  for (const ObjectPtr& object : world.objects().list(Kind::Event, "default")) {
    const auto& event = object->as<KubeEvent>();
    if (event.reason != reason) continue;
    text += fmt::format("{} {} {} x{} {}: {}\n", format_clock(event.first), event.type, event.component,
                        event.count, event.involved.name, event.message);
  }
  return text;
}

std::string taint_node(World& world, const std::string& name, const std::string& taint) {
  Object node = *world.objects().find(Kind::Node, "", name);
  const std::size_t colon = taint.rfind(':');
  node.as<Node>().taints.push_back({taint.substr(0, colon), "", taint.substr(colon + 1), {}});
  const auto written = world.update(node, "tester");
  return written ? "" : written.error().text() + "\n";
}

}  // namespace

std::optional<std::string> node_command(World& world, const std::vector<std::string>& words) {
  if (words[0] == "crash") return world.nodes().crash(words[1]), "";
  if (words[0] == "partition") return world.nodes().partition(words[1]), "";
  if (words[0] == "heal") return world.nodes().heal(words[1]), "";
  if (words[0] == "taint") return taint_node(world, words[1], words[2]);
  if (words[0] != "show") return std::nullopt;
  if (words[1] == "nodes") return show_nodes(world);
  if (words[1] == "processes") return show_processes(world);
  if (words[1] == "node-events") return show_node_events(world, words[2]);
  return std::nullopt;
}

}  // namespace muster
