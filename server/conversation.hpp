// What is said on an upgraded connection: bytes in pieces, both ways. Without sockets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster {

class Conversation {
 public:
  virtual ~Conversation() = default;

  /// What the client said: one message of a WebSocket, or bytes of a plain connection in any pieces.
  virtual void hear(std::string_view frame) = 0;
  /// What to say now; `elapsed_seconds` since the conversation began.
  virtual std::vector<std::string> take(double elapsed_seconds) = 0;
  /// The last piece has been taken; the connection is to be closed.
  virtual bool ended() const = 0;
};

}  // namespace muster
