#include "cluster_model/objects/qos.hpp"

namespace muster {

const char* to_string(Qos qos) {
  switch (qos) {
    case Qos::best_effort:
      return "BestEffort";
    case Qos::burstable:
      return "Burstable";
    case Qos::guaranteed:
      return "Guaranteed";
  }
  return "BestEffort";
}

Qos qos_of(const PodSpec& spec) {
  bool any = false, guaranteed = !spec.containers.empty();
  for (const std::vector<Container>* list : {&spec.containers, &spec.init_containers}) {
    for (const Container& container : *list) {
      const Resources& r = container.resources;
      any = any || r.cpu_request || r.cpu_limit || r.memory_request || r.memory_limit;
      const bool same_cpu = !r.cpu_request || r.cpu_request == r.cpu_limit;
      const bool same_memory = !r.memory_request || r.memory_request == r.memory_limit;
      guaranteed = guaranteed && r.cpu_limit && r.memory_limit && same_cpu && same_memory;
    }
  }
  if (guaranteed) return Qos::guaranteed;
  return any ? Qos::burstable : Qos::best_effort;
}

}  // namespace muster
