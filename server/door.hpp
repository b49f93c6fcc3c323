// What stands behind a socket: something that answers Requests and lives in wall-clock time.
#pragma once

#include "api/request.hpp"

namespace muster {

class Door {
 public:
  virtual ~Door() = default;
  /// Called many times a second, and before each request: lets happen what is due. False ends the server.
  virtual bool advance() = 0;
  virtual Answer handle(const Request& request) = 0;
};

}  // namespace muster
