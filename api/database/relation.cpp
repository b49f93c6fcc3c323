#include "api/database/relation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "api/database/sql_query.hpp"
#include "api/database/sql_tokens.hpp"
#include "sim/time.hpp"

namespace muster {
namespace {

using kube::Json;

/// Microseconds since 1970 of "2025-11-01T14:20:00.123456Z".
std::optional<std::int64_t> micros_of(const Json& cell) {
  if (!cell.is_string()) return std::nullopt;
  const auto& text = cell.get_ref<const std::string&>();
  const auto epoch = parse_epoch(text.substr(0, std::min<std::size_t>(19, text.size())) + "Z");
  if (!epoch) return std::nullopt;
  std::int64_t micros = 0;
  if (const auto dot = text.find('.'); dot != std::string::npos)
    std::from_chars(text.data() + dot + 1, text.data() + text.size(), micros);
  return epoch->unix_seconds * 1'000'000 + micros;
}

/// "00:05:12.123456", as PostgreSQL shows an interval.
std::string interval_text(std::int64_t micros) {
  const std::int64_t seconds = micros / 1'000'000;
  return fmt::format("{:02}:{:02}:{:02}.{:06}", seconds / 3600, seconds / 60 % 60, seconds % 60,
                     micros % 1'000'000);
}

std::string text_of(const Json& cell) {
  return cell.is_string() ? cell.get<std::string>() : cell.is_null() ? "" : cell.dump();
}

Json evaluate(const SqlTerm& term, const Json& row, std::int64_t now) {
  const Json& cell = row[term.column];
  if (term.kind == SqlTerm::Kind::since) {
    const auto micros = micros_of(cell);
    return micros ? Json(now - *micros) : Json();
  }
  if (term.kind == SqlTerm::Kind::left)
    return cell.is_null() ? Json()
                          : Json(text_of(cell).substr(
                                0, static_cast<std::size_t>(std::max<std::int64_t>(term.length, 0))));
  return cell;
}

bool like(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '%') {
    for (std::size_t i = 0; i <= text.size(); ++i)
      if (like(text.substr(i), pattern.substr(1))) return true;
    return false;
  }
  return !text.empty() && (pattern.front() == '_' || pattern.front() == text.front()) &&
         like(text.substr(1), pattern.substr(1));
}

bool compares(const Json& left, const std::string& compare, const Json& right) {
  if (left.is_null()) return false;
  const bool numbers = left.is_number() && right.is_number();
  const double difference = numbers ? left.get<double>() - right.get<double>() : 0;
  const int order = numbers ? (difference < 0   ? -1
                               : difference > 0 ? 1
                                                : 0)
                            : text_of(left).compare(text_of(right));
  if (compare == "=") return order == 0;
  if (compare == "<>" || compare == "!=") return order != 0;
  if (compare == "<=") return order <= 0;
  if (compare == ">=") return order >= 0;
  return compare == "<" ? order < 0 : order > 0;
}

bool holds(const SqlCondition& condition, const Json& row, std::int64_t now) {
  const Json left = evaluate(condition.left, row, now);
  bool result = false;
  switch (condition.kind) {
    case SqlCondition::Kind::blocked:
      result = !left.empty();
      break;
    case SqlCondition::Kind::is_null:
      result = left.is_null() || left == "";
      break;
    case SqlCondition::Kind::in:
      result = std::find(condition.list.begin(), condition.list.end(), text_of(left)) != condition.list.end();
      break;
    case SqlCondition::Kind::like:
      result = like(text_of(left), text_of(condition.right));
      break;
    case SqlCondition::Kind::truth:
      result = left == true;
      break;
    case SqlCondition::Kind::compare:
      result = compares(left, condition.compare, condition.right);
      break;
  }
  return result != condition.negated;
}

/// OR binds less than AND: any of the runs of ANDed conditions must hold.
bool passes(const SqlQuery& query, const Json& row, std::int64_t now) {
  bool run = true;
  for (const SqlCondition& condition : query.conditions) {
    if (condition.joined_by_or && run) return true;
    if (condition.joined_by_or) run = true;
    run = run && holds(condition, row, now);
  }
  return run;
}

/// One row of the result: of a group, or of a single row.
Json result_row(const SqlQuery& query, const std::vector<const Json*>& rows, std::int64_t now) {
  Json result = Json::array();
  for (const SqlTerm& term : query.terms) {
    if (term.kind == SqlTerm::Kind::count) {
      result.push_back(rows.size());
      continue;
    }
    if (term.kind != SqlTerm::Kind::least && term.kind != SqlTerm::Kind::greatest) {
      result.push_back(rows.empty() ? Json() : evaluate(term, *rows.front(), now));
      continue;
    }
    SqlTerm each = term;
    each.kind = term.of_age ? SqlTerm::Kind::since : SqlTerm::Kind::column;
    Json best;
    for (const Json* row : rows) {
      const Json cell = evaluate(each, *row, now);
      if (cell.is_null()) continue;
      const bool better =
          best.is_null() || compares(cell, term.kind == SqlTerm::Kind::least ? "<" : ">", best);
      if (better) best = cell;
    }
    result.push_back(std::move(best));
  }
  return result;
}

bool is_age(const SqlTerm& term) {
  return term.kind == SqlTerm::Kind::since || term.of_age;
}

bool aggregates(const SqlQuery& query) {
  return !query.group.empty() || std::any_of(query.terms.begin(), query.terms.end(), [](const SqlTerm& term) {
    return term.kind == SqlTerm::Kind::count || term.kind == SqlTerm::Kind::least ||
           term.kind == SqlTerm::Kind::greatest;
  });
}

std::vector<Json> grouped(const SqlQuery& query, const std::vector<const Json*>& rows, std::int64_t now) {
  std::vector<std::pair<Json, std::vector<const Json*>>> groups;
  if (query.group.empty()) groups.emplace_back(Json(), std::vector<const Json*>{});
  for (const Json* row : rows) {
    Json key = Json::array();
    for (const std::size_t column : query.group) key.push_back((*row)[column]);
    if (query.group.empty()) key = Json();
    auto group =
        std::find_if(groups.begin(), groups.end(), [&](const auto& each) { return each.first == key; });
    if (group == groups.end())
      group = groups.emplace(groups.end(), std::move(key), std::vector<const Json*>{});
    group->second.push_back(row);
  }
  std::vector<Json> result;
  for (const auto& [key, members] : groups) result.push_back(result_row(query, members, now));
  return result;
}

void put_in_order(const SqlQuery& query, std::vector<Json>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [&](const Json& a, const Json& b) {
    for (const SqlOrdering& order : query.order) {
      const Json &left = a[order.column], &right = b[order.column];
      if (left == right) continue;
      if (left.is_null() || right.is_null())
        return right.is_null() != order.descending;  // nulls are the greatest
      return compares(left, "<", right) != order.descending;
    }
    return false;
  });
}

}  // namespace

