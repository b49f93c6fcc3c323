#include "responders/condition/comparison.hpp"

#include <re2/re2.h>

#include <charconv>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

std::optional<double> number_of(std::string_view text) {
  const std::string_view plain = trimmed(text);
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
  return value;
}

bool bound_holds(const Comparison& test, const std::string& value) {
  const auto number = number_of(value);
  if (!number) return false;
  return test.kind == Comparison::Kind::at_least ? *number >= test.number : *number <= test.number;
}

bool holds(const Comparison& test, const std::optional<std::string>& value) {
  if (test.kind == Comparison::Kind::exists) return value.has_value() == test.wanted;
  if (!value) return false;
  if (test.kind == Comparison::Kind::equals) return *value == test.text;
  if (test.kind == Comparison::Kind::matches) return first_match(test.text, *value).has_value();
  return bound_holds(test, *value);
}

std::string told(const Comparison& test) {
  switch (test.kind) {
    case Comparison::Kind::equals:
      return fmt::format("\"{}\"", test.text);
    case Comparison::Kind::matches:
      return fmt::format("like {}", test.text);
    case Comparison::Kind::at_least:
      return fmt::format("at least {}", test.number);
    case Comparison::Kind::at_most:
      return fmt::format("at most {}", test.number);
    case Comparison::Kind::exists:
      return test.wanted ? "there" : "absent";
  }
  return {};
}

}  // namespace

std::vector<Field> comparison_fields() {
  return {{"equals", FieldType::text, false, "the value is exactly this"},
          {"matches", FieldType::text, false, "a regular expression (RE2) is found in the value"},
          {"atLeast", FieldType::number, false, "the value is a number and not smaller", {}, {}, -1e18, 1e18},
          {"atMost", FieldType::number, false, "the value is a number and not greater", {}, {}, -1e18, 1e18},
          {"exists", FieldType::flag, false, "whether there is a value at all; without any test: true"}};
}

std::vector<Comparison> read_comparisons(FieldReader& reader) {
  std::vector<Comparison> tests;
  const std::string equals = reader.text("equals"), matches = reader.text("matches");
  const double least = reader.number("atLeast"), most = reader.number("atMost");
  const bool exists = reader.flag("exists", true);
  if (reader.has("equals")) tests.push_back({Comparison::Kind::equals, equals});
  if (reader.has("matches")) {
    if (const auto checked = check_expression(matches); !checked)
      reader.fail("matches", checked.error().message);
    tests.push_back({Comparison::Kind::matches, matches});
  }
  if (reader.has("atLeast")) tests.push_back({Comparison::Kind::at_least, {}, least});
  if (reader.has("atMost")) tests.push_back({Comparison::Kind::at_most, {}, most});
  if (reader.has("exists")) tests.push_back({Comparison::Kind::exists, {}, 0, exists});
  return tests;
}

bool passes(const std::vector<Comparison>& tests, const std::optional<std::string>& value, std::string& why) {
  static const std::vector<Comparison> there{Comparison{}};
  for (const Comparison& test : tests.empty() ? there : tests) {
    if (holds(test, value)) continue;
    why = fmt::format("{}, not {}", value ? fmt::format("is \"{}\"", *value) : "is not there", told(test));
    return false;
  }
  return true;
}

std::optional<std::string> first_match(const std::string& expression, const std::string& text) {
  const re2::RE2 pattern(expression, re2::RE2::Quiet);
  if (!pattern.ok()) return std::nullopt;
  re2::StringPiece found[2];
  const int groups = pattern.NumberOfCapturingGroups() > 0 ? 2 : 1;
  if (!pattern.Match(text, 0, text.size(), re2::RE2::UNANCHORED, found, groups)) return std::nullopt;
  const re2::StringPiece& part = found[groups - 1];
  return std::string(part.data() == nullptr ? "" : part.data(), part.size());
}

Result<void> check_expression(const std::string& expression) {
  const re2::RE2 pattern(expression, re2::RE2::Quiet);
  if (pattern.ok()) return {};
  return invalid_input(fmt::format("not a regular expression: {}", pattern.error()));
}

}  // namespace muster
