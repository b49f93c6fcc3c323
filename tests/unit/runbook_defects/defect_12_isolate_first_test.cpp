// "Isolate the pod, then collect the evidence": the log that is left is the latest file of one container, and
// memory, files and connections are in no log.
#include <gtest/gtest.h>

#include "cluster_model/intruder/evidence.hpp"
#include "cluster_model/surroundings.hpp"
#include "tests/unit/runbook_defects/watched_drill.hpp"

namespace muster::test {
namespace {

using State = EvidenceTable::State;

/// [kind] of what the intruder left in and around the pod he came through.
std::map<EvidenceKind, EvidenceTable::Item> traces(const WatchedDrill& drill, const std::string& pod) {
  std::map<EvidenceKind, EvidenceTable::Item> found;
  for (const auto& [key, item] : drill.world().surroundings().evidence.items())
    if (key.where.find("/" + pod) != std::string::npos) found[key.kind] = item;
  return found;
}

std::string breached_pod(const WatchedDrill& drill) {
  for (const auto& [key, item] : drill.world().surroundings().evidence.items()) {
    if (key.kind != EvidenceKind::memory) continue;
    const std::size_t name = key.where.find('/', 4) + 1;  // behind "pod/NAMESPACE/"
    return key.where.substr(name, key.where.find('/', name) - name);
  }
  return {};
}

class Defect12 : public testing::Test {
 protected:
  Defect12() {
    drill.run_to(40min);
    pod = breached_pod(drill);
  }
  WatchedDrill drill{"security-breach"};
  std::string pod;
};

TEST_F(Defect12, TheRunbooksTwoStepsSaveTheLogAlone) {
  ASSERT_FALSE(pod.empty());
  (void)drill.type("kubectl label pod " + pod + " -n autonomous-dev-prod app-");
  (void)drill.type("kubectl logs " + pod + " -n autonomous-dev-prod");
  const auto left = traces(drill, pod);
  EXPECT_TRUE(left.at(EvidenceKind::log).kept);
  for (const EvidenceKind kind : {EvidenceKind::memory, EvidenceKind::files})
    EXPECT_FALSE(left.at(kind).kept) << to_string(kind);
  (void)drill.type("kubectl delete pod " + pod + " -n autonomous-dev-prod --wait=false");
  drill.run_to(42min);
  for (const auto& [kind, item] : traces(drill, pod))
    EXPECT_TRUE(item.kept || item.state == State::destroyed) << to_string(kind);
  EXPECT_NE(drill.type("kubectl logs " + pod + " -n autonomous-dev-prod").find("not found"),
            std::string::npos)
      << "and a second look at the log is no longer possible";
}

TEST_F(Defect12, TheBeginningOfTheLogHasBeenRotatedAway) {
  const std::string first =
      drill.type("kubectl logs " + pod + " -n autonomous-dev-prod --timestamps | head -1");
  // Access lines fill 10 MiB in about twenty minutes, so the lines of the start-up are gone.
  EXPECT_EQ(first.find("starting"), std::string::npos) << first;
  EXPECT_NE(first.find("HTTP/1.1"), std::string::npos) << first;
}

}  // namespace
}  // namespace muster::test
