// When a ratio alert on a rate window fires after errors set in: the real PromQL and alert engine over a
// counter of constant traffic, scraped and evaluated every second (the table's "continuous scrape" to one
// step).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "telemetry/alerts.hpp"
#include "telemetry/rule_file.hpp"
#include "tests/unit/truth/truth_file.hpp"

namespace muster {
namespace {

constexpr std::int64_t step_s = 1;
constexpr double requests_per_step = 1e6;  // so that shares of errors are whole numbers

struct Times {
  double pending = -1, firing = -1;  // seconds after the errors set in
};

Times play(const TruthRow& row) {
  const auto window = static_cast<std::int64_t>(row["W"]);
  const std::string rule = fmt::format(
      "groups:\n- name: g\n  rules:\n  - alert: Errors\n"
      "    expr: sum(rate(requests_total{{code=\"500\"}}[{0}s])) / sum(rate(requests_total[{0}s])) > {1}\n   "
      " for: {2}s\n",
      window, row["theta"], row["for_s"]);
  auto groups = load_rules(rule, "rule.yml");
  EXPECT_TRUE(groups) << (groups ? "" : groups.error().text());
  SeriesStore store;
  AlertEngine engine(store, *groups, SimDuration{step_s * 1s}, Epoch{});
  const SeriesId good = store.intern({{"__name__", "requests_total"}, {"code", "200"}});
  const SeriesId bad = store.intern({{"__name__", "requests_total"}, {"code", "500"}});
  const std::int64_t onset = 2 * window, end = onset + static_cast<std::int64_t>(row["fire_s"]) + 2 * window;
  Times times;
  double good_count = 0, bad_count = 0;
  for (std::int64_t s = 0; s <= end; s += step_s) {
    const double share = s > onset ? row["p"] : 0;
    good_count += requests_per_step * (1 - share);
    bad_count += requests_per_step * share;
    store.append(good, s * 1000, good_count);
    store.append(bad, s * 1000, bad_count);
    for (const AlertChange& change : engine.evaluate(sim_start + s * 1s)) {
      if (times.pending < 0) times.pending = static_cast<double>(s - onset);
      if (change.state == "firing") times.firing = static_cast<double>(s - onset);
    }
  }
  return times;
}

class AlertTruth : public testing::TestWithParam<TruthRow> {};
TEST_P(AlertTruth, CrossesAndFires) {
  const TruthRow& row = GetParam();
  MUSTER_SKIP_WITHOUT_TRUTH(row);
  const Times times = play(row);
  // The first evaluation after the crossing sees it: one step late at most, never early.
  EXPECT_GE(times.pending, row["cross_s"]) << row.title();
  EXPECT_LE(times.pending, row["cross_s"] + step_s) << row.title();
  EXPECT_GE(times.firing, row["fire_s"]) << row.title();
  EXPECT_LE(times.firing, row["fire_s"] + step_s) << row.title();
  EXPECT_EQ(times.firing - times.pending, row["for_s"]) << row.title();
}
INSTANTIATE_TEST_SUITE_P(Rows, AlertTruth, testing::ValuesIn(truth_rows("rate_window_alert")));

}  // namespace
}  // namespace muster
