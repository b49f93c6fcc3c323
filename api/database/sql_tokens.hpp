// Words, quoted texts and marks of a SQL statement. Internal to api/database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster {

struct SqlToken {
  std::string text;   ///< as written; without its quotes
  std::string lower;  ///< keywords are compared by this
  bool quoted = false;
};

/// "<=", ">=", "<>", "!=" and "::" are one token; comments are left out.
std::vector<SqlToken> sql_tokens(std::string_view text);

}  // namespace muster
