#include "responders/console/expansion.hpp"

#include <fmt/format.h>

namespace muster {
namespace {

/// Unquoted text: each run between blanks is a field.
void add_fields(const std::string& value, std::vector<std::string>& fields, bool& open) {
  for (const char c : value) {
    if (c == ' ' || c == '\t' || c == '\n') {
      open = false;
    } else {
      if (!open) fields.emplace_back();
      open = true;
      fields.back() += c;
    }
  }
}

bool is_name(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(i > 0 && c >= '0' && c <= '9')) return false;
  }
  return !text.empty();
}

}  // namespace

std::string assigned_name(const ShellWord& word) {
  if (word.pieces.empty()) return {};
  const WordPiece& first = word.pieces.front();
  if (first.kind != WordPiece::Kind::text || first.quoted()) return {};
  const auto equals = first.text.find('=');
  if (equals == std::string::npos || !is_name(first.text.substr(0, equals))) return {};
  return first.text.substr(0, equals);
}

Result<std::string> WordExpander::value_of(const WordPiece& piece) const {
  if (piece.kind == WordPiece::Kind::text) return piece.text;
  if (piece.kind == WordPiece::Kind::command) {
    const auto found = outputs_.find(&piece);
    return found == outputs_.end() ? std::string() : found->second;
  }
  if (piece.text == "?") return fmt::format("{}", last_exit_code_);
  const auto found = session_.variables.find(piece.text);
  if (found != session_.variables.end()) return found->second;
  if (!session_.options.unset_is_error) return std::string();
  return invalid_input(fmt::format("${} is not set", piece.text));
}

Result<std::vector<std::string>> WordExpander::fields(const ShellWord& word) const {
  std::vector<std::string> fields;
  bool open = word.quoted();  // whether fields.back() belongs to this word
  if (open) fields.emplace_back();
  for (const WordPiece& piece : word.pieces) {
    const auto value = value_of(piece);
    if (!value) return value.error();
    if (piece.kind != WordPiece::Kind::text && !piece.quoted()) {
      add_fields(*value, fields, open);
      continue;
    }
    if (!open) fields.emplace_back();
    open = true;
    fields.back() += *value;
  }
  return fields;
}

Result<std::string> WordExpander::text(const ShellWord& word) const {
  std::string out;
  for (const WordPiece& piece : word.pieces) {
    const auto value = value_of(piece);
    if (!value) return value.error();
    out += *value;
  }
  return out;
}

Result<std::string> WordExpander::target(const ShellWord& word) const {
  auto found = fields(word);
  if (!found) return found.error();
  if (found->size() != 1) return invalid_input("ambiguous redirect");
  return std::move(found->front());
}

}  // namespace muster
