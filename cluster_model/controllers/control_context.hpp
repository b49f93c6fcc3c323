// What every controller and kubelet works with. One per world; all references outlive the controllers.
#pragma once

#include <cstdint>

#include "cluster_model/apiserver/api_server.hpp"
#include "cluster_model/container_logs.hpp"
#include "cluster_model/event_recorder.hpp"
#include "cluster_model/kubelet/node_health.hpp"
#include "cluster_model/profile.hpp"
#include "cluster_model/store.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "journal/fact_sink.hpp"
#include "sim/engine.hpp"

namespace muster {

class NodeDisks;
class Registry;

struct ControlContext {
  Engine& engine;
  FactSink& facts;
  ObjectStore& store;
  ApiServer& api;
  EventRecorder& events;
  ContainerLogs& logs;
  RequestPath& requests;
  const SystemProfile& profile;
  std::uint64_t seed;
  NodeHealth& nodes;
  NodeDisks& disks;
  Registry& registry;
  Epoch epoch;
};

}  // namespace muster
