// exec over SPDY, without a socket: a client's frames in, the server's out.
#include "server/spdy/exec_streams.hpp"

#include <gmock/gmock.h>

namespace muster {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Type = SpdyFrame::Type;
using namespace std::string_literals;

/// Says what it heard; ends when it hears the end of its input.
class Echo final : public ExecSession {
 public:
  void hear(std::string_view frame) override {
    frames_.emplace_back(frame);
    if (frame[0] == half_close) {
      frames_.back() = std::string(1, status_channel) + "done";
      ended_ = true;
    } else {
      frames_.back()[0] = stdout_channel;
    }
  }
  std::vector<std::string> take(double) override { return std::exchange(frames_, {}); }
  bool ended() const override { return ended_ && frames_.empty(); }

 private:
  std::vector<std::string> frames_;
  bool ended_ = false;
};

class Spdy : public testing::Test {
 protected:
  void say(const SpdyFrame& frame) { streams.hear(writer.write(frame)); }
  void open(std::uint32_t id, const std::string& type) {
    say({Type::syn_stream, id, false, {{"streamtype", type}}});
  }
  std::vector<SpdyFrame> answers(double elapsed = 0) {
    for (const std::string& piece : streams.take(elapsed)) reader.feed(piece);
    std::vector<SpdyFrame> frames;
    for (auto frame = reader.next(); frame && *frame; frame = reader.next()) frames.push_back(**frame);
    return frames;
  }
  static SpdyFrame data(std::uint32_t id, const std::string& text, bool fin = false) {
    return {Type::data, id, fin, {}, text};
  }

  SpdyWriter writer;
  SpdyReader reader;
  ExecStreams streams{std::make_unique<Echo>(), "/x/exec?stdin=true&stdout=true"};
};

TEST_F(Spdy, EachChannelIsAStream) {
  open(1, "error");
  open(3, "stdin");
  say(data(3, "hello"));
  EXPECT_THAT(answers(), ElementsAre(SpdyFrame{Type::syn_reply, 1}, SpdyFrame{Type::syn_reply, 3}))
      << "nothing is said before all streams are there";
  open(5, "stdout");
  EXPECT_THAT(answers(), ElementsAre(SpdyFrame{Type::syn_reply, 5}, data(5, "hello")));
  say(data(3, "", true));
  EXPECT_THAT(answers(),
              ElementsAre(data(1, "done"), data(5, "", true), data(1, "", true), SpdyFrame{Type::goaway, 5}));
  EXPECT_TRUE(streams.ended());
}

TEST_F(Spdy, StreamsThatNobodyAskedForAreRefused) {
  open(1, "stderr");
  open(3, "stdin");
  open(5, "stdin");
  open(7, "nonsense");
  EXPECT_THAT(answers(), ElementsAre(SpdyFrame{Type::rst_stream, 1, false, {}, {}, rst_refused_stream},
                                     SpdyFrame{Type::syn_reply, 3},
                                     SpdyFrame{Type::rst_stream, 5, false, {}, {}, rst_refused_stream},
                                     SpdyFrame{Type::rst_stream, 7, false, {}, {}, rst_refused_stream}));
}

TEST_F(Spdy, PingsAreAnsweredAndTheRestIsReadOver) {
  say({Type::ping, 1});
  say({Type::ping, 2});
  say({Type::settings, 0, false, {}, "12345678"});
  say({Type::window_update, 0, false, {}, {}, 9});
  say({Type::goaway, 0});
  EXPECT_THAT(answers(), ElementsAre(SpdyFrame{Type::ping, 1}));
}

TEST_F(Spdy, WhatBreaksTheProtocolEndsTheConnection) {
  const SpdyFrame bad{Type::goaway, 0, false, {}, {}, goaway_protocol_error};
  open(2, "error");  // even ids are the server's
  EXPECT_THAT(answers(), ElementsAre(bad));
  EXPECT_TRUE(streams.ended());
  ExecStreams other{std::make_unique<Echo>(), "/x/exec?stdin=true"};
  other.hear("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(other.take(0).size(), 1u);
  EXPECT_TRUE(other.ended());
}

TEST_F(Spdy, ClientsThatDoNotOpenTheirStreamsAreLetGo) {
  open(1, "error");
  EXPECT_EQ(answers(29).size(), 1u);
  EXPECT_THAT(answers(31), ElementsAre(SpdyFrame{Type::goaway, 1, false, {}, {}, goaway_protocol_error}));
}

TEST_F(Spdy, AStreamGivenUpIsAHalfClose) {
  open(1, "error");
  open(3, "stdin");
  open(5, "stdout");
  answers();
  say({Type::rst_stream, 3, false, {}, {}, rst_cancel});
  say(data(3, "late"));
  EXPECT_THAT(answers(),
              ElementsAre(data(1, "done"), data(5, "", true), data(1, "", true), SpdyFrame{Type::goaway, 5}));
  EXPECT_THAT(answers(), IsEmpty());
}

}  // namespace
}  // namespace muster
