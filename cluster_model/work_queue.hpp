// A controller's queue of keys. A key that is added runs once after the controller's latency, however often
// it is added meanwhile: controllers look at the state, not at what changed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "cluster_model/objects.hpp"
#include "cluster_model/timer.hpp"
#include "sim/distributions.hpp"

namespace muster {

class WorkQueue {
 public:
  using Reconcile = std::function<void(const ObjectKey&)>;

  /// `name` is the controller's ("deployment"); the latency of a key's n-th run is drawn from its own stream.
  WorkQueue(Engine& engine, std::uint64_t seed, std::string name, LognormalTime latency, Reconcile reconcile);
  ~WorkQueue();

  void add(const ObjectKey& key);
  /// Runs not later than `at`; of two settings the earlier one stays.
  void add_at(const ObjectKey& key, SimTime at);
  void add_now(const ObjectKey& key) { add_at(key, engine_.now()); }

 private:
  struct Item;
  Item& item(const ObjectKey& key);

  Engine& engine_;
  std::uint64_t seed_;
  std::string name_;
  LognormalTime latency_;
  Reconcile reconcile_;
  std::map<ObjectKey, std::unique_ptr<Item>> items_;
};

}  // namespace muster
