// What one instance of a container has printed: lines, and the requests it served. A request is kept as a few
// numbers and becomes text when somebody reads it. The file is rotated as the kubelet does it, and what is in
// older files cannot be read through the API (kubernetes.io/docs/concepts/cluster-administration/logging,
// "Log rotation": "only the contents of the latest log file are available through kubectl logs").
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "sim/time.hpp"

namespace muster {

class LogWords;

struct LogLine {
  SimTime at{};
  std::string text;
};

/// Something that a serving process logs by itself.
struct LogEvent {
  enum class What : std::uint8_t {
    reply,          ///< `code` = HTTP status; `subject` = endpoint
    backend_error,  ///< a backend's answer; `subject` = backend, `code` = Backend::text(code)
    call_timeout,   ///< the caller's own timeout; `subject` = policy
    call_refused,   ///< another service does not take the connection; `subject` = policy
    breaker_open,   ///< `subject` = policy
  };
  SimTime at{};
  std::uint32_t number = 0;  ///< tells requests apart
  std::uint16_t subject = 0, code = 0;
  std::uint8_t service = 0;
  What what = What::reply;
  bool warning = false;  ///< the request goes on without it
};

/// How far somebody has read, over rotations.
struct LogPosition {
  std::uint64_t lines = 0, events = 0;
  friend bool operator==(const LogPosition&, const LogPosition&) = default;
};

enum class LogLevel : std::uint8_t { info, warning, error };
inline constexpr std::size_t log_level_count = 3;

class InstanceLog {
 public:
  /// Defaults of the kubelet: containerLogMaxSize 10Mi, containerLogMaxFiles 5 (KubeletConfiguration
  /// v1beta1).
  static constexpr std::size_t file_bytes_max = 10 * 1024 * 1024;
  static constexpr int files_max = 5;

  /// A text with line breaks is as many lines.
  void print(SimTime at, const std::string& text);
  /// `words` says it in words; it must be the same in all calls.
  void note(const LogEvent& event, const std::shared_ptr<LogWords>& words);

  /// Lines of the present file from `from` on, in order of time. `end()` is where to go on.
  std::vector<LogLine> lines(LogPosition from = {}) const;
  LogPosition end() const { return {dropped_.lines + lines_.size(), dropped_.events + events_.size()}; }
  /// Files that lie on the node, the present one included.
  int files() const { return std::min(files_max, rotations_ + 1); }
  /// [LogLevel]: messages since the instance began.
  const std::array<std::uint64_t, log_level_count>& messages() const { return messages_; }

 private:
  void count(LogLevel level, std::size_t text_bytes);

  std::deque<LogLine> lines_;
  std::deque<LogEvent> events_;
  std::shared_ptr<LogWords> words_;
  LogPosition dropped_;    // with older files
  std::size_t bytes_ = 0;  // of the present file
  int rotations_ = 0;
  std::array<std::uint64_t, log_level_count> messages_{};
};

}  // namespace muster
