#include "cluster_model/exec/processes.hpp"

#include "cluster_model/kubelet/environment.hpp"

namespace muster {

namespace {

/// Zero, or ended by SIGTERM.
ProcessEnd end_of(const ContainerState& state) {
  const bool ended = state.phase == ContainerState::Phase::terminated;
  return ended && (state.exit_code == 0 || state.exit_code == 143) ? ProcessEnd::clean : ProcessEnd::killed;
}

}  // namespace

Processes::Processes(ObjectStore& store, NodeHealth& nodes) : store_(store), nodes_(nodes) {
  store_.subscribe([this](const Change& change) { follow(change); });
  nodes_.subscribe([this](const std::string& node, NodeState, NodeState now) { node_changed(node, now); });
}

const Process* Processes::find(const std::string& uid, const std::string& container) const {
  const auto found = running_.find({uid, container});
  return found == running_.end() ? nullptr : &found->second;
}

void Processes::subscribe(Started started, Ended ended) {
  observers_.emplace_back(std::move(started), std::move(ended));
}

void Processes::follow(const Change& change) {
  const Object& object = *change.after;
  if (object.key().kind != Kind::Pod) return;
  if (change.type != Change::Type::deleted) {
    for (std::size_t i = 0; i < object.as<Pod>().status.containers.size(); ++i)
      follow_container(change.after, i);
    return;
  }
  if (nodes_.state(object.as<Pod>().spec.node_name) != NodeState::partitioned)
    return end_all(object.meta.uid, ProcessEnd::killed);
  for (auto& [key, process] : running_) process.detached = process.detached || key.first == object.meta.uid;
}

void Processes::follow_container(const ObjectPtr& pod, std::size_t index) {
  const ContainerStatus& status = pod->as<Pod>().status.containers[index];
  const Key key{pod->meta.uid, status.name};
  const auto known = running_.find(key);
  const bool runs = status.state.phase == ContainerState::Phase::running;
  if (known != running_.end() && runs && known->second.id == status.state.container_id) {
    known->second.object = pod;
    return;
  }
  if (known != running_.end()) {
    const ContainerState& last =
        runs || status.state.phase == ContainerState::Phase::waiting ? status.last_state : status.state;
    end(key, end_of(last));
  }
  if (!runs) return;
  const Container& spec = pod->as<Pod>().spec.containers[index];
  const Result<StringMap> environment = resolve_environment(spec, pod->meta.namespace_, store_);
  Process process{pod,
                  pod->key(),
                  pod->meta.uid,
                  status.name,
                  status.state.container_id,
                  pod->as<Pod>().spec.node_name,
                  spec.image,
                  status.state.started_at,
                  std::make_shared<const StringMap>(environment ? environment.value() : StringMap{})};
  const Process& running = running_[key] = std::move(process);
  for (const auto& [started, ended] : observers_) started(running);
}

void Processes::end(const Key& key, ProcessEnd how) {
  const auto found = running_.find(key);
  if (found == running_.end()) return;
  const Process gone = std::move(found->second);
  running_.erase(found);
  for (const auto& [started, ended] : observers_) ended(gone, how);
}

void Processes::end_all(const std::string& uid, ProcessEnd how) {
  std::vector<Key> keys;
  for (auto at = running_.lower_bound({uid, {}}); at != running_.end() && at->first.first == uid; ++at)
    keys.push_back(at->first);
  for (const Key& key : keys) end(key, how);
}

/// A crash ends everything; a node that is back ends what its pods no longer want.
void Processes::node_changed(const std::string& node, NodeState now) {
  if (now == NodeState::partitioned || now == NodeState::booting) return;
  std::vector<Key> keys;
  for (const auto& [key, process] : running_) {
    if (process.node == node && (now == NodeState::down || process.detached)) keys.push_back(key);
  }
  for (const Key& key : keys) end(key, now == NodeState::down ? ProcessEnd::vanished : ProcessEnd::killed);
}

}  // namespace muster
