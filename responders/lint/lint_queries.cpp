// Queries that Prometheus refuses, and queries that it answers otherwise than the text says. Those in
// comments too: a reader copies them.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "responders/lint/runbook_page.hpp"
#include "responders/runbook/line_kind.hpp"
#include "responders/runbook/placeholder_text.hpp"
#include "responders/text/lines.hpp"
#include "sim/spelling.hpp"
#include "telemetry/promql/functions.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster {
namespace {

using promql::Expression;

struct QueryText {
  int line = 0;
  std::string text;
  std::string said;  ///< what the runbook says it is, in lower case
};

/// "# - Error rate: rate(...)": the words before the colon, and what follows them if it is a query.
std::vector<QueryText> queries_in_comment(int line, const std::string& comment) {
  static const re2::RE2 labelled(R"(#[\s#*-]*([A-Za-z][A-Za-z0-9 /_-]*): +(.+))");
  static const re2::RE2 metric(R"([a-z_:][a-z0-9_:]*_[a-z0-9_:]*)");
  std::string said, rest;
  if (!re2::RE2::FullMatch(comment, labelled, &said, &rest)) return {};
  said = lower_case(said);
  if (classify_line(rest) == LineKind::query) return {{line, rest, said}};
  std::vector<QueryText> found;
  for (const std::string& part : split_at(rest, ',')) {
    const std::string name(trimmed(part));
    if (!re2::RE2::FullMatch(name, metric)) return {};
    found.push_back({line, name, said});
  }
  return found;
}

std::vector<QueryText> queries_of(const RunbookPage& page) {
  std::vector<QueryText> all;
  for (const RunbookStep& step : page.document().steps)
    if (step.kind == StepKind::query) all.push_back({step.line, step.text, lower_case(step.explanation)});
  for (const ClassifiedLine& line : page.document().fenced_lines) {
    if (line.kind != LineKind::comment && line.kind != LineKind::note) continue;
    for (QueryText& query : queries_in_comment(line.line, line.text)) all.push_back(std::move(query));
  }
  return all;
}

template <class Predicate>
bool any_node(const Expression& node, const Predicate& holds) {
  if (holds(node)) return true;
  bool found = false;
  promql::for_each_child(node, [&](const Expression& child) { found = found || any_node(child, holds); });
  return found;
}

bool calls(const Expression& node, std::initializer_list<std::string_view> names) {
  const auto* call = node.as<promql::Call>();
  return call && call->function && std::find(names.begin(), names.end(), call->function->name) != names.end();
}

bool takes_a_rate(const Expression& tree) {
  return any_node(tree, [](const Expression& node) { return calls(node, {"rate", "irate", "increase"}); });
}

bool divides(const Expression& tree) {
  return any_node(tree, [](const Expression& node) {
    const auto* binary = node.as<promql::Binary>();
    return binary && binary->op == promql::Operator::div;
  });
}

/// status=~"5..", code="500": counts failures.
bool selects_errors(const Expression& tree) {
  return any_node(tree, [](const Expression& node) {
    const auto* selector = node.as<promql::VectorSelector>();
    return selector &&
           std::any_of(selector->matchers.begin(), selector->matchers.end(), [](const auto& matcher) {
             return (matcher.name == "status" || matcher.name == "code") && matcher.value.starts_with('5');
           });
  });
}

void check_quantiles(RunbookPage& page, const QueryText& query, const Expression& tree) {
  const bool quantile =
      any_node(tree, [](const Expression& node) { return calls(node, {"histogram_quantile"}); });
  if (!quantile) return;
  const bool summed =
      any_node(tree, [](const Expression& node) { return node.as<promql::Aggregation>() != nullptr; });
  if (!takes_a_rate(tree))
    page.error("quantile-of-a-lifetime", query.line, query.text,
               "without rate() the quantile is that of all requests since the process began; a fresh change "
               "hardly moves it");
  else if (!summed)
    page.warn("quantile-per-series", query.line, query.text,
              "without sum by (le) there is an answer for every series, each pod and endpoint by itself");
}

void check_error_rate(RunbookPage& page, const QueryText& query, const Expression& tree) {
  if (!selects_errors(tree) || divides(tree)) return;
  if (query.said.find("error rate") != std::string::npos)
    page.error("errors-without-requests", query.line, query.text,
               "gives errors per second, not a rate of errors: a threshold in percent needs it divided by "
               "all requests");
  page.note("errors-vanish-with-the-pods", query.line, query.text,
            "pods that are down export nothing, so this is empty when all of them are: an outage needs a "
            "probe from outside");
}

void check_metrics(RunbookPage& page, const QueryText& query, const Expression& tree,
                   std::set<std::string>& told) {
  const std::set<std::string>& known = page.beside().metrics;
  if (known.empty()) return;
  const std::vector<std::string> words(known.begin(), known.end());
  (void)any_node(tree, [&](const Expression& node) {
    const auto* selector = node.as<promql::VectorSelector>();
    if (selector && !selector->name.empty() && !known.contains(selector->name) &&
        selector->name.find(':') == std::string::npos && told.insert(selector->name).second)
      page.warn("metric-not-exported", query.line, selector->name,
                fmt::format("asks for the metric \"{}\", which nothing exports here{}", selector->name,
                            did_you_mean(selector->name, words)));
    return false;
  });
}

void check_counter(RunbookPage& page, const QueryText& query, const Expression& tree) {
  const auto* selector = promql::without_parens(tree).as<promql::VectorSelector>();
  if (selector && selector->name.ends_with("_total"))
    page.warn("counter-without-rate", query.line, query.text,
              "a counter only says how much there has been since the process began; rate() says how much "
              "there is now");
}

}  // namespace

void lint_queries(RunbookPage& page) {
  std::set<std::string> told;
  for (const QueryText& query : queries_of(page)) {
    const auto tree = promql::parse(without_placeholders(query.text));
    if (!tree) {
      page.error("query-refused", query.line, query.text, "Prometheus refuses it: " + tree.error().message);
      continue;
    }
    check_quantiles(page, query, **tree);
    check_error_rate(page, query, **tree);
    check_counter(page, query, **tree);
    check_metrics(page, query, **tree, told);
  }
}

}  // namespace muster
