#include "server/spdy/connection.hpp"

namespace muster {

namespace {

using Type = SpdyFrame::Type;

constexpr std::size_t streams_max = 256;
constexpr std::size_t piece_bytes_max = 32 * 1024;

}  // namespace

void SpdyConnection::hear(std::string_view bytes) {
  if (over_) return;
  reader_.feed(bytes);
  while (!over_) {
    const auto frame = reader_.next();
    if (!frame) return go_away(goaway_protocol_error);
    if (!*frame) return;
    on_frame(**frame);
  }
}

void SpdyConnection::on_frame(const SpdyFrame& frame) {
  switch (frame.type) {
    case Type::syn_stream:
      return on_stream(frame);
    case Type::data:
      return on_data(frame);
    case Type::rst_stream:
      if (open_.erase(frame.id) > 0) dropped(frame.id);
      return;
    case Type::ping:  // those with even ids answer ours, of which there are none
      if (frame.id % 2 == 1) out_ += writer_.write(frame);
      return;
    case Type::goaway:  // the client opens no further streams; it closes the connection when it is done
    case Type::syn_reply:
    case Type::headers:
    case Type::settings:
    case Type::window_update:
      return;
  }
}

void SpdyConnection::on_stream(const SpdyFrame& frame) {
  if (frame.id % 2 == 0 || frame.id <= last_) return go_away(goaway_protocol_error);
  last_ = frame.id;
  if (open_.size() >= streams_max || !opened(frame.id, frame.headers))
    return drop(frame.id, rst_refused_stream);
  open_.insert(frame.id);
  out_ += writer_.write({Type::syn_reply, frame.id});
  if (frame.fin) on_data({Type::data, frame.id, true});
}

void SpdyConnection::on_data(const SpdyFrame& frame) {
  // Data of a stream that we gave up may be under way still.
  if (frame.id == 0 || frame.id > last_) return go_away(goaway_protocol_error);
  if (!open_.contains(frame.id)) return;
  if (frame.fin) open_.erase(frame.id);
  heard(frame.id, frame.data, frame.fin);
}

std::vector<std::string> SpdyConnection::take(double elapsed_seconds) {
  if (!over_) speak(elapsed_seconds);
  std::vector<std::string> pieces;
  if (!out_.empty()) pieces.push_back(std::exchange(out_, {}));
  return pieces;
}

void SpdyConnection::say(StreamId stream, std::string_view data, bool fin) {
  std::size_t at = 0;
  do {
    const std::string piece(data.substr(at, piece_bytes_max));
    at += piece.size();
    if (!piece.empty() || fin)
      out_ += writer_.write({Type::data, stream, fin && at == data.size(), {}, piece});
  } while (at < data.size());
}

void SpdyConnection::drop(StreamId stream, std::uint32_t status) {
  open_.erase(stream);
  out_ += writer_.write({Type::rst_stream, stream, false, {}, {}, status});
}

void SpdyConnection::go_away(std::uint32_t status) {
  out_ += writer_.write({Type::goaway, last_, false, {}, {}, status});
  over_ = true;
}

}  // namespace muster
