// What stops the intruder and what does not, as a table; and what each action does to his traces.
#include <gmock/gmock.h>

#include "tests/unit/cluster_model/intruder_fixture.hpp"

namespace muster {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

std::string held(IntruderWorld& world) {
  std::string text;
  const auto add = [&](bool has, const char* word) {
    if (has) text += (text.empty() ? "" : " ") + std::string(word);
  };
  add(world.him().footholds() > 0, "foothold");
  add(world.him().has_session(), "session");
  add(world.him().credential_works(), "password");
  return text.empty() ? "nothing" : text;
}

struct ChainCase {
  const char* name;
  std::vector<std::string> permissions;
  void (*act)(IntruderWorld&);
  const char* at_once;  // after 10 s
  const char* later;    // after an hour
};

void isolate_by_label(IntruderWorld& w) {
  w.label(w.foothold(), "app", "");
}
void lock_down_by_label(IntruderWorld& w) {
  w.lock_down("app", "web");
}
void lock_down_wrong_label(IntruderWorld& w) {
  w.lock_down("app", "wbe");
}
void delete_the_pod(IntruderWorld& w) {
  w.remove(w.foothold());
}
void new_password_on_the_server(IntruderWorld& w) {
  w.vault.password = "new";
}
void new_password_everywhere(IntruderWorld& w) {
  w.vault.password = "new";
  w.set_secret("new");
}
void end_all_sessions(IntruderWorld& w) {
  w.end_sessions();
}
void rotate_and_end_sessions(IntruderWorld& w) {
  new_password_everywhere(w);
  w.end_sessions();
}
void rotate_then_evict(IntruderWorld& w) {
  new_password_everywhere(w);
  w.end_sessions();
  w.advance(10min);
  w.set_image("web:v2");
}
void evict_then_rotate(IntruderWorld& w) {
  w.set_image("web:v2");
  w.advance(5min);
  new_password_everywhere(w);
  w.end_sessions();
}
void lock_down_then_delete(IntruderWorld& w) {
  w.lock_down("app", "web");
  w.advance(10s);
  w.remove(w.foothold());
}

const std::vector<std::string> none, may_read{"get secrets"};

const ChainCase chain_cases[] = {
    {"nothing is done", may_read, [](IntruderWorld&) {}, "foothold session password",
     "foothold session password"},
    {"out of the Service by label: his way out stays open", may_read, isolate_by_label,
     "foothold session password", "foothold session password"},
    {"lock-down: established flows live on", may_read, lock_down_by_label, "foothold session password",
     "foothold session password"},
    {"lock-down with a wrong selector", may_read, lock_down_wrong_label, "foothold session password",
     "foothold session password"},
    {"deleting the pod: the same image comes back, and so does he", may_read, delete_the_pod, "password",
     "foothold session password"},
    {"new password on the server: sessions survive", may_read, new_password_on_the_server, "foothold session",
     "foothold session"},
    {"sessions ended: he opens another", may_read, end_all_sessions, "foothold password",
     "foothold session password"},
    {"rotated while he is in, and he may read Secrets: he has the new one", may_read, rotate_and_end_sessions,
     "foothold", "foothold session password"},
    {"rotated while he is in, environment only: the running pod keeps the old", none, rotate_and_end_sessions,
     "foothold", "foothold"},
    {"rotated first, evicted later: the password is his", may_read, rotate_then_evict,
     "foothold session password", "password"},
    {"evicted, then rotated, sessions ended: he is out", may_read, evict_then_rotate, "nothing", "nothing"},
    {"lock-down, then the pod: no new way in or out", may_read, lock_down_then_delete, "password",
     "password"},
};

TEST(Intruders, WhatStopsWhat) {
  for (const ChainCase& c : chain_cases) {
    IntruderWorld world(c.permissions);
    world.break_in();
    c.act(world);
    world.advance(10s);
    EXPECT_EQ(held(world), c.at_once) << c.name << ", at once";
    world.advance(1h);
    EXPECT_EQ(held(world), c.later) << c.name << ", later";
    EXPECT_EQ(world.active_fact(), std::string(c.later) != "nothing") << c.name;
  }
}

TEST(Intruders, StepsComeInOrder) {
  IntruderWorld world({"get secrets", "create pods"});
  world.break_in();
  world.advance(2h);
  EXPECT_THAT(world.steps(), ElementsAre("initial access", "execution", "discovery", "credential access",
                                         "lateral movement", "persistence", "exfiltration", "impact"));
  EXPECT_GT(world.him().rows_taken(), 1e6);
}

TEST(Intruders, NeedAVulnerableImageThatUsersReach) {
  IntruderWorld world(may_read, 0, {{"image", "web:v2"}});
  world.him().start("prod", "web", 5);
  world.advance(2h);
  EXPECT_FALSE(world.him().active());
  EXPECT_TRUE(world.steps().empty());
}

TEST(Intruders, AnImplantSurvivesTheFixedImage) {
  IntruderWorld world({"get secrets", "create pods"});
  world.break_in();
  world.set_image("web:v2");
  world.advance(5min);
  ASSERT_EQ(world.him().footholds(), 1u);
  const ObjectPtr implant = world.foothold();
  EXPECT_TRUE(implant->meta.name.starts_with("node-shell-"));
  world.remove(implant);
  world.advance(10s);
  EXPECT_EQ(world.him().footholds(), 0u);
}

TEST(Intruders, ResponsesThatShowMayMakeHimHurry) {
  IntruderWorld world(may_read, 1);
  world.him().start("prod", "web", 1);
  world.advance(2min);
  ASSERT_NE(world.foothold(), nullptr);
  EXPECT_LT(world.him().reached(), IntruderStep::impact);
  world.label(world.foothold(), "app", "");
  world.advance(5min);
  EXPECT_THAT(world.steps(), Contains("impact"));
}

TEST(Intruders, ACronJobBringsHimBack) {
  IntruderWorld world({"create cronjobs", "create pods"});
  world.break_in();
  const std::vector<ObjectPtr> jobs = world.world().objects().list(Kind::CronJob, "prod");
  ASSERT_EQ(jobs.size(), 1u);
  world.set_image("web:v2");
  world.advance(5min);
  const ObjectPtr first = world.foothold();
  ASSERT_NE(first, nullptr);
  world.remove(first);
  world.advance(15min);
  const ObjectPtr second = world.foothold();
  ASSERT_NE(second, nullptr) << "the job's pod has made another";
  EXPECT_NE(second->meta.name, first->meta.name);
  ASSERT_TRUE(world.world().remove(jobs[0]->key(), {}, "tester").has_value());
  world.advance(1min);
  world.remove(second);
  world.advance(15min);
  EXPECT_EQ(world.him().footholds(), 0u);
}

using Words = std::map<std::string, std::string>;

TEST(Evidence, DiesWithWhatHoldsIt) {
  IntruderWorld world;
  world.break_in();
  const ObjectPtr pod = world.foothold();
  const std::string here = pod->meta.name;
  EXPECT_EQ(world.evidence(here), (Words{{"container files", "exists"},
                                         {"container log", "exists"},
                                         {"open sockets", "exists"},
                                         {"pod manifest", "exists"},
                                         {"process memory", "exists"}}));
  PodShell& shell = world.world().surroundings().shell;
  ASSERT_TRUE(shell.run(pod->key(), "", {"gcore", "1"}, "tester").has_value());
  ASSERT_TRUE(shell.run(pod->key(), "", {"ss", "-tnp"}, "tester").has_value());
  EXPECT_EQ(world.evidence(here)["process memory"], "captured");
  EXPECT_EQ(world.evidence(here)["open sockets"], "captured");
  world.remove(pod);
  world.advance(1s);
  EXPECT_EQ(world.evidence(here), (Words{{"container files", "destroyed"},
                                         {"container log", "destroyed"},
                                         {"open sockets", "destroyed"},
                                         {"pod manifest", "destroyed"},
                                         {"process memory", "destroyed"}}));
  EXPECT_EQ(world.evidence("database")["database log"], "exists");
  EXPECT_EQ(world.evidence("cluster")["audit log"], "exists");
}

TEST(Evidence, IsolationKeepsIt) {
  IntruderWorld world;
  world.break_in();
  const ObjectPtr pod = world.foothold();
  world.label(pod, "app", "");
  world.advance(10min);
  for (const auto& [item, state] : world.evidence(pod->meta.name)) EXPECT_EQ(state, "exists") << item;
}

TEST(Evidence, ProcessesAndSocketsShowInTheContainer) {
  IntruderWorld world;
  world.break_in();
  PodShell& shell = world.world().surroundings().shell;
  const ObjectPtr pod = world.foothold();
  EXPECT_THAT(shell.run(pod->key(), "", {"ps", "aux"}, "tester")->out, testing::HasSubstr("/bin/sh -i"));
  EXPECT_THAT(shell.run(pod->key(), "", {"ss", "-tnp"}, "tester")->out,
              testing::HasSubstr("203.0.113.66:443"));
  EXPECT_THAT(shell.run(pod->key(), "", {"ss", "-tnp"}, "tester")->out,
              testing::HasSubstr("db.internal:5432"));
  for (const ObjectPtr& other : world.pods()) {
    if (other->meta.name == pod->meta.name) continue;
    EXPECT_THAT(shell.run(other->key(), "", {"ps", "aux"}, "tester")->out,
                Not(testing::HasSubstr("/bin/sh -i")));
  }
}

}  // namespace
}  // namespace muster
