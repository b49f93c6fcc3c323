#include "drill/recorded.hpp"

#include <filesystem>

#include "drill/drill_directory.hpp"
#include "journal/read_file.hpp"

namespace muster {
namespace fs = std::filesystem;

Result<RecordedDrill> read_recorded(const std::string& directory) {
  std::error_code ignored;
  if (!fs::exists(directory, ignored)) return invalid_input("no such directory: \"" + directory + "\"");
  if (!fs::exists(fs::path(directory) / "journal.jsonl", ignored))
    return invalid_input("\"" + directory + "\" is not a drill directory: there is no journal.jsonl");
  const std::string path = (fs::path(directory) / series_file_name).string();
  if (!fs::exists(path, ignored))
    return invalid_input("\"" + directory + "\" holds no recorded series (" + series_file_name +
                         "); drills of this version have them: run it again");
  Result<std::string> file = read_file(path);
  if (!file) return file.error();
  RecordedDrill drill;
  Result<Recording> recording = read_series(*file, path, drill.series);
  if (!recording) return recording.error();
  drill.recording = *recording;
  return drill;
}

}  // namespace muster
