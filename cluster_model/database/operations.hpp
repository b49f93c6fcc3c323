// What the managed service is doing or has done: the operations its console lists. One at a time per
// instance.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/time.hpp"

namespace muster {

struct CloudOperation {
  std::uint64_t number = 0;
  std::string type;      ///< "FAILOVER", "RESTART", "RESTORE_VOLUME", "CLONE", "UPDATE", "PROMOTE_REPLICA"
  std::string instance;  ///< target
  std::string user;
  SimTime began{}, ended{};
  bool done = false;
  std::string error;  ///< empty: it succeeded
};

class Operations {
 public:
  std::uint64_t begin(std::string type, std::string instance, std::string user, SimTime now) {
    all_.push_back(
        {all_.size() + 1, std::move(type), std::move(instance), std::move(user), now, {}, false, ""});
    return all_.back().number;
  }
  void end(std::uint64_t number, SimTime now, std::string error) {
    CloudOperation& operation = all_[number - 1];
    operation.done = true;
    operation.ended = now;
    operation.error = std::move(error);
  }
  /// One that began and failed at this instant.
  void failed(std::string type, std::string instance, std::string user, SimTime now, std::string error) {
    end(begin(std::move(type), std::move(instance), std::move(user), now), now, std::move(error));
  }
  bool busy(const std::string& instance) const {
    for (const CloudOperation& operation : all_)
      if (!operation.done && operation.instance == instance) return true;
    return false;
  }
  const std::vector<CloudOperation>& all() const { return all_; }

 private:
  std::vector<CloudOperation> all_;
};

}  // namespace muster
