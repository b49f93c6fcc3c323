// What every object has: names, labels, owners, versions; and what several kinds share.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cluster_model/objects/kind.hpp"
#include "sim/time.hpp"

namespace muster {

using StringMap = std::map<std::string, std::string>;

/// The JSON of the fields that are not typed here, "{}" if none; shared between versions. The codec in
/// api/kube writes it and merges it back.
using Unmodelled = std::shared_ptr<const std::string>;

struct OwnerReference {
  std::string api_version, kind, name, uid;
  bool controller = true;
  friend bool operator==(const OwnerReference&, const OwnerReference&) = default;
};

struct Meta {
  std::string namespace_, name, uid;
  StringMap labels, annotations;
  std::vector<OwnerReference> owners;
  std::vector<std::string> finalizers;
  std::uint64_t resource_version = 0;  ///< set by the store
  std::int64_t generation = 0;         ///< set by the store: rises with each change of spec
  SimTime created{};
  std::optional<SimTime> deletion_at;  ///< deletionTimestamp: when the grace period ends
  std::optional<SimDuration> grace;    ///< deletionGracePeriodSeconds
  Unmodelled rest;
};

struct Condition {
  std::string type, status;  ///< status: "True", "False", "Unknown"
  std::string reason, message;
  SimTime last_transition{}, last_update{};
  friend bool operator==(const Condition&, const Condition&) = default;
};

/// Every pair of `selector` is in `labels`. An empty selector matches nothing here.
bool selects(const StringMap& selector, const StringMap& labels);
/// The owner with controller = true, or null.
const OwnerReference* controller_of(const Meta& meta);
/// Equal text; null and "{}" are equal.
bool same_text(const Unmodelled& a, const Unmodelled& b);
/// Null if there is none of this type.
const Condition* find_condition(const std::vector<Condition>& conditions, std::string_view type);

}  // namespace muster
