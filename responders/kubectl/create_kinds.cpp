// kubectl create KIND, expose and autoscale: objects made from flags.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

JsonValue object_of(const KubectlCall& call, const ResourceType& type, const std::string& name) {
  JsonValue object = JsonValue::object();
  object.member("apiVersion") =
      type.group.empty() ? std::string(type.version) : fmt::format("{}/{}", type.group, type.version);
  object.member("kind") = std::string(type.kind);
  object.member("metadata").member("name") = name;
  if (type.namespaced) object.member("metadata").member("namespace") = call.namespace_();
  return object;
}

/// POSTs it, or with --dry-run=client shows it.
void create(KubectlCall& call, const ResourceType& type, JsonValue object, const char* done = "created",
            const char* manager = "kubectl-create") {
  const auto dry_run = dry_run_of(call);
  if (!dry_run || !output_is_known(call, false)) return;
  const std::string name = object["metadata"]["name"].text();
  Target target{&type, call.namespace_(), name, std::move(object)};
  if (*dry_run != DryRun::client) {
    const std::string path = fmt::format("{}?fieldManager={}&fieldValidation=Strict",
                                         collection_path(type, target.namespace_), manager);
    const ApiReply reply = call.api.post(with_dry_run(path, *dry_run), target.object);
    if (!reply.ok()) {
      if (reply.body["reason"].text() == "AlreadyExists" || call.command == "create namespace")
        return call.fail(reply);
      call.print_error(fmt::format(
          "error: failed to create {}: {}", type.singular,
          reply.body["message"].text().empty() ? server_error(reply) : reply.body["message"].text()));
      call.result.exit_code = 1;
      return;
    }
    target.object = reply.body;
  }
  print_done(call, target, done, *dry_run);
}

/// NAME, or empty after printing that there must be exactly one.
std::string one_name(KubectlCall& call, std::size_t words = 1) {
  if (call.words.size() == words) return call.words.back();
  call.fail_usage(fmt::format("exactly one NAME is required, got {}",
                              call.words.size() < words ? 0 : call.words.size() - words + 1));
  return {};
}

JsonValue words_of(const std::vector<std::string>& words) {
  JsonValue list = JsonValue::array();
  for (const auto& word : words) list.append(word);
  return list;
}

/// "nginx" of "registry.example.com/nginx:1.2".
std::string name_of_image(std::string image) {
  image = image.substr(image.rfind('/') + 1);
  return image.substr(0, image.find_first_of(":@"));
}

JsonValue container_of(const KubectlCall& call, const std::string& name, const std::string& image) {
  JsonValue container = JsonValue::object();
  container.member("name") = name;
  container.member("image") = image;
  container.member("resources") = JsonValue::object();
  if (!call.after_dashes.empty()) container.member("command") = words_of(call.after_dashes);
  return container;
}

/// "6379:8080": port and target port.
Result<JsonValue> service_port(const std::string& text) {
  const auto parts = split_at(text, ':');
  JsonValue port = JsonValue::object();
  port.member("name") = fmt::format("{}-{}", parts.front(), parts.back());
  port.member("protocol") = "TCP";
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string& digits = i == 0 ? parts.front() : parts.back();
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos || digits.size() > 5)
      return invalid_input(fmt::format("invalid port number: {}", digits));
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    port.member(i == 0 ? "port" : "targetPort") = number;
  }
  return port;
}

JsonValue job_template(const KubectlCall& call, const std::string& name, const char* restart) {
  JsonValue spec = JsonValue::object();
  JsonValue& pod = spec.member("template").member("spec");
  pod.member("containers").append(container_of(call, name, call.flags.text("image")));
  pod.member("restartPolicy") = call.flags.text("restart", restart);
  return spec;
}

}  // namespace

void create_namespace(KubectlCall& call) {
  const std::string name = one_name(call);
  if (name.empty()) return;
  const ResourceType& type = *find_resource_type("namespaces");
  create(call, type, object_of(call, type, name));
}

void create_service_account(KubectlCall& call) {
  const std::string name = one_name(call);
  if (name.empty()) return;
  const ResourceType& type = *find_resource_type("serviceaccounts");
  create(call, type, object_of(call, type, name));
}

