#include "cluster_model/objects/taint.hpp"

namespace muster {

bool tolerates(const Toleration& toleration, const Taint& taint) {
  if (!toleration.effect.empty() && toleration.effect != taint.effect) return false;
  if (!toleration.key.empty() && toleration.key != taint.key) return false;
  if (toleration.op == "Exists") return true;
  return !toleration.key.empty() && toleration.value == taint.value;
}

const Toleration* toleration_of(const std::vector<Toleration>& tolerations, const Taint& taint) {
  for (const Toleration& toleration : tolerations) {
    if (tolerates(toleration, taint)) return &toleration;
  }
  return nullptr;
}

const Taint* find_taint(const std::vector<Taint>& taints, const std::string& key, const std::string& effect) {
  for (const Taint& taint : taints) {
    if (taint.key == key && taint.effect == effect) return &taint;
  }
  return nullptr;
}

}  // namespace muster
