#include "drill/drill_directory.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace muster {
namespace fs = std::filesystem;
namespace {

Error unavailable(std::string message) {
  return {ErrorCode::unavailable, std::move(message), {}};
}

bool is_drill_directory(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path / "journal.jsonl", ignored);
}

Result<void> check_target(const fs::path& path, bool overwrite) {
  std::error_code error;
  if (!fs::exists(path, error)) return {};
  if (!fs::is_directory(path))
    return invalid_input("\"" + path.string() + "\" is a file; --out expects a directory to make");
  if (fs::is_empty(path, error)) return {};
  if (!is_drill_directory(path)) {
    return invalid_input("\"" + path.string() +
                         "\" exists and is not a drill directory; choose another --out");
  }
  if (!overwrite)
    return invalid_input("\"" + path.string() +
                         "\" holds a drill already; choose another --out or add --overwrite");
  return {};
}

}  // namespace

Result<DrillDirectory> DrillDirectory::prepare(const std::string& path, bool overwrite) {
  fs::path target = fs::path(path).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  if (target.empty()) return invalid_input("--out is empty; expected a directory to make");
  if (Result<void> checked = check_target(target, overwrite); !checked) return checked.error();
  const fs::path partial = target.string() + ".partial";
  std::error_code error;
  fs::remove_all(partial, error);
  if (!fs::create_directories(partial, error)) {
    return unavailable("cannot write \"" + target.string() + "\": " + error.message());
  }
  return DrillDirectory(target.string(), partial.string());
}

DrillDirectory::DrillDirectory(DrillDirectory&& other) noexcept
    : path_(std::move(other.path_)), partial_(std::exchange(other.partial_, {})) {}

DrillDirectory::~DrillDirectory() {
  std::error_code ignored;
  if (!partial_.empty()) fs::remove_all(partial_, ignored);
}

Result<void> DrillDirectory::write(const std::string& name, std::string_view content) {
  const fs::path file = fs::path(partial_) / name;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::ofstream out(file, std::ios::binary);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out)
    return unavailable("cannot write \"" + (fs::path(path_) / name).string() + "\": " + std::strerror(errno));
  return {};
}

Result<void> DrillDirectory::commit() {
  std::error_code error;
  const fs::path old = path_ + ".old";
  fs::remove_all(old, error);
  if (fs::exists(path_)) fs::rename(path_, old, error);
  if (!error) fs::rename(partial_, path_, error);
  if (error) return unavailable("cannot rename the finished drill to \"" + path_ + "\": " + error.message());
  partial_.clear();
  fs::remove_all(old, error);
  return {};
}

}  // namespace muster
