#include "scenarios/input_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "sim/spelling.hpp"

namespace muster {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> names_in(const fs::path& folder, bool folders_only) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end;
       entry.increment(ignored)) {
    std::error_code not_asked;
    if (!folders_only || entry->is_directory(not_asked)) names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Error missing_file(const std::string& path) {
  const fs::path folder = folder_of(path);
  if (!is_folder(folder.string()))
    return invalid_input(fmt::format("no such file; its folder {} does not exist either", folder.string()),
                         path);
  const std::string hint = did_you_mean(fs::path(path).filename().string(), names_in(folder, false));
  return invalid_input("no such file" + hint, path);
}

Result<std::string> read_all(std::FILE* file, const std::string& path) {
  std::string text;
  char buffer[16384];
  while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, file)) {
    text.append(buffer, got);
    if (text.size() > input_file_max_bytes)
      return invalid_input(fmt::format("larger than {} bytes; expected a text file", input_file_max_bytes),
                           path);
  }
  if (std::ferror(file)) return Error{ErrorCode::unavailable, "cannot be read to its end", path};
  return text;
}

}  // namespace

Result<std::string> read_input_file(const std::string& path) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (!fs::exists(status)) return missing_file(path);
  if (fs::is_directory(status)) return invalid_input("is a directory; expected a file", path);
  if (!fs::is_regular_file(status)) return invalid_input("is not a plain file; expected a text file", path);
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) return Error{ErrorCode::unavailable, "cannot be opened for reading", path};
  auto text = read_all(file, path);
  std::fclose(file);
  return text;
}

std::vector<std::string> files_below(const std::string& folder, const std::vector<std::string>& extensions,
                                     bool deep) {
  std::vector<std::string> found;
  std::error_code ignored;
  for (fs::recursive_directory_iterator entry(folder, ignored), end; !ignored && entry != end;
       entry.increment(ignored)) {
    std::error_code not_asked;
    if (!deep && entry->is_directory(not_asked)) entry.disable_recursion_pending();
    const std::string extension = entry->path().extension().string();
    const bool wanted = std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
    if (wanted && !entry->is_directory(not_asked))
      found.push_back(entry->path().lexically_relative(folder).generic_string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> folders_in(const std::string& folder) {
  return names_in(folder, true);
}

Result<std::string> InputFiles::take(const std::string& path, const std::string& name) {
  auto text = read_input_file(path);
  if (text) files_.push_back({name, *text});
  return text;
}

std::vector<ScenarioFile> InputFiles::release() {
  std::sort(files_.begin(), files_.end(),
            [](const ScenarioFile& a, const ScenarioFile& b) { return a.name < b.name; });
  return std::move(files_);
}

std::string join_path(const std::string& folder, const std::string& name) {
  return (fs::path(folder) / name).lexically_normal().generic_string();
}

std::string folder_of(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  return parent.empty() ? "." : parent.generic_string();
}

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool is_file(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored) && !fs::is_directory(path, ignored);
}

}  // namespace muster
