#include "reports/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

namespace muster {
namespace {

using json = nlohmann::ordered_json;

const char* level_name(Finding::Level level) {
  switch (level) {
    case Finding::Level::error:
      return "error";
    case Finding::Level::warning:
      return "warning";
    case Finding::Level::note:
      return "note";
  }
  return "error";
}

std::string counted(const Findings& findings, Finding::Level level) {
  const auto count = std::count_if(findings.begin(), findings.end(),
                                   [&](const Finding& finding) { return finding.level == level; });
  return fmt::format("{} {}{}", count, level_name(level), count == 1 ? "" : "s");
}

struct Place {
  std::string file;
  int line = 0, column = 0;  // 0: the whole file
};

/// The number behind the last colon, taken off; 0 if there is none.
int take_number(std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return 0;
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, number);
  if (error != std::errc() || rest != end) return 0;
  text.resize(colon);
  return number;
}

Place place_of(const std::string& where) {
  Place place{where, 0, 0};
  place.column = take_number(place.file);
  if (place.column > 0) place.line = take_number(place.file);
  if (place.line == 0) std::swap(place.line, place.column);
  return place;
}

json sarif_result(const Finding& finding) {
  const Place place = place_of(finding.where);
  json physical = {{"artifactLocation", {{"uri", place.file}}}};
  if (place.line > 0) physical["region"]["startLine"] = place.line;
  if (place.column > 0) physical["region"]["startColumn"] = place.column;
  return {{"ruleId", finding.rule},
          {"level", level_name(finding.level)},
          {"message", {{"text", finding.message}}},
          {"locations", json::array({{{"physicalLocation", std::move(physical)}}})}};
}

}  // namespace

std::string findings_text(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings)
    text += fmt::format("{}: {}: {} [{}]\n", finding.where, level_name(finding.level), finding.message,
                        finding.rule);
  text += counted(findings, Finding::Level::error) + ", " + counted(findings, Finding::Level::warning);
  const bool notes = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.level == Finding::Level::note;
  });
  return text + (notes ? ", " + counted(findings, Finding::Level::note) : "") + "\n";
}

std::string findings_json(const Findings& findings) {
  json list = json::array();
  for (const Finding& finding : findings)
    list.push_back({{"level", level_name(finding.level)},
                    {"rule", finding.rule},
                    {"where", finding.where},
                    {"message", finding.message}});
  return list.dump(2) + "\n";
}

std::string findings_sarif(const Findings& findings, std::string_view version,
                           std::string_view (*about)(std::string_view rule)) {
  std::set<std::string> names;
  for (const Finding& finding : findings) names.insert(finding.rule);
  json rules = json::array();
  for (const std::string& name : names) {
    json rule = {{"id", name}};
    if (const std::string_view text = about(name); !text.empty()) rule["shortDescription"]["text"] = text;
    rules.push_back(std::move(rule));
  }
  json results = json::array();
  for (const Finding& finding : findings) results.push_back(sarif_result(finding));
  const json driver = {{"name", "muster"}, {"version", version}, {"rules", std::move(rules)}};
  const json run = {
      {"tool", {{"driver", driver}}}, {"columnKind", "utf16CodeUnits"}, {"results", std::move(results)}};
  const json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", json::array({run})}};
  return document.dump(2) + "\n";
}

}  // namespace muster
