// The pod template of whatever makes pods.
#pragma once

#include "cluster_model/objects.hpp"

namespace muster {

/// Null if the object has none.
const PodTemplate* template_of(const Object& object);

}  // namespace muster
