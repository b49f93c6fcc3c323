// The frames of SPDY/3.1, to and from bytes. draft-mbelshe-httpbis-spdy-00, section 2.6 (3 and 3.1 differ in
// flow control alone, which no Kubernetes client or server does: moby/spdystream neither sends nor heeds
// WINDOW_UPDATE). Without sockets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/spdy/header_block.hpp"
#include "sim/result.hpp"

namespace muster {

struct SpdyFrame {
  enum class Type {
    data = 0,
    syn_stream = 1,
    syn_reply = 2,
    rst_stream = 3,
    settings = 4,
    ping = 6,
    goaway = 7,
    headers = 8,
    window_update = 9
  };
  Type type = Type::data;
  std::uint32_t id = 0;      ///< of the stream; of a PING; of a GOAWAY the last stream that was taken
  bool fin = false;          ///< the sender says nothing more on this stream
  SpdyHeaders headers{};     ///< of syn_stream, syn_reply, headers
  std::string data{};        ///< of data; of settings the entries as they came
  std::uint32_t number = 0;  ///< rst_stream, goaway: the status; window_update: the delta

  bool operator==(const SpdyFrame&) const = default;
};

/// Status codes of RST_STREAM and GOAWAY (sections 2.6.3 and 2.6.6).
inline constexpr std::uint32_t rst_protocol_error = 1, rst_refused_stream = 3, rst_cancel = 5;
inline constexpr std::uint32_t goaway_ok = 0, goaway_protocol_error = 1;

/// Bytes as they arrive, in any pieces.
class SpdyReader {
 public:
  void feed(std::string_view bytes) { bytes_ += bytes; }
  /// The next whole frame, none if it has not arrived yet. Frames of types that are not known are passed
  /// over. Errors (of another version, of a wrong size, above 1 MiB, a bad header block) end the connection.
  Result<std::optional<SpdyFrame>> next();

 private:
  Result<SpdyFrame> control(std::uint32_t type, std::uint32_t flags, std::string_view payload);

  std::string bytes_;
  HeaderInflater inflater_;
};

class SpdyWriter {
 public:
  std::string write(const SpdyFrame& frame);

 private:
  HeaderDeflater deflater_;
};

}  // namespace muster
