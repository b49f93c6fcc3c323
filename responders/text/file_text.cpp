#include "responders/text/file_text.hpp"

#include <filesystem>

#include "journal/read_file.hpp"

namespace muster {

Result<std::string> read_file_text(const std::string& path, const char* usage, const char* what) {
  if (path.empty()) return invalid_input(fmt::format("the responder names no file; expected {}", usage));
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return invalid_input(fmt::format("is a directory; expected {}", what), path);
  return read_file(path);
}

}  // namespace muster
