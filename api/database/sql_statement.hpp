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
    now,           ///< SELECT now()
    who,           ///< SELECT current_user, current_database(): name
    from_view,     ///< SELECT ... FROM a catalogue view; value: the statement
    in_recovery,   ///< SELECT pg_is_in_recovery()
    terminate,     ///< SELECT pg_terminate_backend(number)
    cancel,        ///< SELECT pg_cancel_backend(number)
    promote,       ///< SELECT pg_promote()
    reload,        ///< SELECT pg_reload_conf()
    show,          ///< SHOW name
    alter_role,    ///< name, value: the password
    alter_system,  ///< name, value
    create_index,  ///< name, value: the table; concurrently
    analyze        ///< name: the table
  };
  Kind kind = Kind::select_one;
  std::int64_t number = 0;
  std::string name, value;
  bool concurrently = false;
};

/// Error: invalid_input with PostgreSQL's text: ERROR:  syntax error at or near "x".
Result<SqlStatement> parse_sql(std::string_view text);

}  // namespace muster
