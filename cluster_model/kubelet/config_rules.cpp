#include <re2/re2.h>

#include "cluster_model/kubelet/application.hpp"
#include "sim/assert.hpp"

namespace muster {

namespace {

void fill_in(std::string& line, const std::string& mark, const std::string& value) {
  for (std::size_t at = line.find(mark); at != std::string::npos; at = line.find(mark, at + value.size())) {
    line.replace(at, mark.size(), value);
  }
}

ConfigFailure failure_of(const ConfigRule& rule, const std::string& value) {
  ConfigFailure failure{rule.exit_code, rule.log};
  for (std::string& line : failure.log) {
    fill_in(line, "{key}", rule.key);
    fill_in(line, "{value}", value);
  }
  return failure;
}

}  // namespace

std::optional<ConfigFailure> first_failure(const std::vector<ConfigRule>& rules, const StringMap& environment,
                                           const StringMap& files) {
  for (const ConfigRule& rule : rules) {
    const StringMap& values = rule.from_volume ? files : environment;
    const auto found = values.find(rule.key);
    if (found == values.end()) {
      if (rule.required) return failure_of(rule, {});
      continue;
    }
    const re2::RE2 pattern(rule.pattern, re2::RE2::Quiet);
    MUSTER_ASSERT(pattern.ok(), "the loader lets no broken pattern through");
    if (!re2::RE2::FullMatch(found->second, pattern)) return failure_of(rule, found->second);
  }
  return std::nullopt;
}

}  // namespace muster
