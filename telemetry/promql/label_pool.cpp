#include "telemetry/promql/label_pool.hpp"

#include <algorithm>

#include "telemetry/label_hash.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::promql {

LabelId& LabelPool::slot_of(const Labels& labels, std::uint64_t hash) {
  if (slots_.size() < 2 * (sets_.size() + 1)) grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = static_cast<std::size_t>(hash) & mask;
  while (slots_[at] != vacant && (hashes_[slots_[at]] != hash || *sets_[slots_[at]] != labels))
    at = (at + 1) & mask;
  return slots_[at];
}

void LabelPool::grow() {
  slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), vacant);
  const std::size_t mask = slots_.size() - 1;
  for (LabelId id = 0; id < sets_.size(); ++id) {
    std::size_t at = static_cast<std::size_t>(hashes_[id]) & mask;
    while (slots_[at] != vacant) at = (at + 1) & mask;
    slots_[at] = id;
  }
}

LabelId LabelPool::add(const Labels* set, std::uint64_t hash, LabelId& slot) {
  slot = static_cast<LabelId>(sets_.size());
  sets_.push_back(set);
  hashes_.push_back(hash);
  return slot;
}

LabelId LabelPool::refer(const Labels& labels, std::uint64_t hash) {
  LabelId& slot = slot_of(labels, hash);
  return slot == vacant ? add(&labels, hash, slot) : slot;
}

LabelId LabelPool::intern(Labels&& labels) {
  const std::uint64_t hash = label_hash_of(labels);
  LabelId& slot = slot_of(labels, hash);
  if (slot != vacant) return slot;
  own_.push_back(std::move(labels));
  return add(&own_.back(), hash, slot);
}

LabelId LabelPool::intern(const Labels& labels) {
  const std::uint64_t hash = label_hash_of(labels);
  LabelId& slot = slot_of(labels, hash);
  if (slot != vacant) return slot;
  own_.push_back(labels);
  return add(&own_.back(), hash, slot);
}

std::string_view label_value(const Labels& labels, std::string_view name) {
  for (const auto& [key, value] : labels)
    if (key == name) return value;
  return {};
}

void set_label(Labels& labels, const std::string& name, const std::string& value) {
  auto at = std::find_if(labels.begin(), labels.end(), [&](const auto& pair) { return pair.first >= name; });
  const bool present = at != labels.end() && at->first == name;
  if (value.empty()) {
    if (present) labels.erase(at);
  } else if (present) {
    at->second = value;
  } else {
    labels.insert(at, {name, value});
  }
}

Labels without_metric_name(const Labels& labels) {
  return all_but(labels, {});
}

Labels only(const Labels& labels, const std::vector<std::string>& names) {
  Labels kept;
  for (const auto& pair : labels)
    if (std::find(names.begin(), names.end(), pair.first) != names.end()) kept.push_back(pair);
  return kept;
}

Labels all_but(const Labels& labels, const std::vector<std::string>& names) {
  Labels kept;
  for (const auto& pair : labels) {
    const bool dropped =
        pair.first == "__name__" || std::find(names.begin(), names.end(), pair.first) != names.end();
    if (!dropped) kept.push_back(pair);
  }
  return kept;
}

std::string print_labels(const Labels& labels) {
  std::string out = "{";
  for (const auto& [name, value] : labels) {
    if (out.size() > 1) out += ", ";
    out += name + "=" + quote(value);
  }
  return out + "}";
}

}  // namespace muster::promql
