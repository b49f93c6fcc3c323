#include "responders/make_plays.hpp"

#include <filesystem>

#include "responders/human/human_responder.hpp"
#include "responders/playbook/playbook_responder.hpp"
#include "responders/program/program_responder.hpp"
#include "responders/text/file_text.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view playbook_prefix = "playbook:";
constexpr std::string_view human_prefix = "human:";
constexpr std::string_view exec_prefix = "exec:";
constexpr std::uintmax_t frozen_program_max = 256 * 1024;  // bytes; scripts are, interpreters are not

using Made = Result<std::unique_ptr<Responder>>;

std::string actor_of(int ordinal) {
  return "responder-" + std::to_string(ordinal);
}

Made make_playbook(const std::string& path, int ordinal, SimTime horizon) {
  const auto text = read_file_text(path, "playbook:FILE.yaml", "a YAML file");
  if (!text) return text.error();
  auto book = read_playbook(*text, fs::path(path).filename().string(), horizon);
  if (!book) return book.error();
  return std::unique_ptr<Responder>(std::make_unique<PlaybookResponder>(actor_of(ordinal), std::move(*book)));
}

struct HumanSpec {
  std::string profile, runbook;  // paths; no runbook: the system's
};

HumanSpec read_human_spec(const std::string& spec) {
  const auto parts = split_at(std::string_view(spec).substr(human_prefix.size()), '#');
  return {parts.front(), parts.size() > 1 ? parts[1] : ""};
}

Made make_human(const std::string& spec, int ordinal, const ResponderSurroundings& surroundings) {
  constexpr const char* usage = "human:PROFILE.yaml[#RUNBOOK.md]";
  const HumanSpec wanted = read_human_spec(spec);
  const auto text = read_file_text(wanted.profile, usage, "a YAML file");
  if (!text) return text.error();
  HumanPlan plan;
  auto profile = read_human_profile(*text, fs::path(wanted.profile).filename().string());
  if (!profile) return profile.error();
  plan.profile = std::move(*profile);
  std::string name = surroundings.runbook_file, runbook = surroundings.runbook_text;
  if (!wanted.runbook.empty()) {
    auto own = read_file_text(wanted.runbook, usage, "a Markdown file");
    if (!own) return own.error();
    name = fs::path(wanted.runbook).filename().string();
    runbook = std::move(*own);
  }
  plan.runbook = read_runbook(runbook, name);
  plan.name = std::string(human_prefix) + plan.profile.file + (wanted.runbook.empty() ? "" : "#" + name);
  return std::unique_ptr<Responder>(std::make_unique<HumanResponder>(actor_of(ordinal), std::move(plan)));
}

std::vector<std::string> human_files(const std::string& spec) {
  const HumanSpec wanted = read_human_spec(spec);
  std::vector<std::string> files;
  std::error_code error;
  for (const std::string& path : {wanted.profile, wanted.runbook})
    if (fs::is_regular_file(path, error)) files.push_back(path);
  return files;
}

Made make_program(const std::string& spec, int ordinal, const ResponderSurroundings& surroundings) {
  ProgramPlan plan;
  plan.command = trimmed(std::string_view(spec).substr(exec_prefix.size()));
  plan.name = program_name(spec);
  plan.launch = surroundings.launch;
  plan.think = surroundings.think;
  plan.horizon = surroundings.horizon;
  if (plan.command.empty())
    return invalid_input("the responder names no program; expected exec:PROGRAM [ARGUMENT]...");
  if (!plan.launch) return invalid_input("programs cannot be started here; use `muster run`");
  return std::unique_ptr<Responder>(std::make_unique<ProgramResponder>(actor_of(ordinal), std::move(plan)));
}

std::vector<std::string> program_files(const std::string& spec) {
  std::vector<std::string> files;
  for (const std::string& word : split_at(spec.substr(exec_prefix.size()), ' ')) {
    std::error_code error;
    if (fs::is_regular_file(word, error) && fs::file_size(word, error) <= frozen_program_max)
      files.push_back(word);
  }
  return files;
}

}  // namespace

bool is_play(const std::string& spec) {
  return spec.starts_with(playbook_prefix) || spec.starts_with(exec_prefix) || spec.starts_with(human_prefix);
}

std::string program_name(const std::string& spec) {
  std::vector<std::string> words;
  for (const std::string& word : split_at(spec.substr(exec_prefix.size()), ' '))
    if (!word.empty()) words.push_back(fs::path(word).filename().string());
  return std::string(exec_prefix) + join(words, " ");
}

Made make_play(const std::string& spec, int ordinal, const ResponderSurroundings& surroundings) {
  if (spec.starts_with(human_prefix)) return make_human(spec, ordinal, surroundings);
  if (spec.starts_with(exec_prefix)) return make_program(spec, ordinal, surroundings);
  return make_playbook(spec.substr(playbook_prefix.size()), ordinal, surroundings.horizon);
}

std::vector<std::string> play_files(const std::string& spec) {
  if (spec.starts_with(exec_prefix)) return program_files(spec);
  if (spec.starts_with(human_prefix)) return human_files(spec);
  const std::string path = spec.substr(playbook_prefix.size());
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return {};
  return {path};
}

}  // namespace muster
