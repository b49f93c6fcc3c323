// What an intruder finds in this system: which images can be broken into, what the stolen identities may do, where
// the data is. Dwells and detection probabilities: docs/intruder.md.
#pragma once

#include <string>
#include <vector>

#include "sim/distributions.hpp"

namespace muster {

struct IntruderProfile {
  std::vector<std::string> vulnerable;  ///< globs over image references; a container of such an image can be entered
  std::string host = "203.0.113.66";    ///< where the intruder's own machine is
  std::string credential = "DATABASE_URL";  ///< environment variable that opens the database
  std::string secret;                   ///< "NAMESPACE/NAME" of the Secret that it comes from; empty = none
  std::string secret_key;               ///< key in it; empty = `credential`
  /// What the pods' service account may do: "get secrets", "create pods", "create cronjobs", "create rolebindings".
  std::vector<std::string> permissions;
  std::string pod_image = "docker.io/library/alpine:3.19";  ///< of pods that the intruder makes
  double tip_off_probability = 0.3;     ///< goes to the last step when it notices responders (our assumption)
  double rows_per_second = 5'000;       ///< of a database dump; a hundred times the usual (our assumption)
  double bytes_per_row = 400;
};

}  // namespace muster
