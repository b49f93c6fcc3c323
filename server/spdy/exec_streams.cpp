#include "server/spdy/exec_streams.hpp"

#include <algorithm>
#include <array>

#include "api/url.hpp"

namespace muster {

namespace {

constexpr double streams_seconds_max = 30;  // the kubelet's DefaultStreamCreationTimeout

/// The headers' words, by channel.
constexpr std::array<std::string_view, 5> stream_types{"stdin", "stdout", "stderr", "error", "resize"};

}  // namespace

ExecStreams::ExecStreams(std::unique_ptr<ExecSession> session, const std::string& path)
    : session_(std::move(session)) {
  const auto url = parse_url(path);
  const bool tty = url && url->flag("tty");
  streams_[status_channel] = 0;
  if (url && url->flag("stdin")) streams_[stdin_channel] = 0;
  if (url && url->flag("stdout")) streams_[stdout_channel] = 0;
  if (url && url->flag("stderr") && !tty) streams_[stderr_channel] = 0;
  if (tty) streams_[resize_channel] = 0;
}

bool ExecStreams::opened(StreamId stream, const SpdyHeaders& headers) {
  const auto type = std::find(stream_types.begin(), stream_types.end(), spdy_header(headers, "streamtype"));
  const auto place = streams_.find(static_cast<char>(type - stream_types.begin()));
  if (place == streams_.end() || place->second != 0) return false;
  place->second = stream;
  return true;
}

void ExecStreams::heard(StreamId stream, std::string_view data, bool fin) {
  for (const auto& [channel, id] : streams_) {
    if (id != stream) continue;
    if (!data.empty()) session_->hear(std::string(1, channel).append(data));
    if (fin) session_->hear(std::string{half_close, channel});
  }
}

// As a half-close; nothing can be said there any more, but the program goes on.
void ExecStreams::dropped(StreamId stream) {
  heard(stream, {}, true);
}

void ExecStreams::speak(double elapsed_seconds) {
  const bool complete =
      std::all_of(streams_.begin(), streams_.end(), [](const auto& one) { return one.second != 0; });
  if (!complete && elapsed_seconds > streams_seconds_max) return go_away(goaway_protocol_error);
  if (!complete) return;
  for (const std::string& frame : session_->take(elapsed_seconds)) {
    const auto stream = streams_.find(frame[0]);
    if (stream != streams_.end()) say(stream->second, std::string_view(frame).substr(1));
  }
  if (!session_->ended()) return;
  for (const char channel : {stdout_channel, stderr_channel, status_channel})
    if (streams_.contains(channel)) say(streams_[channel], {}, true);
  go_away(goaway_ok);
}

}  // namespace muster