void create_deployment(KubectlCall& call) {
  const std::string name = one_name(call);
  if (name.empty()) return;
  const auto images = call.flags.all("image");
  if (images.empty()) return call.fail("required flag(s) \"image\" not set");
  const ResourceType& type = *find_resource_type("deployments");
  JsonValue object = object_of(call, type, name);
  object.member("metadata").member("labels").member("app") = name;
  JsonValue& spec = object.member("spec");
  spec.member("replicas") = call.flags.whole("replicas", 1);
  spec.member("selector").member("matchLabels").member("app") = name;
  spec.member("template").member("metadata").member("labels").member("app") = name;
  JsonValue& containers = spec.member("template").member("spec").member("containers");
  for (const auto& image : images) {
    containers.append(container_of(call, name_of_image(image), image));
    if (!call.flags.has("port")) continue;
    JsonValue port = JsonValue::object();
    port.member("containerPort") = call.flags.whole("port");
    containers.mutable_items().front().member("ports").append(std::move(port));
  }
  create(call, type, std::move(object));
}

void create_job(KubectlCall& call) {
  const std::string name = one_name(call);
  if (name.empty()) return;
  const ResourceType& type = *find_resource_type("jobs");
  JsonValue object = object_of(call, type, name);
  const std::string from = call.flags.text("from");
  if (from.empty() == call.flags.text("image").empty())
    return call.fail("either --image or --from must be specified");
  if (from.empty()) {
    object.member("spec") = job_template(call, name, "Never");
    return create(call, type, std::move(object));
  }
  const auto source = get_targets(call, {from});
  if (source.empty()) return;
  if (source.front().type->kind != "CronJob") return call.fail("from must be an existing cronjob");
  const JsonValue& job = source.front().object["spec"]["jobTemplate"];
  object.member("spec") = job["spec"];
  JsonValue& metadata = object.member("metadata");
  if (job["metadata"].has("labels")) metadata.member("labels") = job["metadata"]["labels"];
  metadata.member("annotations") =
      job["metadata"]["annotations"].is_object() ? job["metadata"]["annotations"] : JsonValue::object();
  metadata.member("annotations").member("cronjob.kubernetes.io/instantiate") = "manual";
  JsonValue owner = JsonValue::object();
  owner.member("apiVersion") = "batch/v1";
  owner.member("kind") = "CronJob";
  owner.member("name") = source.front().name;
  owner.member("uid") = source.front().object["metadata"]["uid"];
  owner.member("controller") = true;
  metadata.member("ownerReferences").append(std::move(owner));
  create(call, type, std::move(object));
}

void create_cron_job(KubectlCall& call) {
  const std::string name = one_name(call);
  if (name.empty()) return;
  if (!call.flags.has("image")) return call.fail("required flag(s) \"image\" not set");
  if (!call.flags.has("schedule")) return call.fail("required flag(s) \"schedule\" not set");
  const ResourceType& type = *find_resource_type("cronjobs");
  JsonValue object = object_of(call, type, name);
  object.member("spec").member("schedule") = call.flags.text("schedule");
  object.member("spec").member("jobTemplate").member("metadata").member("name") = name;
  object.member("spec").member("jobTemplate").member("spec") = job_template(call, name, "OnFailure");
  create(call, type, std::move(object));
}

void create_service(KubectlCall& call) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 3> kinds{
      {{"clusterip", "ClusterIP"}, {"nodeport", "NodePort"}, {"loadbalancer", "LoadBalancer"}}};
  const char* kind = nullptr;
  for (const auto& [word, name] : kinds)
    if (!call.words.empty() && call.words.front() == word) kind = name;
  if (kind == nullptr)
    return call.fail_usage(
        fmt::format("unknown command \"{}\"", call.words.empty() ? "" : call.words.front()));
  const std::string name = one_name(call, 2);
  if (name.empty()) return;
  if (!call.flags.has("tcp")) return call.fail("at least one tcp port specifier must be provided");
  const ResourceType& type = *find_resource_type("services");
  JsonValue object = object_of(call, type, name);
  object.member("metadata").member("labels").member("app") = name;
  object.member("spec").member("type") = kind;
  object.member("spec").member("selector").member("app") = name;
  for (const auto& text : call.flags.all("tcp")) {
    const auto port = service_port(text);
    if (!port) return call.fail(port.error().message);
    object.member("spec").member("ports").append(*port);
  }
  create(call, type, std::move(object));
}

