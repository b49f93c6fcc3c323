// Bits written and read most significant first, at the end of a growing string of bytes.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

namespace muster {

/// Bits kept in whole bytes. Behind the last one are always `slack` zero bytes, so that a reader may load a
/// whole word anywhere, and notice after a sample that it has gone too far.
class BitStream {
 public:
  static constexpr std::size_t slack = 32;

  std::uint64_t size() const { return size_; }
  /// Bytes that hold bits.
  std::size_t bytes_used() const { return static_cast<std::size_t>((size_ + 7) / 8); }
  std::size_t bytes_held() const { return bytes_.capacity(); }
  const std::uint8_t* data() const { return bytes_.data(); }

  /// Appends the lowest `count` bits of `bits`; the others must be zero. `count` is 1 to 56.
  void put(std::uint64_t bits, unsigned count) {
    const std::size_t byte = static_cast<std::size_t>(size_ / 8);
    if (bytes_.size() < byte + slack) bytes_.resize(byte + slack, 0);
    std::uint64_t word = load(bytes_.data() + byte);
    word |= bits << (64 - count - size_ % 8);
    store(bytes_.data() + byte, word);
    size_ += count;
  }
  void put_word(std::uint64_t word) {
    put(word >> 32, 32);
    put(word & 0xffffffffu, 32);
  }
  /// Fills up to a whole byte.
  void align() { size_ = (size_ + 7) / 8 * 8; }

  /// The bits of another stream, as its data() and size() told.
  void assign(const std::uint8_t* bytes, std::uint64_t bits) {
    bytes_.assign(bytes, bytes + (bits + 7) / 8);
    bytes_.resize(bytes_.size() + slack, 0);
    size_ = bits;
  }

  static std::uint64_t load(const std::uint8_t* at) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return swapped(word);
  }

 private:
  static void store(std::uint8_t* at, std::uint64_t word) {
    word = swapped(word);
    std::memcpy(at, &word, sizeof word);
  }
  static std::uint64_t swapped(std::uint64_t word) {
    if constexpr (std::endian::native == std::endian::little) return __builtin_bswap64(word);
    return word;
  }

  std::vector<std::uint8_t> bytes_;
  std::uint64_t size_ = 0;  // bits
};

/// A place in a BitStream. The caller knows where its bits end.
class BitReader {
 public:
  std::uint64_t position = 0;

  /// The next `count` bits, 1 to 56.
  std::uint64_t take(const std::uint8_t* data, unsigned count) {
    const std::uint64_t word = BitStream::load(data + position / 8) << (position % 8);
    position += count;
    return word >> (64 - count);
  }
  std::uint64_t take_word(const std::uint8_t* data) {
    const std::uint64_t high = take(data, 32);
    return high << 32 | take(data, 32);
  }
};

}  // namespace muster
