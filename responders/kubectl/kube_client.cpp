#include "responders/kubectl/kube_client.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

std::string cause_text(const JsonValue& cause) {
  const std::string& field = cause["field"].text();
  return field.empty() ? cause["message"].text() : field + ": " + cause["message"].text();
}

/// 422: the fields that are wrong, one to a line if there are several.
std::string invalid_error(const JsonValue& status) {
  const JsonValue& details = status["details"];
  if (!details.is_object() || details["causes"].is_empty())
    return "The request is invalid: " + status["message"].text();
  std::string text =
      fmt::format("The {} \"{}\" is invalid: ", details["kind"].text(), details["name"].text());
  const auto& causes = details["causes"].items();
  if (causes.size() == 1) return text + cause_text(causes.front());
  for (const auto& cause : causes) text += "\n* " + cause_text(cause);
  return text;
}

}  // namespace

std::string server_error(const ApiReply& reply) {
  if (reply.body["kind"].text() != "Status")
    return fmt::format("Error from server: {}",
                       reply.raw.empty() ? fmt::format("HTTP {}", reply.status) : reply.raw);
  const std::string& reason = reply.body["reason"].text();
  const std::string& message = reply.body["message"].text();
  if (reason == "Invalid") return invalid_error(reply.body);
  if (reason == "Unauthorized") return "error: You must be logged in to the server (" + message + ")";
  return reason.empty() ? "Error from server: " + message
                        : fmt::format("Error from server ({}): {}", reason, message);
}

std::string query_string(std::vector<std::pair<std::string, std::string>> parameters) {
  std::stable_sort(parameters.begin(), parameters.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string out;
  for (const auto& [key, value] : parameters) {
    if (value.empty()) continue;
    if (!out.empty()) out += '&';
    out += key + "=" + percent_encoded(value);
  }
  return out;
}

ApiReply KubeClient::get_table(const std::string& path) {
  return send(
      "GET", path, {}, {},
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,"
      "application/json");
}

ApiReply KubeClient::send(const char* verb, const std::string& path, std::string content_type,
                          std::string body, std::string accept) {
  const bool mark = dry_ && std::string_view(verb) != "GET" && path.find("dryRun=") == std::string::npos;
  const std::string suffix = !mark ? "" : path.find('?') == std::string::npos ? "?dryRun=All" : "&dryRun=All";
  Request request{actor_, verb, path + suffix, std::move(content_type), std::move(body)};
  request.accept = std::move(accept);
  request.user_agent = "kubectl/v1.32.4 (linux/amd64) kubernetes/59526cd";
  Answer answer = host_.submit(std::move(request));
  ApiReply reply{answer.status, std::move(answer.body), {}, std::move(answer.stream)};
  if (reply.raw.starts_with('{'))
    if (auto parsed = parse_json(reply.raw)) reply.body = std::move(*parsed);
  return reply;
}

}  // namespace muster
