// What was going on when an assertion failed: one line behind its message, such as the drill, its seed, the
// virtual time and the command that gets there again.
#pragma once

#include <functional>
#include <string>

namespace muster {

/// While it lives, a failing assertion prints what `describe` says. The innermost one counts. One thread.
class AssertContext {
 public:
  explicit AssertContext(std::function<std::string()> describe);
  ~AssertContext();
  AssertContext(const AssertContext&) = delete;
  AssertContext& operator=(const AssertContext&) = delete;

 private:
  friend void print_assert_context();
  std::function<std::string()> describe_;
  AssertContext* outer_;
};

/// To standard error, if there is a context.
void print_assert_context();

}  // namespace muster
