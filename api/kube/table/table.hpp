// Tables: what `kubectl get` prints is worked out by the server (meta.k8s.io/v1 Table). The columns are those
// of kubernetes/kubernetes 1.32 pkg/printers/internalversion/printers.go. Internal to api/kube.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/kube/fields_json.hpp"

namespace muster::kube {

/// What a request asks for by its Accept header and `includeObject`.
struct TableRequest {
  enum class Include : std::uint8_t { none, metadata, object };
  std::string api_version;  ///< "meta.k8s.io/v1" or "meta.k8s.io/v1beta1"
  Include include = Include::metadata;
};

/// Nothing if the answer is to be the object or list itself. Error: an `includeObject` that there is not.
Result<std::optional<TableRequest>> table_request(const std::string& accept,
                                                  const std::string& include_object);

struct TableMoment {
  std::int64_t unix_seconds = 0;  ///< now: what ages are counted from
  Epoch epoch;
};

/// A Table of encoded objects of one kind. `metadata`: of the list. `header`: with the columns' definitions.
Json table_of(const std::string& kind, const Json& objects, Json metadata, const TableRequest& request,
              const TableMoment& moment, bool header = true);

// ---- for the files of cells

struct TableColumn {
  const char* name;
  const char* type = "string";
  bool wide = false;  ///< only with -o wide
};

struct TableKind {
  const char* kind;
  std::span<const TableColumn> columns;
  Json (*cells)(const Json& object, const TableMoment& moment);
};

/// The object below a path of members; null where there is none.
const Json& below(const Json& json, std::initializer_list<const char*> path);
/// Empty if it is no text.
std::string text_of(const Json& json);
/// Zero if it is no number.
std::int64_t number_of(const Json& json);
std::string or_none(std::string text);
std::string join(const std::vector<std::string>& parts, const char* between);
std::string name_of(const Json& object);
/// "5m" since the time of creation; "<unknown>" without a time.
std::string age_of(const Json& object, const TableMoment& moment);
std::string age_since(const Json& rfc3339, const TableMoment& moment);
/// k8s.io/apimachinery pkg/util/duration HumanDuration.
std::string human_duration(std::int64_t seconds);
/// A field of each container of a pod template, joined by commas.
std::string container_fields(const Json& containers, const char* field);
/// "a=b,c=d"; "<none>" if empty.
std::string labels_text(const Json& labels);
/// A metav1.LabelSelector as its text; "<none>" if empty.
std::string selector_text(const Json& selector);
/// The status of a condition, or empty.
std::string condition_status(const Json& object, const char* type);

std::span<const TableKind> pod_tables();
std::span<const TableKind> workload_tables();
std::span<const TableKind> network_tables();
std::span<const TableKind> storage_tables();
std::span<const TableKind> other_tables();

}  // namespace muster::kube
