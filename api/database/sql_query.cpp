#include "api/database/sql_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "api/database/sql_tokens.hpp"

namespace muster {
namespace {

using kube::Json;

/// "5 minutes", "30s", "1 hour" in microseconds.
std::optional<std::int64_t> interval_of(const std::string& text) {
  std::int64_t amount = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (read.ec != std::errc()) return std::nullopt;
  std::string unit(read.ptr, static_cast<std::size_t>(text.data() + text.size() - read.ptr));
  unit.erase(std::remove(unit.begin(), unit.end(), ' '), unit.end());
  for (const auto& [start, micros] : {std::pair<const char*, std::int64_t>{"milli", 1'000},
                                      {"s", 1'000'000},
                                      {"m", 60'000'000},
                                      {"h", 3'600'000'000},
                                      {"d", 86'400'000'000}})
    if (unit.starts_with(start)) return amount * micros;
  return std::nullopt;
}

class QueryReader {
 public:
  QueryReader(const Relation& relation, std::string_view sql)
      : relation_(relation), tokens_(sql_tokens(sql)) {}

  Result<SqlQuery> read() {
    SqlQuery query;
    if (!word("select") || !terms(query) || !word("from")) return wrong();
    ++at_;                                                              // the relation
    if (at_ < tokens_.size() && !ends_from(tokens_[at_].lower)) ++at_;  // its alias
    if (word("where") && !conditions(query)) return wrong();
    if (word("group") && !(word("by") && columns(query.group))) return wrong();
    if (word("order") && !(word("by") && ordering(query))) return wrong();
    if (word("limit")) {
      query.limit = 0;
      if (!number(*query.limit)) return wrong();
    }
    return at_ == tokens_.size() ? Result<SqlQuery>(std::move(query)) : wrong();
  }

 private:
  static bool ends_from(const std::string& word) {
    return word == "where" || word == "group" || word == "order" || word == "limit";
  }
  Error wrong() const {
    if (!missing_.empty())
      return invalid_input(fmt::format("ERROR:  column \"{}\" does not exist", missing_));
    if (at_ >= tokens_.size()) return invalid_input("ERROR:  syntax error at end of input");
    return invalid_input(fmt::format("ERROR:  syntax error at or near \"{}\"", tokens_[at_].text));
  }

  bool word(std::string_view expected) {
    if (at_ >= tokens_.size() || tokens_[at_].quoted || tokens_[at_].lower != expected) return false;
    ++at_;
    return true;
  }
  bool words(std::initializer_list<std::string_view> expected) {
    const std::size_t begin = at_;
    for (const std::string_view each : expected)
      if (!word(each)) return at_ = begin, false;
    return true;
  }
  bool number(std::int64_t& out) {
    if (at_ >= tokens_.size()) return false;
    const std::string& digits = tokens_[at_].text;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return false;
    ++at_;
    return true;
  }
  bool column(std::size_t& index) {
    if (at_ >= tokens_.size() || tokens_[at_].quoted) return false;
    std::string name = tokens_[at_].lower;
    name = name.substr(name.rfind('.') + 1);
    const auto found = std::find(relation_.columns.begin(), relation_.columns.end(), name);
    if (found == relation_.columns.end()) return missing_ = tokens_[at_].text, false;
    index = static_cast<std::size_t>(found - relation_.columns.begin());
    ++at_;
    return true;
  }
  bool columns(std::vector<std::size_t>& list) {
    do {
      std::int64_t place = 0;
      std::size_t index = 0;
      if (number(place) && place >= 1 && place <= static_cast<std::int64_t>(terms_.size()))
        index = terms_[static_cast<std::size_t>(place - 1)].column;
      else if (!column(index))
        return false;
      list.push_back(index);
    } while (word(","));
    return true;
  }

  bool terms(SqlQuery& query) {
    do {
      if (word("*")) {
        for (std::size_t i = 0; i < relation_.columns.size(); ++i)
          query.terms.push_back(SqlTerm{SqlTerm::Kind::column, i, {}, 0, relation_.columns[i], false});
        continue;
      }
      SqlTerm one;
      if (!term(one)) return false;
      if (word("as") || (at_ < tokens_.size() && tokens_[at_].lower != "from" && tokens_[at_].lower != ",")) {
        if (at_ >= tokens_.size()) return false;
        one.name = tokens_[at_++].text;
      }
      query.terms.push_back(std::move(one));
    } while (word(","));
    terms_ = query.terms;
    return true;
  }

  bool term(SqlTerm& result) {
    if (words({"count", "(", "*", ")"})) {
      result.kind = SqlTerm::Kind::count;
      result.name = "count";
      return true;
    }
    const bool least = words({"min", "("}), greatest = !least && words({"max", "("});
    if (least || greatest) {
      result.of_age = words({"now", "(", ")", "-"});
      if (!column(result.column) || !word(")")) return false;
      result.kind = least ? SqlTerm::Kind::least : SqlTerm::Kind::greatest;
      result.name = least ? "min" : "max";
      return true;
    }
    if (words({"now", "(", ")", "-"})) {
      result.kind = SqlTerm::Kind::since;
      result.name = "?column?";
      return column(result.column);
    }
    if (words({"left", "("}) || words({"substr", "("}) || words({"substring", "("})) {
      result.kind = SqlTerm::Kind::left;
      result.name = "left";
      if (!column(result.column) || !word(",") || !number(result.length)) return false;
      if (word(",") && !number(result.length)) return false;  // substr(text, from, length): from 1
      return word(")");
    }
    if (words({"pg_blocking_pids", "(", "pid", ")"})) return named("pg_blocking_pids", result);
    const bool known = column(result.column);
    if (known) result.name = relation_.columns[result.column];
    if (known && word("::")) ++at_;  // a cast changes nothing that is shown
    return known;
  }

  bool named(const std::string& name, SqlTerm& result) {
    const auto found = std::find(relation_.columns.begin(), relation_.columns.end(), name);
    if (found == relation_.columns.end()) return false;
    result.column = static_cast<std::size_t>(found - relation_.columns.begin());
    result.name = name;
    return true;
  }

  bool conditions(SqlQuery& query) {
    bool by_or = false;
    for (;;) {
      SqlCondition condition;
      condition.joined_by_or = by_or;
      condition.negated = word("not");
      if (!one_condition(condition)) return false;
      query.conditions.push_back(std::move(condition));
      if (word("and"))
        by_or = false;
      else if (word("or"))
        by_or = true;
      else
        return true;
    }
  }

  bool one_condition(SqlCondition& condition) {
    if (words({"cardinality", "(", "pg_blocking_pids", "(", "pid", ")", ")", ">", "0"})) {
      condition.kind = SqlCondition::Kind::blocked;
      return named("pg_blocking_pids", condition.left);
    }
    if (!term(condition.left)) return false;
    if (word("is")) {
      condition.kind = SqlCondition::Kind::is_null;
      condition.negated = condition.negated != word("not");
      return word("null");
    }
    if (word("not")) condition.negated = !condition.negated;
    if (word("in")) return list(condition);
    if (word("like") || word("ilike")) {
      condition.kind = SqlCondition::Kind::like;
      return value(condition.right);
    }
    for (const char* compare : {"=", "<>", "!=", "<=", ">=", "<", ">"}) {
      if (!word(compare)) continue;
      condition.compare = compare;
      return value(condition.right);
    }
    condition.kind = SqlCondition::Kind::truth;
    return true;
  }

  bool list(SqlCondition& condition) {
    condition.kind = SqlCondition::Kind::in;
    if (!word("(")) return false;
    do {
      Json one;
      if (!value(one)) return false;
      condition.list.push_back(one.is_string() ? one.get<std::string>() : one.dump());
    } while (word(","));
    return word(")");
  }

  bool value(Json& result) {
    if (words({"pg_backend_pid", "(", ")"})) return result = 0, true;
    const bool interval = word("interval");
    if (at_ >= tokens_.size()) return false;
    const SqlToken& token = tokens_[at_];
    if (token.quoted || interval) {
      ++at_;
      const auto micros = interval_of(token.text);
      result = interval && micros ? Json(*micros) : Json(token.text);
      return !interval || micros.has_value();
    }
    if (token.lower == "true" || token.lower == "false") return result = token.lower == "true", ++at_, true;
    std::int64_t whole = 0;
    if (!number(whole)) return false;
    result = whole;
    return true;
  }

  bool ordering(SqlQuery& query) {
    do {
      SqlOrdering order;
      std::int64_t place = 0;
      if (number(place)) {
        if (place < 1 || place > static_cast<std::int64_t>(query.terms.size())) return false;
        order.column = static_cast<std::size_t>(place - 1);
      } else if (!result_column(query, order.column)) {
        return false;
      }
      order.descending = word("desc");
      if (!order.descending) word("asc");
      if (word("nulls") && !word("first") && !word("last")) return false;
      query.order.push_back(order);
    } while (word(","));
    return true;
  }

  /// By the name of a result's column, or by a column of the relation, which is added unseen.
  bool result_column(SqlQuery& query, std::size_t& index) {
    if (at_ >= tokens_.size()) return false;
    const std::string& name = tokens_[at_].lower;
    for (std::size_t i = 0; i < query.terms.size(); ++i)
      if (query.terms[i].name == name) return index = i, ++at_, skip_call(), true;
    SqlTerm hidden;
    if (!term(hidden)) return false;
    hidden.name.clear();
    query.terms.push_back(hidden);
    index = query.terms.size() - 1;
    return true;
  }
  void skip_call() { words({"(", "*", ")"}); }

  const Relation& relation_;
  std::vector<SqlToken> tokens_;
  std::size_t at_ = 0;
  std::vector<SqlTerm> terms_;
  std::string missing_;
};

}  // namespace

Result<SqlQuery> read_query(const Relation& relation, std::string_view sql) {
  return QueryReader(relation, sql).read();
}

}  // namespace muster
