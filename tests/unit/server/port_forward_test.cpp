// kubectl port-forward, without a socket: streams of a client in, the door's answers as HTTP out.
#include "server/spdy/port_forward.hpp"

#include <gmock/gmock.h>

namespace muster {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Type = SpdyFrame::Type;

class Forward : public testing::Test {
 protected:
  void SetUp() override {
    door = {200, "application/json", R"({"status":200,"contentType":"text/plain","body":"hi"})", {}, nullptr};
    const Request request{"r", "GET", "/api/v1/namespaces/a/pods/b/portforward?x=y", "", ""};
    forward = PortForward::open(
        request,
        [this](const Request& one) {
          asked.push_back(one.verb + " " + one.path + " " + one.body);
          return door;
        },
        refusal);
  }
  void say(const SpdyFrame& frame) { forward->hear(writer.write(frame)); }
  void open(std::uint32_t first, const char* port, const char* id) {
    say({Type::syn_stream, first, false, {{"streamtype", "error"}, {"port", port}, {"requestid", id}}});
    say({Type::data, first, true});  // kubectl does so at once
    say({Type::syn_stream, first + 2, false, {{"streamtype", "data"}, {"port", port}, {"requestid", id}}});
    answers();
  }
  std::vector<SpdyFrame> answers() {
    for (const std::string& piece : forward->take(0)) reader.feed(piece);
    std::vector<SpdyFrame> frames;
    for (auto frame = reader.next(); frame && *frame; frame = reader.next()) frames.push_back(**frame);
    return frames;
  }

  std::vector<std::string> asked;
  Answer door, refusal;
  SpdyWriter writer;
  SpdyReader reader;
  std::unique_ptr<PortForward> forward;
};

TEST_F(Forward, ARequestIsOneRequestThroughTheDoor) {
  open(1, "8000", "0");
  say({Type::data, 3, false, {}, "GET /a?b HTTP/1.1\r\nHost: x\r\n\r"});
  EXPECT_THAT(answers(), IsEmpty());
  say({Type::data, 3, false, {}, "\nPOST /c HTTP/1.1\r\nContent-Length: 2\r\n\r\nxyHEAD / HTTP/1.1\r\n\r\n"});
  EXPECT_THAT(asked, ElementsAre("POST /api/v1/namespaces/a/pods/b/portforward {}",
                                 HasSubstr(R"({"method":"GET","path":"/a","port":8000})"),
                                 HasSubstr(R"({"method":"POST","path":"/c","port":8000})"),
                                 HasSubstr(R"({"method":"HEAD","path":"/","port":8000})")));
  const std::string head = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: text/plain\r\n\r\n";
  const auto said = [](const std::string& text) { return SpdyFrame{Type::data, 3, false, {}, text}; };
  EXPECT_THAT(answers(), ElementsAre(said(head + "hi"), said(head + "hi"), said(head)));
  say({Type::data, 3, true});
  EXPECT_THAT(answers(), ElementsAre(SpdyFrame{Type::data, 1, true}, SpdyFrame{Type::data, 3, true}));
}

TEST_F(Forward, APortThatRefusesIsSaidOnTheErrorStream) {
  open(1, "81", "0");
  door = {500, "application/json", R"({"message":"connection refused"})", {}, nullptr};
  say({Type::data, 3, false, {}, "GET / HTTP/1.1\r\n\r\n"});
  EXPECT_THAT(answers(), ElementsAre(SpdyFrame{Type::data, 1, true, {}, "connection refused"},
                                     SpdyFrame{Type::data, 3, true}));
}

TEST_F(Forward, WhatIsNoHttpIsRefusedAndClosed) {
  open(1, "8000", "0");
  say({Type::data, 3, false, {}, "hello\r\n\r\n"});
  const auto frames = answers();
  ASSERT_EQ(frames.size(), 3u);
  EXPECT_THAT(frames[0].data, HasSubstr("HTTP/1.1 400 Bad Request"));
  EXPECT_TRUE(frames[2].fin);
}

TEST_F(Forward, StreamsWithoutAPortOrTwiceAreRefused) {
  say({Type::syn_stream, 1, false, {{"streamtype", "data"}, {"port", "0"}, {"requestid", "1"}}});
  say({Type::syn_stream, 3, false, {{"streamtype", "data"}, {"port", "80"}, {"requestid", "1"}}});
  say({Type::syn_stream, 5, false, {{"streamtype", "data"}, {"port", "80"}, {"requestid", "1"}}});
  say({Type::syn_stream, 7, false, {{"streamtype", "error"}, {"port", "81"}, {"requestid", "1"}}});
  const auto frames = answers();
  ASSERT_EQ(frames.size(), 4u);
  for (const std::size_t i : {0, 2, 3}) EXPECT_EQ(frames[i].type, Type::rst_stream) << i;
}

TEST_F(Forward, APodThatCannotBeReachedIsRefusedBeforeTheUpgrade) {
  door.status = 404;
  EXPECT_FALSE(PortForward::open(
      {"r", "GET", "/x", "", ""}, [this](const Request&) { return door; }, refusal));
  EXPECT_EQ(refusal.status, 404);
}

}  // namespace
}  // namespace muster
