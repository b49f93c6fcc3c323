// The hash chain of a journal's text, verified before a single record is read: what is changed or cut is
// found without understanding it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"

namespace muster {

/// One line whose hash is right.
struct ChainedLine {
  std::string_view text;    ///< without the newline
  std::string_view hashed;  ///< the part that the hash covers
  std::string_view hash;    ///< 64 hex digits
  std::size_t offset = 0;   ///< of its first byte
};

/// Splits a journal into lines and verifies the chain, up to and with the first seal. Errors name file, line,
/// record and byte: changed, missing, cut, not sealed, something after the seal.
Result<std::vector<ChainedLine>> verify_chain(std::string_view text, const std::string& name);

/// "NAME:18: record 17 (byte 4211) WHAT"
Error record_error(const std::string& name, std::size_t record, std::size_t offset, const std::string& what);

}  // namespace muster
