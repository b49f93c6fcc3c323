// The Kubernetes API: paths, verbs and answers as kube-apiserver's. Which resources and verbs:
// docs/kube-api.md.
#pragma once

#include "api/kube/cluster.hpp"
#include "api/request.hpp"

namespace muster::kube {

class KubeApi {
 public:
  /// `cluster` outlives the API and every Stream that it hands out.
  explicit KubeApi(Cluster& cluster) : cluster_(cluster) {}
  Answer handle(const Request& request);

 private:
  Cluster& cluster_;
};

}  // namespace muster::kube
