// What all control loops have in common: they hear of every change of the store and may look at everything
// again. Adding one: derive, make it a member of ControlPlane, add it to ControlPlane::controllers_.
#pragma once

#include "cluster_model/store.hpp"

namespace muster {

class Controller {
 public:
  virtual ~Controller() = default;
  /// Something changed in the store: enqueue what may have to react. Must not write the store from inside.
  virtual void watch(const Change& change) = 0;
  /// Looks at all its objects again, as real controllers do now and then; a settled cluster stays as it is.
  virtual void resync() = 0;
};

}  // namespace muster
