// What must hold of the object store at every moment.
#include "cluster_model/store.hpp"
#include "sim/assert.hpp"

namespace muster {

void ObjectStore::check_invariants() const {
  for (const auto& [key, object] : objects_) {
    MUSTER_ASSERT(object && object->key() == key, "an object is stored under another key");
    MUSTER_ASSERT(object->meta.resource_version > 0 && object->meta.resource_version <= resource_version_,
                  "an object has a resourceVersion that was never given");
  }
  std::uint64_t last = history_begins_after_;
  for (const Change& change : history_) {
    const std::uint64_t version = change.after->meta.resource_version;
    MUSTER_ASSERT(version > last, "resourceVersion did not rise with a change");
    last = version;
  }
  MUSTER_ASSERT(last <= resource_version_, "a change is later than the store's resourceVersion");
}

}  // namespace muster
