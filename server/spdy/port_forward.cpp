#include "server/spdy/port_forward.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "server/http_text.hpp"

namespace muster {

namespace {

using Json = nlohmann::json;

constexpr std::size_t pairs_max = 256;

/// 0 if it is no port.
int port_of(const std::string& text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port > 0 && port < 65536 ? port : 0;
}

}  // namespace

std::unique_ptr<PortForward> PortForward::open(const Request& request, const ExecSession::Ask& ask,
                                               Answer& refusal) {
  Request post = request;
  post.verb = "POST";
  post.path = request.path.substr(0, request.path.find('?'));
  post.content_type = "application/json";
  post.body = "{}";
  refusal = ask(post);
  if (!refusal.ok()) return nullptr;
  return std::unique_ptr<PortForward>(new PortForward(std::move(post), ask));
}

bool PortForward::opened(StreamId stream, const SpdyHeaders& headers) {
  const int port = port_of(spdy_header(headers, "port"));
  const std::string id = spdy_header(headers, "requestid"), type = spdy_header(headers, "streamtype");
  if (pairs_.size() >= pairs_max && !pairs_.contains(id)) return false;
  if (port == 0 || id.empty() || (type != "data" && type != "error")) return false;
  Pair& pair = pairs_[id];
  StreamId& place = type == "data" ? pair.data : pair.error;
  if (place != 0 || (pair.port != 0 && pair.port != port)) return false;
  pair.port = port;
  place = stream;
  return true;
}

std::map<std::string, PortForward::Pair>::iterator PortForward::pair_of(StreamId stream) {
  return std::find_if(pairs_.begin(), pairs_.end(), [&](const auto& one) {
    return one.second.data == stream || one.second.error == stream;
  });
}

void PortForward::heard(StreamId stream, std::string_view data, bool fin) {
  const auto found = pair_of(stream);
  if (found == pairs_.end() || found->second.data != stream)
    return;  // kubectl says nothing on the error stream
  Pair& pair = found->second;
  pair.heard += data;
  while (const auto asked = take_http_request(pair.heard)) {
    Request one = request_;
    one.body = Json{{"port", pair.port}, {"method", asked->method}, {"path", asked->path}}.dump(
        -1, ' ', false, Json::error_handler_t::replace);
    const Answer answer = ask_(one);
    const Json json = Json::parse(answer.body, nullptr, false);
    if (!answer.ok()) return finish(found, json.is_object() ? json.value("message", "") : answer.body);
    say(stream, asked->broken
                    ? http_response(*asked, 400, "text/plain", "Invalid HTTP request received.")
                    : http_response(*asked, json.value("status", 502),
                                    json.value("contentType", "text/plain"), json.value("body", "")));
    if (asked->broken || !asked->keep_alive) return finish(found, {});
  }
  if (fin) finish(found, {});
}

void PortForward::dropped(StreamId stream) {
  const auto found = pair_of(stream);
  if (found != pairs_.end()) finish(found, {});
}

void PortForward::finish(std::map<std::string, Pair>::iterator pair, std::string_view error) {
  const Pair over = pair->second;
  pairs_.erase(pair);
  if (over.error != 0) say(over.error, error, true);
  if (over.data != 0) say(over.data, {}, true);
}

}  // namespace muster
