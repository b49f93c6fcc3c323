// The half of an object that only controllers and kubelets write.
#pragma once

#include "cluster_model/objects.hpp"

namespace muster {

/// `after` gets the status of `before`; both are of one kind. Nodes and namespaces are not touched.
void keep_status(const Object& before, Object& after);
/// As at creation.
void reset_status(Object& object);

}  // namespace muster
