// Background agents on their disks: jobs, orphans, full disks, locks, and what people's cleaning does to
// them.
#include "cluster_model/agents/agents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cluster_model/logs/instance_log.hpp"
#include "cluster_model/surroundings.hpp"
#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

using testing::HasSubstr;

constexpr const char* repository = "/srv/repo.git";

AgentProfile reviewers() {
  AgentProfile profile;
  profile.type = "reviewer";
  profile.namespace_ = "prod";
  profile.workload = "web";
  profile.volume = AgentProfile::Volume::claim;
  profile.claim = "trees";
  profile.claim_bytes = 50'000'000'000;
  profile.crash_probability = 0;
  return profile;
}

class AgentWorld {
 public:
  explicit AgentWorld(const AgentProfile& profile) {
    SystemSpec system = small_system({});
    system.profile.services[0].traffic.requests_per_second = 0;
    system.profile.agents = {profile};
    world_ = std::make_unique<World>(engine_, facts_, system, 7, Epoch{1'762'000'000});
  }

  World& world() { return *world_; }
  const AgentType& type() { return *world_->agents().types()[0]; }
  void advance(SimDuration time) {
    engine_.run_until(engine_.now() + time);
    world_->check_invariants();
  }
  /// Somebody takes whatever room there is.
  void fill(Disk& disk, SimDuration time) {
    for (const SimTime end = engine_.now() + time; engine_.now() < end; advance(1s))
      (void)disk.write_some("somebody", disk.free());
  }
  std::vector<ObjectPtr> pods() { return world_->objects().list(Kind::Pod, "prod"); }
  WorktreePlace& place(std::size_t pod = 0) {
    const Process* process = world_->surroundings().processes.find(pods().at(pod)->meta.uid, "app");
    return *world_->agents().place_of(*process);
  }
  ExecAnswer exec(const std::string& line, std::size_t pod = 0) {
    const auto answer =
        world_->surroundings().shell.run(pods().at(pod)->key(), "", {"sh", "-c", line}, "tester");
    EXPECT_TRUE(answer.has_value()) << (answer ? "" : answer.error().message);
    return answer ? *answer : ExecAnswer{};
  }
  std::vector<bool> failing_facts() {
    std::vector<bool> changes;
    for (const auto& [at, fact] : facts_.facts) {
      if (const auto* agent = std::get_if<AgentFact>(&fact)) changes.push_back(agent->failing);
    }
    return changes;
  }
  /// All that the pods' containers have printed.
  std::string logs() {
    std::string text;
    for (const ObjectPtr& pod : pods()) {
      if (const auto* log = world_->logs().current(pod->meta.uid, "app")) {
        for (const LogLine& line : log->lines()) text += line.text + "\n";
      }
    }
    return text;
  }
  std::string active_path() {
    for (const auto& [path, tree] : place().trees) {
      if (world_->agents().active(place(), path)) return path;
    }
    return {};
  }

 private:
  Engine engine_;
  FactList facts_;
  std::unique_ptr<World> world_;
};

TEST(BackgroundAgents, JobsComeAndAreDone) {
  AgentWorld system(reviewers());
  system.advance(4h);
  // 4 a minute for 240 minutes: 960, five standard deviations 155.
  const AgentCounters& counted = system.type().counters();
  EXPECT_NEAR(static_cast<double>(counted.arrived), 960, 155);
  EXPECT_EQ(counted.failed, 0u);
  // Offered load is 4/min x (3 min x exp(0.32) + 9 s): about 17 jobs on 6 slots, so the queue grows.
  EXPECT_EQ(system.type().running(), 6u);
  EXPECT_EQ(system.place().trees.size(), 6u) << "each in a worktree of its own, none left behind";
}

TEST(BackgroundAgents, CrashesLeaveOrphans) {
  AgentProfile profile = reviewers();
  profile.crash_probability = 0.5;
  profile.orphan_probability = 1;
  profile.duration = {20s, 0};
  profile.lock_probability = 0;
  AgentWorld system(profile);
  system.advance(20min);
  const std::size_t orphans = system.place().trees.size() - system.type().running();
  EXPECT_GT(orphans, 10u);
  EXPECT_THAT(system.exec("git worktree list").out, HasSubstr("/srv/trees/reviewer-"));
}

TEST(BackgroundAgents, AFullDiskFailsTheTypeUntilItIsCleaned) {
  AgentProfile profile = reviewers();
  profile.stale_worktrees = 20;
  profile.claim_bytes = 20'000'000'000;
  profile.duration = {30s, 0};
  AgentWorld system(profile);
  system.advance(10min);
  ASSERT_TRUE(system.failing_facts().empty());
  Disk& disk = *system.place().disk;
  system.fill(disk, 5min);
  EXPECT_EQ(system.failing_facts(), std::vector<bool>{true});
  EXPECT_THAT(system.logs(), HasSubstr("fatal: could not create work tree dir '/srv/trees/reviewer-"));
  EXPECT_THAT(system.logs(), HasSubstr(": No space left on device"));
  EXPECT_THAT(system.exec("df -h").out, HasSubstr("100% /srv"));

  EXPECT_EQ(system.exec("git worktree remove /srv/trees/reviewer-old-0").exit_code, 128) << "without --force";
  const std::int64_t before = disk.used().bytes;
  const ExecAnswer removed = system.exec("git worktree remove --force /srv/trees/reviewer-old-*");
  EXPECT_EQ(removed.exit_code, 0) << removed.err;
  EXPECT_GT(removed.takes, 30s) << "5 to 30 s per GB";
  EXPECT_EQ(disk.used().bytes, before) << "deleting takes its time";
  system.advance(removed.takes);
  EXPECT_LT(disk.used().bytes, before - 3'000'000'000);
  system.advance(3min);
  EXPECT_EQ(system.failing_facts(), (std::vector<bool>{true, false}));
}

TEST(BackgroundAgents, InodesRunOutWhileBytesLookFine) {
  AgentWorld system(reviewers());
  system.advance(1min);
  Disk& disk = *system.place().disk;
  for (int second = 0; second < 600; ++second) {
    (void)disk.write_some("somebody", {0, disk.free().inodes});
    system.advance(1s);
  }
  EXPECT_TRUE(system.type().failing());
  EXPECT_GT(disk.free().bytes, disk.capacity().bytes / 2);
  EXPECT_THAT(system.exec("df -i").out, HasSubstr("100% /srv"));
}

TEST(BackgroundAgents, DeletingAnActiveWorktreeLosesTheJob) {
  AgentWorld system(reviewers());
  system.advance(5min);
  const std::string path = system.active_path();
  ASSERT_FALSE(path.empty());
  const std::uint64_t lost = system.type().counters().attempts_lost;
  EXPECT_EQ(system.exec("rm -rf " + path).exit_code, 0);
  EXPECT_EQ(system.type().counters().attempts_lost, lost + 1);
  EXPECT_THAT(system.logs(), HasSubstr("fatal: Unable to read current working directory"));
  EXPECT_THAT(system.exec("git worktree list").out, HasSubstr(path))
      << "git's record stays until the next prune";
  system.advance(2min);
  (void)system.exec("git worktree prune");
  EXPECT_THAT(system.exec("git worktree list").out, testing::Not(HasSubstr(path + " ")));
}

TEST(BackgroundAgents, WithoutTheObjectStoreNothingWorks) {
  AgentProfile profile = reviewers();
  profile.duration = {20s, 0};
  AgentWorld system(profile);
  system.advance(5min);
  ASSERT_TRUE(system.failing_facts().empty());
  EXPECT_EQ(system.exec(std::string("rm -rf ") + repository).exit_code, 0);
  const std::uint64_t done = system.type().counters().done;
  system.advance(10min);
  EXPECT_EQ(system.type().counters().done, done);
  EXPECT_EQ(system.failing_facts(), std::vector<bool>{true});
  EXPECT_THAT(system.logs(), HasSubstr("fatal: not a git repository: '/srv/repo.git'"));
  EXPECT_EQ(system.exec("git worktree list").exit_code, 128);
}

TEST(BackgroundAgents, AnEmptyDirGoesWithItsPod) {
  AgentProfile profile = reviewers();
  profile.volume = AgentProfile::Volume::empty_dir;
  AgentWorld system(profile);
  system.advance(5min);
  const ObjectPtr pod = system.pods().at(0);
  const Disk& disk = *system.world().disks().find(pod->as<Pod>().spec.node_name);
  const std::string owner = NodeDisks::empty_dir_owner(pod->meta.uid);
  EXPECT_GT(disk.used_below(owner).bytes, profile.repository_bytes);
  ASSERT_TRUE(system.world().remove(pod->key(), SimDuration(0), "tester").has_value());
  system.advance(1min);
  EXPECT_EQ(disk.used_below(owner), DiskUse{});
}

TEST(BackgroundAgents, AStaleLockStopsTheNextAttemptUntilItIsRemoved) {
  AgentWorld system(reviewers());
  system.advance(5min);
  Worktrees& trees = system.world().agents().worktrees();
  WorktreePlace& place = system.place();
  ASSERT_EQ(trees.add(place, "/srv/trees/x", {1000, 1}), "");
  trees.leave(place, "/srv/trees/x");
  place.trees.at("/srv/trees/x").locked = true;
  EXPECT_EQ(trees.add(place, "/srv/trees/x", {1000, 1}),
            "fatal: Unable to create '/srv/repo.git/worktrees/x/index.lock': File exists.");
  EXPECT_EQ(system.exec("rm -f /srv/repo.git/worktrees/x/index.lock").exit_code, 0);
  EXPECT_EQ(trees.add(place, "/srv/trees/x", {1000, 1}), "");
}

// Runbook defect 5: a forced deletion on a node that is cut off leaves the process alive; the job's second
// attempt finds the first one in its worktree.
TEST(BackgroundAgents, TwoAgentsInOneWorktree) {
  AgentProfile profile = reviewers();
  profile.concurrency = 4;
  profile.duration = {10min, 0};
  profile.jobs_per_minute = 1;
  profile.attempts = 10;
  AgentWorld system(profile);
  system.advance(5min);
  const ObjectPtr pod = system.pods().at(0);  // has a share of the five jobs or so
  system.world().nodes().partition(pod->as<Pod>().spec.node_name);
  ASSERT_TRUE(system.world().remove(pod->key(), SimDuration(0), "tester").has_value());
  const Process* ghost = system.world().surroundings().processes.find(pod->meta.uid, "app");
  ASSERT_NE(ghost, nullptr);
  EXPECT_TRUE(ghost->detached);
  system.advance(1min);
  EXPECT_THAT(system.logs(), HasSubstr("index.lock': File exists."));
  system.world().nodes().heal(pod->as<Pod>().spec.node_name);
  system.advance(1min);
  EXPECT_EQ(system.world().surroundings().processes.find(pod->meta.uid, "app"), nullptr);
}

TEST(PodShells, KnowFewPrograms) {
  AgentWorld system(reviewers());
  system.advance(1min);
  const ExecAnswer unknown = system.exec("htop");
  EXPECT_EQ(unknown.exit_code, 127);
  EXPECT_EQ(unknown.err, "sh: 1: htop: not found\n");
  EXPECT_THAT(system.exec("env").out, HasSubstr("TOKEN=s3cret\n"));
  EXPECT_THAT(system.exec("cat /proc/1/environ").out, HasSubstr("MODE=on"));
  EXPECT_THAT(system.exec("cat /etc/shadow").err, HasSubstr("No such file or directory"));
  EXPECT_THAT(system.exec("ps aux").out, HasSubstr("/app/app"));
  EXPECT_THAT(system.exec("ls /srv").out, HasSubstr("repo.git\ntrees\n"));
  EXPECT_THAT(system.exec("du -sh /srv/repo.git").out, HasSubstr("1.4G\t/srv/repo.git"));
  EXPECT_EQ(system.exec("ls /nowhere").exit_code, 2);
}

TEST(PodShells, OnlyInRunningContainers) {
  Transcript system("replicas=1");
  (void)system.run("image web:bad");
  (void)system.run("advance 2m");
  for (const ObjectPtr& pod : system.world().objects().list(Kind::Pod, "prod")) {
    const auto answer = system.world().surroundings().shell.run(pod->key(), "app", {"ls"}, "tester");
    const bool runs = pod->as<Pod>().status.containers[0].state.phase == ContainerState::Phase::running;
    EXPECT_EQ(answer.has_value(), runs);
    if (runs) continue;
    EXPECT_EQ(answer.error().message, "unable to upgrade connection: container not found (\"app\")");
  }
  const auto wrong =
      system.world().surroundings().shell.run({Kind::Pod, "prod", "nobody"}, "", {"ls"}, "tester");
  EXPECT_EQ(wrong.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace muster
