// Runbook: "Rotate secrets: kubectl delete secret ...; recreate with new credentials". Between the two no
// container starts; running ones keep the old value; the database still takes it; sessions survive even a new
// password.
#include "cluster_model/intruder/intruder.hpp"

#include "tests/unit/cluster_model/intruder_fixture.hpp"

namespace muster {
namespace {

const ObjectKey secret_key{Kind::Secret, "prod", "keys"};

TEST(Defect14, NoContainerStartsInTheGap) {
  IntruderWorld world;
  const ObjectPtr pod = world.pods().at(0);
  ASSERT_TRUE(world.world().remove(secret_key, {}, "tester").has_value());
  world.remove(pod);
  world.advance(1min);
  int waiting = 0;
  for (const ObjectPtr& other : world.pods()) {
    const ContainerState& state = other->as<Pod>().status.containers[0].state;
    waiting += state.reason == "CreateContainerConfigError" && state.message == "secret \"keys\" not found";
  }
  EXPECT_EQ(waiting, 1) << "the others keep running, with the old value";
  int with_old_value = 0;
  for (const ObjectPtr& running : world.pods()) {
    const Process* process = world.world().surroundings().processes.find(running->meta.uid, "app");
    with_old_value += process && process->environment && process->environment->at("TOKEN") == "s3cret";
  }
  EXPECT_GE(with_old_value, 1) << "what runs keeps what it read at its start";
}

TEST(Defect14, ANewSecretChangesNothingAtTheDatabase) {
  IntruderWorld world;
  world.break_in();
  ASSERT_TRUE(world.world().remove(secret_key, {}, "tester").has_value());
  Object fresh = small_system({}).objects[1];
  ASSERT_EQ(fresh.kind, "Secret");
  fresh.as<ConfigData>().data["token"] = "new";
  ASSERT_TRUE(world.world().create(fresh, "tester").has_value());
  world.advance(30min);
  EXPECT_TRUE(world.him().credential_works()) << "the server was never told";
  EXPECT_TRUE(world.him().has_session());
}

TEST(Defect14, SessionsSurviveANewPassword) {
  IntruderWorld world(std::vector<std::string>{});
  world.break_in();
  world.vault.password = "new";
  world.set_secret("new");
  world.advance(30min);
  EXPECT_FALSE(world.him().credential_works());
  EXPECT_TRUE(world.him().has_session());
  EXPECT_TRUE(world.him().active()) << "not contained";
}

}  // namespace
}  // namespace muster
