// The server's end of a SPDY/3.1 connection: answers what is the connection's own (PING, errors of framing)
// and hands streams and their data to what is built on it. Without sockets.
#pragma once

#include <cstdint>
#include <set>

#include "server/conversation.hpp"
#include "server/spdy/frame.hpp"

namespace muster {

class SpdyConnection : public Conversation {
 public:
  void hear(std::string_view bytes) final;
  std::vector<std::string> take(double elapsed_seconds) final;
  bool ended() const final { return over_ && out_.empty(); }

 protected:
  using StreamId = std::uint32_t;

  /// A stream that the client opens. False refuses it.
  virtual bool opened(StreamId stream, const SpdyHeaders& headers) = 0;
  /// Data of an open stream; `fin`: the last of it.
  virtual void heard(StreamId stream, std::string_view data, bool fin) = 0;
  /// The client gives a stream up.
  virtual void dropped(StreamId stream) = 0;
  /// Called before what was said is taken.
  virtual void speak(double elapsed_seconds) = 0;

  void say(StreamId stream, std::string_view data, bool fin = false);
  void drop(StreamId stream, std::uint32_t status);
  /// Nothing more will be said.
  void go_away(std::uint32_t status);

 private:
  void on_frame(const SpdyFrame& frame);
  void on_stream(const SpdyFrame& frame);
  void on_data(const SpdyFrame& frame);

  SpdyReader reader_;
  SpdyWriter writer_;
  std::string out_;
  std::set<StreamId> open_;  ///< for hearing
  StreamId last_ = 0;        ///< ids of new streams are odd and grow
  bool over_ = false;
};

}  // namespace muster
