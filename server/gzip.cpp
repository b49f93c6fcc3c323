#include "server/gzip.hpp"

#include <zlib.h>

#include <algorithm>

#include "sim/assert.hpp"

namespace muster {
namespace {

constexpr int window_bits = 15 + 16;  // zlib's largest window; 16 asks for gzip's own header
constexpr int memory_level = 8;       // zlib's default

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t end = text.find_last_not_of(" \t");
  return end == std::string_view::npos ? std::string_view() : text.substr(begin, end - begin + 1);
}

/// The part before the first `separator`; the rest stays in `text`.
std::string_view next(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(part);
}

// "q=0", "q=0.0", "q=0.000"
bool is_refusal(std::string_view weight) {
  return weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == std::string_view::npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    std::string_view weight = next(accept_encoding, ',');
    const std::string_view coding = next(weight, ';');
    if (coding == "gzip" || coding == "x-gzip" || coding == "*") return !is_refusal(trimmed(weight));
  }
  return false;
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  const int begun =
      deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY);
  MUSTER_ASSERT(begun == Z_OK, "zlib starts");
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib only reads it
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  MUSTER_ASSERT(ended == Z_STREAM_END, "the bound that zlib gives is enough");
  return out;
}

}  // namespace muster
