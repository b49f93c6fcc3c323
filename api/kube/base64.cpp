#include "api/kube/base64.hpp"

#include <cstdint>

namespace muster::kube {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      const bool padding = at + i > bytes.size();
      text += padding ? '=' : alphabet[group >> (18 - 6 * i) & 63u];
    }
  }
  return text;
}

std::variant<std::string, std::size_t> base64_decode(std::string_view text) {
  std::string bytes;
  std::uint32_t group = 0;
  int symbols = 0, padding = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n' || c == '\r') continue;
    const std::size_t value = alphabet.find(c);
    const bool pads = c == '=' && symbols >= 2;
    if (!pads && (value == std::string_view::npos || padding > 0)) return at;
    if (padding > 0 && symbols == 0) return at;
    if (pads) ++padding;
    group = group << 6 | (pads ? 0u : static_cast<std::uint32_t>(value));
    if (++symbols < 4) continue;
    for (int i = 0; i < 3 - padding; ++i) bytes += static_cast<char>(group >> (16 - 8 * i) & 255u);
    group = 0;
    symbols = 0;
  }
  if (symbols != 0) return text.size();
  return bytes;
}

}  // namespace muster::kube
