#include "cluster_model/network/data_plane.hpp"

#include <algorithm>

#include "cluster_model/names.hpp"
#include "cluster_model/network/address.hpp"
#include "sim/random.hpp"

namespace muster {

namespace {

/// Hosts without an address in the profile: RFC 2544 addresses, which nobody uses for anything else.
constexpr std::uint32_t public_network = 198u << 24 | 18u << 16;
constexpr std::uint32_t public_hosts = 1u << 17;

std::map<std::string, int> ports_of(const PodSpec& spec) {
  std::map<std::string, int> ports;
  for (const Container& container : spec.containers) {
    for (const ContainerPort& port : container.ports) {
      if (!port.name.empty()) ports[port.name] = port.port;
    }
  }
  return ports;
}

}  // namespace

DataPlane::DataPlane(Engine& engine, const ObjectStore& store, const NetworkProfile& profile,
                     std::uint64_t seed, std::function<void()> changed)
    : engine_(engine), store_(store), profile_(profile), seed_(seed), changed_(std::move(changed)) {}

void DataPlane::follow(const Change& change) {
  const Kind kind = change.after->key().kind;
  if (kind == Kind::NetworkPolicy && profile_.enforces_policies) follow_policy(change);
  if (kind == Kind::Pod && !open()) follow_pod(change);
  if (kind == Kind::Namespace && !open()) changed_();
}

void DataPlane::later(const ObjectKey& about, std::uint64_t number) {
  if (!started_) return arrive(number);
  const std::string entity = "network/" + about.namespace_ + "/" + about.name;
  const double u = unit_interval(RandomStream(seed_, entity, "reaches the nodes").at(draws_[about]++));
  const SimDuration spread = profile_.policy_most - profile_.policy_least;
  const SimDuration wait = profile_.policy_least + duration_from_seconds(seconds_of(spread) * u);
  engine_.schedule_in(wait, Lane::model, [this, number] { arrive(number); });
}

void DataPlane::follow_policy(const Change& change) {
  const bool same = change.type == Change::Type::modified &&
                    change.before->meta.generation == change.after->meta.generation;
  if (same) return;
  const ObjectKey key = change.after->key();
  const ObjectPtr next = change.type == Change::Type::deleted ? nullptr : change.after;
  pending_[++number_] = {key, next};
  later(key, number_);
}

void DataPlane::arrive(std::uint64_t number) {
  const Pending change = pending_.at(number);
  pending_.erase(number);
  if (change.key.kind == Kind::Pod) {
    relabel(change.key, number);
  } else {
    enforce(change, number);
  }
}

void DataPlane::enforce(const Pending& change, std::uint64_t number) {
  if (std::exchange(last_order_[change.key], std::max(number, last_order_[change.key])) > number) return;
  std::erase_if(policies_, [&](const ObjectPtr& policy) { return policy->key() == change.key; });
  if (change.policy) {
    const auto at = std::find_if(policies_.begin(), policies_.end(),
                                 [&](const ObjectPtr& policy) { return policy->key() > change.key; });
    policies_.insert(at, change.policy);
  }
  changed_();
}

void DataPlane::follow_pod(const Change& change) {
  const ObjectKey key = change.after->key();
  if (change.type != Change::Type::modified) {
    old_labels_.erase(key);
    return changed_();
  }
  if (change.before->as<Pod>().status.pod_ip != change.after->as<Pod>().status.pod_ip) changed_();
  if (change.before->meta.labels == change.after->meta.labels) return;
  const auto [old, fresh] = old_labels_.try_emplace(key, OldLabels{change.before->meta.labels, 0});
  old->second.number = ++number_;
  pending_[number_] = {key, nullptr};
  later(key, number_);
}

void DataPlane::relabel(const ObjectKey& key, std::uint64_t number) {
  const auto old = old_labels_.find(key);
  if (old == old_labels_.end() || old->second.number != number) return;
  old_labels_.erase(old);
  changed_();
}

const StringMap& DataPlane::labels_of(const Object& pod) const {
  const auto old = old_labels_.find(pod.key());
  return old == old_labels_.end() ? pod.meta.labels : old->second.labels;
}

std::optional<std::uint32_t> DataPlane::address_of(const NetworkPeer& peer, const Object* pod) const {
  if (pod) return parse_address(pod->as<Pod>().status.pod_ip);
  if (peer.host.empty()) return std::nullopt;
  if (const auto literal = parse_address(peer.host)) return literal;
  const auto known = profile_.hosts.find(peer.host);
  if (known != profile_.hosts.end()) return parse_address(known->second);
  return public_network | fnv32a(peer.host) % public_hosts;
}

FilterPeer DataPlane::seen(const NetworkPeer& peer) const {
  FilterPeer known;
  known.node = peer.node;
  const ObjectPtr pod = peer.pod.name.empty() ? nullptr : store_.find(peer.pod);
  known.address = address_of(peer, pod.get());
  if (!pod) return known;
  known.namespace_ = pod->meta.namespace_;
  known.name = pod->meta.name;
  known.labels = labels_of(*pod);
  known.node = pod->as<Pod>().spec.node_name;
  known.ports = ports_of(pod->as<Pod>().spec);
  if (const ObjectPtr home = store_.find(Kind::Namespace, {}, known.namespace_)) {
    known.namespace_labels = home->meta.labels;
  }
  known.namespace_labels.emplace("kubernetes.io/metadata.name", known.namespace_);
  return known;
}

bool DataPlane::allows(const NetworkPeer& from, const NetworkPeer& to) const {
  return open() || policies_allow(policies_, seen(from), seen(to), {to.port, "TCP"});
}

bool DataPlane::may_ask_names(const NetworkPeer& from) const {
  return open() || policies_allow(policies_, seen(from), name_server(), {53, "UDP"});
}

}  // namespace muster
