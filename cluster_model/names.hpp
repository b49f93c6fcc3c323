// Generated names, uids and addresses. Each is a function of what it belongs to (seed, owner, ordinal), so no
// name depends on what else happened in the drill.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cluster_model/objects.hpp"

namespace muster {

/// FNV-1a, 32 bit (Fowler, Noll, Vo); Kubernetes hashes pod templates with a 32-bit FNV too.
std::uint32_t fnv32a(std::string_view bytes);

/// A number in the alphabet of generated names, which has no vowels and nothing that looks like one
/// (kubernetes/apimachinery pkg/util/rand SafeEncodeString): each decimal digit becomes one letter.
std::string safe_encode(std::uint32_t number);

/// Five letters of that alphabet for the `ordinal`-th thing that `owner` makes (a pod of a ReplicaSet).
std::string name_suffix(std::uint64_t seed, std::string_view owner, std::uint64_t ordinal);

/// An RFC 4122 version 4 uid for the `ordinal`-th object that bears this key.
std::string make_uid(std::uint64_t seed, const ObjectKey& key, std::uint64_t ordinal);

/// `digits` (at most 64) lower-case hex digits of the named stream.
std::string hex_name(std::uint64_t seed, std::string_view entity, std::string_view purpose,
                     std::uint64_t index, int digits);

/// "Pod/prod/web-1": how random streams and messages name an object.
std::string entity_of(const ObjectKey& key);

}  // namespace muster
