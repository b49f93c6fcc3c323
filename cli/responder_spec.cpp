#include "cli/responder_spec.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "cli/library_path.hpp"
#include "sim/spelling.hpp"

namespace muster::cli {
namespace {

namespace fs = std::filesystem;

bool is_bare_word(const std::string& name) {
  const fs::path extension = fs::path(name).extension();
  return name.find('/') == std::string::npos && extension != ".yaml" && extension != ".yml";
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::string> shipped_spec(const std::string& given, const std::string& kind) {
  const std::size_t begin = kind.size() + 1;
  const std::size_t hash = std::min(given.find('#'), given.size());
  const std::string name = given.substr(begin, hash - begin);
  const fs::path folder =
      kind == "human" ? fs::path(playbook_library_path()) / "profiles" : fs::path(playbook_library_path());
  std::error_code error;
  if (name.empty() || !is_bare_word(name) || fs::exists(name, error)) return given;
  const fs::path shipped = folder / (name + ".yaml");
  if (fs::exists(shipped, error)) return kind + ":" + shipped.string() + given.substr(hash);
  return invalid_input(
      fmt::format("--responder {}: neither a file nor shipped{}; `muster list {}` shows what is", given,
                  did_you_mean(name, names_in(folder)), kind == "human" ? "responders" : "playbooks"));
}

/// As posix_spawnp looks for it: a name with a slash is a path, any other is looked for on PATH.
bool can_be_run(const std::string& program) {
  if (program.find('/') != std::string::npos) return access(program.c_str(), X_OK) == 0;
  const char* path = std::getenv("PATH");
  std::string rest = path ? path : "";
  while (!rest.empty()) {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    if (access((rest.substr(0, colon) + "/" + program).c_str(), X_OK) == 0) return true;
    rest.erase(0, colon + 1);
  }
  return false;
}

Result<std::string> program_spec(const std::string& given) {
  const std::size_t begin = std::string_view("exec:").size();
  const std::string program = given.substr(begin, given.find(' ', begin) - begin);
  if (program.empty() || can_be_run(program)) return given;
  return invalid_input(fmt::format(
      "--responder {}: there is no program \"{}\" that can be run{}", given, program,
      program.find('/') == std::string::npos ? " on PATH; a file of this folder is ./" + program : ""));
}

}  // namespace

Result<std::string> responder_spec(const std::string& given) {
  const std::string kind = given.substr(0, given.find(':'));
  if (given.find(':') == std::string::npos) return given;
  if (kind == "playbook" || kind == "human") return shipped_spec(given, kind);
  return kind == "exec" ? program_spec(given) : Result<std::string>(given);
}

}  // namespace muster::cli
