#include "responders/console/expansion.hpp"

#include <fmt/format.h>

#include "responders/console/arithmetic.hpp"
#include "responders/console/file_pattern.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

/// Words in the making, each with the pattern of file names that it is.
struct FieldList {
  std::vector<ConditionWord> fields;
  bool open = false;  ///< whether the last of them belongs to the word that is read

  void add(const std::string& text, const std::string& pattern) {
    if (!open) fields.emplace_back();
    open = true;
    fields.back().text += text;
    fields.back().pattern += pattern;
  }
  /// Unquoted text: each run between blanks is a field.
  void split(const std::string& value) {
    for (const char c : value) {
      if (c == ' ' || c == '\t' || c == '\n')
        open = false;
      else
        add(std::string(1, c), std::string(1, c));
    }
  }
  /// "$@": each is a field of its own, the first with what stands before it.
  void add_each(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (i > 0) open = false;
      add(arguments[i], as_pattern(arguments[i]));
    }
  }
};

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

std::optional<std::string> WordExpander::parameter(const std::string& name) const {
  const auto& arguments = session_.arguments;
  if (name == "?") return fmt::format("{}", last_exit_code_);
  if (name == "#") return fmt::format("{}", arguments.size());
  if (name == "@" || name == "*") return join(arguments, " ");
  if (name.size() == 1 && name[0] >= '1' && name[0] <= '9') {
    const auto index = static_cast<std::size_t>(name[0] - '1');
    return index < arguments.size() ? std::optional(arguments[index]) : std::nullopt;
  }
  const auto found = session_.variables.find(name);
  return found == session_.variables.end() ? std::nullopt : std::optional(found->second);
}

Result<std::string> WordExpander::arithmetic(const WordPiece& piece) const {
  std::string expression;
  for (const WordPiece& each : piece.inner) {
    const auto part = value_of(each);
    if (!part) return part.error();
    expression += *part;
  }
  const auto value = evaluate_arithmetic(expression, session_.variables);
  if (!value) return value.error();
  return fmt::format("{}", *value);
}

Result<std::string> WordExpander::value_of(const WordPiece& piece) const {
  if (piece.kind == WordPiece::Kind::text) return piece.text;
  if (piece.kind == WordPiece::Kind::arithmetic) return arithmetic(piece);
  if (piece.kind == WordPiece::Kind::command) {
    const auto found = outputs_.find(&piece);
    return found == outputs_.end() ? std::string() : found->second;
  }
  if (auto value = parameter(piece.text)) return std::move(*value);
  if (!session_.options.unset_is_error) return std::string();
  return invalid_input(fmt::format("${} is not set", piece.text));
}

Result<std::vector<std::string>> WordExpander::fields(const ShellWord& word) const {
  FieldList list;
  for (const WordPiece& piece : word.pieces) {
    const bool arguments = piece.kind == WordPiece::Kind::variable && piece.text == "@" && piece.quoted();
    if (arguments) {
      list.add_each(session_.arguments);
      continue;
    }
    const auto value = value_of(piece);
    if (!value) return value.error();
    if (piece.kind != WordPiece::Kind::text && !piece.quoted())
      list.split(*value);
    else
      list.add(*value, piece.quoted() ? as_pattern(*value) : *value);
  }
  std::vector<std::string> all;
  for (ConditionWord& field : list.fields) {
    const auto names = is_pattern(field.pattern) ? matching_names(field.pattern, session_.files)
                                                 : std::vector<std::string>{};
    all.insert(all.end(), names.begin(), names.end());
    if (names.empty()) all.push_back(std::move(field.text));
  }
  return all;
}

Result<ConditionWord> WordExpander::condition(const ShellWord& word) const {
  ConditionWord out;
  for (const WordPiece& piece : word.pieces) {
    const auto value = value_of(piece);
    if (!value) return value.error();
    out.text += *value;
    out.pattern += piece.quoted() ? as_pattern(*value) : *value;
  }
  return out;
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
