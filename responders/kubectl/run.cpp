// kubectl run: a bare pod, and with -i the program in it (k8s.io/kubectl/pkg/cmd/run/run.go).
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/image_program.hpp"
#include "responders/kubectl/object_condition.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

constexpr SimDuration running_timeout = 1min;  // --pod-running-timeout's default

Result<void> add_container(const KubectlCall& call, JsonValue& spec, const std::string& name) {
  JsonValue container = JsonValue::object();
  container.member("name") = name;
  container.member("image") = call.flags.text("image");
  if (call.flags.has("image-pull-policy"))
    container.member("imagePullPolicy") = call.flags.text("image-pull-policy");
  if (!call.after_dashes.empty()) {
    JsonValue words = JsonValue::array();
    for (const auto& word : call.after_dashes) words.append(word);
    container.member(call.flags.truth("command") ? "command" : "args") = std::move(words);
  }
  for (const auto& variable : call.flags.all("env")) {
    const auto equals = variable.find('=');
    if (equals == std::string::npos || equals == 0)
      return invalid_input(fmt::format("invalid env: {}", variable));
    JsonValue env = JsonValue::object();
    env.member("name") = variable.substr(0, equals);
    env.member("value") = variable.substr(equals + 1);
    container.member("env").append(std::move(env));
  }
  if (call.flags.has("port")) {
    JsonValue port = JsonValue::object();
    port.member("containerPort") = call.flags.whole("port");
    container.member("ports").append(std::move(port));
  }
  if (call.flags.truth("stdin")) {
    container.member("stdin") = true;
    container.member("stdinOnce") = true;
  }
  if (call.flags.truth("tty")) container.member("tty") = true;
  container.member("resources") = JsonValue::object();
  spec.member("containers").append(std::move(container));
  return {};
}

Result<JsonValue> pod_of(const KubectlCall& call, const std::string& name) {
  JsonValue pod = JsonValue::object();
  pod.member("apiVersion") = "v1";
  pod.member("kind") = "Pod";
  JsonValue& metadata = pod.member("metadata");
  metadata.member("name") = name;
  metadata.member("namespace") = call.namespace_();
  metadata.member("labels").member("run") = name;
  if (call.flags.has("labels")) {
    metadata.member("labels") = JsonValue::object();
    for (const auto& pair : split_at(call.flags.text("labels"), ',')) {
      const auto equals = pair.find('=');
      if (equals == std::string::npos) return invalid_input(fmt::format("unexpected label format: {}", pair));
      metadata.member("labels").member(pair.substr(0, equals)) = pair.substr(equals + 1);
    }
  }
  JsonValue& spec = pod.member("spec");
  spec.member("dnsPolicy") = "ClusterFirst";
  spec.member("restartPolicy") = call.flags.text("restart", "Always");
  const auto added = add_container(call, spec, name);
  if (!added) return added.error();
  return pod;
}

/// False after printing what kubectl says about it.
bool is_well_formed(KubectlCall& call) {
  if (call.words.empty()) {
    call.fail_usage("NAME is required for run");
  } else if (call.flags.text("image").empty()) {
    call.fail("required flag(s) \"image\" not set");
  } else if (call.flags.truth("rm") && !call.flags.truth("stdin") && !call.flags.truth("attach")) {
    call.fail("--rm should only be used for attached containers");
  } else if (call.flags.truth("tty") && !call.flags.truth("stdin") && !call.flags.truth("attach")) {
    call.fail("-i/--stdin is required for containers with -t/--tty=true");
  } else {
    return true;
  }
  return false;
}

bool has_started(const JsonValue& pod) {
  const std::string& phase = pod["status"]["phase"].text();
  return phase == "Succeeded" || phase == "Failed" ||
         (phase == "Running" && condition_status(pod, "Ready") == "True");
}

/// True once the pod runs or has ended; false after printing why it does not.
Task<bool> wait_until_started(KubectlCall& call, Target pod) {
  const SimTime deadline =
      call.session.host.now() + call.flags.duration("pod-running-timeout", running_timeout);
  const std::string collection = collection_path(*pod.type, pod.namespace_) + "?";
  const std::string only = "metadata.name=" + pod.name;
  const ApiReply list = call.api.get(collection + query_string({{"fieldSelector", only}}));
  if (list.ok() && has_started(list.body["items"].at(0))) co_return true;
  const ApiReply watch = call.api.get(
      collection + query_string({{"fieldSelector", only},
                                 {"resourceVersion", list.body["metadata"]["resourceVersion"].text()},
                                 {"watch", "true"}}));
  while (watch.ok() && watch.stream != nullptr) {
    stream_ready waiting(call.session.host, watch.stream, deadline);
    const bool more = co_await waiting;
    if (!more || (watch.stream->ended() && !watch.stream->ready())) break;
    for (const auto& line : watch.stream->take()) {
      const auto event = parse_json(line);
      if (event && has_started((*event)["object"])) co_return true;
    }
  }
  call.fail("timed out waiting for the condition");
  co_return false;
}

Task<void> attach(KubectlCall& call, Target pod) {
  Task<bool> waiting = wait_until_started(call, pod);
  const bool started = co_await waiting;
  if (!started) co_return;
  Task<CommandResult> running =
      run_image_program(call.session, call.flags.text("image"), call.after_dashes, call.input);
  CommandResult result = co_await running;
  call.result.out += result.out;
  call.result.err += result.err;
  call.result.exit_code = result.exit_code;
  if (call.result.cannot_run.empty()) call.result.cannot_run = result.cannot_run;
  if (result.exit_code != 0 && !call.flags.truth("quiet"))
    call.print_error(fmt::format("pod {}/{} terminated (Error)", pod.namespace_, pod.name));
}

void remove_pod(KubectlCall& call, const Target& pod) {
  JsonValue options = JsonValue::object();
  options.member("propagationPolicy") = "Background";
  const ApiReply reply = call.api.remove(pod.path(), options);
  if (!reply.ok()) return call.fail(reply);
  if (!call.flags.truth("quiet")) call.print(fmt::format("pod \"{}\" deleted", pod.name));
}

}  // namespace

Task<void> run(KubectlCall& call) {
  if (!is_well_formed(call) || !output_is_known(call, false)) co_return;
  const auto dry_run = dry_run_of(call);
  if (!dry_run) co_return;
  const auto object = pod_of(call, call.words.front());
  if (!object) {
    call.fail(object.error().message);
    co_return;
  }
  const ResourceType& type = *find_resource_type("pods");
  Target pod{&type, call.namespace_(), call.words.front(), *object};
  if (*dry_run != DryRun::client) {
    const ApiReply reply = call.api.post(
        with_dry_run(collection_path(type, pod.namespace_) + "?fieldManager=kubectl-run", *dry_run), *object);
    if (!reply.ok()) {
      call.fail(reply);
      co_return;
    }
    pod.object = reply.body;
  }
  const bool attached = call.flags.truth("attach", call.flags.truth("stdin"));
  if (!attached || *dry_run != DryRun::none) {
    print_done(call, pod, "created", *dry_run);
    co_return;
  }
  Task<void> attaching = attach(call, pod);
  co_await attaching;
  if (call.flags.truth("rm")) remove_pod(call, pod);
}

}  // namespace muster::kubectl_handlers
