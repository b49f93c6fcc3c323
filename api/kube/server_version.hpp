// The Kubernetes version that this server, and the nodes' kubelets, say they are: the one whose behaviour is modelled.
#pragma once

namespace muster::kube {

inline constexpr const char* server_version = "v1.32.4";

}  // namespace muster::kube
