// What the API server refuses, as far as the fields are modelled. Messages are Kubernetes' own words for the
// field (apimachinery pkg/util/validation); `where` is the JSON pointer of the field.
#pragma once

#include "cluster_model/objects.hpp"
#include "sim/result.hpp"

namespace muster {

/// Error: invalid_input for the first offending field.
Result<void> validate(const Object& object);
/// What must not change between two versions: selectors, immutable data, most of a pod's spec.
Result<void> validate_update(const Object& before, const Object& after);

/// RFC 1123 subdomain, at most 253 characters.
bool is_subdomain(std::string_view name);
/// A label's value: at most 63 characters, letters, digits and -_. between letters or digits; or empty.
bool is_label_value(std::string_view value);
/// "app" or "example.com/app": a qualified name.
bool is_label_key(std::string_view key);

}  // namespace muster
