#include "cluster_model/logs/log_words.hpp"

#include <fmt/format.h>

namespace muster {
namespace {

const char* reason_phrase(std::uint16_t status) {
  switch (status) {
    case 200:
      return "OK";
    case 404:
      return "Not Found";
    case 429:
      return "Too Many Requests";
    default:
      return "Internal Server Error";
  }
}

}  // namespace

// uvicorn's access log (encode/uvicorn logging.py, AccessFormatter); the peer is the ingress controller,
// whose ports tell the connections apart.
std::string LogWords::reply_text(const LogEvent& event) const {
  const auto& endpoints = services_[event.service].endpoints;
  const std::string what = event.subject < endpoints.size() ? endpoints[event.subject] : "GET /";
  const std::string line =
      fmt::format("INFO:     10.244.0.2:{} - \"{} HTTP/1.1\" {} {}", 32'768 + event.number % 28'232, what,
                  event.code, reason_phrase(event.code));
  return event.code >= 500 ? "ERROR:    Exception in ASGI application\n" + line : line;
}

std::string LogWords::failure_text(const LogEvent& event) const {
  const auto& policies = services_[event.service].policies;
  const std::string policy = event.subject < policies.size() ? policies[event.subject] : "";
  switch (event.what) {
    case LogEvent::What::backend_error:
      return backend_text_(event.subject, event.code);
    case LogEvent::What::call_timeout:
      return fmt::format("httpx.ReadTimeout: the call to {} took too long", policy);
    case LogEvent::What::call_refused:
      return "httpx.ConnectError: [Errno 111] Connection refused";
    case LogEvent::What::breaker_open:
      return fmt::format(
          "pybreaker.CircuitBreakerError: Timeout not elapsed yet, circuit breaker still open ({})", policy);
    case LogEvent::What::reply:
      break;
  }
  return {};
}

std::string LogWords::text(const LogEvent& event) const {
  if (event.what == LogEvent::What::reply) return reply_text(event);
  return (event.warning ? "WARNING:  " : "ERROR:    ") + failure_text(event);
}

std::size_t LogWords::bytes(const LogEvent& event) {
  const std::uint64_t key = static_cast<std::uint64_t>(event.what) << 48 |
                            static_cast<std::uint64_t>(event.service) << 40 |
                            static_cast<std::uint64_t>(event.warning) << 32 |
                            static_cast<std::uint64_t>(event.subject) << 16 | event.code;
  const auto [entry, fresh] = bytes_.try_emplace(key, 0);
  if (fresh) entry->second = text(event).size();
  return entry->second;
}

LogLevel level_of(const LogEvent& event) {
  if (event.what == LogEvent::What::reply) return event.code >= 500 ? LogLevel::error : LogLevel::info;
  return event.warning ? LogLevel::warning : LogLevel::error;
}

LogLevel level_of(const std::string& line) {
  for (const char* word : {"ERROR", "CRITICAL", "FATAL", "Error:", "Exception:"})
    if (line.find(word) != std::string::npos) return LogLevel::error;
  return line.find("WARNING") != std::string::npos ? LogLevel::warning : LogLevel::info;
}

}  // namespace muster
