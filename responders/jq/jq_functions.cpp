// The functions that a jq filter may call.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "responders/jq/jq_filter.hpp"
#include "responders/jq/jq_outputs.hpp"
#include "responders/text/base64.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

JsonValue whole(std::size_t value) {
  return static_cast<std::int64_t>(value);
}

/// The first output of an argument.
Result<JsonValue> argument(const JqFilter& call, std::size_t index, const JsonValue& input) {
  auto values = run_jq(*call.parts[index], input);
  if (!values) return values.error();
  return values->empty() ? JsonValue() : values->front();
}

Error has_no(const JsonValue& value, const char* what) {
  return invalid_input(
      fmt::format("{} ({}) has no {}", value.is_bool() ? "boolean" : "number", to_json(value), what));
}

JqOutputs length(const JqFilter&, const JsonValue& input) {
  if (input.is_bool()) return has_no(input, "length");
  if (input.is_number()) return one_output(input);
  return one_output(input.is_string()  ? whole(input.text().size())
                    : input.is_array() ? whole(input.items().size())
                                       : whole(input.members().size()));
}

JqOutputs keys(const JqFilter&, const JsonValue& input) {
  JsonValue list = JsonValue::array();
  if (!input.is_object() && !input.is_array()) return has_no(input, "keys");
  for (const auto& [key, value] : input.members()) list.append(key);
  for (std::size_t i = 0; i < input.items().size(); ++i) list.append(whole(i));
  return one_output(list);
}

JqOutputs map(const JqFilter& call, const JsonValue& input) {
  if (!input.is_array() && !input.is_object())
    return invalid_input("Cannot iterate over " + std::string(input.is_null() ? "null" : "a scalar"));
  JsonValue list = JsonValue::array();
  for (const JsonValue& each : input.items()) {
    auto values = run_jq(*call.parts[0], each);
    if (!values) return values;
    for (JsonValue& value : *values) list.append(std::move(value));
  }
  return one_output(list);
}

JqOutputs select(const JqFilter& call, const JsonValue& input) {
  auto tests = run_jq(*call.parts[0], input);
  if (!tests) return tests;
  std::vector<JsonValue> out;
  for (const JsonValue& test : *tests)
    if (holds(test)) out.push_back(input);
  return out;
}

/// The items with what `call`'s argument makes of each (itself without one), stably sorted by it.
Result<std::vector<std::pair<JsonValue, JsonValue>>> keyed(const JqFilter& call, const JsonValue& input) {
  std::vector<std::pair<JsonValue, JsonValue>> pairs;
  if (!input.is_array())
    return invalid_input(fmt::format("{} cannot be sorted, as it is not an array", to_json(input)));
  for (const JsonValue& each : input.items()) {
    if (call.parts.empty()) {
      pairs.emplace_back(each, each);
      continue;
    }
    auto key = run_jq(*call.parts[0], each);
    if (!key) return key.error();
    pairs.emplace_back(JsonValue(JsonValue::Array(std::move(*key))), each);
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return jq_order(a.first, b.first) < 0; });
  return pairs;
}

JqOutputs sort(const JqFilter& call, const JsonValue& input) {
  auto pairs = keyed(call, input);
  if (!pairs) return pairs.error();
  JsonValue list = JsonValue::array();
  for (auto& [key, value] : *pairs) list.append(std::move(value));
  return one_output(list);
}

JqOutputs unique(const JqFilter& call, const JsonValue& input) {
  auto pairs = keyed(call, input);
  if (!pairs) return pairs.error();
  JsonValue list = JsonValue::array();
  for (std::size_t i = 0; i < pairs->size(); ++i)
    if (i == 0 || (*pairs)[i].first != (*pairs)[i - 1].first) list.append((*pairs)[i].second);
  return one_output(list);
}

JqOutputs group(const JqFilter& call, const JsonValue& input) {
  auto pairs = keyed(call, input);
  if (!pairs) return pairs.error();
  JsonValue list = JsonValue::array();
  for (std::size_t i = 0; i < pairs->size(); ++i) {
    if (i == 0 || (*pairs)[i].first != (*pairs)[i - 1].first) list.append(JsonValue::array());
    list.mutable_items().back().append((*pairs)[i].second);
  }
  return one_output(list);
}

JqOutputs extreme(const JqFilter& call, const JsonValue& input) {
  auto pairs = keyed(call, input);
  if (!pairs) return pairs.error();
  if (pairs->empty()) return one_output(JsonValue());
  return one_output(call.text.starts_with("min") ? pairs->front().second : pairs->back().second);
}

