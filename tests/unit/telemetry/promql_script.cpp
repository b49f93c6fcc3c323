#include "tests/unit/telemetry/promql_script.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::promql::script {

namespace {

std::string trim(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::int64_t read_time_ms(const std::string& text) {
  if (const auto ms = parse_duration_ms(text)) return *ms;
  if (const auto seconds = parse_float(text)) return static_cast<std::int64_t>(*seconds * 1000);
  throw std::runtime_error("cannot read time " + text);
}

std::size_t end_of_number(const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    const bool sign = c == '+' || c == '-';
    const bool after_exponent = at > 0 && (text[at - 1] == 'e' || text[at - 1] == 'E');
    if (c == 'x' || (sign && at > 0 && !after_exponent)) break;
    ++at;
  }
  return at;
}

void append_item(const std::string& item, std::vector<std::optional<double>>& values) {
  if (item == "stale") return values.push_back(stale_marker());
  if (item[0] == '_') {
    const int count = item.size() > 1 ? static_cast<int>(*parse_float(item.substr(2))) : 1;
    values.insert(values.end(), static_cast<std::size_t>(count), std::nullopt);
    return;
  }
  const std::size_t first = end_of_number(item);
  const auto start = parse_float(item.substr(0, first));
  if (!start) throw std::runtime_error("cannot read value " + item);
  if (first == item.size()) return values.push_back(*start);
  double step = 0;
  std::size_t x = first;
  if (item[first] != 'x') {
    x = item.find('x', first);
    step = *parse_float(item.substr(first, x - first));
  }
  const int times = static_cast<int>(*parse_float(item.substr(x + 1)));
  double value = *start;
  for (int i = 0; i <= times; ++i, value += step) values.push_back(value);
}

bool almost_equal(double a, double b) {
  if (std::isnan(a) && std::isnan(b)) return true;
  if (a == b) return true;
  const double distance = std::fabs(a - b);
  if (a == 0 || b == 0 || distance < 2.3e-308) return distance < 1e-6 * 2.3e-308;
  return distance / (std::fabs(a) + std::fabs(b)) < 1e-6;
}

struct Expected {
  bool scalar = false;
  std::vector<std::pair<Labels, double>> elements;
};

class Runner {
 public:
  explicit Runner(const std::string& path) : file_(std::filesystem::path(path).filename().string()) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) lines_.push_back(line);
  }

  std::vector<CaseResult> run() {
    for (at_ = 0; at_ < lines_.size();) {
      const std::string line = trim(lines_[at_]);
      if (line.empty() || line[0] == '#') {
        ++at_;
      } else if (line == "clear") {
        data_.clear();
        ++at_;
      } else if (line.rfind("load", 0) == 0) {
        load(read_time_ms(trim(line.substr(4))));
      } else if (line.rfind("eval", 0) == 0) {
        evaluate(line);
      } else {
        throw std::runtime_error(fmt::format("{}:{}: {}", file_, at_ + 1, line));
      }
    }
    return std::move(results_);
  }

 private:
  // The indented lines below; a blank or comment line ends them.
  std::vector<std::string> block() {
    std::vector<std::string> block;
    for (++at_; at_ < lines_.size(); ++at_) {
      const std::string line = trim(lines_[at_]);
      if (line.empty() || line[0] == '#') break;
      block.push_back(line);
    }
    return block;
  }

  void load(std::int64_t step_ms) {
    for (const std::string& line : block()) {
      std::size_t values_at = 0;
      auto& samples = data_[read_series(line, values_at)];
      std::int64_t at = 0;
      for (const auto& value : read_values(line.substr(values_at))) {
        if (value) samples[at] = *value;
        at += step_ms;
      }
    }
  }

  SeriesStore store() const {
    SeriesStore store;
    for (const auto& [labels, samples] : data_) {
      const SeriesId id = store.intern(labels);
      for (const auto& [at, value] : samples) store.append(id, at, value);
    }
    return store;
  }

  void evaluate(const std::string& line) {
    std::istringstream words(line);
    std::string command, instant, at_word, time;
    words >> command >> instant >> at_word >> time;
    std::string query;
    std::getline(words, query);
    CaseResult result{fmt::format("{}:{}", file_, at_ + 1), trim(query), {}};
    Expected expected;
    for (const std::string& row : block()) {
      if (const auto number = parse_number_literal(row)) {
        expected.scalar = true;
        expected.elements = {{{}, *number}};
        continue;
      }
      std::size_t value_at = 0;
      const Labels labels = read_series(row, value_at);
      expected.elements.emplace_back(labels, *read_values(row.substr(value_at)).at(0));
    }
    result.failure = judge(command, result.query, read_time_ms(time), expected);
    results_.push_back(std::move(result));
  }

  std::string judge(const std::string& command, const std::string& query, std::int64_t at,
                    const Expected& expected) {
    const SeriesStore series = store();
    auto tree = parse(query);
    auto value = tree ? evaluate_instant(**tree, series, at, {}) : Result<Value>(tree.error());
    if (command == "eval_fail") return value ? "expected an error" : "";
    if (!value) return value.error().message;
    std::string failure = compare(*value, expected, command == "eval_ordered");
    if (!failure.empty() || command == "eval_ordered" || value->type == ValueType::string) return failure;
    constexpr std::int64_t minute = 60'000;
    auto range = evaluate_range(**tree, series, at - minute, at + minute, minute, {});
    if (!range) return "range: " + range.error().message;
    Value middle;
    middle.type = ValueType::vector;
    for (const ResultSeries& one : range->series)
      for (const Sample& sample : one.points)
        if (sample.at_ms == at) middle.series.push_back({one.labels, {sample}});
    Expected as_vector = expected;
    as_vector.scalar = false;
    failure = compare(middle, as_vector, false);
    return failure.empty() ? failure : "range: " + failure;
  }

  static std::string compare(const Value& value, const Expected& expected, bool ordered) {
    if (expected.scalar != (value.type == ValueType::scalar)) return "scalar or not";
    if (expected.scalar) {
      const double wanted = expected.elements[0].second;
      return almost_equal(value.scalar, wanted) ? "" : fmt::format("{} instead of {}", value.scalar, wanted);
    }
    if (value.series.size() != expected.elements.size())
      return fmt::format("{} elements instead of {}", value.series.size(), expected.elements.size());
    for (std::size_t i = 0; i < expected.elements.size(); ++i) {
      const auto& [labels, wanted] = expected.elements[i];
      const ResultSeries* found = nullptr;
      for (const ResultSeries& one : value.series)
        if (one.labels == labels) found = &one;
      if (ordered) found = value.series[i].labels == labels ? &value.series[i] : nullptr;
      if (!found) return "no " + print_labels(labels);
      const double got = found->points.at(0).value;
      if (!almost_equal(got, wanted))
        return fmt::format("{}: {} instead of {}", print_labels(labels), got, wanted);
    }
    return {};
  }

  std::string file_;
  std::vector<std::string> lines_;
  std::size_t at_ = 0;
  std::map<Labels, std::map<std::int64_t, double>> data_;
  std::vector<CaseResult> results_;
};

}  // namespace

