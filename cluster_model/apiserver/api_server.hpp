// Writes as the API server carries them out: defaulting, validation, uid and creation time, graceful
// deletion. Users and faults come through World; controllers and kubelets write here.
#pragma once

#include <map>

#include "cluster_model/store.hpp"
#include "sim/engine.hpp"

namespace muster {

class ApiServer {
 public:
  ApiServer(Engine& engine, ObjectStore& store, std::uint64_t seed)
      : engine_(engine), store_(store), seed_(seed) {}

  /// The same server in front of another store, for a rehearsal of a write.
  ApiServer(const ApiServer& original, ObjectStore& store)
      : engine_(original.engine_), store_(store), seed_(original.seed_), births_(original.births_) {}

  /// Errors: invalid_input (`where` = JSON pointer), conflict (exists), not_found (its namespace).
  Result<ObjectPtr> create(Object object);
  /// The same, born at `created`: what was there before the drill.
  Result<ObjectPtr> create_old(Object object, SimTime created);
  /// A user's write of the whole object: fields that the server owns (uid, times, status) stay as they are. A
  /// write that changes nothing makes no new version. Errors: as create, and conflict of versions.
  Result<ObjectPtr> update(Object object, std::uint64_t expected_version = 0);
  /// A controller's write of an object that it read just now: taken as it is.
  ObjectPtr write(Object object, bool spec_changed);
  /// DELETE. A running pod gets deletionTimestamp; with zero grace, or if nothing runs, it goes at once. An
  /// object with finalizers stays marked until they are gone. Error: not_found.
  Result<ObjectPtr> remove(const ObjectKey& key, std::optional<SimDuration> grace = {});

  /// A Service address that no other Service has.
  static constexpr const char* service_network = "10.96.";

 private:
  Result<ObjectPtr> admit(Object object, SimTime created);
  Result<ObjectPtr> mark_deleted(const ObjectPtr& object, SimDuration grace);
  std::string next_cluster_ip(const ObjectKey& key);

  Engine& engine_;
  ObjectStore& store_;
  std::uint64_t seed_;
  std::map<ObjectKey, std::uint64_t> births_;  // how many objects have borne this key
};

}  // namespace muster
