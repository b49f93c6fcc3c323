#include <fmt/format.h>

#include "api/kube/handlers_json.hpp"
#include "api/kube/patch_json.hpp"
#include "api/kube/protobuf/protobuf.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

constexpr const char* json_type = "application/json";
constexpr const char* protobuf_type = "application/vnd.kubernetes.protobuf";
constexpr const char* merge_type = "application/merge-patch+json";
constexpr const char* operations_type = "application/json-patch+json";
constexpr const char* strategic_type = "application/strategic-merge-patch+json";

/// Without parameters such as "; charset=utf-8".
std::string media_type(const std::string& content_type) {
  return content_type.substr(0, content_type.find_first_of("; "));
}

Answer broken_json(const Request& request, const Error& error) {
  const bool too_large = request.body.size() > json_bytes_max;
  if (too_large) return failure(413, "RequestEntityTooLarge", "Request entity too large: " + error.message);
  return bad_request("the body is not JSON: " + error.message);
}

/// kubectl has a way round a kind whose messages we cannot read: to apply what it would have sent.
Answer broken_protobuf(const Error& error) {
  if (error.code == ErrorCode::invalid_input) return bad_request(error.message);
  return unsupported_media_type(
      fmt::format(
          "{} of kind {}; kubectl create ... --dry-run=client -o yaml | kubectl apply -f - sends JSON",
          protobuf_type, error.message),
      json_type);
}

/// A patch that cannot be carried out: the real server does not say why (NewGenericServerResponse with 422).
Answer cannot_apply(const Error& error) {
  if (error.code == ErrorCode::invalid_input) return bad_request(error.message);
  return failure(422, "Invalid", "the server rejected our request due to an error in our request");
}

}  // namespace

Json read_body_json(const Request& request, std::optional<Answer>& problem) {
  const std::string type = media_type(request.content_type);
  if (!type.empty() && type != json_type && type != protobuf_type) {
    problem = unsupported_media_type(type, fmt::format("{}, {}", json_type, protobuf_type));
    return {};
  }
  Result<Json> json = type == protobuf_type ? decode_protobuf(request.body) : parse_json(request.body);
  if (!json && type == protobuf_type) {
    problem = broken_protobuf(json.error());
    return {};
  }
  if (json && json->is_object()) return *std::move(json);
  problem = json ? bad_request("the body is no object") : broken_json(request, json.error());
  return {};
}

std::optional<Answer> apply_patch(const Call& call, Json& target) {
  const std::string type = media_type(call.request.content_type);
  if (type != merge_type && type != operations_type && type != strategic_type) {
    return unsupported_media_type(type,
                                  fmt::format("{}, {}, {}", operations_type, merge_type, strategic_type));
  }
  const Result<Json> patch = parse_json(call.request.body);
  if (!patch) return broken_json(call.request, patch.error());
  Result<void> applied;
  if (type == operations_type) {
    applied = apply_json_patch(target, *patch);
  } else if (!patch->is_object()) {
    applied = invalid_input("the patch is no object");
  } else if (type == merge_type) {
    apply_merge_patch(target, *patch);
  } else {
    applied = apply_strategic_patch(target, *patch, call.type().kind);
  }
  if (!applied) return cannot_apply(applied.error());
  if (!target.is_object()) return bad_request("the patched document is no object");
  return std::nullopt;
}

}  // namespace muster::kube