void create_budget(KubectlCall& call) {
  const std::string name = one_name(call);
  if (name.empty()) return;
  const ResourceType& type = *find_resource_type("poddisruptionbudgets");
  if (!call.flags.has("selector")) return call.fail("a selector must be specified");
  if (call.flags.has("min-available") == call.flags.has("max-unavailable"))
    return call.fail("one of min-available or max-unavailable must be specified");
  JsonValue object = object_of(call, type, name);
  for (const auto& pair : split_at(call.flags.text("selector"), ',')) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) return call.fail("a selector of equalities is expected");
    object.member("spec").member("selector").member("matchLabels").member(pair.substr(0, equals)) =
        pair.substr(equals + 1);
  }
  const bool least = call.flags.has("min-available");
  const std::string amount = call.flags.text(least ? "min-available" : "max-unavailable");
  const bool percent = amount.ends_with('%');
  object.member("spec").member(least ? "minAvailable" : "maxUnavailable") =
      percent ? JsonValue(amount) : JsonValue(call.flags.whole(least ? "min-available" : "max-unavailable"));
  create(call, type, std::move(object));
}

void expose(KubectlCall& call) {
  const ResourceType& type = *find_resource_type("services");
  for (const auto& target : get_targets(call, call.words)) {
    const JsonValue& spec = target.object["spec"];
    JsonValue selector =
        spec["selector"].has("matchLabels") ? spec["selector"]["matchLabels"] : spec["selector"];
    if (target.type->kind == "Pod") selector = target.object["metadata"]["labels"];
    if (selector.is_empty())
      return call.fail(
          fmt::format("couldn't retrieve selectors via --selector flag or introspection: {} has no "
                      "selector",
                      target.name));
    const JsonValue& container_port =
        spec["template"]["spec"]["containers"].at(0)["ports"].at(0)["containerPort"];
    if (!call.flags.has("port") && container_port.is_null())
      return call.fail(
          "couldn't find port via --port flag or introspection\nSee 'kubectl expose -h' for help and "
          "examples");
    JsonValue object = object_of(call, type, call.flags.text("name", target.name));
    if (target.object["metadata"]["labels"].is_object())
      object.member("metadata").member("labels") = target.object["metadata"]["labels"];
    JsonValue port = JsonValue::object();
    port.member("protocol") = call.flags.text("protocol", "TCP");
    port.member("port") = call.flags.whole("port", container_port.whole());
    const std::string to = call.flags.text("target-port");
    const bool number = to.find_first_not_of("0123456789") == std::string::npos;
    port.member("targetPort") = to.empty() ? port["port"]
                                : number   ? JsonValue(call.flags.whole("target-port"))
                                           : JsonValue(to);
    object.member("spec").member("ports").append(std::move(port));
    object.member("spec").member("selector") = std::move(selector);
    if (call.flags.has("type")) object.member("spec").member("type") = call.flags.text("type");
    create(call, type, std::move(object), "exposed", "kubectl-expose");
  }
}

void autoscale(KubectlCall& call) {
  if (!call.flags.has("max") || call.flags.whole("max") < 1)
    return call.fail("--max=MAXPODS is required and must be at least 1, max: " +
                     call.flags.text("max", "-1"));
  if (call.flags.whole("min", 1) > call.flags.whole("max"))
    return call.fail(fmt::format("--max=MAXPODS must be larger or equal to --min=MINPODS, max: {}, min: {}",
                                 call.flags.whole("max"), call.flags.whole("min")));
  ResourceType type = *find_resource_type("horizontalpodautoscalers");
  type.version = "v1";  // the version kubectl 1.32 sends
  for (const auto& target : get_targets(call, call.words)) {
    JsonValue object = object_of(call, type, call.flags.text("name", target.name));
    JsonValue& spec = object.member("spec");
    JsonValue& about = spec.member("scaleTargetRef");
    about.member("apiVersion") = target.type->group.empty()
                                     ? std::string(target.type->version)
                                     : fmt::format("{}/{}", target.type->group, target.type->version);
    about.member("kind") = std::string(target.type->kind);
    about.member("name") = target.name;
    if (call.flags.has("min")) spec.member("minReplicas") = call.flags.whole("min");
    spec.member("maxReplicas") = call.flags.whole("max");
    if (call.flags.has("cpu-percent"))
      spec.member("targetCPUUtilizationPercentage") = call.flags.whole("cpu-percent");
    create(call, type, std::move(object), "autoscaled", "kubectl-autoscale");
  }
}

}  // namespace muster::kubectl_handlers
