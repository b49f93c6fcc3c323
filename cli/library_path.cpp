#include "cli/library_path.hpp"

#include <filesystem>
#include <system_error>

namespace muster::cli {
namespace fs = std::filesystem;

namespace {

std::string shipped_folder(const fs::path& below) {
  std::error_code error;
  if (fs::is_directory(below, error)) return below.string();
  fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (; !folder.empty() && folder != folder.parent_path(); folder = folder.parent_path()) {
    if (fs::is_directory(folder / below, error)) return (folder / below).string();
  }
  return "";
}

bool is_bare_word(const std::string& name) {
  const fs::path extension = fs::path(name).extension();
  return name.find('/') == std::string::npos && extension != ".yaml" && extension != ".yml";
}

}  // namespace

std::string library_path() {
  return shipped_folder(fs::path("scenarios") / "library");
}

std::string playbook_library_path() {
  return shipped_folder(fs::path("responders") / "library");
}

std::string responder_spec(const std::string& given) {
  const std::size_t colon = given.find(':');
  const std::string kind = given.substr(0, colon);
  if (colon == std::string::npos || (kind != "playbook" && kind != "human")) return given;
  const std::size_t hash = std::min(given.find('#'), given.size());
  const std::string name = given.substr(colon + 1, hash - colon - 1);
  fs::path folder = playbook_library_path();
  if (kind == "human") folder /= "profiles";
  std::error_code error;
  const fs::path shipped = folder / (name + ".yaml");
  if (!is_bare_word(name) || fs::exists(name, error) || !fs::exists(shipped, error)) return given;
  return kind + ":" + shipped.string() + given.substr(hash);
}

std::string scenario_path(const std::string& given) {
  std::error_code error;
  const bool bare_word = given.find('/') == std::string::npos && fs::path(given).extension().empty();
  if (!bare_word || fs::exists(given, error)) return given;
  const fs::path shipped = fs::path(library_path()) / (given + ".yaml");
  return fs::exists(shipped, error) ? shipped.string() : given;
}

}  // namespace muster::cli
