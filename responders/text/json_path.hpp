// kubectl's JSONPath templates (k8s.io/client-go/util/jsonpath): text with {.items[*].metadata.name}, {range
// EXPR}...{end}, {"\n"}, indices, slices, unions ['a','b'], recursive descent (..name) and filters
// [?(@.type=="Ready")].
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "responders/text/json_value.hpp"

namespace muster {

/// One step of a path, applied to every value found so far.
struct PathStep {
  enum class Kind { member, wildcard, index, slice, filter, recursive, any_of };
  Kind kind = Kind::member;
  std::string name;  ///< member
  std::int64_t from = 0, to = 0;
  bool has_from = false, has_to = false;
  std::vector<PathStep> left;  ///< filter: the path below @
  std::string compare;         ///< filter: "==", "!=", "<", "<=", ">", ">=", or empty (exists)
  JsonValue right;             ///< filter: what is compared with
  std::vector<PathStep> each;  ///< any_of: members or indices, one after the other
};

class JsonPath {
 public:
  /// ".a.b[0]", "a.b" or "{.a.b}": the relaxed form that --sort-by takes.
  static Result<JsonPath> parse(std::string_view text);
  /// The values found below `root`, in order.
  std::vector<const JsonValue*> find(const JsonValue& root) const;
  /// "array index out of bounds: index 3, length 2", or empty.
  std::string problem(const JsonValue& root) const;

 private:
  std::vector<PathStep> steps_;
};

class JsonPathTemplate {
 public:
  static Result<JsonPathTemplate> parse(std::string_view text);
  /// What is not there is left out.
  std::string print(const JsonValue& root) const;
  /// Why kubectl would refuse: an index beyond the end of its list. Empty if it would not.
  std::string problem(const JsonValue& root) const;

 private:
  struct Part {
    enum class Kind { text, path, range } kind = Kind::text;
    std::string text;
    JsonPath path;
    std::vector<Part> body;  // of a range
  };
  class Reader;
  static void print_parts(const std::vector<Part>& parts, const JsonValue& root, std::string& out);
  static std::string problem_of(const std::vector<Part>& parts, const JsonValue& root);
  std::vector<Part> parts_;
};

}  // namespace muster
