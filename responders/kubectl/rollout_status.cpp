// kubectl rollout status (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go).
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/object_condition.hpp"
#include "responders/kubectl/rollout.hpp"

namespace muster::kubectl_handlers {
namespace {

struct StatusLine {
  std::string text;
  bool done = false, failed = false;
};

StatusLine daemon_set_line(const JsonValue& object) {
  const std::string& name = object["metadata"]["name"].text();
  const JsonValue& status = object["status"];
  const auto wanted = status["desiredNumberScheduled"].whole();
  const auto updated = status["updatedNumberScheduled"].whole(),
             available = status["numberAvailable"].whole();
  const std::string waiting = fmt::format("Waiting for daemon set \"{}\" rollout to finish: ", name);
  if (object["metadata"]["generation"].whole() > status["observedGeneration"].whole())
    return {"Waiting for daemon set spec update to be observed...", false, false};
  if (updated < wanted)
    return {fmt::format("{}{} out of {} new pods have been updated...", waiting, updated, wanted), false,
            false};
  if (available < wanted)
    return {fmt::format("{}{} of {} updated pods are available...", waiting, available, wanted), false,
            false};
  return {fmt::format("daemon set \"{}\" successfully rolled out", name), true, false};
}

StatusLine stateful_set_line(const JsonValue& object) {
  const JsonValue& status = object["status"];
  const auto wanted = object["spec"]["replicas"].whole(1);
  if (object["metadata"]["generation"].whole() > status["observedGeneration"].whole())
    return {"Waiting for statefulset spec update to be observed...", false, false};
  if (status["readyReplicas"].whole() < wanted)
    return {fmt::format("Waiting for {} pods to be ready...", wanted - status["readyReplicas"].whole()),
            false, false};
  if (status["updateRevision"] != status["currentRevision"])
    return {fmt::format("waiting for statefulset rolling update to complete {} pods at revision {}...",
                        status["updatedReplicas"].whole(), status["updateRevision"].text()),
            false, false};
  return {fmt::format("statefulset rolling update complete {} pods at revision {}...",
                      status["currentReplicas"].whole(), status["currentRevision"].text()),
          true, false};
}

StatusLine status_line(const JsonValue& deployment) {
  if (deployment["spec"].has("serviceName")) return stateful_set_line(deployment);
  if (deployment["status"].has("desiredNumberScheduled")) return daemon_set_line(deployment);
  const std::string& name = deployment["metadata"]["name"].text();
  const JsonValue& status = deployment["status"];
  if (deployment["metadata"]["generation"].whole() > status["observedGeneration"].whole())
    return {"Waiting for deployment spec update to be observed...", false, false};
  if (condition(deployment, "Progressing")["reason"].text() == "ProgressDeadlineExceeded")
    return {fmt::format("deployment \"{}\" exceeded its progress deadline", name), true, true};
  const auto wanted = deployment["spec"]["replicas"].whole(1);
  const auto updated = status["updatedReplicas"].whole();
  const auto total = status["replicas"].whole();
  const auto available = status["availableReplicas"].whole();
  const std::string waiting = fmt::format("Waiting for deployment \"{}\" rollout to finish: ", name);
  if (updated < wanted)
    return {fmt::format("{}{} out of {} new replicas have been updated...", waiting, updated, wanted), false,
            false};
  if (total > updated)
    return {fmt::format("{}{} old replicas are pending termination...", waiting, total - updated), false,
            false};
  if (available < updated)
    return {fmt::format("{}{} of {} updated replicas are available...", waiting, available, updated), false,
            false};
  return {fmt::format("deployment \"{}\" successfully rolled out", name), true, false};
}

/// Prints the line; true if there is nothing more to wait for.
bool report(KubectlCall& call, const JsonValue& deployment) {
  const StatusLine line = status_line(deployment);
  if (line.failed)
    call.fail(line.text);
  else
    call.print(line.text);
  return line.done;
}

/// Prints what the watch's lines say; true if there is nothing more to wait for.
bool report_events(KubectlCall& call, const std::vector<std::string>& lines) {
  for (const auto& line : lines) {
    const auto event = parse_json(line);
    if (!event) continue;
    const std::string& type = (*event)["type"].text();
    if (type == "DELETED") {
      call.fail("object has been deleted");
      return true;
    }
    if (type == "ERROR") {
      call.fail((*event)["object"]["message"].text());
      return true;
    }
    if (type != "BOOKMARK" && report(call, (*event)["object"])) return true;
  }
  return false;
}

Task<void> watch_one(KubectlCall& call, const Target& target) {
  const ResourceType& type = *target.type;
  const std::string collection = collection_path(type, target.namespace_);
  const std::string only_this = "metadata.name=" + target.name;
  const ApiReply list =
      call.api.get(collection + "?" +
                   query_string({{"fieldSelector", only_this}, {"limit", "500"}, {"resourceVersion", "0"}}));
  if (!list.ok()) {
    call.fail(list);
    co_return;
  }
  if (list.body["items"].items().empty()) {
    call.fail(fmt::format("{} \"{}\" not found", qualified_plural(type), target.name));
    co_return;
  }
  const bool finished = report(call, list.body["items"].at(0));
  if (finished || !call.flags.truth("watch", true)) co_return;
  const ApiReply watch =
      call.api.get(collection + "?" +
                   query_string({{"allowWatchBookmarks", "true"},
                                 {"fieldSelector", only_this},
                                 {"resourceVersion", list.body["metadata"]["resourceVersion"].text()},
                                 {"watch", "true"}}));
  if (!watch.ok() || watch.stream == nullptr) {
    call.fail(watch);
    co_return;
  }
  const SimDuration limit = call.flags.duration("timeout");
  const SimTime deadline = limit > SimDuration::zero() ? call.session.host.now() + limit : sim_never;
  bool done = false;
  while (!done) {
    stream_ready waiting(call.session.host, watch.stream, deadline);
    const bool more = co_await waiting;
    if (more) done = report_events(call, watch.stream->take());
    if (!more || (!done && watch.stream->ended())) {
      call.fail("timed out waiting for the condition");
      co_return;
    }
  }
}

}  // namespace

Task<void> rollout_status(KubectlCall& call) {
  const auto targets = get_workloads(call, call.words, rolled_kinds);
  for (const auto& target : targets) {
    Task<void> watching = watch_one(call, target);
    co_await watching;
  }
}

}  // namespace muster::kubectl_handlers
