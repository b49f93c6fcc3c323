// A fixed list of requests with their times, read from YAML: what is done whatever the drill shows. For tests
// of drills, for automation that fires on a clock, and for re-enacting what somebody did on the day.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"
#include "sim/time.hpp"

namespace muster {

struct ListedRequest {
  SimTime at{};      ///< from the start of the drill
  int line = 0;      ///< of the item in the file, from 1
  std::string note;  ///< why it is done; empty = the verb and the path speak for themselves
  std::string verb, path, content_type, body;  ///< as in Request
};

/// A name that only the running cluster knows, such as a pod's: "{NAME}" in the paths of the requests.
struct LookedUpName {
  std::string name;
  int line = 0;        ///< of the item in the file, from 1
  std::string list;    ///< the path whose items are looked at, when a request first needs the name
  std::string prefix;  ///< the first item whose metadata.name begins with this
};

struct RequestList {
  std::string file;                     ///< base name
  std::vector<LookedUpName> names;      ///< in order of the file
  std::vector<ListedRequest> requests;  ///< in order of time, then file
};

/// The index in `names` of the first "{NAME}" of `path`; none if it has no such.
std::optional<std::size_t> first_name(std::string_view path, const std::vector<LookedUpName>& names);

/// Reads the file; keys are described in docs/responders.md. Error: invalid_input with file:line:column, also
/// for a time that is not before `horizon` and for a list without any request.
Result<RequestList> read_request_list(std::string_view text, const std::string& file, SimTime horizon);

}  // namespace muster
