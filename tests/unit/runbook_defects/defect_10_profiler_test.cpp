// Runbook: "Capture heap dump: python -m memory_profiler <script>". It starts another interpreter in the same
// control group: nothing of the leaking process's heap, and memory that may be the last straw.
#include <gtest/gtest.h>

#include "cluster_model/control_plane.hpp"
#include "cluster_model/surroundings.hpp"
#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

TEST(Defect10, TheProfilerIsTheLastStraw) {
  Transcript drill("replicas=1 limit=600 image=web:leak");
  drill.run("advance 100s");  // 500 MiB of 600
  EXPECT_EQ(drill.run("exec pod-1 python -m memory_profiler app.py"),
            "command terminated with exit code 137\nexit 137\n");
  drill.run("advance 1s");
  int killed = 0;
  for (const auto& [at, fact] : drill.facts().facts) {
    const auto* pod = std::get_if<PodFact>(&fact);
    killed += pod && pod->change == PodChange::exited && pod->reason == "OOMKilled";
  }
  EXPECT_EQ(killed, 1) << "and the evidence went with it";
}

TEST(Defect10, WithRoomItTellsNothingAndGivesItsMemoryBack) {
  Transcript drill("replicas=1 limit=600 image=web:leak");
  drill.run("advance 5s");
  const ContainerWorker* app =
      drill.world().control_plane().container({Kind::Pod, "prod", drill.real_name("pod-1")}, "app");
  const std::int64_t before = app->working_set();
  const std::string said = drill.run("exec pod-1 python -m memory_profiler app.py");
  EXPECT_EQ(said.find("Filename: app.py"), 0u) << said;
  EXPECT_GE(app->working_set(), before + 200'000'000);
  drill.run("advance 11s");
  EXPECT_LT(app->working_set(), before + 100'000'000) << "only the leak itself has grown";
}

}  // namespace
}  // namespace muster
