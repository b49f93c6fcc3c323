#include "tests/unit/cluster_model/transcript_nodes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/apiserver/eviction.hpp"
#include "cluster_model/control_plane.hpp"
#include "cluster_model/kubelet/node_health.hpp"
#include "cluster_model/storage/node_disks.hpp"
#include "cluster_model/traffic/request_path.hpp"

namespace muster {

namespace {

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

ObjectKey pod_key(const std::string& name) {
  return {Kind::Pod, "prod", name};
}

std::int64_t bytes_of(const std::string& text) {
  const std::int64_t number = std::stoll(text);
  if (text.ends_with("Gi")) return number << 30;
  return text.ends_with("Mi") ? number << 20 : number;
}

std::string use_memory(World& world, const std::string& pod, const std::string& amount) {
  ContainerWorker* app = world.control_plane().container(pod_key(pod), "app");
  if (!app) return "no such container\n";
  app->use_memory(bytes_of(amount));
  return {};
}

std::string fill(World& world, const std::vector<std::string>& words) {
  Disk* disk = world.disks().find(words[1]);
  std::string owner = "somebody";
  if (words.size() > 3) owner = NodeDisks::empty_dir_owner(world.objects().find(pod_key(words[3]))->meta.uid);
  const DiskUse amount{bytes_of(words[2]), 1};
  return disk->write(owner, amount) == WriteError::none ? "" : "No space left on device\n";
}

std::string make_budget(World& world, const std::string& option) {
  Object budget;
  budget.api_version = "policy/v1";
  budget.kind = "PodDisruptionBudget";
  budget.meta.namespace_ = "prod";
  budget.meta.name = "web";
  PodDisruptionBudget spec;
  const std::string value = option.substr(option.find('=') + 1);
  const IntOrPercent limit{std::stoi(value), value.ends_with('%')};
  (option.starts_with("min=") ? spec.min_available : spec.max_unavailable) = limit;
  spec.selector = StringMap{{"app", "web"}};
  budget.body = spec;
  const auto made = world.create(budget, "tester");
  return made ? "" : made.error().text() + "\n";
}

std::string show_budget(const World& world) {
  const ObjectPtr object = world.objects().find(Kind::PodDisruptionBudget, "prod", "web");
  const DisruptionStatus& status = object->as<PodDisruptionBudget>().status;
  const Condition* allowed = find_condition(status.conditions, "DisruptionAllowed");
  return fmt::format("{} of {} pods healthy, {} needed: {} may go ({})\n", status.current_healthy,
                     status.expected_pods, status.desired_healthy, status.disruptions_allowed,
                     allowed ? allowed->reason : "");
}

std::string evict_pod(World& world, const std::string& pod) {
  const Eviction eviction = world.evict(pod_key(pod), {});
  if (eviction.pod) return {};
  return fmt::format("{} {} {}\n", eviction.code, eviction.message, eviction.cause);
}

std::string show_files(World& world, const std::string& pod) {
  ContainerWorker* app = world.control_plane().container(pod_key(pod), "app");
  std::string text;
  for (const auto& [name, content] : app->files()) text += fmt::format("{}: {}\n", name, content);
  return text;
}

/// Pods that say why they are as they are, with the last state of their container.
std::string show_reasons(const World& world) {
  std::string text;
  for (const ObjectPtr& object : by_birth(world.objects().list(Kind::Pod, "prod"))) {
    const PodStatus& status = object->as<Pod>().status;
    text += object->meta.name + " " + status.phase;
    if (!status.reason.empty()) text += fmt::format(" {}: {}", status.reason, status.message);
    for (const ContainerStatus& container : status.containers) {
      const ContainerState& last = container.last_state;
      if (last.phase == ContainerState::Phase::terminated)
        text += fmt::format(" (last: {} {})", last.reason, last.exit_code);
    }
    text += "\n";
  }
  return text;
}

std::string show_images(const World& world) {
  std::string text;
  for (const ObjectPtr& object : world.objects().list(Kind::Node))
    text += fmt::format("{}: {}\n", object->meta.name, fmt::join(object->as<Node>().images, " "));
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

std::vector<ObjectPtr> by_birth(std::vector<ObjectPtr> objects) {
  std::stable_sort(objects.begin(), objects.end(),
                   [](const ObjectPtr& a, const ObjectPtr& b) { return a->meta.created < b->meta.created; });
  return objects;
}

std::optional<std::string> node_command(World& world, const std::vector<std::string>& words) {
  if (words[0] == "crash") return world.nodes().crash(words[1]), "";
  if (words[0] == "partition") return world.nodes().partition(words[1]), "";
  if (words[0] == "heal") return world.nodes().heal(words[1]), "";
  if (words[0] == "taint") return taint_node(world, words[1], words[2]);
  if (words[0] == "memory") return use_memory(world, words[1], words[2]);
  if (words[0] == "fill") return fill(world, words);
  if (words[0] == "budget") return make_budget(world, words[1]);
  if (words[0] == "evict") return evict_pod(world, words[1]);
  if (words[0] == "remove-node") {
    const auto removed = world.remove({Kind::Node, "", words[1]}, {}, "tester");
    return removed ? "" : removed.error().text() + "\n";
  }
  if (words[0] == "registry") return world.registry().set_down("", words[1] == "down"), "";
  if (words[0] != "show") return std::nullopt;
  if (words[1] == "files") return show_files(world, words[2]);
  if (words[1] == "node-images") return show_images(world);
  if (words[1] == "budget") return show_budget(world);
  if (words[1] == "reasons") return show_reasons(world);
  if (words[1] == "nodes") return show_nodes(world);
  if (words[1] == "processes") return show_processes(world);
  if (words[1] == "node-events") return show_node_events(world, words[2]);
  return std::nullopt;
}

}  // namespace muster
