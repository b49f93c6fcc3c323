// What the server writes to its own log: the latest lines only.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "sim/time.hpp"

namespace muster {

struct DatabaseLogLine {
  SimTime at{};
  std::uint32_t pid = 0;      ///< of the process that wrote it; 1 = the postmaster
  const char* level = "LOG";  ///< LOG, ERROR, FATAL, PANIC, WARNING, HINT, DETAIL
  std::string text;
};

/// "2025-11-01 14:30:05.123 UTC [812] FATAL:  sorry, too many clients already" (log_line_prefix '%m [%p] ',
/// PostgreSQL docs 20.8).
std::string format_log_line(const DatabaseLogLine& line, Epoch epoch);

class DatabaseLog {
 public:
  static constexpr std::size_t lines_max = 5'000;

  void print(SimTime at, std::uint32_t pid, const char* level, std::string text) {
    if (lines_.size() == lines_max) lines_.pop_front();
    lines_.push_back({at, pid, level, std::move(text)});
  }
  const std::deque<DatabaseLogLine>& lines() const { return lines_; }

 private:
  std::deque<DatabaseLogLine> lines_;
};

}  // namespace muster
