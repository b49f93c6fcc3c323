// A regular expression in RE2's syntax that must match a whole text, as in Prometheus' matchers.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"

namespace muster::promql {

class Pattern {
 public:
  /// Error: Go's words for what is wrong ("error parsing regexp: missing closing ): `^(?:()$`").
  static Result<std::shared_ptr<const Pattern>> compile(const std::string& text);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  bool matches(std::string_view text) const;
  /// The text's capture groups (the whole match first), and `replacement` with $1, ${1}, $name, $$ filled in;
  /// no value if the text does not match. An unknown group is empty.
  bool expand(std::string_view text, std::string_view replacement, std::string& result) const;

 private:
  struct Compiled;
  explicit Pattern(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

/// `text` with every match of `pattern`, anywhere in it, replaced as Pattern::expand does (Go's
/// Regexp.ReplaceAllString). Error: as Pattern::compile.
Result<std::string> replace_all(const std::string& pattern, std::string_view replacement,
                                std::string_view text);

}  // namespace muster::promql
