#include "cluster_model/world.hpp"

#include <fmt/format.h>

#include <set>

#include "cluster_model/apiserver/eviction.hpp"
#include "cluster_model/apiserver/object_defaults.hpp"
#include "cluster_model/apiserver/object_validation.hpp"
#include "cluster_model/container_logs.hpp"
#include "cluster_model/control_plane.hpp"
#include "cluster_model/network/network.hpp"
#include "cluster_model/storage/image_size.hpp"
#include "cluster_model/storage/node_disks.hpp"
#include "cluster_model/surroundings.hpp"
#include "cluster_model/traffic/request_path.hpp"

namespace muster {

/// In order of construction: what comes later uses what comes before.
struct World::Parts {
  Parts(Engine& engine, FactSink& facts, ObjectStore& store, const SystemProfile& given, std::uint64_t seed)
      : profile(given),
        network(engine, store, profile.network, seed),
        disks(store, profile.disks, [this](const std::string& image) { return image_bytes(profile, image); }),
        requests(engine, facts, profile.services, seed),
        control(engine, facts, store, logs, requests, disks, profile, seed),
        surroundings(
            {engine, facts, store, control.nodes(), network, disks, logs, requests, profile, seed, nullptr}) {
    requests.connect(network);
    control.nodes().subscribe([this](const std::string& node, NodeState, NodeState now) {
      network.isolate_node(node, now != NodeState::up);
    });
  }
  SystemProfile profile;
  ContainerLogs logs;
  Network network;
  NodeDisks disks;
  RequestPath requests;
  ControlPlane control;
  Surroundings surroundings;
};

Result<void> check_objects(const std::vector<Object>& objects) {
  std::set<ObjectKey> seen;
  for (const Object& given : objects) {
    Object object = given;
    apply_defaults(object);
    Result<void> ok = validate(object);
    if (ok && !seen.insert(object.key()).second) ok = Error{ErrorCode::conflict, "it is defined twice", {}};
    if (ok) continue;
    Error error = ok.error();
    error.message = fmt::format("{} \"{}\": {}", object.kind, object.meta.name, error.message);
    return error;
  }
  return {};
}

namespace {

SimDuration since_midnight(Epoch epoch) {
  const auto seconds = std::chrono::seconds(epoch.unix_seconds);
  return seconds - std::chrono::floor<std::chrono::days>(seconds);
}

}  // namespace

World::World(Engine& engine, FactSink& facts, const SystemSpec& spec, std::uint64_t seed, Epoch epoch)
    : engine_(engine),
      facts_(facts),
      seed_(seed),
      epoch_(epoch),
      parts_(std::make_unique<Parts>(engine, facts, store_, spec.profile, seed)) {
  const Result<void> settled = parts_->control.settle(spec.objects);
  MUSTER_ASSERT(settled.has_value(), settled ? "" : settled.error().text().c_str());
  parts_->network.start();
  parts_->requests.begin_day_at(since_midnight(epoch));
  parts_->surroundings.writer = [this](Object object) { return create(std::move(object), "intruder"); };
  parts_->surroundings.start();
  parts_->requests.start();
}

World::~World() = default;

const SystemProfile& World::profile() const {
  return parts_->profile;
}
const ContainerLogs& World::logs() const {
  return parts_->logs;
}
Network& World::network() {
  return parts_->network;
}
const Network& World::network() const {
  return parts_->network;
}
Agents& World::agents() {
  return parts_->surroundings.agents;
}
Intruder& World::intruder() {
  return parts_->surroundings.intruder;
}
Surroundings& World::surroundings() {
  return parts_->surroundings;
}
const Surroundings& World::surroundings() const {
  return parts_->surroundings;
}
NodeDisks& World::disks() {
  return parts_->disks;
}
const NodeDisks& World::disks() const {
  return parts_->disks;
}
RequestPath& World::requests() {
  return parts_->requests;
}
const RequestPath& World::requests() const {
  return parts_->requests;
}
ControlPlane& World::control_plane() {
  return parts_->control;
}

Eviction World::evict(const ObjectKey& pod, std::optional<SimDuration> grace) {
  return muster::evict(parts_->control.api(), store_, pod, grace, now());
}

NodeHealth& World::nodes() {
  return parts_->control.nodes();
}

Registry& World::registry() {
  return parts_->control.registry();
}

void World::tell(const Object& object, const char* change, const std::string& by) {
  const Kind kind = object.key().kind;
  if (kind != Kind::ConfigMap && kind != Kind::Secret && kind != Kind::Deployment && kind != Kind::Service)
    return;
  facts_.record(now(), ObjectFact{object.kind, object.meta.namespace_, object.meta.name, change, by,
                                  object.meta.resource_version});
}

Result<ObjectPtr> World::create(Object object, const std::string& by) {
  Result<ObjectPtr> created = parts_->control.api().create(std::move(object));
  if (created) tell(*created.value(), "created", by);
  return created;
}

Result<ObjectPtr> World::update(Object object, const std::string& by, std::uint64_t expected_version) {
  const ObjectPtr before = store_.find(object.key());
  Result<ObjectPtr> updated = parts_->control.api().update(std::move(object), expected_version);
  if (updated && before && updated.value()->meta.resource_version != before->meta.resource_version) {
    tell(*updated.value(), "updated", by);
  }
  return updated;
}

Result<ObjectPtr> World::remove(const ObjectKey& key, std::optional<SimDuration> grace,
                                const std::string& by) {
  Result<ObjectPtr> removed = parts_->control.api().remove(key, grace);
  if (removed) tell(*removed.value(), "deleted", by);
  return removed;
}

void World::check_invariants() const {
  store_.check_invariants();
  parts_->control.check_invariants();
  parts_->requests.check_invariants();
  parts_->disks.check_invariants();
  parts_->surroundings.check_invariants();
}

}  // namespace muster
