// A query's result as psql prints it.
#pragma once

#include <string>

#include "responders/text/json_value.hpp"

namespace muster {

struct PsqlFormat {
  bool tuples_only = false, unaligned = false, expanded = false, csv = false;
  std::string separator = "|";
};

/// `answer`: columns, rows, command. `title` stands above an aligned table: "List of relations".
std::string print_result(const JsonValue& answer, const PsqlFormat& format, const std::string& title = {});

}  // namespace muster
