// The files that a pod's volumes show: made when the pod starts, refreshed a good minute after a ConfigMap or
// Secret has changed, never for subPath mounts. Model: kubernetes/kubernetes pkg/volume/configmap, secret;
// pkg/kubelet/volumemanager.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/objects.hpp"
#include "cluster_model/store.hpp"
#include "cluster_model/timer.hpp"

namespace muster {

class PodVolumes {
 public:
  /// `luck(n)` in (0, 1) is that of the pod's n-th refresh.
  PodVolumes(Engine& engine, const ObjectStore& store, std::function<double(std::uint64_t)> luck)
      : store_(store), luck_(std::move(luck)), refresh_(engine, [this] { refresh(); }) {}

  /// Fills the volumes of this pod. The first that cannot be: `MountVolume.SetUp failed for volume "V" :
  /// secret "S" not found`.
  std::optional<std::string> mount(const Object& pod);
  /// A ConfigMap or Secret has changed; the pod follows later if it shows it.
  void follow(const ObjectKey& changed);
  /// What a container sees now: [file name below the mount] -> content. Of two files of one name the later
  /// mount's counts. `at_start` is what it saw when it was created, for its subPath mounts.
  StringMap files_of(const Container& container, const StringMap& at_start) const;

  /// From the change of the object to the new file: the kubelet's sync period of 60 s with up to half of it
  /// as jitter (pkg/kubelet syncFrequency, workerResyncIntervalJitterFactor).
  static constexpr SimDuration refresh_least = 60s, refresh_most = 90s;

 private:
  void refresh();

  const ObjectStore& store_;
  std::function<double(std::uint64_t)> luck_;
  std::string namespace_;
  std::vector<Volume> volumes_;
  std::map<std::string, StringMap> content_;  // [volume][file]
  std::uint64_t refreshes_ = 0;
  Timer refresh_;
};

/// The files of a ConfigMap or Secret volume, empty for other kinds. Error: not_found in Kubernetes' words,
/// without the volume.
Result<StringMap> volume_files(const Volume& volume, const std::string& namespace_, const ObjectStore& store);

}  // namespace muster
