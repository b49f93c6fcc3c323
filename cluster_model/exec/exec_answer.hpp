// What a program that ran in a container said.
#pragma once

#include <string>

#include "sim/time.hpp"

namespace muster {

struct ExecAnswer {
  int exit_code = 0;
  std::string out, err;
  SimDuration takes{};  ///< it goes on for so long after the answer; its effects come meanwhile
};

}  // namespace muster
