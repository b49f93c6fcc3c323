#include "cluster_model/objects/templates.hpp"

#include <type_traits>

namespace muster {

namespace {

template <class Body>
concept HasTemplate = requires(const Body& body) {
  body.pod_template;
};

}  // namespace

const PodTemplate* template_of(const Object& object) {
  return std::visit(
      [](const auto& body) -> const PodTemplate* {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (HasTemplate<Body>) return body.pod_template.get();
        if constexpr (std::is_same_v<Body, Job>) return body.spec.pod_template.get();
        if constexpr (std::is_same_v<Body, CronJob>) return body.job.pod_template.get();
        return nullptr;
      },
      object.body);
}

}  // namespace muster
