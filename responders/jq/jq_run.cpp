#include <fmt/format.h>

#include <algorithm>

#include "responders/jq/jq_filter.hpp"
#include "responders/jq/jq_outputs.hpp"

namespace muster {
namespace {

using Kind = JqFilter::Kind;

const char* type_name(const JsonValue& value) {
  return value.is_null()     ? "null"
         : value.is_bool()   ? "boolean"
         : value.is_number() ? "number"
         : value.is_string() ? "string"
         : value.is_array()  ? "array"
                             : "object";
}

Error cannot(const std::string& what) {
  return invalid_input("Cannot " + what);
}

Result<JsonValue> look_up(const JsonValue& value, const JsonValue& key) {
  if (value.is_null()) return JsonValue();
  if (value.is_object() && key.is_string()) return value[key.text()];
  if (value.is_array() && key.is_number()) {
    const auto size = static_cast<std::int64_t>(value.items().size());
    const std::int64_t at = key.whole() < 0 ? key.whole() + size : key.whole();
    return at < 0 || at >= size ? JsonValue() : value.at(static_cast<std::size_t>(at));
  }
  if (key.is_string())
    return cannot(fmt::format("index {} with {}\"{}\"", type_name(value), value.is_array() ? "string " : "",
                              key.text()));
  return cannot(fmt::format("index {} with {}", type_name(value), type_name(key)));
}

JqOutputs iterate(const JsonValue& value) {
  std::vector<JsonValue> out;
  if (value.is_array()) return value.items();
  if (!value.is_object()) return cannot(fmt::format("iterate over {}", type_name(value)));
  for (const auto& [key, inner] : value.members()) out.push_back(inner);
  return out;
}

JsonValue sum_number(double value, bool whole) {
  return whole ? JsonValue(static_cast<std::int64_t>(value)) : JsonValue(value);
}

Result<JsonValue> add(const JsonValue& a, const JsonValue& b) {
  if (a.is_null()) return b;
  if (b.is_null()) return a;
  if (a.is_number() && b.is_number()) return sum_number(a.real() + b.real(), a.is_whole() && b.is_whole());
  if (a.is_string() && b.is_string()) return JsonValue(a.text() + b.text());
  JsonValue sum = a;
  if (a.is_array() && b.is_array())
    for (const JsonValue& each : b.items()) sum.append(each);
  else if (a.is_object() && b.is_object())
    for (const auto& [key, value] : b.members()) sum.member(key) = value;
  else
    return invalid_input(fmt::format("{} ({}) and {} ({}) cannot be added", type_name(a), to_json(a),
                                     type_name(b), to_json(b)));
  return sum;
}

Result<JsonValue> subtract(const JsonValue& a, const JsonValue& b) {
  if (a.is_number() && b.is_number()) return sum_number(a.real() - b.real(), a.is_whole() && b.is_whole());
  if (!a.is_array() || !b.is_array())
    return invalid_input(fmt::format("{} ({}) and {} ({}) cannot be subtracted", type_name(a), to_json(a),
                                     type_name(b), to_json(b)));
  JsonValue rest = JsonValue::array();
  for (const JsonValue& each : a.items()) {
    bool gone = false;
    for (const JsonValue& other : b.items()) gone = gone || each == other;
    if (!gone) rest.append(each);
  }
  return rest;
}

Result<JsonValue> multiply(const std::string& op, const JsonValue& a, const JsonValue& b) {
  if (!a.is_number() || !b.is_number())
    return invalid_input(fmt::format("{} ({}) and {} ({}) cannot be {}", type_name(a), to_json(a),
                                     type_name(b), to_json(b), op == "*" ? "multiplied" : "divided"));
  const bool whole = a.is_whole() && b.is_whole();
  if (op == "*") return sum_number(a.real() * b.real(), whole);
  if (b.real() == 0)
    return invalid_input(fmt::format(
        "number ({}) and number ({}) cannot be divided because the divisor is zero", to_json(a), to_json(b)));
  if (op == "%") return JsonValue(a.whole() % b.whole(1));
  return sum_number(a.real() / b.real(), whole && a.whole() % b.whole() == 0);
}

Result<JsonValue> combine(const std::string& op, const JsonValue& a, const JsonValue& b) {
  if (op == "+") return add(a, b);
  if (op == "-") return subtract(a, b);
  if (op == "*" || op == "/" || op == "%") return multiply(op, a, b);
  const int order = jq_order(a, b);
  if (op == "==") return JsonValue(order == 0);
  if (op == "!=") return JsonValue(order != 0);
  if (op == "<") return JsonValue(order < 0);
  if (op == "<=") return JsonValue(order <= 0);
  return JsonValue(op == ">" ? order > 0 : order >= 0);
}

/// Every output of `first`, then of `second`, joined by `join`.
template <class Join>
JqOutputs for_each_pair(const JqFilter& first, const JqFilter& second, const JsonValue& input, Join join) {
  const JqOutputs right = run_jq(second, input);
  if (!right) return right.error();
  const JqOutputs left = run_jq(first, input);
  if (!left) return left.error();
  std::vector<JsonValue> out;
  for (const JsonValue& b : *right)
    for (const JsonValue& a : *left) {
      auto joined = join(a, b);
      if (!joined) return joined.error();
      out.push_back(std::move(*joined));
    }
  return out;
}

JqOutputs run_logic(const JqFilter& filter, const JsonValue& input) {
  const JqOutputs left = run_jq(*filter.parts[0], input);
  if (filter.text == "//") {
    std::vector<JsonValue> kept;
    if (left)
      for (const JsonValue& each : *left)
        if (holds(each)) kept.push_back(each);
    return kept.empty() ? run_jq(*filter.parts[1], input) : JqOutputs(std::move(kept));
  }
  if (!left) return left.error();
  std::vector<JsonValue> out;
  for (const JsonValue& a : *left) {
    const bool decided = filter.text == "and" ? !holds(a) : holds(a);
    if (decided) {
      out.emplace_back(filter.text == "or");
      continue;
    }
    const JqOutputs right = run_jq(*filter.parts[1], input);
    if (!right) return right.error();
    for (const JsonValue& b : *right) out.emplace_back(holds(b));
  }
  return out;
}

JqOutputs run_pipe(const JqFilter& filter, const JsonValue& input) {
  const JqOutputs left = run_jq(*filter.parts[0], input);
  if (!left) return left.error();
  std::vector<JsonValue> out;
  for (const JsonValue& each : *left) {
    JqOutputs right = run_jq(*filter.parts[1], each);
    if (!right) return right.error();
    for (JsonValue& value : *right) out.push_back(std::move(value));
  }
  return out;
}

JqOutputs run_comma(const JqFilter& filter, const JsonValue& input) {
  JqOutputs left = run_jq(*filter.parts[0], input);
  if (!left) return left;
  const JqOutputs right = run_jq(*filter.parts[1], input);
  if (!right) return right.error();
  left->insert(left->end(), right->begin(), right->end());
  return left;
}

JqOutputs run_slice(const JqFilter& filter, const JsonValue& input) {
  const JqOutputs base = run_jq(*filter.parts[0], input), from = run_jq(*filter.parts[1], input),
                  to = run_jq(*filter.parts[2], input);
  for (const JqOutputs* each : {&base, &from, &to})
    if (!*each) return each->error();
  const JsonValue& value = base->front();
  if (value.is_null()) return one_output(JsonValue());
  if (!value.is_array() && !value.is_string())
    return cannot(fmt::format("index {} with object", type_name(value)));
  const auto size = static_cast<std::int64_t>(value.is_array() ? value.items().size() : value.text().size());
  const auto bound = [&](const JsonValue& given, std::int64_t otherwise) {
    const std::int64_t at = given.is_null()     ? otherwise
                            : given.whole() < 0 ? given.whole() + size
                                                : given.whole();
    return std::clamp<std::int64_t>(at, 0, size);
  };
  const std::int64_t begin = bound(from->front(), 0), end = std::max(begin, bound(to->front(), size));
  if (value.is_string())
    return one_output(
        value.text().substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
  return one_output(JsonValue(JsonValue::Array(value.items().begin() + begin, value.items().begin() + end)));
}

JqOutputs run_text(const JqFilter& filter, const JsonValue& input) {
  std::string text;
  for (const auto& part : filter.parts) {
    const JqOutputs value = run_jq(*part, input);
    if (!value) return value.error();
    if (!value->empty()) text += value->front().is_null() ? "null" : display_text(value->front());
  }
  return one_output(text);
}

/// One object for every combination of the values' outputs.
JqOutputs run_object(const JqFilter& filter, const JsonValue& input) {
  std::vector<JsonValue> objects{JsonValue::object()};
  for (std::size_t i = 0; i + 1 < filter.parts.size(); i += 2) {
    const JqOutputs keys = run_jq(*filter.parts[i], input), values = run_jq(*filter.parts[i + 1], input);
    if (!keys) return keys.error();
    if (!values) return values.error();
    std::vector<JsonValue> next;
    for (const JsonValue& object : objects)
      for (const JsonValue& key : *keys)
        for (const JsonValue& value : *values) {
          if (!key.is_string()) return invalid_input(fmt::format("Object keys must be strings"));
          next.push_back(object);
          next.back().member(key.text()) = value;
        }
    objects = std::move(next);
  }
  return objects;
}

JqOutputs run_condition(const JqFilter& filter, const JsonValue& input) {
  const JqOutputs tests = run_jq(*filter.parts[0], input);
  if (!tests) return tests.error();
  std::vector<JsonValue> out;
  for (const JsonValue& test : *tests) {
    JqOutputs chosen = run_jq(*filter.parts[holds(test) ? 1 : 2], input);
    if (!chosen) return chosen;
    for (JsonValue& value : *chosen) out.push_back(std::move(value));
  }
  return out;
}

JqOutputs run_on_base(const JqFilter& filter, const JsonValue& input) {
  const JqOutputs base = run_jq(*filter.parts[0], input);
  if (filter.kind == Kind::optional) return base ? base : std::vector<JsonValue>{};
  if (!base) return base.error();
  std::vector<JsonValue> out;
  for (const JsonValue& each : *base) {
    if (filter.kind == Kind::iterate) {
      JqOutputs inner = iterate(each);
      if (!inner) return inner;
      for (JsonValue& value : *inner) out.push_back(std::move(value));
      continue;
    }
    if (filter.kind == Kind::negated) {
      if (!each.is_number())
        return invalid_input(fmt::format("{} ({}) cannot be negated", type_name(each), to_json(each)));
      out.push_back(sum_number(-each.real(), each.is_whole()));
      continue;
    }
    auto found = look_up(each, JsonValue(filter.text));
    if (!found) return found.error();
    out.push_back(std::move(*found));
  }
  return out;
}

JqOutputs run_list(const JqFilter& filter, const JsonValue& input) {
  if (filter.parts.empty()) return one_output(JsonValue::array());
  JqOutputs inner = run_jq(*filter.parts[0], input);
  if (!inner) return inner;
  return one_output(JsonValue(JsonValue::Array(std::move(*inner))));
}

}  // namespace

int jq_order(const JsonValue& a, const JsonValue& b) {
  const auto rank = [](const JsonValue& value) {
    return value.is_null()     ? 0
           : value.is_bool()   ? (value.truth() ? 2 : 1)
           : value.is_number() ? 3
           : value.is_string() ? 4
           : value.is_array()  ? 5
                               : 6;
  };
  if (rank(a) != rank(b)) return rank(a) < rank(b) ? -1 : 1;
  if (a.is_number()) return a.real() < b.real() ? -1 : a.real() > b.real() ? 1 : 0;
  if (a.is_string()) return a.text().compare(b.text()) < 0 ? -1 : a.text() == b.text() ? 0 : 1;
  if (!a.is_array()) return a == b ? 0 : to_json(a) < to_json(b) ? -1 : 1;
  for (std::size_t i = 0; i < std::min(a.items().size(), b.items().size()); ++i)
    if (const int order = jq_order(a.at(i), b.at(i)); order != 0) return order;
  return a.items().size() == b.items().size() ? 0 : a.items().size() < b.items().size() ? -1 : 1;
}

Result<std::vector<JsonValue>> run_jq(const JqFilter& filter, const JsonValue& input) {
  switch (filter.kind) {
    case Kind::identity:
      return one_output(input);
    case Kind::literal:
      return one_output(filter.value);
    case Kind::field:
    case Kind::iterate:
    case Kind::optional:
    case Kind::negated:
      return run_on_base(filter, input);
    case Kind::index:
      return for_each_pair(*filter.parts[0], *filter.parts[1], input, look_up);
    case Kind::slice:
      return run_slice(filter, input);
    case Kind::text:
      return run_text(filter, input);
    case Kind::pipe:
      return run_pipe(filter, input);
    case Kind::comma:
      return run_comma(filter, input);
    case Kind::binary:
      if (filter.text == "//" || filter.text == "and" || filter.text == "or") return run_logic(filter, input);
      return for_each_pair(
          *filter.parts[0], *filter.parts[1], input,
          [&](const JsonValue& a, const JsonValue& b) { return combine(filter.text, a, b); });
    case Kind::list:
      return run_list(filter, input);
    case Kind::object:
      return run_object(filter, input);
    case Kind::call:
      return call_jq(filter, input);
    case Kind::condition:
      return run_condition(filter, input);
  }
  return one_output(input);
}

}  // namespace muster
