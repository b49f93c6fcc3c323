// `agents`: background agents; `disks`, `network`, `intruder`: what surrounds the workloads.
#include <fmt/format.h>

#include "cluster_model/network/address.hpp"
#include "scenarios/profile/sections.hpp"

namespace muster {

namespace {

constexpr std::int64_t bytes_max = std::int64_t{1} << 50;
constexpr double sigma_max = 3;

LognormalSize read_size(MapReader& parent, const std::string& key, const LognormalSize& fallback) {
  const YamlNode* node = parent.node(key);
  if (!node) return fallback;
  if (node->is_scalar()) return {parent.number(key, 0, 1e15), 0};
  MapReader map(*node, "a size", parent.context());
  LognormalSize size;
  size.median = map.number("median", 0, 1e15);
  size.sigma = map.number("sigma", 0, sigma_max, 0.0);
  map.finish();
  return size;
}

void read_volume(MapReader& map, AgentProfile& agent) {
  const std::string volume = map.text("volume", "emptyDir");
  if (volume == "claim") {
    agent.volume = AgentProfile::Volume::claim;
    agent.claim = map.text("claim");
    agent.claim_bytes = map.whole("claimBytes", 1, bytes_max, agent.claim_bytes);
  } else if (volume == "nodePath") {
    agent.volume = AgentProfile::Volume::node_path;
  } else if (volume != "emptyDir") {
    map.fail("volume", fmt::format("no such volume \"{}\"{}", volume,
                                   expected_one_of(volume, {"emptyDir", "claim", "nodePath"})));
  }
}

void read_worktrees(const YamlNode& node, ProfileContext& context, AgentProfile& agent) {
  MapReader map(node, "worktrees", context.errors);
  read_volume(map, agent);
  agent.path = map.text("path", agent.path);
  agent.repository = map.text("repository", agent.repository);
  agent.repository_bytes = map.whole("repositoryBytes", 0, bytes_max, agent.repository_bytes);
  agent.repository_files = map.whole("repositoryFiles", 0, bytes_max, agent.repository_files);
  agent.bytes = read_size(map, "bytes", agent.bytes);
  agent.files = read_size(map, "files", agent.files);
  agent.checkout_share = map.share("checkoutShare", agent.checkout_share);
  agent.checkout = lognormal_time(map, "checkout", agent.checkout);
  agent.stale_worktrees = static_cast<int>(map.whole("stale", 0, 10'000, 0));
  map.finish();
}

}  // namespace

void read_agent(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "a type of agents", context.errors);
  AgentProfile agent;
  agent.type = map.text("type");
  agent.namespace_ = map.text("namespace");
  agent.workload = map.text("workload");
  agent.container = map.text("container", "");
  agent.concurrency = static_cast<int>(map.whole("concurrency", 1, 1'000, agent.concurrency));
  agent.jobs_per_minute = map.number("jobsPerMinute", 0, 10'000);
  agent.duration = lognormal_time(map, "duration", agent.duration);
  agent.crash_probability = map.share("crashes", agent.crash_probability);
  agent.orphan_probability = map.share("orphans", agent.orphan_probability);
  agent.lock_probability = map.share("staleLocks", agent.lock_probability);
  agent.attempts = static_cast<int>(map.whole("attempts", 1, 15, agent.attempts));
  agent.failing_after = static_cast<int>(map.whole("failingAfter", 1, 1'000, agent.failing_after));
  agent.stalled_after = positive_time(map, "stalledAfter", agent.stalled_after);
  if (const YamlNode* worktrees = map.node("worktrees")) read_worktrees(*worktrees, context, agent);
  map.finish();
  context.result.profile.agents.push_back(std::move(agent));
}

void read_disks(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "disks", context.errors);
  DiskProfile& disks = context.result.profile.disks;
  disks.node_bytes = map.whole("nodeBytes", 1, bytes_max, disks.node_bytes);
  disks.node_inodes = map.whole("nodeInodes", 1, bytes_max, disks.node_inodes);
  disks.system_bytes =
      map.whole("systemBytes", 0, disks.node_bytes, std::min(disks.system_bytes, disks.node_bytes));
  map.finish();
}

void read_network(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "a network", context.errors);
  NetworkProfile& network = context.result.profile.network;
  const std::string policy = map.text("networkPolicy", "enforced");
  if (policy != "enforced" && policy != "ignored") {
    map.fail("networkPolicy", fmt::format("\"networkPolicy\": found \"{}\"{}", policy,
                                          expected_one_of(policy, {"enforced", "ignored"})));
  }
  network.enforces_policies = policy != "ignored";
  if (const YamlNode* hosts = map.node("hosts")) {
    for (const auto& [name, address] : hosts->entries) {
      if (!parse_address(address.scalar))
        context.errors.fail(address, fmt::format("\"{}\" is no IPv4 address", address.scalar));
      network.hosts[name.scalar] = address.scalar;
    }
  }
  map.finish();
}

void read_intruder(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "an intruder", context.errors);
  IntruderProfile& intruder = context.result.profile.intruder;
  intruder.vulnerable = map.texts("vulnerable");
  intruder.host = map.text("host", intruder.host);
  intruder.credential = map.text("credential", intruder.credential);
  intruder.secret = map.text("secret", "");
  intruder.secret_key = map.text("secretKey", "");
  intruder.permissions = map.texts("permissions");
  intruder.pod_image = map.text("podImage", intruder.pod_image);
  intruder.tip_off_probability = map.share("tipOff", intruder.tip_off_probability);
  intruder.rows_per_second = map.number("rowsPerSecond", 0, 1e9, intruder.rows_per_second);
  map.finish();
}

}  // namespace muster
