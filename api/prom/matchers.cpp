#include "api/prom/matchers.hpp"

#include <algorithm>

#include "telemetry/promql/label_pool.hpp"

namespace muster::prom {
namespace {

bool is_narrow(const promql::VectorSelector& selector) {
  return std::any_of(selector.matchers.begin(), selector.matchers.end(),
                     [](const promql::Matcher& matcher) { return !matcher.matches(""); });
}

// Ids that can match, found by the metric's name where the selector tells one.
void add_matching(const SeriesStore& store, const promql::VectorSelector& selector,
                  std::vector<SeriesId>& found) {
  const auto add = [&](SeriesId series) {
    if (matches(selector, store.labels(series))) found.push_back(series);
  };
  for (const promql::Matcher& matcher : selector.matchers) {
    if (matcher.name != "__name__" || matcher.kind != promql::Matcher::Kind::equal) continue;
    for (const SeriesId series : store.named(matcher.value)) add(series);
    return;
  }
  for (SeriesId series = 0; series < store.series_count(); ++series) add(series);
}

}  // namespace

Result<Selectors> parse_selectors(const std::vector<std::string>& texts) {
  Selectors selectors;
  for (const std::string& text : texts) {
    auto selector = promql::parse_metric_selector(text);
    if (!selector) return selector.error();
    selectors.push_back(std::move(*selector));
  }
  return selectors;
}

Result<Selectors> parse_narrow_selectors(const std::vector<std::string>& texts) {
  Result<Selectors> selectors = parse_selectors(texts);
  if (selectors && !std::all_of(selectors->begin(), selectors->end(), is_narrow))
    return invalid_input("match[] must contain at least one non-empty matcher");
  return selectors;
}

bool matches(const promql::VectorSelector& selector, const Labels& labels) {
  return std::all_of(selector.matchers.begin(), selector.matchers.end(), [&](const promql::Matcher& matcher) {
    return matcher.matches(promql::label_value(labels, matcher.name));
  });
}

std::vector<SeriesId> select_series(const SeriesStore& store, const Selectors& selectors) {
  std::vector<SeriesId> found;
  for (const promql::VectorSelector& selector : selectors) add_matching(store, selector, found);
  if (selectors.empty())
    for (SeriesId series = 0; series < store.series_count(); ++series) found.push_back(series);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::sort(found.begin(), found.end(),
            [&](SeriesId a, SeriesId b) { return store.labels(a) < store.labels(b); });
  return found;
}

}  // namespace muster::prom
