// The one door. Everything that responders and exercise staff do is a Request given to the Router; the answer
// is a value. No socket, clock or randomness behind it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/time.hpp"

namespace muster {

class Stream;

/// In HTTP's words, because the Kubernetes and Prometheus APIs are spoken unchanged; the desk has paths of
/// its own below /desk/v1.
struct Request {
  std::string actor;         ///< id of who asks: "responder-1", "facilitator"
  std::string verb;          ///< "GET", "POST", "PUT", "PATCH", "DELETE"
  std::string path;          ///< with the query string: "/api/v1/namespaces/x/pods?labelSelector=app%3Dy"
  std::string content_type;  ///< of the body; for PATCH it selects the kind of patch
  std::string body;
  std::string accept{};      ///< the Accept header: a Table, a discovery document of a version; empty = JSON
  std::string user_agent{};  ///< who is written down as the manager of fields if the request names none
};

struct Answer {
  int status = 200;  ///< HTTP status
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::string> clues;  ///< what scored evidence the answer showed: "pod/CrashLoopBackOff"
  std::shared_ptr<Stream> stream;  ///< of a watch: further lines to come; else empty
  std::vector<std::pair<std::string, std::string>> headers{};  ///< further ones of HTTP: "Allow", "Vary"

  bool ok() const { return status >= 200 && status < 300; }
};

/// What a watch or a followed log will say: a cursor that the owner of the world advances.
class Stream {
 public:
  virtual ~Stream() = default;
  /// The lines that have become available since the last call (for a watch: one JSON event each).
  virtual std::vector<std::string> take() = 0;
  /// True if take() would return something now.
  virtual bool ready() const = 0;
  /// Nothing will ever come again.
  virtual bool ended() const = 0;
};

}  // namespace muster
