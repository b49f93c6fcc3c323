// Where the models tell what happened. The journal is one; tests collect into a vector; a baseline run keeps
// only what it compares.
#pragma once

#include "journal/record.hpp"

namespace muster {

class FactSink {
 public:
  virtual ~FactSink() = default;
  virtual void record(SimTime at, Fact fact) = 0;
};

/// Throws everything away.
class NoFacts final : public FactSink {
 public:
  void record(SimTime, Fact) override {}
};

}  // namespace muster
