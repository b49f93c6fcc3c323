#include "cluster_model/kubelet/eviction_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace muster {

std::int64_t PodUse::used() const {
  std::int64_t sum = elsewhere;
  for (const ContainerUse& container : containers) sum += container.used;
  return sum;
}

std::int64_t PodUse::requested() const {
  std::int64_t sum = 0;
  for (const ContainerUse& container : containers) sum += container.requested;
  return sum;
}

void rank_for_eviction(std::vector<PodUse>& pods) {
  std::stable_sort(pods.begin(), pods.end(), [](const PodUse& a, const PodUse& b) {
    const std::int64_t excess_a = a.used() - a.requested(), excess_b = b.used() - b.requested();
    if ((excess_a > 0) != (excess_b > 0)) return excess_a > 0;
    if (a.priority != b.priority) return a.priority < b.priority;
    return excess_a > excess_b;
  });
}

std::string eviction_message(const std::string& resource, const std::string& threshold,
                             const std::string& available, const PodUse& pod, bool bytes) {
  const auto quantity = [&](std::int64_t amount) {
    return bytes ? binary_quantity(amount) : fmt::format("{}", amount);
  };
  std::string text = fmt::format("The node was low on resource: {}. Threshold quantity: {}, available: {}. ",
                                 resource, threshold, available);
  for (const ContainerUse& container : pod.containers) {
    if (container.used <= container.requested) continue;
    text += fmt::format("Container {} was using {}, request is {}, has larger consumption of {}. ",
                        container.name, quantity(container.used), quantity(container.requested), resource);
  }
  return text;
}

std::string binary_quantity(std::int64_t bytes) {
  static constexpr std::array<const char*, 6> suffixes{"", "Ki", "Mi", "Gi", "Ti", "Pi"};
  std::size_t power = 0;
  while (bytes != 0 && bytes % 1024 == 0 && power + 1 < suffixes.size()) bytes /= 1024, ++power;
  return fmt::format("{}{}", bytes, suffixes[power]);
}

std::int64_t oom_score(Qos qos, const ContainerUse& container, std::int64_t node_memory) {
  std::int64_t adjust = 1000;
  if (qos == Qos::guaranteed) adjust = -997;
  if (qos == Qos::burstable) {
    adjust = std::clamp<std::int64_t>(1000 - 1000 * container.requested / node_memory, 3, 999);
  }
  return std::max<std::int64_t>(0, 1000 * container.used / node_memory + adjust);
}

}  // namespace muster
