// ConfigMaps and Secrets.
#pragma once

#include <string>

#include "cluster_model/objects/meta.hpp"

namespace muster {

/// ConfigMap and Secret. A Secret's values are held decoded; base64 is made and checked at the API.
struct ConfigData {
  StringMap data;
  std::string type;  ///< Secret: "Opaque"
  bool immutable = false;
  Unmodelled rest;
};

}  // namespace muster
