// kubectl auth can-i and whoami: access reviews.
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

JsonValue review(const char* kind, const char* group) {
  JsonValue object = JsonValue::object();
  object.member("kind") = kind;
  object.member("apiVersion") = fmt::format("{}/v1", group);
  object.member("metadata").member("creationTimestamp") = JsonValue();
  return object;
}

std::string bracketed(const JsonValue& list) {
  std::vector<std::string> all;
  for (const JsonValue& each : list.items()) all.push_back(each.text());
  return "[" + join(all, " ") + "]";
}

void list_rules(KubectlCall& call) {
  JsonValue object = review("SelfSubjectRulesReview", "authorization.k8s.io");
  object.member("spec").member("namespace") = call.namespace_();
  const ApiReply reply = call.api.post("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", object);
  if (!reply.ok()) return call.fail(reply);
  std::vector<std::vector<std::string>> rows{{"Resources", "Non-Resource URLs", "Resource Names", "Verbs"}};
  for (const JsonValue& rule : reply.body["status"]["resourceRules"].items())
    for (const JsonValue& resource : rule["resources"].items()) {
      const std::string& group = rule["apiGroups"].at(0).text();
      rows.push_back({group.empty() ? resource.text() : resource.text() + "." + group, "[]",
                      bracketed(rule["resourceNames"]), bracketed(rule["verbs"])});
    }
  for (const JsonValue& rule : reply.body["status"]["nonResourceRules"].items())
    rows.push_back({"", bracketed(rule["nonResourceURLs"]), "[]", bracketed(rule["verbs"])});
  call.result.out += align_rows(rows);
}

}  // namespace

void auth_can_i(KubectlCall& call) {
  if (call.flags.truth("list")) return list_rules(call);
  if (call.words.size() < 2 || call.words.size() > 3)
    return call.fail(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth "
        "can-i -h' for help and examples.");
  std::string resource = call.words[1], name = call.words.size() > 2 ? call.words[2] : "";
  if (const auto slash = resource.find('/'); slash != std::string::npos && !resource.starts_with('/')) {
    name = resource.substr(slash + 1);
    resource.resize(slash);
  }
  const ResourceType* type = find_resource_type(resource);
  if (type == nullptr && resource != "*")
    call.print_error(fmt::format("Warning: the server doesn't have a resource type '{}'\n", resource));
  JsonValue object = review("SelfSubjectAccessReview", "authorization.k8s.io");
  JsonValue& asked = object.member("spec").member("resourceAttributes");
  const bool cluster_wide = call.flags.truth("all-namespaces") || (type != nullptr && !type->namespaced);
  if (!cluster_wide) asked.member("namespace") = call.namespace_();
  asked.member("verb") = call.words[0];
  if (type != nullptr && !type->group.empty()) asked.member("group") = std::string(type->group);
  asked.member("resource") = type != nullptr ? std::string(type->plural) : resource;
  if (call.flags.has("subresource")) asked.member("subresource") = call.flags.text("subresource");
  if (!name.empty()) asked.member("name") = name;
  const ApiReply reply = call.api.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", object);
  if (!reply.ok()) return call.fail(reply);
  const bool allowed = reply.body["status"]["allowed"].truth();
  if (!call.flags.truth("quiet")) call.print(allowed ? "yes" : "no");
  call.result.exit_code = allowed ? 0 : 1;
}

void auth_whoami(KubectlCall& call) {
  const ApiReply reply = call.api.post("/apis/authentication.k8s.io/v1/selfsubjectreviews",
                                       review("SelfSubjectReview", "authentication.k8s.io"));
  if (!reply.ok()) return call.fail(reply);
  if (call.flags.has("output")) return print_value(call, reply.body);
  const JsonValue& user = reply.body["status"]["userInfo"];
  std::vector<std::vector<std::string>> rows{{"ATTRIBUTE", "VALUE"}, {"Username", user["username"].text()}};
  if (user.has("uid")) rows.push_back({"UID", user["uid"].text()});
  rows.push_back({"Groups", bracketed(user["groups"])});
  call.result.out += align_rows(rows);
}

}  // namespace muster::kubectl_handlers
