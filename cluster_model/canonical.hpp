// One text for one meaning: templates and specs in a canonical form, in which absent, null and empty are the
// same. Used to hash pod templates, to find the ReplicaSet of an old template, and to tell whether a write
// changed anything.
#pragma once

#include <string>

#include "cluster_model/objects.hpp"

namespace muster {

/// The JSON object without nulls, empty objects and empty lists, keys sorted; empty if nothing is left. Text
/// that is not JSON is returned as it is.
std::string canonical_json(const Unmodelled& text);

/// `text` with those members of the JSON object `defaults` that it lacks.
Unmodelled with_json_defaults(const Unmodelled& text, const char* defaults);

/// The whole template but the label pod-template-hash.
std::string canonical_template(const PodTemplate& pod_template);
std::string canonical_pod_spec(const PodSpec& spec);

/// Everything a user decides about the object except its metadata: spec, data. Status is left out.
std::string canonical_spec(const Object& object);
/// Labels, annotations, owners, finalizers and the unmodelled metadata.
std::string canonical_metadata(const Meta& meta);

/// Equal but for pod-template-hash.
bool same_template(const PodTemplate& a, const PodTemplate& b);
/// The value of the label pod-template-hash: FNV-32a of the canonical template in the safe alphabet.
std::string template_hash(const PodTemplate& pod_template, int collision_count = 0);

inline constexpr const char* template_hash_label = "pod-template-hash";

}  // namespace muster
