// The parts that POST, PUT, PATCH and apply have in common. Internal to api/kube.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/kube/handlers_json.hpp"
#include "api/kube/managed/manager.hpp"

namespace muster::kube {

/// `fieldValidation`: unknown and duplicate fields are dropped; with Strict they are refused, with Warn (the
/// default) told in Warning headers.
class FieldCheck {
 public:
  explicit FieldCheck(const Call& call) : call_(call) {}

  /// Of a body that is the object. A Status if it is refused.
  std::optional<Answer> body(Json& json);
  /// Of an object that a patch was applied to.
  std::optional<Answer> patched(Json& json);
  /// The answer with the warnings that have come up.
  Answer warned(Answer answer) const;

 private:
  /// Nothing if all is well or only to be warned of; else what is wrong.
  std::string find(Json& json, std::optional<Answer>& problem);

  const Call& call_;
  std::vector<std::string> warnings_;
};

/// What is said twice in one object of a JSON text: `duplicate field "spec.replicas"`.
std::vector<std::string> duplicate_fields(std::string_view json);

/// By `fieldManager`, else by the User-Agent up to its slash, else by the actor.
FieldManager manager_of(const Call& call, const Cluster& cluster);

enum class Managers : std::uint8_t {
  note,  ///< who changed what is worked out and written down
  keep   ///< the object's metadata says it already
};

/// What the object leaves out of version, kind, name and namespace is filled in from the URL; what differs is
/// refused.
std::optional<Answer> agree_with_url(const Call& call, Json& json);
/// Writes `json` over `before`. The version in the JSON, if any, must be the present one.
Answer write_over(const Call& call, Cluster& cluster, Json json, const Object& before, Managers managers);
Answer create_from(const Call& call, Cluster& cluster, Json json, Managers managers);
/// The object as the request wants to see it.
Answer shown_answer(const Call& call, const Cluster& cluster, int status, const Object& object);

// apply.cpp
bool is_apply(const Request& request);
/// PATCH with application/apply-patch+yaml.
Answer apply_object(const Call& call, Cluster& cluster);

}  // namespace muster::kube
