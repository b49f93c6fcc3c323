// What the exporters of one node read; private to the folder.
#pragma once

#include "cluster_model/control_plane.hpp"
#include "cluster_model/exporters/exporters.hpp"
#include "cluster_model/objects/qos.hpp"
#include "cluster_model/storage/node_disks.hpp"

namespace muster {

struct KubeletView {
  const Kubelet& kubelet;
  const Node& node;
  const Disk* disk;        ///< null: not modelled
  const NodeDisks& disks;  ///< all, for the volumes
  SimTime now;
  Epoch epoch;
};

void expose_containers(const KubeletView& view, SampleSink& sink);  ///< cadvisor_exporter.cpp

}  // namespace muster