JqOutputs add(const JqFilter&, const JsonValue& input) {
  static const auto plus = parse_jq(".[0] + .[1]").value();
  JsonValue sum;
  for (const JsonValue& each : input.items()) {
    auto next = run_jq(*plus, JsonValue(JsonValue::Array{sum, each}));
    if (!next) return next;
    sum = next->front();
  }
  return one_output(sum);
}

JqOutputs any_or_all(const JqFilter& call, const JsonValue& input) {
  const bool any = call.text == "any";
  for (const JsonValue& each : input.items()) {
    JsonValue test = each;
    if (!call.parts.empty()) {
      auto value = run_jq(*call.parts[0], each);
      if (!value) return value;
      test = value->empty() ? JsonValue() : value->front();
    }
    if (holds(test) == any) return one_output(any);
  }
  return one_output(!any);
}

JqOutputs end_of(const JqFilter& call, const JsonValue& input) {
  JsonValue::Array items = input.items();
  if (!call.parts.empty()) {
    auto values = run_jq(*call.parts[0], input);
    if (!values) return values;
    items = *values;
    if (items.empty()) return std::vector<JsonValue>{};
  }
  if (items.empty()) return one_output(JsonValue());
  return one_output(call.text == "first" ? items.front() : items.back());
}

JqOutputs reverse(const JqFilter&, const JsonValue& input) {
  return one_output(JsonValue(JsonValue::Array(input.items().rbegin(), input.items().rend())));
}

JqOutputs to_entries(const JqFilter&, const JsonValue& input) {
  JsonValue list = JsonValue::array();
  for (const auto& [key, value] : input.members()) {
    JsonValue entry = JsonValue::object();
    entry.member("key") = key;
    entry.member("value") = value;
    list.append(std::move(entry));
  }
  return one_output(list);
}

JqOutputs from_entries(const JqFilter&, const JsonValue& input) {
  JsonValue object = JsonValue::object();
  for (const JsonValue& entry : input.items())
    object.member(display_text(entry.has("key") ? entry["key"] : entry["name"])) = entry["value"];
  return one_output(object);
}

JqOutputs has(const JqFilter& call, const JsonValue& input) {
  const auto key = argument(call, 0, input);
  if (!key) return key.error();
  if (input.is_array()) return one_output(key->whole(-1) >= 0 && key->whole() < std::ssize(input.items()));
  return one_output(input.members().contains(key->text()));
}

bool contains_value(const JsonValue& value, const JsonValue& part) {
  if (value.is_string() && part.is_string()) return value.text().find(part.text()) != std::string::npos;
  if (value.is_array() && part.is_array())
    return std::all_of(part.items().begin(), part.items().end(), [&](const JsonValue& wanted) {
      return std::any_of(value.items().begin(), value.items().end(),
                         [&](const JsonValue& each) { return contains_value(each, wanted); });
    });
  if (value.is_object() && part.is_object())
    return std::all_of(part.members().begin(), part.members().end(), [&](const auto& member) {
      return value.members().contains(member.first) && contains_value(value[member.first], member.second);
    });
  return value == part;
}

JqOutputs with_text(const JqFilter& call, const JsonValue& input) {
  const auto given = argument(call, 0, input);
  if (!given) return given.error();
  if (call.text == "contains") return one_output(contains_value(input, *given));
  if (call.text == "join") {
    std::vector<std::string> parts;
    for (const JsonValue& each : input.items()) parts.push_back(each.is_null() ? "" : display_text(each));
    return one_output(join(parts, given->text()));
  }
  if (!input.is_string()) return invalid_input(fmt::format("{}() requires string inputs", call.text));
  const std::string &text = input.text(), &other = given->text();
  if (call.text == "startswith") return one_output(text.starts_with(other));
  if (call.text == "endswith") return one_output(text.ends_with(other));
  if (call.text == "ltrimstr") return one_output(text.starts_with(other) ? text.substr(other.size()) : text);
  if (call.text == "rtrimstr")
    return one_output(text.ends_with(other) ? text.substr(0, text.size() - other.size()) : text);
  if (call.text == "test") {
    const re2::RE2 expression(other, re2::RE2::Quiet);
    if (!expression.ok()) return invalid_input(fmt::format("{} (at offset 0) is not a valid regex", other));
    return one_output(re2::RE2::PartialMatch(text, expression));
  }
  JsonValue list = JsonValue::array();  // split
  for (std::size_t at = 0;;) {
    const auto end = other.empty() ? std::string::npos : text.find(other, at);
    list.append(text.substr(at, end - at));
    if (end == std::string::npos) return one_output(list);
    at = end + other.size();
  }
}

