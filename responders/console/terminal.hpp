// A person's terminal as the console sees it: lines typed, text shown. Implemented by cli/ (and by tests), so
// that the console knows no device and no wall clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

class Terminal {
 public:
  virtual ~Terminal() = default;
  /// The next line typed behind `prompt`, without its end; nothing when no more will come.
  virtual std::optional<std::string> read_line(const std::string& prompt) = 0;
  virtual void show(std::string_view text) = 0;
  virtual void show_error(std::string_view text) = 0;
  /// What could stand at the end of the line, for the Tab key; called before each read_line.
  virtual void set_words(std::vector<std::string> words) = 0;
};

}  // namespace muster
