#include <fmt/format.h>

#include <algorithm>

#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

Json details_of(const ResourceType& type, const std::string& name) {
  Json details{{"kind", type.plural}};
  put(details, "name", name);
  put(details, "group", std::string(type.group));
  return details;
}

Answer about(const ResourceType& type, const std::string& name, int code, const char* reason,
             std::string problem) {
  return failure(code, reason, fmt::format("{} \"{}\" {}", type.qualified_plural(), name, problem),
                 details_of(type, name));
}

bool all_digits(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

std::string unescaped(std::string text) {
  for (std::size_t at = 0; (at = text.find('~', at)) != std::string::npos && at + 1 < text.size(); ++at) {
    text.replace(at, 2, text[at + 1] == '1' ? "/" : "~");
  }
  return text;
}

}  // namespace

Answer json_answer(int status, const Json& body) {
  Answer answer;
  answer.status = status;
  answer.body = print_json(body);
  return answer;
}

Json failure_status(int code, const char* reason, const std::string& message) {
  return {{"kind", "Status"},    {"apiVersion", "v1"}, {"metadata", Json::object()},
          {"status", "Failure"}, {"message", message}, {"reason", reason},
          {"code", code}};
}

Answer failure(int code, const char* reason, const std::string& message, Json details) {
  Json status = failure_status(code, reason, message);
  put(status, "details", std::move(details));
  return json_answer(code, status);
}

Answer unknown_path() {
  return failure(404, "NotFound", "the server could not find the requested resource");
}

Answer not_found(const ResourceType& type, const std::string& name) {
  return about(type, name, 404, "NotFound", "not found");
}

Answer already_exists(const ResourceType& type, const std::string& name) {
  return about(type, name, 409, "AlreadyExists", "already exists");
}

Answer conflict(const ResourceType& type, const std::string& name, const std::string& why) {
  return failure(
      409, "Conflict",
      fmt::format("Operation cannot be fulfilled on {} \"{}\": {}", type.qualified_plural(), name, why),
      details_of(type, name));
}

Answer stale(const ResourceType& type, const std::string& name) {
  return conflict(
      type, name,
      "the object has been modified; please apply your changes to the latest version and try again");
}

Answer bad_request(const std::string& message) {
  return failure(400, "BadRequest", message);
}

Answer invalid(const ResourceType& type, const std::string& name, const std::string& pointer,
               const std::string& message) {
  const std::string field = field_path(pointer);
  const std::string problem = field.empty() ? message : fmt::format("{}: {}", field, message);
  Json details{{"kind", type.kind}};
  put(details, "name", name);
  put(details, "group", std::string(type.group));
  Json cause{{"message", message}, {"reason", "FieldValueInvalid"}};
  if (message.starts_with("Required value")) cause["reason"] = "FieldValueRequired";
  if (message.starts_with("Forbidden")) cause["reason"] = "FieldValueForbidden";
  if (message.starts_with("Unsupported value")) cause["reason"] = "FieldValueNotSupported";
  if (message.starts_with("Duplicate value")) cause["reason"] = "FieldValueDuplicate";
  put(cause, "field", field);
  details["causes"].push_back(std::move(cause));
  return failure(422, "Invalid",
                 fmt::format("{} \"{}\" is invalid: {}", type.qualified_kind(), name, problem),
                 std::move(details));
}

Answer method_not_allowed(const ResourceType& type, const std::string& action) {
  return failure(
      405, "MethodNotAllowed",
      fmt::format("{} is not supported on resources of kind \"{}\"", action, type.qualified_plural()),
      details_of(type, {}));
}

Answer not_served(const std::string& what) {
  return failure(501, "NotImplemented", what + " is not simulated");
}

Answer unsupported_media_type(const std::string& found, const std::string& expected) {
  return failure(
      415, "UnsupportedMediaType",
      fmt::format("the body of the request was in an unknown format - accepted media types include: {} "
                  "(found \"{}\")",
                  expected, found));
}

Answer deleted(const ResourceType& type, const Object& object) {
  Json details = details_of(type, object.meta.name);
  put(details, "uid", object.meta.uid);
  return json_answer(200, {{"kind", "Status"},
                           {"apiVersion", "v1"},
                           {"metadata", Json::object()},
                           {"status", "Success"},
                           {"details", std::move(details)}});
}

Answer refusal(const ResourceType& type, const std::string& name, const Error& error) {
  switch (error.code) {
    case ErrorCode::invalid_input:
      return invalid(type, name, error.where, error.message);
    case ErrorCode::conflict:
      return stale(type, name);
    case ErrorCode::not_found:
      return not_found(type, name);
    case ErrorCode::unavailable:  // a rule of the cluster, such as a quota
      return failure(403, "Forbidden", error.message, details_of(type, name));
    case ErrorCode::internal:
      break;
  }
  return failure(500, "InternalError", "Internal error occurred: " + error.text());
}

Answer undecodable(const ResourceType& type, const std::string& name, const DecodeError& error) {
  if (error.go_words.empty()) return invalid(type, name, error.pointer, error.message);
  std::string problem = error.go_words;
  constexpr std::string_view anonymous = "Go value of type";
  if (const std::size_t at = problem.find(anonymous); at != std::string::npos && !error.pointer.empty()) {
    problem.replace(at, anonymous.size(),
                    fmt::format("Go struct field {}.{} of type", type.kind, field_path(error.pointer)));
  }
  return bad_request(fmt::format("{0} in version \"{1}\" cannot be handled as a {0}: {2}", type.kind,
                                 type.version, problem));
}

std::string field_path(const std::string& pointer) {
  std::string path;
  std::size_t at = pointer.empty() ? std::string::npos : 1;
  while (at != std::string::npos && at <= pointer.size()) {
    const std::size_t end = std::min(pointer.find('/', at), pointer.size());
    const std::string part = unescaped(pointer.substr(at, end - at));
    if (all_digits(part)) {
      path += fmt::format("[{}]", part);
    } else if (part.find_first_of("./") != std::string::npos) {
      path += fmt::format("[{}]", part);
    } else {
      path += (path.empty() ? "" : ".") + part;
    }
    at = end + 1;
  }
  return path;
}

}  // namespace muster::kube
