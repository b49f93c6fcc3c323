// Programmer errors stop the program, in release builds too: a simulator that goes on with a broken
// invariant would lie to the people it scores.
#pragma once

namespace muster {

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line, const char* why);

}  // namespace muster

#define MUSTER_ASSERT(expression, why) \
  (static_cast<bool>(expression) ? void(0) : ::muster::assertion_failed(#expression, __FILE__, __LINE__, why))
