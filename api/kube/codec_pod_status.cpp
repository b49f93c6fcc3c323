#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

using Phase = ContainerState::Phase;

void read_state(Fields& fields, ContainerState& state) {
  fields.object("waiting", [&](Fields& waiting) {
    state.phase = Phase::waiting;
    waiting.text("reason", state.reason);
    waiting.text("message", state.message);
  });
  fields.object("running", [&](Fields& running) {
    state.phase = Phase::running;
    running.time("startedAt", state.started_at);
  });
  fields.object("terminated", [&](Fields& terminated) {
    state.phase = Phase::terminated;
    terminated.text("reason", state.reason);
    terminated.text("message", state.message);
    terminated.whole("exitCode", state.exit_code);
    terminated.time("startedAt", state.started_at);
    terminated.time("finishedAt", state.finished_at);
    terminated.text("containerID", state.container_id);
  });
}

Json write_terminated(const ContainerState& state, Epoch epoch) {
  Json json{{"exitCode", state.exit_code},
            {"startedAt", format_rfc3339(epoch, state.started_at)},
            {"finishedAt", format_rfc3339(epoch, state.finished_at)}};
  put(json, "reason", state.reason);
  put(json, "message", state.message);
  put(json, "containerID", state.container_id);
  return json;
}

Json write_state(const ContainerState& state, Epoch epoch) {
  Json json = Json::object();
  if (state.phase == Phase::waiting) {
    Json& waiting = json["waiting"] = Json::object();
    put(waiting, "reason", state.reason);
    put(waiting, "message", state.message);
  }
  if (state.phase == Phase::running)
    json["running"] = {{"startedAt", format_rfc3339(epoch, state.started_at)}};
  if (state.phase == Phase::terminated) json["terminated"] = write_terminated(state, epoch);
  return json;
}

/// The id of the running instance or, if none runs, of the one that ended last.
std::string latest_id(const ContainerStatus& status) {
  return status.state.container_id.empty() ? status.last_state.container_id : status.state.container_id;
}

void read_container_status(Fields& fields, ContainerStatus& status) {
  fields.text("name", status.name);
  fields.text("image", status.image);
  fields.flag("ready", status.ready);
  fields.optional_flag("started", status.started);
  fields.whole("restartCount", status.restarts);
  fields.object("state", [&](Fields& state) { read_state(state, status.state); });
  fields.object("lastState", [&](Fields& state) { read_state(state, status.last_state); });
  std::string id;
  fields.text("containerID", id);
  if (status.state.phase == Phase::running) status.state.container_id = id;
}

Json write_container_status(const ContainerStatus& status, Epoch epoch) {
  Json json{{"name", status.name},
            {"image", status.image},
            {"ready", status.ready},
            {"started", status.started},
            {"restartCount", status.restarts},
            {"state", write_state(status.state, epoch)},
            {"lastState", write_state(status.last_state, epoch)}};
  put(json, "containerID", latest_id(status));
  return json;
}

}  // namespace

void read_pod_status(Fields& fields, PodStatus& status) {
  fields.text("phase", status.phase);
  fields.text("reason", status.reason);
  fields.text("message", status.message);
  fields.text("podIP", status.pod_ip);
  fields.text("hostIP", status.host_ip);
  fields.time("startTime", status.start_time);
  read_conditions(fields, status.conditions);
  fields.each("initContainerStatuses", [&](Fields& container) {
    read_container_status(container, status.init_containers.emplace_back());
  });
  fields.each("containerStatuses",
              [&](Fields& container) { read_container_status(container, status.containers.emplace_back()); });
}

Json write_pod_status(const PodStatus& status, Epoch epoch) {
  Json json{{"phase", status.phase}};
  put(json, "reason", status.reason);
  put(json, "message", status.message);
  put(json, "podIP", status.pod_ip);
  if (!status.pod_ip.empty()) json["podIPs"] = Json::array({Json{{"ip", status.pod_ip}}});
  put(json, "hostIP", status.host_ip);
  if (status.start_time) json["startTime"] = format_rfc3339(epoch, *status.start_time);
  put(json, "conditions", write_conditions(status.conditions, false, epoch));
  for (const ContainerStatus& container : status.init_containers) {
    json["initContainerStatuses"].push_back(write_container_status(container, epoch));
  }
  for (const ContainerStatus& container : status.containers) {
    json["containerStatuses"].push_back(write_container_status(container, epoch));
  }
  return json;
}

}  // namespace muster::kube
