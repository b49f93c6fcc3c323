// The path of a Request taken apart: segments and query, percent-decoded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

struct Url {
  std::string path;                          ///< without the query, as sent
  std::vector<std::string> segments;         ///< decoded; empty ones left out
  std::map<std::string, std::string> query;  ///< decoded; of repeated keys the first counts

  /// Empty if absent.
  const std::string& parameter(const std::string& key) const;
  /// "1", "true" or present without a value.
  bool flag(const std::string& key) const;
};

/// nullopt if a percent sequence is broken.
std::optional<Url> parse_url(std::string_view text);

}  // namespace muster
