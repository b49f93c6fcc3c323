// What a pod's claims say about scheduling it. Model: kubernetes/kubernetes
// pkg/scheduler/framework/plugins/volumebinding.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/store.hpp"

namespace muster {

struct VolumeVerdict {
  std::string obstacle;              ///< why no node will do; empty if none
  std::vector<ObjectPtr> to_select;  ///< claims that wait for the pod's node to be chosen
  bool ready = true;                 ///< all are bound
};
VolumeVerdict volume_verdict(const ObjectStore& store, const Object& pod);

}  // namespace muster
