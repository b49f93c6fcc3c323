// The tally says what a walk over the pods would say, whatever happens to them.
#include "cluster_model/controllers/pod_tally.hpp"

#include <gtest/gtest.h>

#include "cluster_model/pod_facts.hpp"

namespace muster {
namespace {

std::uint64_t draw(std::uint64_t& state, std::uint64_t limit) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (state >> 33) % limit;
}

Object pod(const std::string& name) {
  Object object;
  object.api_version = "v1";
  object.kind = "Pod";
  object.meta.namespace_ = "prod";
  object.meta.name = name;
  object.body = Pod{};
  return object;
}

void change_somehow(Object& object, std::uint64_t& luck) {
  auto& status = object.as<Pod>().status;
  switch (draw(luck, 5)) {
    case 0:
      status.phase = draw(luck, 2) == 0 ? "Running" : "Failed";
      break;
    case 1:
      set_pod_condition(status, "Ready", draw(luck, 2) == 0, {}, {}, SimTime{});
      break;
    case 2:
      object.meta.deletion_at = SimTime{};
      break;
    case 3:
      object.meta.owners.clear();
      if (draw(luck, 3) > 0) object.meta.owners = {{"apps/v1", "ReplicaSet", "set", "u1", true}};
      break;
    default:
      object.meta.labels["app"] = draw(luck, 2) == 0 ? "web" : "other";
  }
}

TEST(PodTally, AgreesWithAWalk) {
  ObjectStore store;
  PodTally tally;
  store.subscribe([&](const Change& change) { tally.watch(change); });
  std::uint64_t luck = 5;
  for (int step = 0; step < 3000; ++step) {
    const std::string name = "p" + std::to_string(draw(luck, 12));
    const ObjectPtr there = store.find(Kind::Pod, "prod", name);
    Object next = there ? *there : pod(name);
    change_somehow(next, luck);
    if (there && draw(luck, 6) == 0) {
      ASSERT_TRUE(store.remove(there->key()).has_value());
    } else {
      ASSERT_TRUE((there ? store.update(next, false) : store.create(next)).has_value());
    }
    int active = 0, ready = 0;
    for (const ObjectPtr& object : store.dependents_of("u1")) {
      active += is_active(*object);
      ready += is_active(*object) && is_ready(object->as<Pod>());
    }
    EXPECT_EQ(tally.counts("u1").active, active) << step;
    EXPECT_EQ(tally.counts("u1").ready, ready) << step;
    // The index itself against a walk over everything.
    std::size_t owned = 0, loose = 0;
    for (const ObjectPtr& object : store.list(Kind::Pod)) {
      owned += !object->meta.owners.empty();
      loose += object->meta.owners.empty();
    }
    EXPECT_EQ(store.dependents_of("u1").size(), owned);
    EXPECT_EQ(store.loose_pods("prod").size(), loose);
  }
}

TEST(PodTally, DoubtsAfterALabelChanged) {
  ObjectStore store;
  PodTally tally;
  store.subscribe([&](const Change& change) { tally.watch(change); });
  Object mine = pod("a");
  mine.meta.owners = {{"apps/v1", "ReplicaSet", "set", "u1", true}};
  ASSERT_TRUE(store.create(mine).has_value());
  EXPECT_TRUE(tally.counts("u1").exact);
  mine.meta.labels["app"] = "web";
  ASSERT_TRUE(store.update(mine, false).has_value());
  EXPECT_FALSE(tally.counts("u1").exact);
  tally.settle("u1");
  EXPECT_TRUE(tally.counts("u1").exact);
}

}  // namespace
}  // namespace muster
