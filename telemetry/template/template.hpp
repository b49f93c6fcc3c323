// Go's text/template, as far as alert rules and `kubectl -o go-template` use it: actions, pipelines,
// variables, if, range, with, and named templates, with Prometheus' functions (template/template.go) or
// kubectl's (k8s.io/cli-runtime/pkg/printers/template.go).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"
#include "telemetry/sample_sink.hpp"

namespace muster::text_template {

/// One element of what `query` gave.
struct Sample {
  Labels labels;
  double value = 0;
};

/// What an expression inside an action is.
struct Value {
  enum class Kind { nothing, boolean, number, text, labels, sample, samples, map, list, time, data };
  Kind kind = Kind::nothing;
  double number = 0;     ///< also of a boolean; of a time: Unix seconds
  bool integer = false;  ///< the number is an int for Go, which does not compare it with a float
  std::string text;
  Labels labels;                  ///< of `labels` and `sample`
  std::vector<Sample> samples;    ///< of `samples`
  std::vector<std::string> keys;  ///< of `map`, sorted
  std::vector<Value> values;      ///< [i]: of keys[i]; of `list` the elements

  static Value of(bool value);
  static Value of(double value, bool integer = false);
  static Value of(std::string value);
  static Value of(Labels value);
  static Value of(const Sample& sample);
  static Value of(std::vector<Sample> samples);
  /// Go's idea of it in `if`.
  bool truth() const;
  /// As %v prints it.
  std::string shown() const;
};

/// What the template may ask for.
struct Context {
  const Labels& labels;
  double value = 0;
  /// Answers `query`; empty: every query is an error.
  std::function<Result<std::vector<Sample>>(const std::string& expression)> query = {};
  /// What `.` and `$` are, for a template about something else than an alert; outlives the expansion.
  const Value* data = nullptr;
};

struct Node;
struct Template {
  std::vector<Node> nodes;
  std::map<std::string, std::vector<Node>> named;  ///< by `define` and `block`
};
using TemplatePtr = std::shared_ptr<const Template>;

/// Whose functions a template may call, beside Go's own.
enum class Dialect { prometheus, kubectl };

/// Error: what is wrong, in Go's words where there are some.
Result<TemplatePtr> parse(std::string_view text, Dialect dialect = Dialect::prometheus);
/// Error: the same.
Result<std::string> expand(const Template& parsed, const Context& context);

}  // namespace muster::text_template
