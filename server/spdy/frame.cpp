#include "server/spdy/frame.hpp"

#include <fmt/format.h>

#include "server/spdy/bytes.hpp"

namespace muster {

namespace {

using Type = SpdyFrame::Type;

constexpr std::uint32_t version = 3;
constexpr std::uint32_t low_31_bits = 0x7fffffff;
constexpr std::uint32_t flag_fin = 1;
constexpr std::size_t head_bytes = 8;
constexpr std::size_t spdy_frame_bytes_max = 1 << 20;

Error bad_frame(std::string why) {
  return {ErrorCode::invalid_input, "SPDY: " + std::move(why), {}};
}

/// The payload's bytes before a header block, or all of them; none for a type that is not known.
std::optional<std::size_t> fixed_bytes(std::uint32_t type) {
  switch (static_cast<Type>(type)) {
    case Type::syn_stream:
      return 10;
    case Type::syn_reply:
    case Type::headers:
    case Type::ping:
    case Type::settings:
      return 4;
    case Type::rst_stream:
    case Type::goaway:
    case Type::window_update:
      return 8;
    case Type::data:
      break;
  }
  return std::nullopt;
}

bool has_headers(Type type) {
  return type == Type::syn_stream || type == Type::syn_reply || type == Type::headers;
}

bool has_number(Type type) {
  return type == Type::rst_stream || type == Type::goaway || type == Type::window_update;
}

bool right_size(Type type, std::size_t fixed, std::string_view payload) {
  if (has_headers(type)) return payload.size() >= fixed;
  if (type == Type::settings)
    return payload.size() >= fixed && payload.size() == fixed + 8 * std::size_t{big_endian(payload, 0, 4)};
  return payload.size() == fixed;
}

}  // namespace

Result<std::optional<SpdyFrame>> SpdyReader::next() {
  while (bytes_.size() >= head_bytes) {
    const std::uint32_t first = big_endian(bytes_, 0, 4), flags = big_endian(bytes_, 4, 1);
    const std::size_t length = big_endian(bytes_, 5, 3);
    const bool is_control = first > low_31_bits;
    if (is_control && (first >> 16 & 0x7fff) != version)
      return bad_frame(fmt::format("version {} is not spoken", first >> 16 & 0x7fff));
    if (length > spdy_frame_bytes_max) return bad_frame(fmt::format("a frame of {} bytes", length));
    if (bytes_.size() < head_bytes + length) return std::optional<SpdyFrame>{};
    const std::string payload = bytes_.substr(head_bytes, length);
    bytes_.erase(0, head_bytes + length);
    if (!is_control) return std::optional(SpdyFrame{Type::data, first, (flags & flag_fin) != 0, {}, payload});
    const std::uint32_t type = first & 0xffff;
    if (!fixed_bytes(type)) continue;
    auto frame = control(type, flags, payload);
    if (!frame) return frame.error();
    return std::optional(*std::move(frame));
  }
  return std::optional<SpdyFrame>{};
}

Result<SpdyFrame> SpdyReader::control(std::uint32_t type, std::uint32_t flags, std::string_view payload) {
  const std::size_t fixed = *fixed_bytes(type);
  SpdyFrame frame;
  frame.type = static_cast<Type>(type);
  if (!right_size(frame.type, fixed, payload))
    return bad_frame(fmt::format("a frame of type {} with {} bytes", type, payload.size()));
  if (frame.type == Type::settings) {
    frame.data = payload.substr(fixed);
    return frame;
  }
  frame.id = big_endian(payload, 0, 4);
  if (frame.type != Type::ping) frame.id &= low_31_bits;
  if (has_number(frame.type)) frame.number = big_endian(payload, 4, 4);
  if (!has_headers(frame.type)) return frame;
  frame.fin = (flags & flag_fin) != 0;
  auto headers = inflater_.read(payload.substr(fixed));
  if (!headers) return headers.error();
  frame.headers = *std::move(headers);
  return frame;
}

std::string SpdyWriter::write(const SpdyFrame& frame) {
  std::string payload;
  if (frame.type == Type::data) {
    payload = frame.data;
  } else if (frame.type == Type::settings) {
    append_big_endian(payload, frame.data.size() / 8, 4);
    payload += frame.data;
  } else {
    append_big_endian(payload, frame.id, 4);
    if (frame.type == Type::syn_stream) payload.append(6, '\0');  // no associated stream, priority 0, slot 0
    if (has_number(frame.type)) append_big_endian(payload, frame.number, 4);
    if (has_headers(frame.type)) payload += deflater_.write(frame.headers);
  }
  std::string bytes;
  if (frame.type == Type::data) {
    append_big_endian(bytes, frame.id, 4);
  } else {
    append_big_endian(bytes, 0x8000 | version, 2);
    append_big_endian(bytes, static_cast<std::uint64_t>(frame.type), 2);
  }
  append_big_endian(bytes, frame.fin ? flag_fin : 0, 1);
  append_big_endian(bytes, payload.size(), 3);
  return bytes + payload;
}

}  // namespace muster
