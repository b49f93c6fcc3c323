// SPDY/3.1's frames to and from bytes: known ones, generated ones, and what no honest client sends.
#include "server/spdy/frame.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

#include "server/spdy/dictionary.hpp"
#include "sim/random.hpp"

namespace muster {
namespace {

using Type = SpdyFrame::Type;
using namespace std::string_literals;

std::vector<SpdyFrame> read_all(SpdyReader& reader) {
  std::vector<SpdyFrame> frames;
  while (true) {
    auto frame = reader.next();
    EXPECT_TRUE(frame) << frame.error().message;
    if (!frame || !*frame) return frames;
    frames.push_back(**std::move(frame));
  }
}

TEST(SpdyFrames, TheDictionaryIsTheSpecifications) {
  const std::string& text = spdy_dictionary();
  EXPECT_EQ(text.size(), 1423u);
  EXPECT_EQ(adler32(1, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())),
            0xe3c6a7c2u);
}

TEST(SpdyFrames, AreTheSpecificationsBytes) {
  SpdyWriter writer;
  EXPECT_EQ(writer.write({Type::data, 5, true, {}, "ab"}), "\0\0\0\5\1\0\0\2ab"s);
  EXPECT_EQ(writer.write({Type::ping, 7}), "\x80\3\0\6\0\0\0\4\0\0\0\7"s);
  EXPECT_EQ(writer.write({Type::rst_stream, 3, false, {}, {}, 5}), "\x80\3\0\3\0\0\0\x08\0\0\0\3\0\0\0\5"s);
  EXPECT_EQ(writer.write({Type::settings, 0, false, {}, "12345678"}),
            "\x80\3\0\4\0\0\0\x0c\0\0\0\1"
            "12345678"s);
  const std::string reply = writer.write({Type::syn_reply, 1, false, {{"a", "b"}}});
  EXPECT_EQ(reply.substr(14, 4), "\xe3\xc6\xa7\xc2"s) << "zlib's head names the dictionary";
}

SpdyFrame generated(RandomStream& random) {
  constexpr Type types[] = {Type::data, Type::syn_stream, Type::syn_reply, Type::rst_stream,   Type::settings,
                            Type::ping, Type::goaway,     Type::headers,   Type::window_update};
  const auto text = [&](std::uint64_t most) {
    std::string made(below(random.next(), most), '\0');
    for (char& c : made) c = static_cast<char>(random.next());
    return made;
  };
  SpdyFrame frame;
  frame.type = types[below(random.next(), 9)];
  const bool headed =
      frame.type == Type::syn_stream || frame.type == Type::syn_reply || frame.type == Type::headers;
  if (frame.type != Type::settings) frame.id = static_cast<std::uint32_t>(random.next()) >> 1;
  if (headed || frame.type == Type::data) frame.fin = random.next() % 2 == 0;
  if (headed)
    for (std::uint64_t left = below(random.next(), 5); left > 0; --left)
      frame.headers.emplace_back(text(20), left == 3 ? text(9000) : text(60));
  if (frame.type == Type::data) frame.data = text(5000);
  if (frame.type == Type::settings) frame.data = std::string(8 * below(random.next(), 4), 's');
  if (frame.type == Type::rst_stream || frame.type == Type::goaway || frame.type == Type::window_update)
    frame.number = static_cast<std::uint32_t>(random.next());
  return frame;
}

TEST(SpdyFrames, WhatIsWrittenIsReadInAnyPieces) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    RandomStream random(seed, "spdy", "frames");
    SpdyWriter writer;
    SpdyReader reader;
    std::vector<SpdyFrame> sent, seen;
    std::string bytes;
    for (int i = 0; i < 40; ++i) bytes += writer.write(sent.emplace_back(generated(random)));
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t size = 1 + below(random.next(), 700);
      reader.feed(std::string_view(bytes).substr(at, size));
      at += size;
      for (SpdyFrame& frame : read_all(reader)) seen.push_back(std::move(frame));
    }
    ASSERT_EQ(seen.size(), sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i)
      ASSERT_TRUE(seen[i] == sent[i]) << "seed " << seed << " " << i;
  }
}

TEST(SpdyFrames, DamagedBytesAreRefusedOrReadNeverWorse) {
  int refused = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    RandomStream random(seed, "spdy", "damage");
    SpdyWriter writer;
    std::string bytes;
    for (int i = 0; i < 6; ++i) bytes += writer.write(generated(random));
    for (int i = 0; i < 3; ++i) {
      const std::size_t place = below(random.next(), bytes.size());
      bytes[place] = static_cast<char>(random.next());
    }
    SpdyReader reader;
    reader.feed(bytes);
    auto frame = reader.next();
    for (int i = 0; i < 20 && frame && *frame; ++i) frame = reader.next();
    refused += !frame;
  }
  EXPECT_GT(refused, 30);
}

std::string refusal_of(const std::string& bytes) {
  SpdyReader reader;
  reader.feed(bytes);
  const auto frame = reader.next();
  return frame ? "" : frame.error().message;
}

TEST(SpdyFrames, HostileFramesAreRefused) {
  EXPECT_EQ(refusal_of("\x80\2\0\6\0\0\0\4\0\0\0\1"s), "SPDY: version 2 is not spoken");
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n\r\n"), "SPDY: a frame of 2115668 bytes");
  EXPECT_EQ(refusal_of("\0\0\0\1\0\xff\xff\xff"s), "SPDY: a frame of 16777215 bytes");
  EXPECT_EQ(refusal_of("\x80\3\0\6\0\0\0\5\0\0\0\1x"s), "SPDY: a frame of type 6 with 5 bytes");
  EXPECT_EQ(refusal_of("\x80\3\0\1\0\0\0\4\0\0\0\1"s), "SPDY: a frame of type 1 with 4 bytes");
  EXPECT_EQ(refusal_of("\x80\3\0\4\0\0\0\4\x20\0\0\0"s), "SPDY: a frame of type 4 with 4 bytes");
  EXPECT_EQ(refusal_of("\x80\3\0\2\0\0\0\4\0\0\0\1"s), "SPDY header block: it has no count");
  EXPECT_EQ(refusal_of("\x80\3\0\2\0\0\0\x0a\0\0\0\1nozlib"s),
            "SPDY header block: it is not compressed by zlib");
}

TEST(SpdyFrames, AHeaderBlockThatUnfoldsTooFarIsRefused) {
  SpdyWriter writer;
  const std::string bomb = writer.write({Type::syn_stream, 1, false, {{"a", std::string(1'000'000, 'x')}}});
  EXPECT_LT(bomb.size(), 20'000u);
  EXPECT_EQ(refusal_of(bomb), "SPDY header block: it is larger than 64 KiB");
}

TEST(SpdyFrames, UnknownTypesArePassedOver) {
  SpdyReader reader;
  SpdyWriter writer;
  reader.feed("\x80\3\0\x0a\0\0\0\2xx"s + writer.write({Type::ping, 9}));
  EXPECT_THAT(read_all(reader), testing::ElementsAre(SpdyFrame{Type::ping, 9}));
}

}  // namespace
}  // namespace muster
