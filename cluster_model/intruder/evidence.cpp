#include "cluster_model/intruder/evidence.hpp"

#include <array>
#include <vector>

namespace muster {

namespace {

struct Word {
  const char* name;
  std::uint32_t weight;
};

// [EvidenceKind]
constexpr std::array<Word, 7> words{{{"process memory", 3},
                                     {"open sockets", 2},
                                     {"container files", 2},
                                     {"container log", 2},
                                     {"pod manifest", 1},
                                     {"audit log", 2},
                                     {"database log", 2}}};

}  // namespace

std::string pod_place(const ObjectKey& pod) {
  return "pod/" + pod.namespace_ + "/" + pod.name;
}

const char* to_string(EvidenceKind kind) {
  return words[static_cast<std::size_t>(kind)].name;
}

std::uint32_t EvidenceTable::weight(EvidenceKind kind) {
  return words[static_cast<std::size_t>(kind)].weight;
}

void EvidenceTable::tell(const Key& key, EvidenceChange change) {
  facts_.record(engine_.now(), EvidenceFact{to_string(key.kind), key.where, change, weight(key.kind)});
}

void EvidenceTable::appear(const Key& key) {
  const auto [found, fresh] = items_.try_emplace(key);
  if (!fresh && found->second.state != State::destroyed) return;
  found->second = {};
  tell(key, EvidenceChange::exists);
}

void EvidenceTable::capture(const Key& key) {
  const auto found = items_.find(key);
  if (found == items_.end() || found->second.state != State::exists) return;
  found->second = {State::captured, true};
  tell(key, EvidenceChange::captured);
}

void EvidenceTable::destroy(const Key& key) {
  const auto found = items_.find(key);
  if (found == items_.end() || found->second.state == State::destroyed) return;
  found->second.state = State::destroyed;
  tell(key, EvidenceChange::destroyed);
}

void EvidenceTable::destroy_all(const std::string& where) {
  std::vector<Key> hit;
  for (const auto& [key, item] : items_) {
    if (key.where == where || key.where.starts_with(where + "/")) hit.push_back(key);
  }
  for (const Key& key : hit) destroy(key);
}

}  // namespace muster