std::string relation_named_in(std::string_view sql) {
  const auto tokens = sql_tokens(sql);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
    if (!tokens[i].quoted && tokens[i].lower == "from") {
      const std::string& name = tokens[i + 1].lower;
      return name.starts_with("pg_catalog.") ? name.substr(11) : name;
    }
  return {};
}

Result<Relation> select_from(const Relation& relation, std::string_view sql, const std::string& now) {
  auto query = read_query(relation, sql);
  if (!query) return query.error();
  const std::int64_t moment = micros_of(now).value_or(0);
  std::vector<const Json*> passed;
  for (const Json& row : relation.rows)
    if (passes(*query, row, moment)) passed.push_back(&row);
  Relation result;
  if (aggregates(*query))
    result.rows = grouped(*query, passed, moment);
  else
    for (const Json* row : passed) result.rows.push_back(result_row(*query, {row}, moment));
  put_in_order(*query, result.rows);
  if (query->limit)
    result.rows.resize(
        std::min(result.rows.size(), static_cast<std::size_t>(std::max<std::int64_t>(*query->limit, 0))));
  std::size_t shown = query->terms.size();
  while (shown > 0 && query->terms[shown - 1].name.empty()) --shown;  // those only sorted by
  for (std::size_t i = 0; i < shown; ++i) result.columns.push_back(query->terms[i].name);
  for (Json& row : result.rows) {
    while (row.size() > shown) row.erase(row.size() - 1);
    for (std::size_t i = 0; i < shown; ++i)
      if (is_age(query->terms[i]) && row[i].is_number()) row[i] = interval_text(row[i].get<std::int64_t>());
  }
  return result;
}

}  // namespace muster
