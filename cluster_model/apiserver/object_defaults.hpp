// What the API server fills in when an object is written (kubernetes/kubernetes pkg/apis/core/v1/defaults.go
// and pkg/apis/apps/v1/defaults.go). Fields whose default is that of the struct need nothing here.
#pragma once

#include "cluster_model/objects.hpp"

namespace muster {

/// On creation and on every update of the object.
void apply_defaults(Object& object);
/// What follows from the uid that the server has just given: a Job's selector and labels.
void complete_new(Object& object);
/// "Always" if the tag is latest or absent, else "IfNotPresent"; a digest counts as a tag.
std::string default_pull_policy(const std::string& image);

}  // namespace muster
