#include "responders/factory.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "responders/runbook/runbook_responder.hpp"
#include "responders/text/lines.hpp"
#include "sim/spelling.hpp"

namespace muster {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view runbook_prefix = "runbook:";

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

Result<std::string> read_text(const std::string& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (path.empty()) return invalid_input("runbook: names no file; expected runbook:FILE.md[#HEADING]");
  if (!fs::exists(status)) return invalid_input("no such file", path);
  if (fs::is_directory(status)) return invalid_input("is a directory; expected a Markdown file", path);
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return Error{ErrorCode::unavailable, "cannot be read", path};
  return text.str();
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
  for (const char* later : {"playbook", "human", "exec"})
    if (kind == later)
      return invalid_input(
          fmt::format("responder \"{}\": {}: is not built yet; valid are none and "
                      "runbook:FILE.md[#HEADING]",
                      spec, later));
  return invalid_input(
      fmt::format("unknown responder \"{}\"{}; valid are none and runbook:FILE.md[#HEADING] "
                  "(playbook:, human: and exec: are not built yet)",
                  spec, did_you_mean(kind, {"none", "runbook"})));
}

Result<std::unique_ptr<Responder>> make_runbook(const std::string& spec, int ordinal) {
  const RunbookSpec wanted = read_spec(spec);
  const auto text = read_text(wanted.path);
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
  for (const auto& name : named_files(document, path.parent_path())) {
    auto content = read_text((path.parent_path() / name).string());
    if (!content) return content.error();
    plan.files[name] = std::move(*content);
  }
  return std::unique_ptr<Responder>(
      std::make_unique<RunbookResponder>(fmt::format("responder-{}", ordinal), std::move(plan)));
}

}  // namespace

Result<std::unique_ptr<Responder>> make_responder(const std::string& spec, int ordinal) {
  if (spec == "none") return std::unique_ptr<Responder>();
  if (spec.starts_with(runbook_prefix)) return make_runbook(spec, ordinal);
  return unknown_kind(spec);
}

std::vector<std::string> responder_files(const std::string& spec) {
  if (!spec.starts_with(runbook_prefix)) return {};
  const RunbookSpec wanted = read_spec(spec);
  const auto text = read_text(wanted.path);
  if (!text) return {};
  const fs::path path(wanted.path);
  std::vector<std::string> files{wanted.path};
  for (const auto& name : named_files(read_runbook(*text, path.filename().string()), path.parent_path()))
    files.push_back((path.parent_path() / name).string());
  return files;
}

}  // namespace muster
