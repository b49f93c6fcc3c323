#include "responders/factory.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <filesystem>

#include "responders/console/console_responder.hpp"
#include "responders/make_plays.hpp"
#include "responders/requests/request_list_responder.hpp"
#include "responders/runbook/runbook_responder.hpp"
#include "responders/text/file_text.hpp"
#include "responders/text/lines.hpp"
#include "sim/spelling.hpp"

namespace muster {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view runbook_prefix = "runbook:";
constexpr std::string_view requests_prefix = "requests:";
constexpr std::string_view console_name = "console";
constexpr const char* valid_specs =
    "none, console, runbook:FILE.md[#HEADING], requests:FILE.yaml, playbook:FILE.yaml, "
    "human:PROFILE.yaml[#RUNBOOK.md] "
    "and exec:PROGRAM";

struct RunbookSpec {
  std::string path;
  std::vector<std::string> headings;
};

RunbookSpec read_spec(const std::string& spec) {
  auto parts = split_at(std::string_view(spec).substr(runbook_prefix.size()), '#');
  RunbookSpec result{parts.front(), {}};
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (!trimmed(parts[i]).empty()) result.headings.emplace_back(trimmed(parts[i]));
  return result;
}

Result<std::string> read_runbook_text(const std::string& path) {
  return read_file_text(path, "runbook:FILE.md[#HEADING]", "a Markdown file");
}

/// Names after -f in the commands, that exist beside the runbook.
std::vector<std::string> named_files(const RunbookDocument& document, const fs::path& folder) {
  static const re2::RE2 flag(R"((?:^|\s)(?:-f|--filename)[= ]([^\s-][^\s]*))");
  std::vector<std::string> names;
  for (const auto& step : document.steps) {
    if (step.kind != StepKind::command) continue;
    re2::StringPiece rest(step.text);
    std::string name;
    while (re2::RE2::FindAndConsume(&rest, flag, &name)) {
      std::error_code error;
      const bool known = std::find(names.begin(), names.end(), name) != names.end();
      if (!known && fs::is_regular_file(folder / name, error)) names.push_back(name);
    }
  }
  return names;
}

Error unknown_kind(const std::string& spec) {
  const std::string kind = spec.substr(0, spec.find(':'));
  const std::vector<std::string> kinds{"none", "console", "runbook", "requests", "playbook", "human", "exec"};
  return invalid_input(
      fmt::format("unknown responder \"{}\"{}; valid are {}", spec, did_you_mean(kind, kinds), valid_specs));
}

Result<std::unique_ptr<Responder>> make_runbook(const std::string& spec, int ordinal,
                                                const ResponderSurroundings& surroundings) {
  const RunbookSpec wanted = read_spec(spec);
  const auto text = read_runbook_text(wanted.path);
  if (!text) return text.error();
  const fs::path path(wanted.path);
  RunbookPlan plan;
  plan.file = path.filename().string();
  plan.name = std::string(runbook_prefix) + plan.file;
  for (const auto& heading : wanted.headings) plan.name += "#" + heading;
  const RunbookDocument document = read_runbook(*text, plan.file);
  auto steps = choose_steps(document, wanted.headings);
  if (!steps) return steps.error();
  if (steps->empty()) return invalid_input("has no steps to follow", wanted.path);
  plan.steps = std::move(*steps);
  plan.bindings = surroundings.bindings;
  plan.begin_at = surroundings.begin_at;
  for (const auto& name : named_files(document, path.parent_path())) {
    auto content = read_runbook_text((path.parent_path() / name).string());
    if (!content) return content.error();
    plan.files[name] = std::move(*content);
  }
  return std::unique_ptr<Responder>(
      std::make_unique<RunbookResponder>(fmt::format("responder-{}", ordinal), std::move(plan)));
}

Result<std::unique_ptr<Responder>> make_request_list(const std::string& spec, int ordinal, SimTime horizon) {
  const std::string path = spec.substr(requests_prefix.size());
  const auto text = read_file_text(path, "requests:FILE.yaml", "a YAML file");
  if (!text) return text.error();
  auto list = read_request_list(*text, fs::path(path).filename().string(), horizon);
  if (!list) return list.error();
  return std::unique_ptr<Responder>(
      std::make_unique<RequestListResponder>(fmt::format("responder-{}", ordinal), std::move(*list)));
}

bool is_console(const std::string& spec) {
  return spec == console_name || spec.starts_with(std::string(console_name) + ":");
}

/// The files right in the folder of "console:FOLDER", sorted by name.
Result<std::vector<std::string>> console_files(const std::string& spec) {
  std::vector<std::string> files;
  if (spec.size() <= console_name.size() + 1) return files;
  const std::string folder = spec.substr(console_name.size() + 1);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.is_regular_file(error)) files.push_back(entry.path().string());
  if (error) return invalid_input("is no folder; expected console[:FOLDER]", folder);
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::unique_ptr<Responder>> make_console(const std::string& spec, int ordinal, Terminal* terminal) {
  if (terminal == nullptr)
    return invalid_input("responder \"console\" needs a terminal: it plays in `muster run` only, once");
  const auto paths = console_files(spec);
  if (!paths) return paths.error();
  std::map<std::string, std::string> files;
  for (const std::string& path : *paths) {
    auto content = read_file_text(path, "console:FOLDER", "a file");
    if (!content) return content.error();
    files[fs::path(path).filename().string()] = std::move(*content);
  }
  return std::unique_ptr<Responder>(
      std::make_unique<ConsoleResponder>(fmt::format("responder-{}", ordinal), *terminal, std::move(files)));
}

}  // namespace

Result<std::unique_ptr<Responder>> make_responder(const std::string& spec, int ordinal,
                                                  const ResponderSurroundings& surroundings) {
  if (spec == "none") return std::unique_ptr<Responder>();
  if (is_console(spec)) return make_console(spec, ordinal, surroundings.terminal);
  if (spec.starts_with(runbook_prefix)) return make_runbook(spec, ordinal, surroundings);
  if (spec.starts_with(requests_prefix)) return make_request_list(spec, ordinal, surroundings.horizon);
  if (is_play(spec)) return make_play(spec, ordinal, surroundings);
  return unknown_kind(spec);
}

std::vector<std::string> responder_files(const std::string& spec) {
  if (is_console(spec)) {
    auto files = console_files(spec);
    return files ? std::move(*files) : std::vector<std::string>{};
  }
  if (is_play(spec)) return play_files(spec);
  if (spec.starts_with(requests_prefix)) {
    std::error_code error;
    const std::string path = spec.substr(requests_prefix.size());
    return fs::is_regular_file(path, error) ? std::vector<std::string>{path} : std::vector<std::string>{};
  }
  if (!spec.starts_with(runbook_prefix)) return {};
  const RunbookSpec wanted = read_spec(spec);
  const auto text = read_runbook_text(wanted.path);
  if (!text) return {};
  const fs::path path(wanted.path);
  std::vector<std::string> files{wanted.path};
  for (const auto& name : named_files(read_runbook(*text, path.filename().string()), path.parent_path()))
    files.push_back((path.parent_path() / name).string());
  return files;
}

}  // namespace muster
