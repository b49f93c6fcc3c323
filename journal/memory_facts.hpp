// Facts collected in memory: for tests, and for runs that keep no journal.
#pragma once

#include <vector>

#include "journal/fact_sink.hpp"

namespace muster {

class MemoryFacts final : public FactSink {
 public:
  void record(SimTime at, Fact fact) override {
    records_.push_back({records_.size(), at, RecordBody(std::move(fact))});
  }

  const std::vector<Record>& records() const { return records_; }
  void clear() { records_.clear(); }

  /// The facts of one type, in order. Valid until the next record().
  template <class T>
  std::vector<const T*> all() const {
    std::vector<const T*> found;
    for (const Record& record : records_)
      if (const T* fact = record.fact<T>()) found.push_back(fact);
    return found;
  }

 private:
  std::vector<Record> records_;
};

}  // namespace muster
