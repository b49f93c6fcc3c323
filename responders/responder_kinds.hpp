// What responders there are, for `muster list responders` and `muster explain`.
#pragma once

#include <string_view>
#include <vector>

namespace muster {

struct ResponderKind {
  const char* name;      ///< "requests"
  const char* synopsis;  ///< "requests:FILE.yaml"
  const char* summary;   ///< one line
  const char* details;   ///< how it behaves and what its file holds; lines indented by two blanks
};

/// In the order in which people meet them.
const std::vector<ResponderKind>& responder_kinds();
/// By name, with or without what follows the colon; null if there is none.
const ResponderKind* find_responder_kind(std::string_view name);

}  // namespace muster
