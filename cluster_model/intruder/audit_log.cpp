#include "cluster_model/intruder/audit_log.hpp"

#include <utility>

namespace muster {

void AuditLog::note(AuditEntry entry) {
  if (entries_.size() == entries_max) {
    entries_.pop_front();
    ++dropped_;
  }
  entries_.push_back(std::move(entry));
}

void AuditLog::warn(SensorWarning warning) {
  ++counts_[{warning.rule, warning.priority}];
  if (warnings_.size() == entries_max) warnings_.pop_front();
  warnings_.push_back(std::move(warning));
}

}  // namespace muster
