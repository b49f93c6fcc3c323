// What a process in a pod answers to whoever connects to one of its ports from inside the pod.
#pragma once

#include <string>

#include "api/request.hpp"
#include "cluster_model/objects.hpp"
#include "sim/result.hpp"

namespace muster {

class World;

/// One HTTP request to a port of the pod's loopback interface; it takes no worker and is no user's request,
/// like those of /web/. `path` without a query. Errors: conflict (nothing listens there), unavailable (what
/// listens there is no application with simulated pages).
Result<Answer> ask_pod_port(World& world, const ObjectKey& pod, int port, const std::string& method,
                            const std::string& path);

}  // namespace muster
