// How a container gets its image.
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/defaults.hpp"
#include "cluster_model/kubelet/container_worker.hpp"
#include "cluster_model/kubelet/registry.hpp"

namespace muster {

bool ContainerWorker::image_present() const {
  const ObjectPtr node = host_.context.store.find(Kind::Node, {}, host_.node);
  if (!node) return false;
  const std::vector<std::string>& images = node->as<Node>().images;
  return std::binary_search(images.begin(), images.end(), spec_.image);
}

void ContainerWorker::try_start() {
  const bool present = image_present();
  if (!present || spec_.image_pull_policy == "Always") return pull(present);
  event("Pulled", fmt::format("Container image \"{}\" already present on machine", spec_.image));
  create();
}

bool ContainerWorker::is_known_image() const {
  return !is_application() || behaviour_of(*host_.app, spec_.image);
}

/// Asks the registry, even for an image that is present (imagePullPolicy Always).
void ContainerWorker::pull(bool present) {
  event("Pulling", fmt::format("Pulling image \"{}\"", spec_.image));
  const SimTime now = host_.context.engine.now();
  const SimDuration answer = defaults::registry_answer.draw(luck("pull", retries_++));
  const bool answers = host_.online() && !host_.context.registry.down(spec_.image);
  if (!answers || !is_known_image()) return next_at(now + answer, [this] { pull_failed(); });
  const ImageBehaviour* behaviour = is_application() ? behaviour_of(*host_.app, spec_.image) : nullptr;
  const std::int64_t bytes = behaviour ? behaviour->size_bytes : defaults::image_bytes;
  const double seconds = static_cast<double>(bytes) / host_.context.profile.cluster.pull_bytes_per_second;
  const SimDuration took = answer + (present ? 0s : duration_from_seconds(seconds));
  next_at(now + took, [this, took] { pulled(took); });
}

void ContainerWorker::pulled(SimDuration took) {
  if (!host_.online() || host_.context.registry.down(spec_.image)) return pull_failed();
  const ImageBehaviour* behaviour = is_application() ? behaviour_of(*host_.app, spec_.image) : nullptr;
  event("Pulled",
        fmt::format("Successfully pulled image \"{}\" in {} ({} including waiting). Image size: {} bytes.",
                    spec_.image, go_duration(took), go_duration(took),
                    behaviour ? behaviour->size_bytes : defaults::image_bytes));
  pull_entry_ = {};
  if (!image_present()) {
    if (const ObjectPtr node = host_.context.store.find(Kind::Node, {}, host_.node)) {
      Object next = *node;
      std::vector<std::string>& images = next.as<Node>().images;
      images.insert(std::upper_bound(images.begin(), images.end(), spec_.image), spec_.image);
      host_.context.api.write(std::move(next), false);
    }
  }
  create();
}

/// containerd's words (containerd core/remotes/docker/resolver.go).
std::string ContainerWorker::pull_error() const {
  const std::string host = registry_host(spec_.image);
  const std::string start = fmt::format(
      "failed to pull and unpack image \"{0}\": failed to resolve "
      "reference \"{0}\": ",
      spec_.image);
  const std::string path = spec_.image.substr(spec_.image.find('/') + 1);
  const std::size_t colon = path.rfind(':');
  const std::string url = fmt::format("https://{}/v2/{}/manifests/{}", host, path.substr(0, colon),
                                      colon == std::string::npos ? "latest" : path.substr(colon + 1));
  if (!host_.online())
    return fmt::format(
        "rpc error: code = Unknown desc = {}failed to do request: Head \"{}\": dial tcp: lookup "
        "{}: i/o timeout",
        start, url, host);
  if (host_.context.registry.down(spec_.image))
    return fmt::format(
        "rpc error: code = Unavailable desc = {}unexpected status from HEAD request to {}: 503 "
        "Service Unavailable",
        start, url);
  return fmt::format("rpc error: code = NotFound desc = {}{}: not found", start, spec_.image);
}

void ContainerWorker::pull_failed() {
  const SimTime now = host_.context.engine.now();
  pull_problem_ = pull_error();
  warn("Failed", fmt::format("Failed to pull image \"{}\": {}", spec_.image, pull_problem_));
  warn("Failed", "Error: ErrImagePull");
  wait_with("ErrImagePull", pull_problem_);
  tell(PodChange::image_error, "ErrImagePull");
  // The same back-off as for crashes, except that the first failure waits too.
  pull_entry_ = after_restart(pull_entry_, now, now);
  next_at(now + pull_entry_.wait, [this] {
    show_.stop();
    try_start();
  });
  show_at(now + defaults::error_shown_for, [this] { back_off_pull(); });
  host_.changed();
}

void ContainerWorker::back_off_pull() {
  event("BackOff", fmt::format("Back-off pulling image \"{}\"", spec_.image));
  warn("Failed", "Error: ImagePullBackOff");
  wait_with("ImagePullBackOff",
            fmt::format("Back-off pulling image \"{}\": ErrImagePull: {}", spec_.image, pull_problem_));
  show_at(host_.context.engine.now() + retry_delay(), [this] { back_off_pull(); });
  host_.changed();
}

}  // namespace muster
