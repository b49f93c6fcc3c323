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

}  // namespace

std::string library_path() {
  return shipped_folder(fs::path("scenarios") / "library");
}

std::string playbook_library_path() {
  return shipped_folder(fs::path("responders") / "library");
}

std::string scenario_path(const std::string& given) {
  std::error_code error;
  const bool bare_word = given.find('/') == std::string::npos && fs::path(given).extension().empty();
  if (!bare_word || fs::exists(given, error)) return given;
  const fs::path shipped = fs::path(library_path()) / (given + ".yaml");
  return fs::exists(shipped, error) ? shipped.string() : given;
}

}  // namespace muster::cli
