#include "reports/markup.hpp"

#include <cstdint>

namespace muster::reports {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

/// Decodes the character at the front of `text`, which is not empty (Unicode 15, table 3-7).
Character next_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (size == 0 || lead > 0xF4 || text.size() < size) return {};
  auto code = static_cast<char32_t>(lead & (0xFF >> (size + 1)));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3F);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < least[size] || code > 0x10FFFF || surrogate) return {};
  return {code, size, true};
}

bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/// Production [2] of XML 1.0, without the controls that it merely discourages.
bool is_allowed(char32_t code) {
  if (code == '\t' || code == '\n' || code == '\r') return true;
  return !is_control(code) && code != 0xFFFE && code != 0xFFFF;
}

std::string_view entity(char32_t code) {
  switch (code) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

/// Marks that turn the direction of what follows: in a table they could make one cell read as another.
bool turns_direction(char32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

template <class Append>
void for_each_character(std::string_view text, Append append) {
  while (!text.empty()) {
    const Character character = next_character(text);
    append(character, character.valid ? text.substr(0, character.bytes) : replacement);
    text.remove_prefix(character.bytes);
  }
}

}  // namespace

std::string escape_markup(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_character(text, [&out](const Character& character, std::string_view bytes) {
    if (character.valid && (!is_allowed(character.code) || turns_direction(character.code))) return;
    const std::string_view named = character.valid ? entity(character.code) : std::string_view{};
    out += named.empty() ? bytes : named;
  });
  return out;
}

std::string plain_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_character(text, [&out](const Character& character, std::string_view bytes) {
    if (character.valid && turns_direction(character.code)) return;
    if (character.valid && is_control(character.code)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      return;
    }
    out += bytes;
  });
  return out;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

}  // namespace muster::reports
