// The autoscaler's arithmetic against examples worked by hand from SEMANTICS of the real one
// (kubernetes/kubernetes pkg/controller/podautoscaler/replica_calculator.go and horizontal.go).
#include "cluster_model/controllers/autoscale_math.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

using State = MeasuredPod::State;

MeasuredPod pod(std::optional<std::int64_t> usage, State state = State::ready) {
  return {"p", state, usage, 1000};
}

int replicas(const AutoscalerMetric& metric, int current, const std::vector<MeasuredPod>& pods) {
  const auto found = recommend(metric, current, pods);
  EXPECT_TRUE(found.has_value());
  return found ? found.value().replicas : -1;
}

TEST(Recommend, CeilingOfRatioTimesReadyPods) {
  const AutoscalerMetric half{"cpu", 50, {}};
  EXPECT_EQ(replicas(half, 3, {pod(900), pod(900), pod(900)}), 6);  // 90 / 50 x 3 = 5.4
  EXPECT_EQ(replicas(half, 3, {pod(100), pod(100), pod(100)}), 1);  // 0.6
  EXPECT_EQ(replicas({"memory", {}, 500}, 2, {pod(900), pod(900)}), 4);
}

TEST(Recommend, TenPercentAreTolerated) {
  const AutoscalerMetric half{"cpu", 50, {}};
  EXPECT_EQ(replicas(half, 3, {pod(549), pod(549), pod(549)}),
            3);  // exactly 1.1 is more than 0.1 off, in doubles
  EXPECT_EQ(replicas(half, 3, {pod(460), pod(450), pod(450)}), 3);
  EXPECT_EQ(replicas(half, 3, {pod(560), pod(560), pod(560)}), 4);
}

TEST(Recommend, MissingMetricsDamp) {
  const AutoscalerMetric half{"cpu", 50, {}};
  // Up: the missing one counts as idle: (90 + 90 + 0) / 3 = 60 %, so 1.2 x 3 = 4 instead of 6.
  EXPECT_EQ(replicas(half, 3, {pod(900), pod(900), pod({})}), 4);
  // Down: the missing one counts as fully used: (10 + 10 + 100) / 3 = 40 %, 0.8 x 3 = 3.
  EXPECT_EQ(replicas(half, 3, {pod(100), pod(100), pod({})}), 3);
  // A correction that turns the direction round changes nothing.
  EXPECT_EQ(replicas(half, 3, {pod(600), pod({}), pod({})}), 3);
}

TEST(Recommend, UnreadyPodsCountAsIdleOnTheWayUpOnly) {
  const AutoscalerMetric half{"cpu", 50, {}};
  EXPECT_EQ(replicas(half, 3, {pod(900), pod(900), pod(900, State::unready)}), 4);
  EXPECT_EQ(replicas(half, 3, {pod(100), pod(100), pod(900, State::unready)}), 1);
}

TEST(Recommend, ErrorsInTheRealWords) {
  const AutoscalerMetric half{"cpu", 50, {}};
  EXPECT_EQ(recommend(half, 1, {pod({})}).error().message,
            "unable to get metrics for resource cpu: no metrics returned from resource metrics API");
  EXPECT_EQ(recommend(half, 1, {pod(5, State::unready)}).error().message,
            "did not receive metrics for targeted pods (pods might be unready)");
}

TEST(Stabilized, TheHighestOfFiveMinutesOnTheWayDown) {
  ScaleMemory memory;
  const ScalingRules up = default_scale_up(), down = default_scale_down();
  EXPECT_EQ(stabilized(memory, up, down, 6, 6, SimTime{0s}), 6);
  EXPECT_EQ(stabilized(memory, up, down, 6, 2, SimTime{15s}), 6);
  EXPECT_EQ(stabilized(memory, up, down, 6, 2, SimTime{285s}), 6);
  EXPECT_EQ(stabilized(memory, up, down, 6, 2, SimTime{300s}), 2);
  EXPECT_EQ(stabilized(memory, up, down, 6, 9, SimTime{315s}), 9);  // up at once
}

TEST(Limited, DefaultPoliciesAndBounds) {
  HorizontalPodAutoscaler autoscaler;
  autoscaler.min_replicas = 2;
  autoscaler.max_replicas = 30;
  ScaleMemory memory;
  EXPECT_EQ(limited(autoscaler, memory, 3, 20, SimTime{0s}).replicas, 7);    // + 4 pods beats + 100 %
  EXPECT_EQ(limited(autoscaler, memory, 10, 25, SimTime{0s}).replicas, 20);  // + 100 % beats + 4 pods
  EXPECT_EQ(limited(autoscaler, memory, 10, 25, SimTime{0s}).reason, "ScaleUpLimit");
  EXPECT_EQ(limited(autoscaler, memory, 20, 50, SimTime{0s}).replicas, 30);
  EXPECT_EQ(limited(autoscaler, memory, 20, 50, SimTime{0s}).reason, "TooManyReplicas");
  EXPECT_EQ(limited(autoscaler, memory, 9, 1, SimTime{0s}).replicas, 2);
  EXPECT_EQ(limited(autoscaler, memory, 9, 1, SimTime{0s}).reason, "TooFewReplicas");
  EXPECT_EQ(limited(autoscaler, memory, 9, 5, SimTime{0s}).reason, "DesiredWithinRange");
  memory.changes = {{SimTime{0s}, 4}};  // what was added within the period counts against the next step
  EXPECT_EQ(limited(autoscaler, memory, 7, 20, SimTime{10s}).replicas, 7);
  EXPECT_EQ(limited(autoscaler, memory, 7, 20, SimTime{15s}).replicas, 14);
}

TEST(MeasuredState, StartingPodsAreLeftOutOfCpu) {
  Pod starting;
  starting.status.phase = "Running";
  starting.status.start_time = SimTime{0s};
  starting.status.conditions = {{"Ready", "True", "", "", SimTime{20s}, {}}};
  const auto state = [&](SimTime sampled, SimTime now) {
    return measured_state("cpu", starting, false, sampled, 15s, now);
  };
  EXPECT_EQ(state(SimTime{30s}, SimTime{40s}), State::unready);  // the window began before it was ready
  EXPECT_EQ(state(SimTime{45s}, SimTime{50s}), State::ready);
  starting.status.conditions[0].status = "False";
  EXPECT_EQ(state(SimTime{45s}, SimTime{50s}), State::unready);
  EXPECT_EQ(state(SimTime{400s}, SimTime{400s}), State::unready);  // never was ready
  EXPECT_EQ(measured_state("memory", starting, false, SimTime{45s}, 15s, SimTime{50s}), State::ready);
  EXPECT_EQ(measured_state("cpu", starting, true, SimTime{45s}, 15s, SimTime{50s}), State::ignored);
}

}  // namespace
}  // namespace muster
