#include "server/spdy/header_block.hpp"

#include <zlib.h>

#include "server/spdy/bytes.hpp"
#include "server/spdy/dictionary.hpp"
#include "sim/assert.hpp"

namespace muster {

namespace {

constexpr std::size_t block_bytes_max = 64 * 1024;  // as large as HTTP's own headers may be
constexpr std::size_t piece_bytes = 4096;

Error bad_block(const char* why) {
  return {ErrorCode::invalid_input, std::string("SPDY header block: ") + why, {}};
}

Bytef* zlib_bytes(std::string_view text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

const Bytef* dictionary_bytes() {
  return zlib_bytes(spdy_dictionary());
}

uInt dictionary_size() {
  return static_cast<uInt>(spdy_dictionary().size());
}

/// Takes a text with its length before it. False if there is not so much.
bool take_text(std::string_view& rest, std::string& text) {
  if (rest.size() < 4) return false;
  const std::uint32_t size = big_endian(rest, 0, 4);
  if (rest.size() - 4 < size) return false;
  text = rest.substr(4, size);
  rest.remove_prefix(4 + std::size_t{size});
  return true;
}

Result<SpdyHeaders> pairs_of(std::string_view rest) {
  if (rest.size() < 4) return bad_block("it has no count");
  const std::uint32_t count = big_endian(rest, 0, 4);
  rest.remove_prefix(4);
  SpdyHeaders headers;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string name, value;
    if (!take_text(rest, name) || !take_text(rest, value)) return bad_block("it is shorter than it says");
    headers.emplace_back(std::move(name), std::move(value));
  }
  if (!rest.empty()) return bad_block("it is longer than it says");
  return headers;
}

}  // namespace

std::string spdy_header(const SpdyHeaders& headers, std::string_view name) {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

HeaderInflater::HeaderInflater() : zlib_(std::make_unique<z_stream>()) {
  MUSTER_ASSERT(inflateInit(zlib_.get()) == Z_OK, "zlib cannot begin");
}

HeaderInflater::~HeaderInflater() {
  inflateEnd(zlib_.get());
}

Result<SpdyHeaders> HeaderInflater::read(std::string_view block) {
  zlib_->next_in = zlib_bytes(block);
  zlib_->avail_in = static_cast<uInt>(block.size());
  std::string plain;
  char piece[piece_bytes];
  while (true) {
    zlib_->next_out = reinterpret_cast<Bytef*>(piece);
    zlib_->avail_out = piece_bytes;
    const int said = inflate(zlib_.get(), Z_SYNC_FLUSH);
    if (said == Z_NEED_DICT) {
      if (inflateSetDictionary(zlib_.get(), dictionary_bytes(), dictionary_size()) != Z_OK)
        return bad_block("another dictionary was used");
      continue;
    }
    if (said != Z_OK && said != Z_BUF_ERROR) return bad_block("it is not compressed by zlib");
    plain.append(piece, piece_bytes - zlib_->avail_out);
    if (plain.size() > block_bytes_max) return bad_block("it is larger than 64 KiB");
    if (zlib_->avail_out > 0) break;  // all that there was has been given
  }
  return pairs_of(plain);
}

HeaderDeflater::HeaderDeflater() : zlib_(std::make_unique<z_stream>()) {
  MUSTER_ASSERT(deflateInit(zlib_.get(), Z_BEST_SPEED) == Z_OK, "zlib cannot begin");
  deflateSetDictionary(zlib_.get(), dictionary_bytes(), dictionary_size());
}

HeaderDeflater::~HeaderDeflater() {
  deflateEnd(zlib_.get());
}

std::string HeaderDeflater::write(const SpdyHeaders& headers) {
  std::string plain;
  append_big_endian(plain, headers.size(), 4);
  for (const auto& [name, value] : headers) {
    for (const std::string* text : {&name, &value}) {
      append_big_endian(plain, text->size(), 4);
      plain += *text;
    }
  }
  zlib_->next_in = zlib_bytes(plain);
  zlib_->avail_in = static_cast<uInt>(plain.size());
  std::string block;
  char piece[piece_bytes];
  do {
    zlib_->next_out = reinterpret_cast<Bytef*>(piece);
    zlib_->avail_out = piece_bytes;
    deflate(zlib_.get(), Z_SYNC_FLUSH);
    block.append(piece, piece_bytes - zlib_->avail_out);
  } while (zlib_->avail_out == 0);
  return block;
}

}  // namespace muster
