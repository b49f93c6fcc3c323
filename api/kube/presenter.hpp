// How objects are shown to one request: as the stored version with what moves all the time filled in, and as
// the object, the list or the Table that the Accept header asks for. Internal to api/kube.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/kube/handlers_json.hpp"
#include "api/kube/table/table.hpp"

namespace muster::kube {

class Presenter {
 public:
  /// Error: invalid_input (`includeObject`).
  static Result<Presenter> of(const Call& call, const Cluster& cluster);

  /// The object as JSON, whatever was asked for.
  Json full(const Object& object) const;
  /// The object, or a Table of one row.
  Json one(const Object& object) const;
  /// A list, or a Table. `metadata`: resourceVersion, continue.
  Json list(const std::vector<ObjectPtr>& objects, Json metadata) const;
  /// As one(), but the columns of a Table are named in the first event only.
  Json event(const Object& object, bool first) const;

 private:
  Presenter(const ResourceType& type, const Cluster& cluster, std::optional<TableRequest> table)
      : type_(&type), cluster_(&cluster), table_(std::move(table)) {}
  TableMoment moment() const;

  const ResourceType* type_;
  const Cluster* cluster_;
  std::optional<TableRequest> table_;
};

/// Virtual now as calendar seconds.
std::int64_t unix_now(const Cluster& cluster);
/// A core Event as events.k8s.io/v1 words it (k8s.io/kubernetes pkg/apis/events/v1/conversion.go).
Json newer_event(Json event);

}  // namespace muster::kube
