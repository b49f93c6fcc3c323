#include "journal/sha256.hpp"

#include <openssl/evp.h>

#include <array>

#include "journal/journal.hpp"
#include "sim/assert.hpp"

namespace muster {

struct Sha256::Context {
  EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* state = EVP_MD_CTX_new();

  Context() {
    MUSTER_ASSERT(algorithm != nullptr && state != nullptr, "OpenSSL has no SHA-256");
    begin();
  }
  ~Context() {
    EVP_MD_CTX_free(state);
    EVP_MD_free(algorithm);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  void begin() { MUSTER_ASSERT(EVP_DigestInit_ex(state, algorithm, nullptr) == 1, "SHA-256 cannot begin"); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  MUSTER_ASSERT(EVP_DigestUpdate(context_->state, bytes.data(), bytes.size()) == 1, "SHA-256 cannot go on");
}

std::string Sha256::finish() {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  MUSTER_ASSERT(EVP_DigestFinal_ex(context_->state, digest.data(), &size) == 1 && size == digest.size(),
                "SHA-256 cannot finish");
  context_->begin();
  return hex_of({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string hex_of(std::string_view bytes) {
  constexpr const char* digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    hex += digits[value >> 4];
    hex += digits[value & 15];
  }
  return hex;
}

bool bytes_of_hex(std::string_view hex, std::string& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  bytes.clear();
  if (hex.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const std::size_t high = digits.find(hex[i]);
    const std::size_t low = digits.find(hex[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return false;
    bytes += static_cast<char>(high * 16 + low);
  }
  return true;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

}  // namespace muster
