// What goes on behind `kubectl exec` and `kubectl attach`: frames whose first byte is a channel, as a
// WebSocket with v5.channel.k8s.io carries them; SPDY has a stream for each (spdy/exec_streams.hpp). Every
// program that is run is one request through the door, so nothing happens in the world that is not a request.
// Without sockets.
#pragma once

#include <functional>
#include <memory>

#include "api/request.hpp"
#include "server/conversation.hpp"

namespace muster {

/// The first byte of a frame (kubernetes/kubernetes
/// staging/src/k8s.io/kubelet/pkg/cri/streaming/remotecommand).
enum ExecChannel : char {
  stdin_channel = 0,
  stdout_channel = 1,
  stderr_channel = 2,
  status_channel = 3,
  resize_channel = 4
};
/// A frame of this byte and a channel's says that the channel has ended.
inline constexpr char half_close = static_cast<char>(255);

class ExecSession : public Conversation {
 public:
  using Ask = std::function<Answer(const Request&)>;

  /// For a GET of .../pods/NAME/exec or /attach. Null and a Status in `refusal` if the pod cannot be entered.
  static std::unique_ptr<ExecSession> open(const Request& request, Ask ask, Answer& refusal);
};

}  // namespace muster
