// The texts of what serving processes log, in the words of the software that prints them: access lines as
// uvicorn prints them, errors as SQLAlchemy, httpx and pybreaker raise them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cluster_model/logs/instance_log.hpp"

namespace muster {

class LogWords {
 public:
  struct Service {
    std::vector<std::string> endpoints;  ///< "GET /api/v1/tasks"
    std::vector<std::string> policies;   ///< names
  };
  /// What a backend says: Backend::text.
  using BackendText = std::function<std::string(std::uint16_t backend, std::uint16_t code)>;

  LogWords(std::vector<Service> services, BackendText backend_text)
      : services_(std::move(services)), backend_text_(std::move(backend_text)) {}

  /// One or more lines.
  std::string text(const LogEvent& event) const;
  /// Its length; kept, so that noting an event makes no text.
  std::size_t bytes(const LogEvent& event);

 private:
  std::string reply_text(const LogEvent& event) const;
  std::string failure_text(const LogEvent& event) const;

  std::vector<Service> services_;
  BackendText backend_text_;
  std::map<std::uint64_t, std::size_t> bytes_;  // [what, service, subject, code]
};

LogLevel level_of(const LogEvent& event);
/// By the first level's name in a line: "ERROR", "CRITICAL" and a traceback's last words are errors.
LogLevel level_of(const std::string& line);

}  // namespace muster
