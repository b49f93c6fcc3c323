#include "cluster_model/apiserver/object_status.hpp"

#include <type_traits>

namespace muster {

namespace {

template <class Body>
concept HasStatus = requires(Body body) {
  body.status;
};

}  // namespace

void keep_status(const Object& before, Object& after) {
  std::visit(
      [&](auto& body) {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (HasStatus<Body>) body.status = before.as<Body>().status;
        if constexpr (std::is_same_v<Body, PersistentVolume>) body.phase = before.as<Body>().phase;
      },
      after.body);
}

void reset_status(Object& object) {
  std::visit(
      [](auto& body) {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (HasStatus<Body>) body.status = {};
        if constexpr (std::is_same_v<Body, PersistentVolume>) body.phase = "Available";
      },
      object.body);
}

}  // namespace muster