JqOutputs convert(const JqFilter& call, const JsonValue& input) {
  if (call.text == "not") return one_output(!holds(input));
  if (call.text == "empty") return std::vector<JsonValue>{};
  if (call.text == "tostring")
    return one_output(input.is_string() ? input.text() : input.is_null() ? "null" : to_json(input));
  if (call.text == "ascii_downcase") return one_output(lower_case(input.text()));
  if (call.text == "tojson") return one_output(to_json(input));
  if (call.text == "type")
    return one_output(input.is_null()     ? "null"
                      : input.is_bool()   ? "boolean"
                      : input.is_number() ? "number"
                      : input.is_string() ? "string"
                      : input.is_array()  ? "array"
                                          : "object");
  if (call.text == "tonumber") {
    if (input.is_number()) return one_output(input);
    auto number = parse_json(input.text());
    if (!number || !number->is_number())
      return invalid_input(fmt::format("Cannot parse \"{}\" as a number", input.text()));
    return one_output(*number);
  }
  if (call.text == "@base64") return one_output(base64_encoded(display_text(input)));
  if (call.text == "@json") return one_output(to_json(input));
  if (call.text == "@base64d") {
    const auto bytes = base64_decoded(input.text());
    return bytes ? one_output(*bytes)
                 : JqOutputs(
                       invalid_input(fmt::format("string ({}) is not valid base64 data", to_json(input))));
  }
  std::vector<std::string> cells;  // @tsv, @csv
  for (const JsonValue& each : input.items())
    cells.push_back(call.text == "@csv" && each.is_string() ? "\"" + each.text() + "\""
                    : each.is_null()                        ? ""
                                                            : display_text(each));
  return one_output(join(cells, call.text == "@csv" ? "," : "\t"));
}

struct Function {
  std::string_view name;
  int arity;  ///< 9: none or one
  JqOutputs (*run)(const JqFilter& call, const JsonValue& input);
};
constexpr std::array functions{Function{"length", 0, length},
                               Function{"keys", 0, keys},
                               Function{"map", 1, map},
                               Function{"select", 1, select},
                               Function{"sort", 0, sort},
                               Function{"sort_by", 1, sort},
                               Function{"unique", 0, unique},
                               Function{"unique_by", 1, unique},
                               Function{"group_by", 1, group},
                               Function{"min", 0, extreme},
                               Function{"max", 0, extreme},
                               Function{"min_by", 1, extreme},
                               Function{"max_by", 1, extreme},
                               Function{"add", 0, add},
                               Function{"any", 9, any_or_all},
                               Function{"all", 9, any_or_all},
                               Function{"first", 9, end_of},
                               Function{"last", 9, end_of},
                               Function{"reverse", 0, reverse},
                               Function{"to_entries", 0, to_entries},
                               Function{"from_entries", 0, from_entries},
                               Function{"has", 1, has},
                               Function{"contains", 1, with_text},
                               Function{"join", 1, with_text},
                               Function{"startswith", 1, with_text},
                               Function{"endswith", 1, with_text},
                               Function{"ltrimstr", 1, with_text},
                               Function{"rtrimstr", 1, with_text},
                               Function{"test", 1, with_text},
                               Function{"split", 1, with_text},
                               Function{"not", 0, convert},
                               Function{"empty", 0, convert},
                               Function{"tostring", 0, convert},
                               Function{"tonumber", 0, convert},
                               Function{"ascii_downcase", 0, convert},
                               Function{"type", 0, convert},
                               Function{"tojson", 0, convert},
                               Function{"@base64", 0, convert},
                               Function{"@base64d", 0, convert},
                               Function{"@json", 0, convert},
                               Function{"@tsv", 0, convert},
                               Function{"@csv", 0, convert}};

const Function* find_function(std::string_view name) {
  const auto found = std::find_if(functions.begin(), functions.end(),
                                  [&](const Function& each) { return each.name == name; });
  return found == functions.end() ? nullptr : &*found;
}

}  // namespace

int jq_arity(std::string_view name) {
  const Function* function = find_function(name);
  return function == nullptr ? -1 : function->arity;
}

Result<std::vector<JsonValue>> call_jq(const JqFilter& call, const JsonValue& input) {
  return find_function(call.text)->run(call, input);
}

}  // namespace muster
