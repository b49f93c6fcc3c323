#include "server/http_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <charconv>
#include <string_view>

namespace muster {

namespace {

constexpr std::size_t head_bytes_max = 64 * 1024;
constexpr std::size_t body_bytes_max = 1 << 20;

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return made;
}

/// The value of a header, in lower case; `head` in lower case too.
std::string_view header(std::string_view head, std::string_view name) {
  const std::string key = "\r\n" + std::string(name) + ":";
  const std::size_t found = head.find(key);
  if (found == std::string_view::npos) return {};
  std::string_view value = head.substr(found + key.size());
  value = value.substr(0, value.find("\r\n"));
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  return value;
}

/// Bytes of the body; none if it is of unknown length or too long.
std::optional<std::size_t> body_size(std::string_view head) {
  if (!header(head, "transfer-encoding").empty()) return std::nullopt;
  const std::string_view text = header(head, "content-length");
  std::size_t size = 0;
  if (text.empty()) return size;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc{} || end != text.data() + text.size() || size > body_bytes_max) return std::nullopt;
  return size;
}

/// "GET /path HTTP/1.1"
HttpText request_line(std::string_view line) {
  HttpText request;
  const std::size_t first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !line.substr(last + 1).starts_with("HTTP/1.")) {
    request.broken = true;
    return request;
  }
  request.method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  request.path = target.substr(0, target.find('?'));
  request.keep_alive = line.ends_with("1.1");
  return request;
}

HttpText broken_request(std::string& bytes) {
  bytes.clear();
  HttpText request;
  request.broken = true;
  return request;
}

}  // namespace

std::optional<HttpText> take_http_request(std::string& bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos)
    return bytes.size() > head_bytes_max ? std::optional(broken_request(bytes)) : std::nullopt;
  const std::string head = lower(std::string_view(bytes).substr(0, end + 2));
  HttpText request = request_line(std::string_view(bytes).substr(0, bytes.find("\r\n")));
  const auto body = body_size(head);
  if (request.broken || !body) return broken_request(bytes);
  if (bytes.size() < end + 4 + *body) return std::nullopt;
  const std::string_view connection = header(head, "connection");
  request.keep_alive = request.keep_alive ? connection != "close" : connection == "keep-alive";
  bytes.erase(0, end + 4 + *body);
  return request;
}

std::string http_response(const HttpText& request, int status, const std::string& content_type,
                          const std::string& body) {
  const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  std::string text = fmt::format("HTTP/1.1 {} {}\r\ncontent-length: {}\r\ncontent-type: {}\r\n", status,
                                 std::string_view(reason.data(), reason.size()), body.size(), content_type);
  if (!request.keep_alive || request.broken) text += "connection: close\r\n";
  text += "\r\n";
  if (request.method != "HEAD") text += body;
  return text;
}

}  // namespace muster
