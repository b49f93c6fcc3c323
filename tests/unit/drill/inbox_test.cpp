// Everything that responders do at one instant is one event: a replay meets the same world.
#include "drill/inbox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muster {
namespace {

using testing::ElementsAre;

struct InboxTest : testing::Test {
  Engine engine;
  Inbox inbox{engine};
  std::vector<std::string> log;

  void note(const char* what) { log.push_back(what); }
};

TEST_F(InboxTest, TurnsOfOneInstantComeInOrderAndAreOneEvent) {
  inbox.add(sim_start + 1s, [this] { note("a"); });
  inbox.add(sim_start + 1s, [this] { note("b"); });
  EXPECT_EQ(engine.events_pending(), 1u);
  engine.run_until(sim_start + 2s);
  EXPECT_THAT(log, ElementsAre("a", "b"));
}

TEST_F(InboxTest, WhatATurnAddsForTheSameInstantBelongsToIt) {
  inbox.add(sim_start + 1s, [this] {
    note("first");
    // The model reacts at once: in a replay that is after all requests of the instant, so live too.
    engine.schedule(engine.now(), Lane::model, [this] { note("model"); });
    inbox.add(engine.now(), [this] { note("second"); });
  });
  engine.run_until(sim_start + 2s);
  EXPECT_THAT(log, ElementsAre("first", "second", "model"));
}

TEST_F(InboxTest, AfterModelAndObserversOfTheInstant) {
  inbox.add(sim_start + 1s, [this] { note("request"); });
  engine.schedule(sim_start + 1s, Lane::observe, [this] { note("observe"); });
  engine.schedule(sim_start + 1s, Lane::model, [this] { note("model"); });
  engine.run_until(sim_start + 2s);
  EXPECT_THAT(log, ElementsAre("model", "observe", "request"));
}

}  // namespace
}  // namespace muster
