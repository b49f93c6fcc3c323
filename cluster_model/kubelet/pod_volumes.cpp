#include "cluster_model/kubelet/pod_volumes.hpp"

#include <fmt/format.h>

namespace muster {

namespace {

bool shows_config(const Volume& volume) {
  return volume.from == Volume::From::config_map || volume.from == Volume::From::secret;
}

Error missing(std::string message) {
  return {ErrorCode::not_found, std::move(message), {}};
}

Kind kind_behind(const Volume& volume) {
  return volume.from == Volume::From::secret ? Kind::Secret : Kind::ConfigMap;
}

/// The last part of a path.
std::string base_name(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

}  // namespace

Result<StringMap> volume_files(const Volume& volume, const std::string& namespace_,
                               const ObjectStore& store) {
  if (!shows_config(volume)) return StringMap();
  const bool secret = volume.from == Volume::From::secret;
  const ObjectPtr object = store.find(kind_behind(volume), namespace_, volume.object);
  if (!object) {
    if (volume.optional) return StringMap();
    return missing(fmt::format("{} \"{}\" not found", secret ? "secret" : "configmap", volume.object));
  }
  const StringMap& data = object->as<ConfigData>().data;
  if (volume.items.empty()) return data;
  StringMap files;
  for (const KeyToPath& item : volume.items) {
    const auto found = data.find(item.key);
    if (found != data.end()) {
      files[item.path] = found->second;
    } else if (!volume.optional) {
      return missing(fmt::format(
          "{} {}",
          secret ? "references non-existent secret key:" : "configmap references non-existent config key:",
          item.key));
    }
  }
  return files;
}

std::optional<std::string> PodVolumes::mount(const Object& pod) {
  namespace_ = pod.meta.namespace_;
  volumes_ = pod.as<Pod>().spec.volumes;
  for (const Volume& volume : volumes_) {
    Result<StringMap> files = volume_files(volume, namespace_, store_);
    if (!files)
      return fmt::format("MountVolume.SetUp failed for volume \"{}\" : {}", volume.name,
                         files.error().message);
    content_[volume.name] = std::move(files).value();
  }
  return std::nullopt;
}

void PodVolumes::follow(const ObjectKey& changed) {
  if (refresh_.running() || changed.namespace_ != namespace_) return;
  for (const Volume& volume : volumes_) {
    if (!shows_config(volume) || kind_behind(volume) != changed.kind || volume.object != changed.name)
      continue;
    const double jitter = seconds_of(refresh_most - refresh_least) * luck_(refreshes_++);
    return refresh_.start_in(refresh_least + duration_from_seconds(jitter));
  }
}

/// An object that is gone meanwhile leaves the files as they were.
void PodVolumes::refresh() {
  for (const Volume& volume : volumes_) {
    Result<StringMap> files = volume_files(volume, namespace_, store_);
    if (files) content_[volume.name] = std::move(files).value();
  }
}

StringMap PodVolumes::files_of(const Container& container, const StringMap& at_start) const {
  StringMap files;
  for (const VolumeMount& mount : container.mounts) {
    const auto content = content_.find(mount.name);
    if (content == content_.end()) continue;
    if (mount.sub_path.empty()) {
      for (const auto& [name, text] : content->second) files[name] = text;
      continue;
    }
    const std::string name = base_name(mount.path);
    const auto old = at_start.find(name);
    const auto now = content->second.find(mount.sub_path);
    if (old != at_start.end()) {
      files[name] = old->second;
    } else if (now != content->second.end()) {
      files[name] = now->second;
    }
  }
  return files;
}

}  // namespace muster
