// Header blocks of SPDY/3: pairs of texts, compressed by one zlib stream per direction of a connection, so a
// block can be read only after all blocks before it. draft-mbelshe-httpbis-spdy-00, section 2.6.10.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/result.hpp"

struct z_stream_s;

namespace muster {

/// Names are in lower case; several values of one name are joined by NUL.
using SpdyHeaders = std::vector<std::pair<std::string, std::string>>;

/// The value of a name; empty if there is none.
std::string spdy_header(const SpdyHeaders& headers, std::string_view name);

class HeaderInflater {
 public:
  HeaderInflater();
  ~HeaderInflater();
  HeaderInflater(const HeaderInflater&) = delete;
  HeaderInflater& operator=(const HeaderInflater&) = delete;

  /// Errors: it is no zlib stream with SPDY's dictionary, its lengths are wrong, or it is larger than 64 KiB.
  Result<SpdyHeaders> read(std::string_view block);

 private:
  std::unique_ptr<z_stream_s> zlib_;
};

class HeaderDeflater {
 public:
  HeaderDeflater();
  ~HeaderDeflater();
  HeaderDeflater(const HeaderDeflater&) = delete;
  HeaderDeflater& operator=(const HeaderDeflater&) = delete;

  std::string write(const SpdyHeaders& headers);

 private:
  std::unique_ptr<z_stream_s> zlib_;
};

}  // namespace muster
