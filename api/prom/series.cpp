// series, labels, label/NAME/values: which series there are.
#include <fmt/format.h>

#include <set>

#include "api/prom/call.hpp"
#include "api/prom/envelope.hpp"
#include "api/prom/matchers.hpp"
#include "api/prom/stored_samples.hpp"
#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::prom {
namespace {

struct Range {
  std::int64_t begin_ms = 0, end_ms = 0;  // virtual
};

// What is wrong with the times asked for, or nothing; then `range` is filled in.
std::optional<Answer> read_range(const Call& call, Range& range) {
  const auto begin = call.parameters.time_or("start", earliest_ms);
  if (!begin) return bad_parameter("start", begin.error().message);
  const auto end = call.parameters.time_or("end", latest_ms);
  if (!end) return bad_parameter("end", end.error().message);
  range = {*begin - call.epoch_ms(), *end - call.epoch_ms()};
  return std::nullopt;
}

// Where Prometheus looks at whole blocks, the samples themselves decide here.
std::vector<SeriesId> series_in(const Call& call, const Selectors& selectors, const Range& range) {
  std::vector<SeriesId> found = select_series(call.view.series, selectors);
  std::erase_if(found, [&](SeriesId series) {
    return !has_samples(call.view.series, series, range.begin_ms, range.end_ms);
  });
  return found;
}

using Texts = std::set<std::string>;

// The texts that `collect` finds in the series asked for, sorted.
template <class Collect>
Answer answer_texts(const Call& call, Collect&& collect) {
  Range range;
  if (auto wrong = read_range(call, range)) return *wrong;
  const auto selectors = parse_narrow_selectors(call.parameters.all("match[]"));
  if (!selectors) return bad_data(selectors.error().message);
  Texts texts;
  for (const SeriesId series : series_in(call, *selectors, range))
    collect(call.view.series.labels(series), texts);
  return success(json_strings({texts.begin(), texts.end()}));
}

}  // namespace

Answer answer_series(const Call& call) {
  const std::vector<std::string>& given = call.parameters.all("match[]");
  if (given.empty()) return bad_data("no match[] parameter provided");
  Range range;
  if (auto wrong = read_range(call, range)) return *wrong;
  const auto selectors = parse_narrow_selectors(given);
  if (!selectors) return bad_parameter("match[]", selectors.error().message);
  std::string list;
  for (const SeriesId series : series_in(call, *selectors, range))
    list += (list.empty() ? "" : ",") + json_labels(call.view.series.labels(series));
  return success("[" + list + "]");
}

Answer answer_labels(const Call& call) {
  return answer_texts(call, [](const Labels& labels, Texts& names) {
    for (const auto& [name, value] : labels) names.insert(name);
  });
}

Answer answer_label_values(const Call& call) {
  const std::string& name = call.segments[3];
  if (!promql::is_label_name(name))
    return bad_data(fmt::format("invalid label name: {}", promql::quote(name)));
  return answer_texts(call, [&name](const Labels& labels, Texts& values) {
    const std::string_view value = promql::label_value(labels, name);
    if (!value.empty()) values.insert(std::string(value));
  });
}

}  // namespace muster::prom
