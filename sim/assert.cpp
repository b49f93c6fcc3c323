#include "sim/assert.hpp"

#include <cstdio>
#include <cstdlib>

#include "sim/assert_context.hpp"

namespace muster {

void assertion_failed(const char* expression, const char* file, int line, const char* why) {
  std::fprintf(stderr, "muster: internal fault: %s (%s) at %s:%d\n", why, expression, file, line);
  print_assert_context();
  std::fflush(stderr);
  std::_Exit(3);  // exit code 3: a fault of the simulator itself
}

}  // namespace muster
