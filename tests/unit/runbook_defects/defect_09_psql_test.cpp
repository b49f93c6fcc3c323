// Runbook: `kubectl run -it --rm debug --image=postgres:14 --restart=Never -- psql $DATABASE_URL -c "SELECT
// 1"`. The variable is the operator's own shell's, the image must be pulled, and psql needs a connection slot
// like everybody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cluster_model/database/database.hpp"
#include "scenarios/scenario.hpp"
#include "tests/unit/runbook_defects/console_drill.hpp"

namespace muster::test {
namespace {

using testing::HasSubstr;

constexpr const char* check =
    "kubectl run -it --rm debug --image=postgres:14 --restart=Never -- psql $DATABASE_URL -c \"SELECT 1\"";
constexpr const char* set_url =
    "export "
    "DATABASE_URL=postgresql://autonomous_dev:drill-only-password@db.example.internal:5432/autonomous_dev";

/// From minute 1 somebody else holds the connections, until none but the superuser's are left.
Scenario taken_slots() {
  Scenario scenario = load_scenario(MUSTER_SOURCE_DIR "/scenarios/library/bad-deploy.yaml").value();
  scenario.faults.resize(1);
  scenario.faults[0].at = sim_start + 1min;
  scenario.faults[0].end_at = sim_never;
  scenario.faults[0].begin = [](World& world) {
    Database& database = *world.database("main");
    database.occupy(database.primary(), 100'000, "reporting", "nightly-report");
  };
  return scenario;
}

TEST(Defect09, TheVariableIsThatOfTheOperatorsShell) {
  ConsoleDrill drill("bad-deploy");
  drill.session().options.unset_is_error = false;  // as bash does
  const TypedLine& typed = drill.type_one(check);
  EXPECT_THAT(typed.result.err,
              HasSubstr("connection to server on socket \"/var/run/postgresql/.s.PGSQL.5432\""));
  EXPECT_NE(typed.result.exit_code, 0) << "though the Secret of the pods has the URL";
}

TEST(Defect09, TheImageIsPulledFirst) {
  ConsoleDrill drill("bad-deploy");
  drill.type({set_url, check});
  const TypedLine typed = drill.type_one(check);
  EXPECT_EQ(typed.result.exit_code, 0) << typed.result.err;
  EXPECT_THAT(typed.result.out, HasSubstr("(1 row)"));
  EXPECT_GT(typed.ended - typed.began, 1s);
}

TEST(Defect09, NoSlotIsLeftForTheDiagnosisEither) {
  ConsoleDrill drill(taken_slots());
  const auto& typed = drill.type({set_url, check}, 5min);
  EXPECT_THAT(typed.back().result.err, HasSubstr("FATAL:  "));
  EXPECT_THAT(typed.back().result.err, HasSubstr("connection slots"));
  EXPECT_NE(typed.back().result.exit_code, 0);
}

}  // namespace
}  // namespace muster::test
