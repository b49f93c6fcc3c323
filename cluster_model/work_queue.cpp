#include "cluster_model/work_queue.hpp"

#include "cluster_model/names.hpp"
#include "sim/random.hpp"

namespace muster {

struct WorkQueue::Item {
  Item(Engine& engine, std::function<void()> run) : timer(engine, std::move(run)) {}
  Timer timer;
  SimTime due{};
  std::uint64_t draws = 0;
};

WorkQueue::WorkQueue(Engine& engine, std::uint64_t seed, std::string name, LognormalTime latency,
                     Reconcile reconcile)
    : engine_(engine),
      seed_(seed),
      name_(std::move(name)),
      latency_(latency),
      reconcile_(std::move(reconcile)) {}

WorkQueue::~WorkQueue() = default;

WorkQueue::Item& WorkQueue::item(const ObjectKey& key) {
  std::unique_ptr<Item>& held = items_[key];
  if (!held) held = std::make_unique<Item>(engine_, [this, key] { reconcile_(key); });
  return *held;
}

void WorkQueue::add(const ObjectKey& key) {
  Item& entry = item(key);
  const std::uint64_t word = RandomStream(seed_, entity_of(key), name_).at(entry.draws++);
  add_at(key, engine_.now() + latency_.draw(unit_interval(word)));
}

void WorkQueue::add_at(const ObjectKey& key, SimTime at) {
  Item& entry = item(key);
  if (entry.timer.running() && entry.due <= at) return;
  entry.due = at;
  entry.timer.start_at(at);
}

}  // namespace muster
