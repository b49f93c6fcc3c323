#include "cluster_model/database/database_log.hpp"

#include <fmt/format.h>

namespace muster {

std::string format_log_line(const DatabaseLogLine& line, Epoch epoch) {
  // "2025-11-01T14:30:05.123456Z" -> "2025-11-01 14:30:05.123 UTC"
  const std::string micro = format_rfc3339_micro(epoch, line.at);
  return fmt::format("{} {} UTC [{}] {}:  {}", micro.substr(0, 10), micro.substr(11, 12), line.pid,
                     line.level, line.text);
}

}  // namespace muster
