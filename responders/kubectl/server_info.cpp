// What kubectl tells of the server and of itself: api-resources, api-versions, cluster-info, config, auth.
#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

/// "v1", then the groups' preferred versions first.
std::vector<std::string> group_versions(KubectlCall& call) {
  std::vector<std::string> all{"v1"};
  const ApiReply groups = call.api.get("/apis");
  if (!groups.ok()) call.fail(groups);
  for (const JsonValue& group : groups.body["groups"].items())
    for (const JsonValue& version : group["versions"].items()) all.push_back(version["groupVersion"].text());
  return all;
}

std::string texts(const JsonValue& list) {
  std::vector<std::string> all;
  for (const JsonValue& each : list.items()) all.push_back(each.text());
  return join(all, ",");
}

bool is_chosen(KubectlCall& call, const std::string& group, const JsonValue& resource) {
  if (resource["name"].text().find('/') != std::string::npos) return false;
  if (call.flags.has("api-group") && call.flags.text("api-group") != group) return false;
  if (call.flags.has("namespaced") && call.flags.truth("namespaced") != resource["namespaced"].truth())
    return false;
  const auto verbs = split_at(call.flags.text("verbs"), ',');
  const std::string has = "," + texts(resource["verbs"]) + ",";
  return std::all_of(verbs.begin(), verbs.end(), [&](const std::string& verb) {
    return verb.empty() || has.find("," + verb + ",") != std::string::npos;
  });
}

struct Context {
  static constexpr const char* name = "drill";
  static constexpr const char* server = "https://127.0.0.1:6443";
};

void set_context(KubectlCall& call) {
  const bool current =
      call.flags.truth("current") || (call.words.size() == 1 && call.words.front() == Context::name);
  if (!current)
    return call.refuse("`kubectl config set-context` makes no further contexts here: there is one cluster");
  if (call.flags.has("namespace")) call.session.kube_namespace = call.flags.text("namespace");
  call.print(fmt::format("Context \"{}\" modified.", Context::name));
}

JsonValue kubeconfig(const KubectlCall& call) {
  JsonValue config = JsonValue::object();
  config.member("apiVersion") = "v1";
  config.member("kind") = "Config";
  config.member("current-context") = Context::name;
  config.member("preferences") = JsonValue::object();
  JsonValue cluster = JsonValue::object(), context = JsonValue::object(), user = JsonValue::object();
  cluster.member("name") = Context::name;
  cluster.member("cluster").member("server") = Context::server;
  context.member("name") = Context::name;
  context.member("context").member("cluster") = Context::name;
  context.member("context").member("namespace") = call.session.kube_namespace;
  context.member("context").member("user") = call.session.actor;
  user.member("name") = call.session.actor;
  user.member("user").member("token") = "REDACTED";
  config.member("clusters").append(std::move(cluster));
  config.member("contexts").append(std::move(context));
  config.member("users").append(std::move(user));
  return config;
}

}  // namespace

void api_resources(KubectlCall& call) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& version : group_versions(call)) {
    const ApiReply list = call.api.get((version == "v1" ? "/api/" : "/apis/") + version);
    if (!list.ok()) continue;
    const std::string group = version == "v1" ? "" : version.substr(0, version.find('/'));
    for (const JsonValue& resource : list.body["resources"].items()) {
      const bool known = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
        return row[0] == resource["name"].text() && row[5] == group;
      });
      if (known || !is_chosen(call, group, resource)) continue;
      rows.push_back({resource["name"].text(), texts(resource["shortNames"]), version,
                      resource["namespaced"].truth() ? "true" : "false", resource["kind"].text(), group});
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return std::tie(a[5], a[0]) < std::tie(b[5], b[0]); });
  if (call.flags.text("output") == "name") {
    for (const auto& row : rows) call.print(row[5].empty() ? row[0] : row[0] + "." + row[5]);
    return;
  }
  for (auto& row : rows) row.pop_back();
  if (!call.flags.truth("no-headers"))
    rows.insert(rows.begin(), {"NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"});
  call.result.out += align_rows(rows);
}

void api_versions(KubectlCall& call) {
  auto all = group_versions(call);
  std::sort(all.begin(), all.end());
  for (const auto& version : all) call.print(version);
}

void cluster_info(KubectlCall& call) {
  const ApiReply services = call.api.get(
      "/api/v1/namespaces/kube-system/services?labelSelector=kubernetes.io%2Fcluster-service%3Dtrue");
  if (!services.ok()) return call.fail(services);
  call.print(fmt::format("Kubernetes control plane is running at {}", Context::server));
  call.print("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.");
}

void config(KubectlCall& call) {
  if (call.words.empty()) return call.fail_usage("`kubectl config` needs a subcommand");
  const std::string sub = call.words.front();
  call.words.erase(call.words.begin());
  if (sub == "current-context") return call.print(Context::name);
  if (sub == "get-clusters") return call.print(fmt::format("NAME\n{}", Context::name));
  if (sub == "set-context") return set_context(call);
  if (sub == "view") {
    call.result.out += to_yaml(kubeconfig(call));
    return;
  }
  if (sub == "get-contexts") {
    call.result.out +=
        align_rows({{"CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"},
                    {"*", Context::name, Context::name, call.session.actor, call.session.kube_namespace}});
    return;
  }
  if (sub == "use-context") {
    if (call.words.empty() || call.words.front() != Context::name)
      return call.fail(fmt::format("no context exists with the name: \"{}\"",
                                   call.words.empty() ? "" : call.words.front()));
    return call.print(fmt::format("Switched to context \"{}\".", Context::name));
  }
  call.fail(fmt::format("unknown command \"{}\"\nSee 'kubectl config -h' for help and examples", sub));
}

}  // namespace muster::kubectl_handlers
