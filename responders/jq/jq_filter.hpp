// jq filters as a tree: the part of the language that responders type (jqlang.org, manual of 1.6).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "responders/text/json_value.hpp"

namespace muster {

struct JqFilter {
  enum class Kind : std::uint8_t {
    identity,  ///< .
    field,     ///< parts[0] then .text
    index,     ///< parts[0] [ parts[1] ]
    slice,     ///< parts[0] [ from : to ]; a missing bound is a null part
    iterate,   ///< parts[0] []
    optional,  ///< parts[0] ?
    literal,   ///< value
    text,      ///< "a \(b)": parts; literals and filters in turn
    pipe,      ///< parts[0] | parts[1]
    comma,     ///< parts[0] , parts[1]
    binary,    ///< parts[0] text parts[1]
    negated,   ///< - parts[0]
    list,      ///< [ parts[0] ], or empty
    object,    ///< pairs of key and value
    call,      ///< text(parts...)
    condition  ///< if parts[0] then parts[1] else parts[2] end
  };
  Kind kind = Kind::identity;
  std::string text;
  JsonValue value;
  std::vector<std::shared_ptr<const JqFilter>> parts;
};
using JqFilterPtr = std::shared_ptr<const JqFilter>;

/// Error: invalid_input with what is wrong, or which word is not built.
Result<JqFilterPtr> parse_jq(std::string_view text);

/// The outputs for one input, in order. Error: jq's text, without "jq: error (at <stdin>:0): ".
Result<std::vector<JsonValue>> run_jq(const JqFilter& filter, const JsonValue& input);

/// The words that a filter may call, with the number of their arguments.
int jq_arity(std::string_view name);  ///< -1: there is none of that name
Result<std::vector<JsonValue>> call_jq(const JqFilter& call, const JsonValue& input);
/// -1, 0, 1 in jq's order: null, false, true, numbers, texts, lists, objects.
int jq_order(const JsonValue& a, const JsonValue& b);

}  // namespace muster
