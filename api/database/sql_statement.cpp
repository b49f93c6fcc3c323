#include "api/database/sql_statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "api/database/relation.hpp"
#include "api/database/sql_tokens.hpp"

namespace muster {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), tokens_(sql_tokens(text)) {}

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
    if (words({"now", "(", ")"})) return statement.kind = SqlStatement::Kind::now, true;
    for (const char* name : {"current_user", "session_user", "current_database"}) {
      if (!word(name)) continue;
      statement.kind = SqlStatement::Kind::who;
      statement.name = name;
      words({"(", ")"});
      return true;
    }
    if (relation_named_in(text_).empty()) return false;
    statement.kind = SqlStatement::Kind::from_view;
    statement.value = std::string(text_);
    at_ = tokens_.size();
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

  std::string_view text_;
  std::vector<SqlToken> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

Result<SqlStatement> parse_sql(std::string_view text) {
  return Parser(text).read();
}

}  // namespace muster
