#include "cluster_model/names.hpp"

#include <fmt/format.h>

#include <array>

#include "sim/random.hpp"

namespace muster {

namespace {
constexpr std::string_view safe_letters = "bcdfghjklmnpqrstvwxz2456789";
}  // namespace

std::uint32_t fnv32a(std::string_view bytes) {
  std::uint32_t hash = 2166136261u;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

std::string safe_encode(std::uint32_t number) {
  std::string text = fmt::format("{}", number);
  for (char& c : text) c = safe_letters[static_cast<unsigned char>(c) % safe_letters.size()];
  return text;
}

std::string name_suffix(std::uint64_t seed, std::string_view owner, std::uint64_t ordinal) {
  std::uint64_t word = RandomStream(seed, owner, "name").at(ordinal);
  std::string suffix;
  for (int i = 0; i < 5; ++i, word /= safe_letters.size()) suffix += safe_letters[word % safe_letters.size()];
  return suffix;
}

std::string make_uid(std::uint64_t seed, const ObjectKey& key, std::uint64_t ordinal) {
  std::string hex = hex_name(seed, entity_of(key), "uid", ordinal, 32);
  hex[12] = '4';
  hex[16] = "89ab"[static_cast<unsigned char>(hex[16]) % 4];
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20));
}

std::string hex_name(std::uint64_t seed, std::string_view entity, std::string_view purpose,
                     std::uint64_t index, int digits) {
  const std::array<std::uint64_t, 4> words = RandomStream(seed, entity, purpose).block(index);
  const std::string all = fmt::format("{:016x}{:016x}{:016x}{:016x}", words[0], words[1], words[2], words[3]);
  return all.substr(0, static_cast<std::size_t>(digits));
}

std::string entity_of(const ObjectKey& key) {
  return fmt::format("{}/{}/{}", to_string(key.kind), key.namespace_, key.name);
}

}  // namespace muster
