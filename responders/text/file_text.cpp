#include "responders/text/file_text.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace muster {

namespace fs = std::filesystem;

Result<std::string> read_file_text(const std::string& path, const char* usage, const char* what) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (path.empty()) return invalid_input(fmt::format("the responder names no file; expected {}", usage));
  if (!fs::exists(status)) return invalid_input("no such file", path);
  if (fs::is_directory(status)) return invalid_input(fmt::format("is a directory; expected {}", what), path);
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return Error{ErrorCode::unavailable, "cannot be read", path};
  return text.str();
}

}  // namespace muster
