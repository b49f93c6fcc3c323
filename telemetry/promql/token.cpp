#include "telemetry/promql/token.hpp"

#include <fmt/format.h>

#include "telemetry/promql/literal.hpp"

namespace muster::promql {

namespace {

// Texts longer than this are cut in messages (prometheus/prometheus promql/parser/lex.go, Item.String).
constexpr std::size_t shown_characters = 10;

std::string shown(std::string_view text) {
  if (text.size() <= shown_characters) return quote(text);
  std::size_t cut = shown_characters;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return quote(text.substr(0, cut)) + "...";
}

}  // namespace

std::string describe(const Token& token) {
  switch (token.kind) {
    case TokenKind::end:
      return "end of input";
    case TokenKind::identifier:
      return "identifier " + quote(token.text);
    case TokenKind::metric_identifier:
      return "metric identifier " + quote(token.text);
    case TokenKind::string:
      return "string " + shown(token.text);
    case TokenKind::number:
      return "number " + shown(token.text);
    case TokenKind::duration:
      return "duration " + shown(token.text);
    case TokenKind::operator_word:
      return fmt::format("<op:{}>", token.text);
    case TokenKind::aggregator:
      return fmt::format("<aggr:{}>", token.text);
    case TokenKind::keyword:
      return fmt::format("<{}>", token.text);
    default:
      return quote(token.text);
  }
}

}  // namespace muster::promql
