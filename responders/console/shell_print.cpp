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
  if (piece.kind == PieceKind::arithmetic) return "$((" + piece.text + "))";
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

std::string print_words(const std::vector<ShellWord>& words) {
  std::string out;
  for (const ShellWord& word : words) out += (out.empty() ? "" : " ") + print_word(word);
  return out;
}

std::string print_list(const ShellScript& script, std::string& bodies);

/// A part of a structure with what divides it from the word behind it.
std::string print_part(const ShellScript& script) {
  std::string bodies;
  const std::string out = print_list(script, bodies);
  return bodies.empty() ? out + "; " : out + "\n" + bodies;
}

std::string print_branches(const ShellCompound& compound) {
  std::string out;
  std::size_t i = 0;
  for (; i + 1 < compound.parts.size(); i += 2)
    out += (i == 0 ? "if " : "elif ") + print_part(compound.parts[i]) + "then " +
           print_part(compound.parts[i + 1]);
  if (i < compound.parts.size()) out += "else " + print_part(compound.parts[i]);
  return out + "fi";
}

std::string print_compound(const ShellCompound& compound) {
  using C = ShellCompound::Kind;
  switch (compound.kind) {
    case C::if_:
      return print_branches(compound);
    case C::while_:
    case C::until:
      return (compound.kind == C::until ? "until " : "while ") + print_part(compound.parts[0]) + "do " +
             print_part(compound.parts[1]) + "done";
    case C::for_: {
      const std::string words = print_words(compound.words);
      const std::string over = compound.over_arguments ? "" : words.empty() ? " in" : " in " + words;
      return "for " + compound.name + over + "; do " + print_part(compound.parts[0]) + "done";
    }
    case C::subshell:
      return "( " + print_part(compound.parts[0]) + ")";
    case C::function:
      return compound.name + "() { " + print_part(compound.parts[0]) + "}";
    case C::group:
      break;
  }
  return "{ " + print_part(compound.parts[0]) + "}";
}

std::string print_command(const SimpleCommand& command, std::string& bodies) {
  const bool expression = command.words.size() == 2 && print_word(command.words[0]) == "((";
  std::string out = !command.compound.empty() ? print_compound(command.compound.front())
                    : expression              ? "((" + command.words[1].pieces.front().text + "))"
                                              : print_words(command.words);
  for (const Redirection& redirection : command.redirections) {
    out += (out.empty() ? "" : " ") + print_redirection(redirection);
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

std::string print_list(const ShellScript& script, std::string& bodies) {
  std::string out;
  for (const ShellPipeline& pipeline : script) {
    if (!bodies.empty()) {
      out += "\n" + std::exchange(bodies, {});
    } else if (!out.empty()) {
      out += joint(pipeline.when);
    }
    if (pipeline.negated) out += "! ";
    bool first = true;
    for (const SimpleCommand& command : pipeline.stages) {
      if (!std::exchange(first, false)) out += " | ";
      out += print_command(command, bodies);
    }
  }
  return out;
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

std::string print_shell(const ShellScript& script) {
  std::string bodies;
  const std::string out = print_list(script, bodies);
  return bodies.empty() ? out : out + "\n" + bodies;
}

bool operator==(const SimpleCommand& a, const SimpleCommand& b) {
  return a.words == b.words && a.redirections == b.redirections && a.compound == b.compound;
}

}  // namespace muster
