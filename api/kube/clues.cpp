#include "api/kube/clues.hpp"

#include <map>

namespace muster::kube {

namespace {

using Phase = ContainerState::Phase;

/// On the way to running: no evidence of anything.
bool is_ordinary_wait(const std::string& reason) {
  return reason.empty() || reason == "ContainerCreating" || reason == "PodInitializing";
}

void add_state(Clues& clues, const ContainerState& state) {
  if (state.phase == Phase::waiting && !is_ordinary_wait(state.reason)) clues.insert("pod/" + state.reason);
  if (state.phase == Phase::terminated && state.exit_code != 0) {
    clues.insert("pod/" + (state.reason.empty() ? "Error" : state.reason));
  }
}

struct ClueFinder {
  Clues& clues;
  const Object& object;

  void operator()(const Pod& pod) const {
    for (const ContainerStatus& container : pod.status.containers) {
      add_state(clues, container.state);
      add_state(clues, container.last_state);
      if (container.state.phase == Phase::running && !container.ready) clues.insert("pod/not-ready");
      clues.insert("pod/image:" + container.image);
    }
    if (pod.status.reason == "Evicted") clues.insert("pod/Evicted");
    const Condition* scheduled = find_condition(pod.status.conditions, "PodScheduled");
    if (scheduled && scheduled->status == "False") clues.insert("pod/" + scheduled->reason);
  }
  void operator()(const Deployment& deployment) const {
    if (deployment.status.unavailable > 0 || deployment.status.available < deployment.replicas) {
      clues.insert("deployment/unavailable");
    }
    const Condition* progressing = find_condition(deployment.status.conditions, "Progressing");
    if (progressing && progressing->status == "False") clues.insert("deployment/" + progressing->reason);
    if (!deployment.pod_template) return;
    for (const Container& container : deployment.pod_template->spec.containers) {
      clues.insert("deployment/image:" + container.image);
    }
  }
  void operator()(const KubeEvent& event) const {
    if (event.type == "Warning" || event.reason == "BackOff") clues.insert("event/" + event.reason);
  }
  void operator()(const Node& node) const {
    if (node.unschedulable) clues.insert("node/cordoned");
    for (const Condition& condition : node.conditions) {
      const bool ready = condition.type == "Ready";
      if (ready && condition.status != "True") clues.insert("node/NotReady");
      if (!ready && condition.status == "True") clues.insert("node/" + condition.type);
    }
  }
  void operator()(const EndpointSlice& slice) const {
    for (const Endpoint& endpoint : slice.endpoints) {
      if (endpoint.ready) return;
    }
    clues.insert("endpoints/none-ready");
  }
  void operator()(const OtherObject&) const {
    if (object.kind != "Endpoints") return;
    const auto& rest = std::get<OtherObject>(object.body).rest;
    if (!rest || rest->find("\"addresses\"") == std::string::npos) clues.insert("endpoints/none-ready");
  }
  template <class Body>
  void operator()(const Body&) const {}
};

}  // namespace

void add_clues(Clues& clues, const Object& object) {
  std::visit(ClueFinder{clues, object}, object.body);
}

void add_list_clues(Clues& clues, const std::vector<ObjectPtr>& objects) {
  std::map<std::string, int> revisions;  // [uid of the owning Deployment]
  for (const ObjectPtr& object : objects) {
    add_clues(clues, *object);
    if (object->kind != "ReplicaSet") continue;
    if (const OwnerReference* owner = controller_of(object->meta)) ++revisions[owner->uid];
  }
  for (const auto& [uid, count] : revisions) {
    if (count > 1) clues.insert("rollout/revisions");
  }
}

void add_read_clues(Clues& clues, const Object& object) {
  add_clues(clues, object);
  if (object.kind == "ConfigMap") clues.insert("configmap/" + object.meta.name);
  if (object.kind == "Secret") clues.insert("secret/" + object.meta.name);
}

void add_log_clues(Clues& clues, const std::vector<std::string>& lines, bool ended_badly) {
  if (lines.empty()) return;
  if (ended_badly) clues.insert("log/crash");
  for (const std::string& line : lines) {
    for (const char* word : {"ERROR", "FATAL", "CRITICAL"}) {
      if (line.find(word) != std::string::npos) clues.insert("log/error");
    }
  }
}

std::vector<std::string> sorted(const Clues& clues) {
  return {clues.begin(), clues.end()};
}

}  // namespace muster::kube
