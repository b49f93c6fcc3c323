// Services and their EndpointSlices.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/objects/meta.hpp"

namespace muster {

struct ServicePort {
  std::string name, protocol = "TCP", target_port;
  int port = 0;
  friend bool operator==(const ServicePort&, const ServicePort&) = default;
};

struct Service {
  StringMap selector;
  std::vector<ServicePort> ports;
  std::string type = "ClusterIP", cluster_ip;
  Unmodelled spec_rest;
};

struct Endpoint {
  std::string pod, ip, node;
  bool ready = false, serving = false, terminating = false;
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

struct EndpointSlice {
  std::string service;
  std::vector<ServicePort> ports;
  std::vector<Endpoint> endpoints;  ///< sorted by pod name
};

}  // namespace muster
