#include "responders/playbook/playbook_library.hpp"

#include <algorithm>
#include <filesystem>

#include "responders/playbook/playbook.hpp"
#include "responders/text/file_text.hpp"

namespace muster {

namespace fs = std::filesystem;

Result<std::vector<PlaybookEntry>> list_playbooks(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  if (error) return Error{ErrorCode::not_found, "cannot be listed: " + error.message(), folder};
  std::sort(paths.begin(), paths.end());
  std::vector<PlaybookEntry> entries;
  for (const std::string& path : paths) {
    const auto text = read_file_text(path, "playbook:FILE.yaml", "a YAML file");
    if (!text) return text.error();
    auto book = read_playbook(*text, path);
    if (!book) return book.error();
    entries.push_back({fs::path(path).stem().string(), std::move(book->quality), std::move(book->summary),
                       std::move(book->drills)});
  }
  return entries;
}

}  // namespace muster
