// Stored objects as a resource shows them: of a kind without behaviour only those of the right group and
// kind; the Endpoints of a Service as they follow from its EndpointSlice.
#pragma once

#include <string>
#include <vector>

#include "api/kube/resource_type.hpp"
#include "api/kube/selector.hpp"
#include "cluster_model/store.hpp"

namespace muster::kube {

/// Null if this resource does not show the object.
ObjectPtr view(const ResourceType& type, const ObjectPtr& object);

/// What a list or watch asks for.
struct Selection {
  const ResourceType* type = nullptr;
  std::string namespace_;  ///< empty: all
  LabelSelector labels;
  FieldSelector fields;

  /// The object as shown, or null if it is not selected.
  ObjectPtr pick(const ObjectPtr& object) const;
};

std::vector<ObjectPtr> list(const ObjectStore& store, const Selection& selection);
/// Null if there is none.
ObjectPtr find(const ObjectStore& store, const ResourceType& type, const std::string& namespace_,
               const std::string& name);

}  // namespace muster::kube
