// The Kubernetes API as kubectl speaks it, through the one door.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "responders/responder.hpp"
#include "responders/text/json_value.hpp"

namespace muster {

struct ApiReply {
  int status = 0;
  std::string raw;
  JsonValue body;  ///< null if the answer was no JSON
  std::shared_ptr<Stream> stream;
  bool ok() const { return status >= 200 && status < 300; }
};

/// What kubectl prints for a failed reply: "Error from server (NotFound): pods "x" not found"
/// (k8s.io/kubectl/pkg/cmd/util/helpers.go).
std::string server_error(const ApiReply& reply);

/// "a=b&c=d", sorted by key, values %-encoded; pairs with an empty value are left out.
std::string query_string(std::vector<std::pair<std::string, std::string>> parameters);

namespace patch_type {
inline constexpr const char* strategic = "application/strategic-merge-patch+json";
inline constexpr const char* merge = "application/merge-patch+json";
inline constexpr const char* json = "application/json-patch+json";
inline constexpr const char* apply = "application/apply-patch+yaml";
}  // namespace patch_type

class KubeClient {
 public:
  KubeClient(ResponderHost& host, std::string actor) : host_(host), actor_(std::move(actor)) {}

  ApiReply get(const std::string& path) { return send("GET", path, {}, {}); }
  /// Asks the server for a Table; one that makes none answers with the objects.
  ApiReply get_table(const std::string& path);
  ApiReply post(const std::string& path, const JsonValue& body) {
    return send("POST", path, "application/json", to_json(body));
  }
  ApiReply put(const std::string& path, const JsonValue& body) {
    return send("PUT", path, "application/json", to_json(body));
  }
  ApiReply patch(const std::string& path, const char* type, const std::string& body) {
    return send("PATCH", path, type, body);
  }
  ApiReply remove(const std::string& path, const JsonValue& options) {
    return send("DELETE", path, "application/json", to_json(options));
  }

  /// From now on everything but reading is sent as a dry run.
  void change_nothing() { dry_ = true; }

 private:
  ApiReply send(const char* verb, const std::string& path, std::string content_type, std::string body,
                std::string accept = {});

  ResponderHost& host_;
  std::string actor_;
  bool dry_ = false;
};

}  // namespace muster
