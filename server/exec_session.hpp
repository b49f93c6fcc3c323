// What goes on behind the WebSocket of `kubectl exec` and `kubectl attach` (v5.channel.k8s.io): frames whose
// first byte is a channel. Every program that is run is one request through the door, so nothing happens in
// the world that is not a request. Without sockets.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/request.hpp"

namespace muster {

class ExecSession {
 public:
  using Ask = std::function<Answer(const Request&)>;

  /// For a GET of .../pods/NAME/exec or /attach. Null and a Status in `refusal` if the pod cannot be entered.
  static std::unique_ptr<ExecSession> open(const Request& request, Ask ask, Answer& refusal);
  virtual ~ExecSession() = default;

  /// A frame of the client's.
  virtual void hear(std::string_view frame) = 0;
  /// The frames to send now; `elapsed_seconds` since the session began.
  virtual std::vector<std::string> take(double elapsed_seconds) = 0;
  /// The last frame has been taken; the connection is to be closed with code 1000.
  virtual bool ended() const = 0;
};

/// Whether a request's path is one that a WebSocket is opened for.
bool is_exec_path(const std::string& path);

}  // namespace muster
