#include "cluster_model/kubelet/registry.hpp"

namespace muster {

void Registry::set_down(const std::string& host, bool down) {
  if (down) {
    down_.insert(host);
  } else {
    down_.erase(host);
  }
}

bool Registry::down(const std::string& image) const {
  return down_.contains("") || down_.contains(registry_host(image));
}

std::string registry_host(const std::string& image) {
  const std::size_t slash = image.find('/');
  if (slash == std::string::npos) return "docker.io";
  const std::string first = image.substr(0, slash);
  const bool is_host = first.find_first_of(".:") != std::string::npos || first == "localhost";
  return is_host ? first : "docker.io";
}

}  // namespace muster
