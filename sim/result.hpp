// Operating errors are values: a Result holds what was asked for or an Error that a person can act on.
// (GCC 12 in C++20 mode has no <expected>; the member names are its own, so it can be swapped in later.)
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "sim/assert.hpp"

namespace muster {

/// One code per sensible reaction of a caller, not one per cause.
enum class ErrorCode {
  invalid_input,  ///< the user's text, file or argument is wrong: exit code 2
  not_found,      ///< the thing named does not exist
  conflict,       ///< it exists already, or was changed meanwhile
  unavailable,    ///< the world outside said no (disk full, unwritable): exit code 2
  internal        ///< a fault of the simulator itself: exit code 3
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;  ///< one sentence: what is wrong, what was expected, the nearest valid word
  std::string where;    ///< "bad-deploy.yaml:14:7", or empty

  /// "where: message", or the message alone.
  std::string text() const { return where.empty() ? message : where + ": " + message; }
};

inline Error invalid_input(std::string message, std::string where = {}) {
  return Error{ErrorCode::invalid_input, std::move(message), std::move(where)};
}

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & {
    MUSTER_ASSERT(has_value(), "Result without a value");
    return std::get<0>(state_);
  }
  const T& value() const& {
    MUSTER_ASSERT(has_value(), "Result without a value");
    return std::get<0>(state_);
  }
  T&& value() && {
    MUSTER_ASSERT(has_value(), "Result without a value");
    return std::get<0>(std::move(state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const {
    MUSTER_ASSERT(!has_value(), "Result without an error");
    return std::get<1>(state_);
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}
  bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  const Error& error() const {
    MUSTER_ASSERT(failed_, "Result without an error");
    return error_;
  }

 private:
  Error error_;
  bool failed_ = false;
};

}  // namespace muster
