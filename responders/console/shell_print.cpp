// The way back from the grammar's tree to the line.
#include <fmt/format.h>

#include "responders/console/shell_syntax.hpp"

namespace muster {
namespace {

using PieceKind = WordPiece::Kind;
using Quote = WordPiece::Quote;

std::string print_literal(const WordPiece& piece) {
  std::string out;
  for (const char c : piece.text) {
    const bool escape =
        piece.quote == Quote::backslash ||
        (piece.quote == Quote::twice && std::string_view("\"\\$`").find(c) != std::string_view::npos);
    if (escape) out += '\\';
    out += c;
  }
  return out;
}

std::string print_piece(const WordPiece& piece) {
  if (piece.kind == PieceKind::command) return "$(" + piece.text + ")";
  if (piece.kind == PieceKind::variable) return piece.braces ? "${" + piece.text + "}" : "$" + piece.text;
  return piece.quote == Quote::single ? "'" + piece.text + "'" : print_literal(piece);
}

/// The body of a here-document stands as it is typed.
std::string print_body(const Redirection& redirection) {
  std::string out;
  for (const WordPiece& piece : redirection.body.pieces) {
    const bool literal = piece.quote == Quote::single;
    out += literal ? piece.text : print_piece(piece);
  }
  return out;
}

std::string print_redirection(const Redirection& redirection) {
  using R = Redirection::Kind;
  const std::string target = print_word(redirection.target);
  if (redirection.kind == R::read) return "< " + target;
  if (redirection.kind == R::here_document) return "<<" + target;
  if (redirection.kind == R::here_text) return "<<<" + target;
  const std::string from = redirection.descriptor == 0 ? "&" : redirection.descriptor == 2 ? "2" : "";
  if (redirection.kind == R::join) return fmt::format("{}>&{}", from, redirection.joined);
  return from + (redirection.kind == R::append ? ">>" : ">") + " " + target;
}

std::string print_command(const SimpleCommand& command, std::string& bodies) {
  std::string out;
  const auto add = [&](const std::string& part) { out += (out.empty() ? "" : " ") + part; };
  for (const ShellWord& word : command.words) add(print_word(word));
  for (const Redirection& redirection : command.redirections) {
    add(print_redirection(redirection));
    if (redirection.kind != Redirection::Kind::here_document) continue;
    std::string mark;
    for (const WordPiece& piece : redirection.target.pieces) mark += piece.text;
    bodies += print_body(redirection) + mark + "\n";
  }
  return out;
}

const char* joint(ShellPipeline::When when) {
  return when == ShellPipeline::When::if_succeeded ? " && "
         : when == ShellPipeline::When::if_failed  ? " || "
                                                   : "; ";
}

}  // namespace

bool ShellWord::quoted() const {
  for (const WordPiece& piece : pieces)
    if (piece.quote == Quote::single || piece.quote == Quote::twice) return true;
  return false;
}

std::string print_word(const ShellWord& word) {
  std::string out;
  bool inside = false;  // of double quotes
  for (const WordPiece& piece : word.pieces) {
    if (inside != (piece.quote == Quote::twice)) {
      out += '"';
      inside = !inside;
    }
    out += print_piece(piece);
  }
  return inside ? out + '"' : out;
}

std::string print_shell(const std::vector<ShellPipeline>& script) {
  std::string out, bodies;
  for (const ShellPipeline& pipeline : script) {
    if (!bodies.empty()) {
      out += "\n" + std::exchange(bodies, {});
    } else if (!out.empty()) {
      out += joint(pipeline.when);
    }
    bool first = true;
    for (const SimpleCommand& command : pipeline.stages) {
      if (!std::exchange(first, false)) out += " | ";
      out += print_command(command, bodies);
    }
  }
  return bodies.empty() ? out : out + "\n" + bodies;
}

}  // namespace muster
