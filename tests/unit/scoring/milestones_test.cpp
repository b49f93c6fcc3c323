#include <gtest/gtest.h>

#include "tests/unit/scoring/drill_builder.hpp"

namespace muster {
namespace {

using namespace drills;

/// Fault at 2:00, everybody fails from 3:00 to 10:00, 40 minutes in all.
Drill plain_outage() {
  return Drill(minutes(40)).fault(minutes(2)).users(minutes(3), minutes(10), failing(10));
}

Timestamps times_of(const Drill& drill) {
  return drill.score().timestamps;
}

TEST(Milestones, OfAWholeResponse) {
  const Timestamps t = times_of(plain_outage()
                                    .page(minutes(4))
                                    .desk(minutes(5), DeskAction::acknowledged)
                                    .desk(minutes(6), DeskAction::declared, "down", "P0")
                                    .desk(minutes(7), DeskAction::status_update, "looking")
                                    .desk(minutes(7), DeskAction::hypothesis, "the database?")
                                    .desk(minutes(8), DeskAction::hypothesis, "the DEPLOYment of 14:30")
                                    .desk(minutes(9), DeskAction::message, "rolling back", "", {"incident"})
                                    .desk(minutes(26), DeskAction::resolved, "done"));
  EXPECT_EQ(t.t0, at(minutes(2)));
  EXPECT_EQ(t.tI, at(minutes(3) + 1)) << "10 of 600 requests are already above 1%";
  EXPECT_EQ(t.tP, at(minutes(4)));
  EXPECT_EQ(t.tD, at(minutes(4)));
  EXPECT_EQ(t.tK, at(minutes(5)));
  EXPECT_EQ(t.tN, at(minutes(6)));
  EXPECT_EQ(t.tC, (std::vector<SimTime>{at(minutes(7)), at(minutes(9))}));
  EXPECT_EQ(t.tH, at(minutes(8)));
  EXPECT_EQ(t.tM, at(minutes(10)));
  EXPECT_EQ(t.tR, at(minutes(10))) << "the fault is still marked, but service held to the end";
  EXPECT_EQ(t.tX, at(minutes(26)));
}

TEST(Milestones, NothingHappensByItself) {
  const Timestamps t = times_of(Drill(minutes(20)));
  EXPECT_FALSE(t.t0 || t.tI || t.tP || t.tD || t.tK || t.tN || t.tH || t.tM || t.tR || t.tX);
  EXPECT_TRUE(t.tC.empty());
}

TEST(Milestones, AnOutageWithoutAnEndIsNotMitigated) {
  const Timestamps t =
      times_of(Drill(minutes(40)).fault(minutes(2)).users(minutes(3), minutes(40), failing(10)));
  EXPECT_TRUE(t.tI);
  EXPECT_FALSE(t.tM || t.tR);
}

TEST(Milestones, MitigatedNeedsTheWholeWindow) {
  EXPECT_FALSE(times_of(Drill(minutes(25)).users(minutes(3), minutes(10) + 1, failing(10))).tM)
      << "one second short";
  EXPECT_TRUE(times_of(Drill(minutes(25)).users(minutes(3), minutes(10), failing(10))).tM);
}

TEST(Milestones, AShortRecoveryIsNone) {
  const Drill drill = plain_outage().users(minutes(20), minutes(21), failing(10));
  EXPECT_EQ(times_of(drill).tM, at(minutes(21))) << "ten good minutes are not fifteen";
}

TEST(Milestones, ResolvedWhenTheCauseIsGone) {
  EXPECT_EQ(times_of(plain_outage().fault(minutes(12), false)).tR, at(minutes(12)));
  EXPECT_EQ(times_of(plain_outage().fault(minutes(9), false)).tR, at(minutes(10)));
  // Mitigated for fifteen minutes, broken again with the cause still there.
  const Timestamps relapse = times_of(plain_outage().users(minutes(30), minutes(31), failing(10)));
  EXPECT_EQ(relapse.tM, at(minutes(10)));
  EXPECT_FALSE(relapse.tR);
}

TEST(Milestones, APersonMayNoticeBeforeThePager) {
  EXPECT_EQ(times_of(plain_outage().page(minutes(6)).desk(minutes(5), DeskAction::ticket, "all down")).tD,
            at(minutes(5)));
  EXPECT_EQ(times_of(plain_outage().page(minutes(6)).desk(minutes(1), DeskAction::ticket, "lunch")).tD,
            at(minutes(6)))
      << "before the impact there was nothing to notice";
}

TEST(Milestones, WhatTheExerciseStaffSaysIsNotTheTeams) {
  const Timestamps t = times_of(
      plain_outage().fact(minutes(5), DeskFact{DeskAction::declared, "facilitator", "P0", {}, "", 0}));
  EXPECT_FALSE(t.tN);
}

TEST(Milestones, ImpactBeforeTheFaultIsNotItsImpact) {
  EXPECT_EQ(times_of(Drill(minutes(40))
                         .users(10, 20, failing(10))
                         .fault(minutes(5))
                         .users(minutes(6), minutes(8), failing(10)))
                .tI,
            at(minutes(6) + 1));
}

struct CloseCase {
  const char* what;
  int close;
  bool too_early;
};

TEST(Milestones, ClosedTooEarly) {
  const CloseCase cases[] = {{"in the middle of the plain_outage", minutes(8), true},
                             {"one second before the window is over", minutes(25) - 1, true},
                             {"when the window is over", minutes(25), false}};
  for (const CloseCase& c : cases) {
    const Scorecard card = plain_outage().desk(c.close, DeskAction::resolved, "done").score();
    EXPECT_EQ(value(card, "premature_close"), c.too_early ? 1 : 0) << c.what;
    EXPECT_EQ(gate(card, "noPrematureClose").met, !c.too_early) << c.what;
    EXPECT_EQ(task(card, "verify_and_close").rating == Rating::U, c.too_early) << c.what;
  }
}

TEST(Milestones, AndClosedBeforeItBrokeAgain) {
  const Scorecard card = plain_outage()
                             .desk(minutes(26), DeskAction::resolved, "done")
                             .users(minutes(30), minutes(31), failing(10))
                             .score();
  EXPECT_EQ(value(card, "premature_close"), 1);
}

}  // namespace
}  // namespace muster
