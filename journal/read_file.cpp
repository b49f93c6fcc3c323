#include "journal/read_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace muster {

Result<std::string> read_file(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(path, ignored);
  if (!std::filesystem::exists(status)) return Error{ErrorCode::not_found, "no such file", path};
  if (std::filesystem::is_directory(status)) return invalid_input("is a directory; expected a file", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return invalid_input("cannot be opened for reading", path);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) return invalid_input("cannot be read to its end", path);
  return bytes;
}

}  // namespace muster
