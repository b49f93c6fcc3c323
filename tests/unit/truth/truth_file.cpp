#include "tests/unit/truth/truth_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>

namespace muster {

namespace {

using Json = nlohmann::ordered_json;

std::filesystem::path truth_path() {
  const char* named = std::getenv("MUSTER_TRUTH_FILE");
  if (named && *named) return named;
  return std::filesystem::path(MUSTER_SOURCE_DIR) / ".." / "shared" / "reference" / "queueing_truth.json";
}

void flatten(const Json& value, std::vector<double>& into) {
  if (value.is_number()) into.push_back(value.get<double>());
  if (value.is_array()) {
    for (const Json& item : value) flatten(item, into);
  }
}

void read_fields(const Json& object, const std::string& prefix, TruthRow& row) {
  for (const auto& [key, value] : object.items()) {
    const std::string name = prefix + key;
    if (value.is_object()) read_fields(value, name + ".", row);
    if (value.is_boolean()) row.numbers[name] = value.get<bool>() ? 1 : 0;
    if (value.is_number()) row.numbers[name] = value.get<double>();
    if (value.is_string()) row.texts[name] = value.get<std::string>();
    if (value.is_array()) flatten(value, row.lists[name]);
  }
}

}  // namespace

double TruthRow::operator[](const std::string& name) const {
  const auto found = numbers.find(name);
  if (found != numbers.end()) return found->second;
  ADD_FAILURE() << title() << " has no number \"" << name << '"';
  return 0;
}

int TruthRow::whole(const std::string& name) const {
  return static_cast<int>((*this)[name]);
}

const std::vector<double>& TruthRow::list(const std::string& name) const {
  static const std::vector<double> none;
  const auto found = lists.find(name);
  if (found != lists.end()) return found->second;
  ADD_FAILURE() << title() << " has no list \"" << name << '"';
  return none;
}

std::string TruthRow::title() const {
  std::string parameters;
  for (const auto& [name, value] : numbers) {
    if (name.starts_with("expect.")) continue;
    parameters += fmt::format("{}{} {}", parameters.empty() ? "" : ", ", name, value);
  }
  return fmt::format("{} row {} {{{}}}", table, number, parameters);
}

void PrintTo(const TruthRow& row, std::ostream* stream) {
  *stream << row.title();
}

std::vector<TruthRow> truth_table(const std::string& table, std::string& why) {
  const std::filesystem::path path = truth_path();
  std::ifstream stream(path);
  if (!stream) {
    why =
        "skipped: no file of expected values (MUSTER_TRUTH_FILE, or ../shared/reference beside the project)";
    return {};
  }
  const Json file = Json::parse(stream, nullptr, false);
  if (file.is_discarded() || !file.contains("tables")) {
    ADD_FAILURE() << path << " is not a file of expected values";
    return {};
  }
  std::vector<TruthRow> rows;
  if (!file["tables"].contains(table)) {
    why = "skipped: the file of expected values has no table \"" + table + '"';
    return {};
  }
  for (const Json& object : file["tables"][table]["rows"]) {
    TruthRow row;
    row.table = table;
    row.number = static_cast<int>(rows.size());
    read_fields(object, "", row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<TruthRow> truth_rows(const std::string& table) {
  std::string why;
  std::vector<TruthRow> rows = truth_table(table, why);
  if (!rows.empty()) return rows;
  TruthRow none;
  none.table = table;
  none.number = -1;
  none.texts["why"] = why;
  return {none};
}

}  // namespace muster
