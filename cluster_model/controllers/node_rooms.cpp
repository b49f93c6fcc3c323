#include "cluster_model/controllers/node_rooms.hpp"

#include <algorithm>

#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

bool by_name(const NodeRoom& room, const std::string& name) {
  return room.name < name;
}

/// Does the change alter what the pod takes away, or where?
bool moves(const Change& change) {
  if (!change.before || change.type == Change::Type::deleted) return true;
  const auto& before = change.before->as<Pod>();
  const auto& after = change.after->as<Pod>();
  return before.spec.node_name != after.spec.node_name || is_finished(before) != is_finished(after) ||
         change.before->meta.deletion_at.has_value() != change.after->meta.deletion_at.has_value() ||
         change.before->meta.owners != change.after->meta.owners;
}

}  // namespace

NodeRoom* NodeRooms::find(const std::string& node) {
  const auto found = std::lower_bound(rooms_.begin(), rooms_.end(), node, by_name);
  return found == rooms_.end() || found->name != node ? nullptr : &*found;
}

void NodeRooms::follow_node(const Change& change) {
  const Object& object = *change.after;
  const auto& node = object.as<Node>();
  const auto at = std::lower_bound(rooms_.begin(), rooms_.end(), object.meta.name, by_name);
  const bool known = at != rooms_.end() && at->name == object.meta.name;
  if (change.type == Change::Type::deleted) {
    if (known) rooms_.erase(at);
    return;
  }
  NodeRoom room{object.meta.name,
                object.meta.labels,
                node.unschedulable,
                {node.cpu_millis, node.memory_bytes, node.pods},
                used_[object.meta.name],
                0,
                node.taints};
  if (known) {
    *at = std::move(room);
  } else {
    rooms_.insert(at, std::move(room));
  }
}

void NodeRooms::count(const Object& pod, int sign) {
  const auto& body = pod.as<Pod>();
  const std::string& node = body.spec.node_name;
  if (node.empty() || is_finished(body)) return;
  const Amounts wanted = requests_of(body.spec);
  Amounts& used = used_[node];
  used.cpu += sign * wanted.cpu;
  used.memory += sign * wanted.memory;
  used.pods += sign;
  if (NodeRoom* room = find(node)) room->used = used;
  const OwnerReference* owner = controller_of(pod.meta);
  if (!owner || pod.meta.deletion_at) return;
  std::map<std::string, int>& counts = owner_on_[owner->uid];
  if ((counts[node] += sign) == 0) counts.erase(node);
  if (counts.empty()) owner_on_.erase(owner->uid);
}

void NodeRooms::watch(const Change& change) {
  const Kind kind = change.after->key().kind;
  if (kind == Kind::Node) return follow_node(change);
  if (kind != Kind::Pod || !moves(change)) return;
  if (change.before) count(*change.before, -1);
  if (change.type != Change::Type::deleted) count(*change.after, 1);
}

const std::vector<NodeRoom>& NodeRooms::rooms_for(const std::string& owner_uid) {
  for (NodeRoom& room : rooms_) room.same_set = 0;
  const auto found = owner_on_.find(owner_uid);
  if (found == owner_on_.end()) return rooms_;
  for (const auto& [node, count] : found->second) {
    if (NodeRoom* room = find(node)) room->same_set = count;
  }
  return rooms_;
}

}  // namespace muster