std::vector<std::optional<double>> read_values(const std::string& text) {
  std::vector<std::optional<double>> values;
  std::istringstream words(text);
  for (std::string item; words >> item;) append_item(item, values);
  return values;
}

Labels read_series(const std::string& line, std::size_t& values_at) {
  std::size_t end = line.find_first_of(" \t{");
  if (end == std::string::npos) end = line.size();
  if (end < line.size() && line[end] == '{') {
    char quote = 0;
    for (; end < line.size(); ++end) {
      if (quote) {
        if (line[end] == '\\')
          ++end;
        else if (line[end] == quote)
          quote = 0;
      } else if (line[end] == '"' || line[end] == '\'') {
        quote = line[end];
      } else if (line[end] == '}') {
        ++end;
        break;
      }
    }
  }
  values_at = end;
  const std::string series = line.substr(0, end);
  if (series == "{}") return {};
  auto tree = parse(series);
  if (!tree) throw std::runtime_error(series + ": " + tree.error().message);
  if (!(*tree)->as<VectorSelector>()) throw std::runtime_error(series + " is no series");
  Labels labels;
  for (const Matcher& matcher : (*tree)->as<VectorSelector>()->matchers)
    set_label(labels, matcher.name, matcher.value);
  return labels;
}

std::vector<CaseResult> run(const std::string& path) {
  return Runner(path).run();
}

}  // namespace muster::promql::script
