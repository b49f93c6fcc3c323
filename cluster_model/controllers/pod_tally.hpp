// How many pods each controller has, kept up to date change by change: looking at a set of ten thousand must
// not cost a walk over it each time one of them says something.
#pragma once

#include <map>
#include <string>

#include "cluster_model/store.hpp"

namespace muster {

class PodTally {
 public:
  struct Counts {
    int active = 0, ready = 0;
    /// False after a label or an owner changed: then the pods themselves must be looked at.
    bool exact = true;
  };

  /// Must hear of every change from the beginning.
  void watch(const Change& change);
  /// Of the pods that the object of this uid controls.
  Counts counts(const std::string& uid) const;
  /// The pods have been looked at.
  void settle(const std::string& uid);

 private:
  void add(const Object& pod, int sign);
  void doubt(const Object& pod);

  std::map<std::string, Counts> counts_;  // [uid]
};

}  // namespace muster
