// A SELECT over one relation, read into values. Internal to api/database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/database/relation.hpp"

namespace muster {

/// A column, a fixed value, or a function of a column.
struct SqlTerm {
  enum class Kind : std::uint8_t { column, value, count, since, left, least, greatest } kind = Kind::column;
  std::size_t column = 0;
  kube::Json value;
  std::int64_t length = 0;  // of left()
  std::string name;         // of the result's column
  bool of_age = false;      // least, greatest: of now() - column
};

struct SqlCondition {
  enum class Kind : std::uint8_t { compare, is_null, in, like, blocked, truth } kind = Kind::compare;
  SqlTerm left;
  std::string compare;
  kube::Json right;
  std::vector<std::string> list;
  bool negated = false, joined_by_or = false;
};

struct SqlOrdering {
  std::size_t column = 0;  // of the result
  bool descending = false;
};

struct SqlQuery {
  std::vector<SqlTerm> terms;
  std::vector<SqlCondition> conditions;
  std::vector<std::size_t> group;  // columns of the relation
  std::vector<SqlOrdering> order;
  std::optional<std::int64_t> limit;
};

/// Error: PostgreSQL's text: an unknown column, a syntax error.
Result<SqlQuery> read_query(const Relation& relation, std::string_view sql);

}  // namespace muster
