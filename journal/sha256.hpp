// SHA-256 over pieces, with one OpenSSL context for the whole life of the object: the journal hashes a line
// per record, and setting up a context costs more than hashing a line.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace muster {

class Sha256 {
 public:
  static constexpr std::size_t hex_digits = 64;

  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  /// Adds bytes to the current message.
  void add(std::string_view bytes);
  /// The digest of the message as 64 lower-case hex digits; the next add() begins a new message.
  std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// Two lower-case hex digits per byte.
std::string hex_of(std::string_view bytes);
/// False if `hex` is not an even number of lower-case hex digits.
bool bytes_of_hex(std::string_view hex, std::string& bytes);

}  // namespace muster
