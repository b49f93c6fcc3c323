#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "reports/plot/plots.hpp"
#include "tests/unit/reports/sample.hpp"
#include "tests/unit/reports/xml_checker.hpp"

namespace muster::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Scale, RoundsUpToOneTwoFive) {
  EXPECT_DOUBLE_EQ(round_up(1), 1);
  EXPECT_DOUBLE_EQ(round_up(1.1), 2);
  EXPECT_DOUBLE_EQ(round_up(270), 500);
  EXPECT_DOUBLE_EQ(round_up(0.03), 0.05);
  EXPECT_DOUBLE_EQ(round_up(7), 10);
  EXPECT_DOUBLE_EQ(round_up(0), 1);
}

TEST(Scale, IsFiniteForEveryValue) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double odd[] = {0, -1, 1e-300, 1e300, infinity, -infinity, std::nan("")};
  for (const double max : odd)
    for (const Scale& scale : {Scale::linear(max, 100, 0), Scale::logarithmic(max, max, 100, 0)})
      for (const double value : odd) {
        EXPECT_GE(scale.at(value), 0) << max << " " << value;
        EXPECT_LE(scale.at(value), 100) << max << " " << value;
        EXPECT_LE(scale.ticks(5).size(), 60u);
      }
}

TEST(Scale, PutsDecadesAtEqualDistance) {
  const Scale scale = Scale::logarithmic(1, 1000, 0, 300);
  EXPECT_NEAR(scale.at(10), 100, 1e-9);
  EXPECT_NEAR(scale.at(100), 200, 1e-9);
  EXPECT_EQ(scale.ticks(5), (std::vector<double>{1, 10, 100, 1000}));
}

TEST(Canvas, CoordinatesAreShort) {
  EXPECT_EQ(coordinate(12), "12");
  EXPECT_EQ(coordinate(12.34), "12.3");
  EXPECT_EQ(coordinate(-0.01), "0");
  EXPECT_DEATH(coordinate(std::nan("")), "no number");
}

TEST(TrafficData, SecondsFallIntoTheirBins) {
  const Sample sample = sample_drill();
  const Traffic traffic = traffic_of(sample.journal, sim_start + 40min);
  ASSERT_EQ(traffic.bins.size(), 240u);
  ASSERT_EQ(traffic.minutes.size(), 40u);
  for (const TrafficBin& bin : traffic.bins) EXPECT_GT(bin.ended(), 2000u);
  EXPECT_EQ(traffic.bins[59].failed(), 0u) << "the last ten seconds before the fault";
  EXPECT_EQ(traffic.bins[60].counts[static_cast<std::size_t>(Band::reset)], 400u);
  EXPECT_EQ(traffic.bins[60].counts[static_cast<std::size_t>(Band::slow)], 1000u);
  EXPECT_EQ(traffic.bins[64].counts[static_cast<std::size_t>(Band::timeout)], 100u);
  EXPECT_EQ(traffic.minutes[9].affected, 0u);
  EXPECT_EQ(traffic.minutes[12].affected, 5000u);
}

std::vector<std::string> all_plots(const Sample& sample) {
  const Scene scene{end_of(sample.card, sample.journal), marks_of(sample.card, sample.journal),
                    sample.card.severity_truth};
  const Traffic traffic = traffic_of(sample.journal, scene.end);
  LatencyGoal goal{500ms, sample.baselines.runs.empty() ? nullptr : &sample.baselines.runs[0].impact};
  std::vector<std::string> plots;
  for (const Width width : {Width::wide, Width::narrow}) {
    plots.push_back(outcomes_plot(scene, traffic, width));
    plots.push_back(latency_plot(scene, traffic, goal, width));
    plots.push_back(pods_plot(scene, workloads_of(sample.journal), width));
    plots.push_back(users_plot(scene, traffic, width));
  }
  return plots;
}

TEST(Plots, AreWellFormedAndFinite) {
  for (const Sample& sample : {sample_drill(), empty_drill(), sample_with("<&\">\x01\xff")})
    for (const std::string& plot : all_plots(sample)) {
      EXPECT_EQ(xml_fault(plot), "");
      EXPECT_THAT(plot, HasSubstr("role=\"img\""));
      EXPECT_THAT(plot, Not(HasSubstr("nan")));
      EXPECT_THAT(plot, Not(HasSubstr("inf")));
    }
}

TEST(Plots, ShowMarksAndSeverity) {
  const std::vector<std::string> plots = all_plots(sample_drill());
  EXPECT_THAT(plots[0], HasSubstr("class=\"mark-fault\""));
  EXPECT_THAT(plots[0], HasSubstr("class=\"page-sign\""));
  EXPECT_THAT(plots[0], HasSubstr(">fault t0"));
  EXPECT_THAT(plots[0], HasSubstr("class=\"band severity-0\""));
  EXPECT_THAT(plots[0], HasSubstr(">P0</text>"));
  EXPECT_THAT(plots[1], HasSubstr("objective 500ms"));
  EXPECT_THAT(plots[1], HasSubstr("class=\"line-twin\""));
  EXPECT_THAT(plots[2], HasSubstr("Deployment autonomous-dev-prod/autonomous-dev"));
  EXPECT_THAT(plots[2], HasSubstr(">rev 6</text>"));
}

TEST(Plots, SentencesSayWhatToSee) {
  const Sample sample = sample_drill();
  const Traffic traffic = traffic_of(sample.journal, sim_start + 40min);
  EXPECT_THAT(outcomes_sentence(traffic), HasSubstr("Worst ten seconds: 98.9 % failed at "));
  EXPECT_THAT(latency_sentence(traffic, {500ms, nullptr}),
              HasSubstr("p95 was above the objective of 500ms in 66 of 240 ten-second stretches"));
  EXPECT_THAT(users_sentence(traffic), HasSubstr("At worst 100 % of the users of one minute"));
  EXPECT_EQ(
      pods_sentence(workloads_of(sample.journal), sim_start + 40min),
      "Deployment autonomous-dev-prod/autonomous-dev was short of ready pods for 10m50s, with 0 ready at the "
      "least.");
  EXPECT_EQ(outcomes_sentence(traffic_of(Journal{}, sim_start + 1min)), "No request ended during the drill.");
}

}  // namespace
}  // namespace muster::reports
