// The simulated system as one object: control plane, request path, and what they know of each other. Owned by
// the drill; faults and API handlers change it through the verbs below and the object store.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/objects.hpp"
#include "cluster_model/profile.hpp"
#include "cluster_model/store.hpp"
#include "journal/fact_sink.hpp"
#include "sim/engine.hpp"
#include "sim/random.hpp"

namespace muster {

class ControlPlane;
class RequestPath;
class ContainerLogs;
class Database;
class Network;
class Provider;
class NodeDisks;
class Agents;
class Intruder;
struct Surroundings;
class NodeHealth;
class Registry;
struct Eviction;

/// What a world is made from.
struct SystemSpec {
  SystemProfile profile;
  std::vector<Object> objects;  ///< from the manifests, in file order
};

/// Would the API server take these objects? Error: invalid_input or conflict, with kind and name in the
/// message and the JSON pointer of the field in `where`. For loaders: World asserts it.
Result<void> check_objects(const std::vector<Object>& objects);

class World {
 public:
  /// Creates the objects, converges the workloads (pods running and ready at time 0, as after a quiet night),
  /// and schedules the traffic. `engine` and `facts` outlive the world.
  World(Engine& engine, FactSink& facts, const SystemSpec& spec, std::uint64_t seed, Epoch epoch);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  Engine& engine() { return engine_; }
  SimTime now() const { return engine_.now(); }
  Epoch epoch() const { return epoch_; }
  std::uint64_t seed() const { return seed_; }
  const SystemProfile& profile() const;
  FactSink& facts() { return facts_; }

  const ObjectStore& objects() const { return store_; }

  // Writes as the API server does them: defaulting, uid, creation time, validation of what we model; `by` is
  // the actor, fault or controller that is written into ObjectFacts.
  Result<ObjectPtr> create(Object object, const std::string& by);
  /// `expected_version` 0 = whatever is there. Decides itself whether the spec changed.
  Result<ObjectPtr> update(Object object, const std::string& by, std::uint64_t expected_version = 0);
  /// DELETE: pods get deletionTimestamp and a grace period (`grace` or the pod's own), others go at once and
  /// their dependants are collected. Zero grace takes a pod's object away at once.
  Result<ObjectPtr> remove(const ObjectKey& key, std::optional<SimDuration> grace, const std::string& by);

  /// The eviction subresource: a deletion that the pod's disruption budget may refuse.
  Eviction evict(const ObjectKey& pod, std::optional<SimDuration> grace);

  const ContainerLogs& logs() const;
  Network& network();
  const Network& network() const;
  NodeDisks& disks();
  const NodeDisks& disks() const;
  /// By the profile's name; null if there is none.
  Database* database(const std::string& name);
  const Database* database(const std::string& name) const;
  Provider* provider(const std::string& name);
  const Provider* provider(const std::string& name) const;
  std::vector<const Database*> databases() const;
  std::vector<const Provider*> providers() const;
  Agents& agents();
  Intruder& intruder();
  Surroundings& surroundings();
  const Surroundings& surroundings() const;
  RequestPath& requests();
  const RequestPath& requests() const;
  ControlPlane& control_plane();
  /// Crash, partition and heal nodes.
  NodeHealth& nodes();
  /// Image registries, and whether they answer.
  Registry& registry();

  /// Throws an assertion if an invariant is broken (conservation of requests and of pods).
  void check_invariants() const;
  /// The counters among them, cheap enough behind every event.
  void check_counters() const;

 private:
  Engine& engine_;
  FactSink& facts_;
  ObjectStore store_;
  std::uint64_t seed_;
  Epoch epoch_;
  void tell(const Object& object, const char* change, const std::string& by);

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace muster
