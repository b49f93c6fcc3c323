// The words that the journal uses for the values of the facts' enumerations, one list each, so that writing
// and reading cannot disagree.
#pragma once

#include <span>
#include <string_view>

#include "journal/fact/people.hpp"
#include "journal/fact/traffic.hpp"
#include "journal/fact/world.hpp"

namespace muster {

/// [value]: the word of each enumerator, in order. Specialised for the enumerations of the facts.
template <class Enum>
std::span<const char* const> names_of();

template <>
std::span<const char* const> names_of<Outcome>();
template <>
std::span<const char* const> names_of<PodChange>();
template <>
std::span<const char* const> names_of<RolloutChange>();
template <>
std::span<const char* const> names_of<EvidenceChange>();
template <>
std::span<const char* const> names_of<DeskAction>();
template <>
std::span<const char* const> names_of<ResponderChange>();

}  // namespace muster
