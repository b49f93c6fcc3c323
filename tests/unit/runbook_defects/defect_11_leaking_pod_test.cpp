// "delete the leaking pod": memory is freed, the evidence goes with the pod, and the leak begins again from
// zero: it is back after (limit - base) / rate.
#include <gtest/gtest.h>

#include "cluster_model/container_logs.hpp"
#include "cluster_model/control_plane.hpp"
#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;

/// 100 MiB at first and 4 MiB more each second, of 600 MiB allowed: 125 s.
constexpr const char* leaking = "replicas=1 limit=600 image=web:leak";

std::int64_t memory_of(Transcript& drill, const std::string& pod) {
  const ContainerWorker* app =
      drill.world().control_plane().container({Kind::Pod, "prod", drill.real_name(pod)}, "app");
  return app ? app->working_set() / mebibyte : 0;
}

std::vector<std::pair<SimTime, std::string>> deaths(const Transcript& drill) {
  std::vector<std::pair<SimTime, std::string>> found;
  for (const auto& [at, fact] : drill.facts().facts) {
    const auto* pod = std::get_if<PodFact>(&fact);
    if (pod && pod->change == PodChange::exited && pod->reason == "OOMKilled")
      found.emplace_back(at, pod->pod);
  }
  return found;
}

TEST(Defect11, DeletingALeakingPodOnlyTurnsTheClockBack) {
  Transcript drill(leaking);
  drill.run("advance 100s");
  EXPECT_NEAR(static_cast<double>(memory_of(drill, "pod-1")), 500, 5);
  const std::string uid = drill.world().objects().list(Kind::Pod, "prod").front()->meta.uid;
  ASSERT_TRUE(drill.world().logs().current(uid, "app"));
  drill.run("delete pod pod-1");
  drill.run("advance 20s");
  EXPECT_FALSE(drill.world().logs().current(uid, "app")) << "what it said is gone with it";
  EXPECT_LT(memory_of(drill, "pod-2"), 200);
  drill.run("advance 150s");
  const auto died = deaths(drill);
  ASSERT_EQ(died.size(), 1u);
  EXPECT_EQ(died[0].second, drill.real_name("pod-2"));
  // 125 s after the second process began to leak, which was some seconds after the deletion at 100 s.
  EXPECT_NEAR(seconds_of(died[0].first - sim_start), 100 + 8 + 125, 8);
}

TEST(Defect11, LeftAloneItIsKilledAgainAndAgain) {
  Transcript drill(leaking);
  drill.run("advance 20m");
  const auto died = deaths(drill);
  ASSERT_GE(died.size(), 3u);
  EXPECT_NEAR(seconds_of(died[0].first - sim_start), 125, 3);
  const ObjectPtr pod = drill.world().objects().list(Kind::Pod, "prod").front();
  EXPECT_EQ(pod->as<Pod>().status.containers[0].last_state.exit_code, 137);
}

}  // namespace
}  // namespace muster
