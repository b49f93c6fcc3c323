#include "cluster_model/world.hpp"

#include <fmt/format.h>

#include <set>

#include "cluster_model/apiserver/eviction.hpp"
#include "cluster_model/apiserver/object_defaults.hpp"
#include "cluster_model/apiserver/object_validation.hpp"
#include "cluster_model/container_logs.hpp"
#include "cluster_model/control_plane.hpp"
#include "cluster_model/database/database.hpp"
#include "cluster_model/intruder/database_vault.hpp"
#include "cluster_model/network/network.hpp"
#include "cluster_model/provider/provider.hpp"
#include "cluster_model/storage/image_size.hpp"
#include "cluster_model/storage/node_disks.hpp"
#include "cluster_model/surroundings.hpp"
#include "cluster_model/traffic/request_path.hpp"

namespace muster {

namespace {

using Databases = std::vector<std::unique_ptr<Database>>;
using Providers = std::vector<std::unique_ptr<Provider>>;

Databases make_databases(Engine& engine, FactSink& facts, const SystemProfile& profile, std::uint64_t seed,
                         CallSink& answers, const Network& network) {
  Databases made;
  for (const DatabaseProfile& own : profile.databases)
    made.push_back(std::make_unique<Database>(engine, facts, own, seed, answers, &network));
  return made;
}

Providers make_providers(Engine& engine, const SystemProfile& profile, std::uint64_t seed,
                         CallSink& answers) {
  Providers made;
  for (const ProviderProfile& own : profile.providers)
    made.push_back(std::make_unique<Provider>(engine, own, seed, answers));
  return made;
}

std::vector<Database*> plain(const Databases& databases) {
  std::vector<Database*> pointers;
  for (const auto& database : databases) pointers.push_back(database.get());
  return pointers;
}

}  // namespace

/// In order of construction: what comes later uses what comes before.
struct World::Parts {
  Parts(Engine& engine, FactSink& facts, ObjectStore& store, const SystemProfile& given, std::uint64_t seed,
        Epoch epoch)
      : profile(given),
        network(engine, store, profile.network, seed),
        disks(store, profile.disks, [this](const std::string& image) { return image_bytes(profile, image); }),
        databases(make_databases(engine, facts, profile, seed, backend_answers, network)),
        providers(make_providers(engine, profile, seed, backend_answers)),
        vault(plain(databases)),
        requests(engine, facts, profile.services, seed),
        control(engine, facts, store, logs, requests, disks, profile, seed, epoch),
        surroundings({engine, facts, store, control, network, disks, logs, profile, seed, &vault}) {
    requests.connect(network);
    for (const auto& database : databases) requests.connect(database->profile().name, *database);
    for (std::size_t i = 0; i < providers.size(); ++i)
      requests.connect(profile.providers[i].name, *providers[i]);
    backend_answers.connect(requests.calls());
    control.nodes().subscribe([this](const std::string& node, NodeState, NodeState now) {
      network.isolate_node(node, now != NodeState::up);
    });
  }
  SystemProfile profile;
  ContainerLogs logs;
  Network network;
  NodeDisks disks;
  CallRelay backend_answers;
  std::vector<std::unique_ptr<Database>> databases;  ///< as in the profile
  std::vector<std::unique_ptr<Provider>> providers;  ///< as in the profile
  DatabaseVault vault;
  RequestPath requests;
  ControlPlane control;
  Surroundings surroundings;
};

namespace {

/// Kinds whose changes by people and faults the journal keeps; pods have facts of their own.
bool is_told(Kind kind) {
  switch (kind) {
    case Kind::ConfigMap:
    case Kind::Secret:
    case Kind::Service:
    case Kind::Deployment:
    case Kind::StatefulSet:
    case Kind::DaemonSet:
    case Kind::Job:
    case Kind::CronJob:
    case Kind::Ingress:
    case Kind::PersistentVolumeClaim:
    case Kind::HorizontalPodAutoscaler:
    case Kind::ResourceQuota:
      return true;
    default:
      return false;
  }
}

}  // namespace

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
      parts_(std::make_unique<Parts>(engine, facts, store_, spec.profile, seed, epoch)) {
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
Database* World::database(const std::string& name) {
  for (const auto& database : parts_->databases)
    if (database->profile().name == name) return database.get();
  return nullptr;
}
const Database* World::database(const std::string& name) const {
  return const_cast<World*>(this)->database(name);
}
Provider* World::provider(const std::string& name) {
  for (const auto& provider : parts_->providers)
    if (provider->profile().name == name) return provider.get();
  return nullptr;
}
const Provider* World::provider(const std::string& name) const {
  return const_cast<World*>(this)->provider(name);
}
std::vector<const Database*> World::databases() const {
  std::vector<const Database*> all;
  for (const auto& database : parts_->databases) all.push_back(database.get());
  return all;
}
std::vector<const Provider*> World::providers() const {
  std::vector<const Provider*> all;
  for (const auto& provider : parts_->providers) all.push_back(provider.get());
  return all;
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
  if (!is_told(kind)) return;
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

void World::check_counters() const {
  parts_->requests.check_counters();
  for (const auto& database : parts_->databases) database->check_counters();
}

void World::check_invariants() const {
  store_.check_invariants();
  parts_->control.check_invariants();
  parts_->requests.check_invariants();
  parts_->disks.check_invariants();
  for (const auto& database : parts_->databases) database->check_invariants();
  for (const auto& provider : parts_->providers) provider->check_invariants();
  parts_->surroundings.check_invariants();
}

}  // namespace muster
