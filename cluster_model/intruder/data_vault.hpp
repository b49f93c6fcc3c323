// The database as somebody with a stolen connection string meets it.
#pragma once

#include <cstdint>
#include <string>

namespace muster {

class DataVault {
 public:
  virtual ~DataVault() = default;
  /// Name of the database that this connection string leads to; empty: to none that is known here.
  virtual std::string name_of(const std::string& url) const = 0;
  /// Host that has to be reached.
  virtual std::string host_of(const std::string& url) const = 0;
  /// The server takes this user with this password.
  virtual bool accepts(const std::string& url) const = 0;
  /// Opens a session; 0: refused (password, no free slot, server not there).
  virtual std::uint32_t open(const std::string& url) = 0;
  virtual bool alive(const std::string& url, std::uint32_t session) const = 0;
  /// The client went away.
  virtual void close(const std::string& url, std::uint32_t session) = 0;
};

}  // namespace muster
