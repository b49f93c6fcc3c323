// The small part of SQL that responders type into a console, read into values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/result.hpp"

namespace muster {

struct SqlStatement {
  enum class Kind : std::uint8_t {
    select_one,
    version,
    activity,        ///< FROM pg_stat_activity
    activity_count,  ///< SELECT count(*) FROM pg_stat_activity
    locks,           ///< FROM pg_locks
    replication,     ///< FROM pg_stat_replication
    in_recovery,     ///< SELECT pg_is_in_recovery()
    terminate,       ///< SELECT pg_terminate_backend(number)
    cancel,          ///< SELECT pg_cancel_backend(number)
    promote,         ///< SELECT pg_promote()
    reload,          ///< SELECT pg_reload_conf()
    show,            ///< SHOW name
    alter_role,      ///< name, value: the password
    alter_system,    ///< name, value
    create_index,    ///< name, value: the table; concurrently
    analyze          ///< name: the table
  };
  Kind kind = Kind::select_one;
  std::int64_t number = 0;
  std::string name, value;
  bool concurrently = false;
  std::vector<std::pair<std::string, std::string>> where;  ///< column = 'value', all of them
  bool only_blocked = false;                               ///< WHERE cardinality(pg_blocking_pids(pid)) > 0
};

/// Error: invalid_input with PostgreSQL's text: ERROR:  syntax error at or near "x".
Result<SqlStatement> parse_sql(std::string_view text);

}  // namespace muster
