#include "cluster_model/storage/image_size.hpp"

#include "cluster_model/defaults.hpp"
#include "cluster_model/kubelet/application.hpp"

namespace muster {

std::int64_t image_bytes(const SystemProfile& profile, const std::string& image) {
  for (const AppProfile& app : profile.apps) {
    if (app.images.empty()) continue;
    if (const ImageBehaviour* known = behaviour_of(app, image)) return known->size_bytes;
  }
  return defaults::image_bytes;
}

}  // namespace muster
