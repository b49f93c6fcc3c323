#include "drill/export_drill.hpp"

#include <filesystem>
#include <fstream>
#include <utility>

#include "drill/drill_directory.hpp"
#include "drill/open_metrics.hpp"
#include "drill/recorded.hpp"
#include "drill/replay.hpp"
#include "drill/rule_tests.hpp"
#include "drill/simulation.hpp"
#include "journal/journal.hpp"
#include "journal/read_file.hpp"
#include "scenarios/scenario.hpp"

namespace muster {
namespace fs = std::filesystem;
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;  // name, content

Result<Files> open_metrics_files(const std::string& directory) {
  const Result<RecordedDrill> drill = read_recorded(directory);
  if (!drill) return drill.error();
  return Files{{"series.om", open_metrics(drill->series, drill->recording.epoch)}};
}

Result<Files> rule_test_files(const std::string& directory) {
  const Result<RecordedDrill> drill = read_recorded(directory);
  if (!drill) return drill.error();
  const Result<Journal> journal = read_journal_file(directory + "/journal.jsonl");
  if (!journal) return journal.error();
  const Result<Scenario> scenario =
      load_scenario(directory + "/inputs/scenario.yaml", journal->header.overrides);
  if (!scenario) return scenario.error();
  Files files;
  std::vector<std::string> names;
  for (const InputFile& input : journal->header.inputs) {
    const fs::path path = input.name;
    const bool is_rules = path.parent_path().filename() == "rules";
    if (!is_rules) continue;
    Result<std::string> content = read_file(directory + "/inputs/" + input.name);
    if (!content) return content.error();
    names.push_back(path.filename().string());
    files.emplace_back(names.back(), *content);
  }
  files.emplace_back("rules.test.yml",
                     make_rule_tests(drill->series, drill->recording, scenario->rules, names).yaml);
  return files;
}

void add_log(Simulation& simulation, const Object& pod, const std::string& container, bool previous,
             Files& files) {
  const std::string where = pod.meta.namespace_ + "/pods/" + pod.meta.name;
  const Answer answer =
      simulation.handle({"export", "GET",
                         "/api/v1/namespaces/" + where + "/log?timestamps=true&container=" + container +
                             (previous ? "&previous=true" : ""),
                         "", ""});
  if (!answer.ok() || answer.body.empty()) return;
  files.emplace_back(
      pod.meta.namespace_ + "_" + pod.meta.name + "_" + container + (previous ? ".previous.log" : ".log"),
      answer.body);
}

Result<Files> log_files(const std::string& directory) {
  Files files;
  const Result<void> seen = revisit_drill(directory, [&files](Simulation& simulation) {
    for (const ObjectPtr& pod : simulation.world().objects().list(Kind::Pod)) {
      for (const Container& container : pod->as<Pod>().spec.containers) {
        add_log(simulation, *pod, container.name, false, files);
        add_log(simulation, *pod, container.name, true, files);
      }
    }
  });
  if (!seen) return seen.error();
  return files;
}

Result<Files> files_of(const std::string& directory, const std::string& format) {
  if (format == "openmetrics") return open_metrics_files(directory);
  if (format == "promtool-tests") return rule_test_files(directory);
  if (format == "logs") return log_files(directory);
  return invalid_input("unknown --format \"" + format + "\"; expected openmetrics, promtool-tests or logs");
}

Result<void> write_file(const fs::path& path, const std::string& content) {
  const fs::path partial = path.string() + ".partial";
  std::ofstream out(partial, std::ios::binary);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  std::error_code error;
  if (out) fs::rename(partial, path, error);
  if (out && !error) return {};
  return Error{ErrorCode::unavailable, "cannot write \"" + path.string() + "\"", {}};
}

}  // namespace

Result<std::vector<std::string>> export_drill(const std::string& directory, const std::string& format,
                                              const std::string& out) {
  std::error_code error;
  if (fs::exists(out, error) && (!fs::is_directory(out, error) || !fs::is_empty(out, error)))
    return invalid_input("\"" + out + "\" exists and is no empty directory; choose another --out");
  const Result<Files> files = files_of(directory, format);
  if (!files) return files.error();
  fs::create_directories(out, error);
  std::vector<std::string> names;
  for (const auto& [name, content] : *files) {
    if (Result<void> written = write_file(fs::path(out) / name, content); !written) return written.error();
    names.push_back(name);
  }
  return names;
}

}  // namespace muster
