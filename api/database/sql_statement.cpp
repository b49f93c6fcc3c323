#include "api/database/sql_statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace muster {
namespace {

/// A word, a quoted text or one mark.
struct Token {
  std::string text;   // as written; without its quotes
  std::string lower;  // keywords are compared by this
  bool quoted = false;
};

bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++i;
      continue;
    }
    Token token;
    if (c == '\'' || c == '"') {
      token.quoted = true;
      const std::size_t end = std::min(text.find(c, i + 1), text.size());
      token.text = text.substr(i + 1, end - i - 1);
      i = end + 1;
    } else {
      std::size_t end = i + 1;
      while (in_word(c) && end < text.size() && in_word(text[end])) ++end;
      token.text = text.substr(i, end - i);
      i = end;
    }
    token.lower = token.text;
    for (char& letter : token.lower)
      if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    tokens.push_back(std::move(token));
  }
  while (!tokens.empty() && !tokens.back().quoted && tokens.back().text == ";") tokens.pop_back();
  return tokens;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(tokens_of(text)) {}

  Result<SqlStatement> read() {
    SqlStatement statement;
    bool ok = read_select(statement);  // a reader that knew the first word and failed ends the search
    if (!ok && at_ == 0) ok = read_show(statement);
    if (!ok && at_ == 0) ok = read_alter(statement);
    if (!ok && at_ == 0) ok = read_index(statement);
    if (!ok && at_ == 0) ok = read_analyze(statement);
    if (ok && at_ == tokens_.size()) return statement;
    const std::string near = at_ < tokens_.size() ? tokens_[at_].text : "";
    return Error{ErrorCode::invalid_input,
                 near.empty() ? "ERROR:  syntax error at end of input"
                              : fmt::format("ERROR:  syntax error at or near \"{}\"", near),
                 {}};
  }

 private:
  bool word(std::string_view expected) {
    if (at_ >= tokens_.size() || tokens_[at_].quoted || tokens_[at_].lower != expected) return false;
    ++at_;
    return true;
  }
  bool words(std::initializer_list<std::string_view> expected) {
    const std::size_t begin = at_;
    for (const std::string_view one : expected) {
      if (word(one)) continue;
      at_ = std::max(begin, at_);
      return false;
    }
    return true;
  }
  bool any(std::string& out) {
    if (at_ >= tokens_.size()) return false;
    out = tokens_[at_++].text;
    return true;
  }
  bool number(std::int64_t& out) {
    std::string digits;
    const std::size_t begin = at_;
    if (any(digits)) {
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), out);
      if (read.ec == std::errc{} && read.ptr == digits.data() + digits.size()) return true;
    }
    at_ = begin;
    return false;
  }

  bool read_call(SqlStatement& statement) {
    using Kind = SqlStatement::Kind;
    static const std::pair<std::string_view, Kind> plain[] = {{"version", Kind::version},
                                                              {"pg_is_in_recovery", Kind::in_recovery},
                                                              {"pg_promote", Kind::promote},
                                                              {"pg_reload_conf", Kind::reload}};
    for (const auto& [name, kind] : plain) {
      if (!word(name)) continue;
      statement.kind = kind;
      return words({"(", ")"});
    }
    const bool terminate = word("pg_terminate_backend");
    if (!terminate && !word("pg_cancel_backend")) return false;
    statement.kind = terminate ? Kind::terminate : Kind::cancel;
    return word("(") && number(statement.number) && word(")");
  }

  bool read_select(SqlStatement& statement) {
    if (!word("select")) return false;
    if (word("1")) return true;
    if (read_call(statement)) return true;
    const std::size_t list = at_;
    const bool counts = words({"count", "(", "*", ")"});
    if (!counts) at_ = list;
    // The console shows the columns it has, whatever the list asks for.
    while (at_ < tokens_.size() && (tokens_[at_].quoted || tokens_[at_].lower != "from")) ++at_;
    if (!word("from")) return false;
    using Kind = SqlStatement::Kind;
    if (word("pg_stat_activity"))
      statement.kind = counts ? Kind::activity_count : Kind::activity;
    else if (word("pg_locks"))
      statement.kind = Kind::locks;
    else if (word("pg_stat_replication"))
      statement.kind = Kind::replication;
    else
      return false;
    return at_ == tokens_.size() || read_where(statement);
  }

  bool read_where(SqlStatement& statement) {
    if (!word("where")) return false;
    do {
      const std::size_t begin = at_;
      if (words({"cardinality", "(", "pg_blocking_pids", "(", "pid", ")", ")", ">", "0"})) {
        statement.only_blocked = true;
        continue;
      }
      at_ = begin;
      std::string column, value;
      if (!any(column) || !word("=") || !any(value)) return false;
      statement.where.emplace_back(column, value);
    } while (word("and"));
    return true;
  }

  bool read_show(SqlStatement& statement) {
    if (!word("show")) return false;
    statement.kind = SqlStatement::Kind::show;
    return any(statement.name);
  }

  bool read_alter(SqlStatement& statement) {
    if (!word("alter")) return false;
    if (word("system")) {
      statement.kind = SqlStatement::Kind::alter_system;
      if (!word("set") || !any(statement.name)) return false;
      return (word("=") || word("to")) && any(statement.value);
    }
    if (!word("role") && !word("user")) return false;
    statement.kind = SqlStatement::Kind::alter_role;
    if (!any(statement.name)) return false;
    word("with");
    return word("password") && any(statement.value);
  }

  bool read_index(SqlStatement& statement) {
    if (!word("create")) return false;
    word("unique");
    if (!word("index")) return false;
    statement.kind = SqlStatement::Kind::create_index;
    statement.concurrently = word("concurrently");
    const std::size_t begin = at_;
    if (!words({"if", "not", "exists"})) at_ = begin;
    if (!any(statement.name) || !word("on") || !any(statement.value)) return false;
    at_ = tokens_.size();  // which columns it has does not matter here
    return true;
  }

  bool read_analyze(SqlStatement& statement) {
    if (!word("analyze")) return false;
    statement.kind = SqlStatement::Kind::analyze;
    return any(statement.name);
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

Result<SqlStatement> parse_sql(std::string_view text) {
  return Parser(text).read();
}

}  // namespace muster
