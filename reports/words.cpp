#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace muster::reports {

std::vector<Milestone> milestones(const Timestamps& t) {
  std::vector<Milestone> all{{"t0", "Fault active", t.t0},         {"tI", "User impact starts", t.tI},
                             {"tP", "First page delivered", t.tP}, {"tD", "Detected", t.tD},
                             {"tK", "Acknowledged", t.tK},         {"tN", "Declared with a severity", t.tN}};
  for (std::size_t i = 0; i < t.tC.size(); ++i)
    all.push_back({fmt::format("tC{}", i + 1), fmt::format("Status update {}", i + 1), t.tC[i]});
  if (t.tC.empty()) all.push_back({"tC", "Status update", std::nullopt});
  all.push_back({"tH", "First correct hypothesis", t.tH});
  all.push_back({"tM", "Mitigated", t.tM});
  all.push_back({"tR", "Resolved", t.tR});
  all.push_back({"tX", "Closed by the team", t.tX});
  return all;
}

std::vector<Milestone> milestones_by_time(const Timestamps& timestamps) {
  std::vector<Milestone> all = milestones(timestamps);
  std::stable_sort(all.begin(), all.end(), [](const Milestone& a, const Milestone& b) {
    return a.at.value_or(sim_never) < b.at.value_or(sim_never);
  });
  return all;
}

std::vector<Stretch> stretches(const Timestamps& t) {
  const auto between = [](const std::optional<SimTime>& from,
                          const std::optional<SimTime>& to) -> std::optional<SimDuration> {
    if (!from || !to) return std::nullopt;
    return *to - *from;
  };
  return {{"detect", "impact starts to detected", between(t.tI, t.tD)},
          {"acknowledge", "first page to acknowledged", between(t.tP, t.tK)},
          {"declare", "detected to declared", between(t.tD, t.tN)},
          {"understand", "detected to first correct hypothesis", between(t.tD, t.tH)},
          {"mitigate", "impact starts to mitigated", between(t.tI, t.tM)},
          {"resolve", "impact starts to resolved", between(t.tI, t.tR)},
          {"close", "impact starts to closed", between(t.tI, t.tX)}};
}

std::string points_text(int thousandths) {
  if (thousandths % 10 == 0) return fmt::format("{}", thousandths / 10);
  return fmt::format("{:.1f}", thousandths / 10.0);
}

std::string duration_text(SimDuration duration) {
  const SimDuration step = duration >= 60s || duration <= -60s ? SimDuration{1s} : SimDuration{100ms};
  const SimDuration half = duration < 0s ? -step / 2 : step / 2;
  return format_duration((duration + half) / step * step);
}

std::string number_text(double value) {
  if (!std::isfinite(value)) return "not a number";
  if (value != 0 && std::fabs(value) < 1) return fmt::format("{:.3g}", value);
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  const std::size_t first_digit = text.front() == '-' ? 1 : 0;
  std::size_t at = std::min(text.find('.'), text.size());
  while (at > first_digit + 3) text.insert(at -= 3, ",");
  return text;
}

std::string value_text(const Metric& metric) {
  if (!metric.value) return "not defined";
  const double value = *metric.value;
  if (metric.unit == "s" && std::isfinite(value) && std::fabs(value) < 1e9)
    return duration_text(duration_from_seconds(value));
  if (metric.unit == "ratio") return number_text(value * 100) + " %";
  if (metric.unit.empty() || metric.unit == "count") return number_text(value);
  return number_text(value) + " " + metric.unit;
}

const char* rating_letter(Rating rating) {
  switch (rating) {
    case Rating::P:
      return "P";
    case Rating::S:
      return "S";
    case Rating::M:
      return "M";
    case Rating::U:
      return "U";
    case Rating::not_observed:
      return "-";
  }
  return "-";
}

const char* rating_words(Rating rating) {
  switch (rating) {
    case Rating::P:
      return "without challenges";
    case Rating::S:
      return "some challenges";
    case Rating::M:
      return "major challenges";
    case Rating::U:
      return "unable";
    case Rating::not_observed:
      return "not observed";
  }
  return "not observed";
}

std::string records_text(const std::vector<std::uint64_t>& records) {
  if (records.empty()) return {};
  return fmt::format("record{} {}", records.size() == 1 ? "" : "s", fmt::join(records, ", "));
}

std::string spaced(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

}  // namespace muster::reports
