// Which image registries answer. All do until a verb says otherwise.
#pragma once

#include <set>
#include <string>

namespace muster {

class Registry {
 public:
  /// The registry's host, as an image reference names it: "registry.example.com"; empty = every registry.
  void set_down(const std::string& host, bool down);
  bool down(const std::string& image) const;

 private:
  std::set<std::string> down_;
};

/// "registry.example.com" of "registry.example.com/app:v1"; "docker.io" where none is named.
std::string registry_host(const std::string& image);

}  // namespace muster
