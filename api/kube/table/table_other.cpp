// Events, namespaces, service accounts, leases, revisions, metrics.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/kube/table/table.hpp"

namespace muster::kube {

namespace {

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(" \n\t"), to = text.find_last_not_of(" \n\t");
  return from == std::string::npos ? "" : text.substr(from, to - from + 1);
}

/// Of the core group's Event and of events.k8s.io's.
const Json& either(const Json& event, std::initializer_list<const char*> core, const char* newer) {
  const Json& found = below(event, core);
  return found.is_null() ? below(event, {newer}) : found;
}

constexpr std::array event_columns{TableColumn{"Last Seen"},
                                   TableColumn{"Type"},
                                   TableColumn{"Reason"},
                                   TableColumn{"Object"},
                                   TableColumn{"Subobject", "string", true},
                                   TableColumn{"Source", "string", true},
                                   TableColumn{"Message"},
                                   TableColumn{"First Seen", "string", true},
                                   TableColumn{"Count", "string", true},
                                   TableColumn{"Name", "string", true}};
Json event_cells(const Json& event, const TableMoment& moment) {
  const Json& series_end = below(event, {"series", "lastObservedTime"});
  const Json& begin = either(event, {"firstTimestamp"}, "deprecatedFirstTimestamp");
  const Json& end = either(event, {"lastTimestamp"}, "deprecatedLastTimestamp");
  const std::string first = age_since(begin.is_string() ? begin : below(event, {"eventTime"}), moment);
  const std::string last = series_end.is_string() ? age_since(series_end, moment)
                           : end.is_string()      ? age_since(end, moment)
                                                  : first;
  const Json& source = either(event, {"source"}, "deprecatedSource");
  std::string from = text_of(below(source, {"component"}));
  if (from.empty()) from = text_of(either(event, {"reportingComponent"}, "reportingController"));
  const std::string host = text_of(below(source, {"host"}));
  const Json& object = either(event, {"involvedObject"}, "regarding");
  const std::int64_t series_count = number_of(below(event, {"series", "count"}));
  const std::int64_t count =
      series_count > 0 ? series_count : number_of(either(event, {"count"}, "deprecatedCount"));
  return {last,
          text_of(below(event, {"type"})),
          text_of(below(event, {"reason"})),
          lower(text_of(below(object, {"kind"}))) + "/" + text_of(below(object, {"name"})),
          text_of(below(object, {"fieldPath"})),
          host.empty() ? from : from + ", " + host,
          trimmed(text_of(either(event, {"message"}, "note"))),
          first,
          std::max<std::int64_t>(count, 1),
          name_of(event)};
}

constexpr std::array namespace_columns{TableColumn{"Name"}, TableColumn{"Status"}, TableColumn{"Age"}};
Json namespace_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object), text_of(below(object, {"status", "phase"})), age_of(object, moment)};
}

constexpr std::array account_columns{TableColumn{"Name"}, TableColumn{"Secrets"}, TableColumn{"Age"}};
Json account_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object), below(object, {"secrets"}).size(), age_of(object, moment)};
}

constexpr std::array lease_columns{TableColumn{"Name"}, TableColumn{"Holder"}, TableColumn{"Age"}};
Json lease_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object), text_of(below(object, {"spec", "holderIdentity"})), age_of(object, moment)};
}

constexpr std::array revision_columns{TableColumn{"Name"}, TableColumn{"Controller"},
                                      TableColumn{"Revision", "integer"}, TableColumn{"Age"}};
Json revision_cells(const Json& object, const TableMoment& moment) {
  std::string controller = "<none>";
  for (const Json& owner : below(object, {"metadata", "ownerReferences"})) {
    if (below(owner, {"controller"}) != true) continue;
    controller = lower(text_of(below(owner, {"kind"}))) + ".apps/" + text_of(below(owner, {"name"}));
  }
  return {name_of(object), controller, number_of(below(object, {"revision"})), age_of(object, moment)};
}

constexpr std::array other_kinds{TableKind{"Event", event_columns, event_cells},
                                 TableKind{"Namespace", namespace_columns, namespace_cells},
                                 TableKind{"ServiceAccount", account_columns, account_cells},
                                 TableKind{"Lease", lease_columns, lease_cells},
                                 TableKind{"ControllerRevision", revision_columns, revision_cells}};

}  // namespace

std::span<const TableKind> other_tables() {
  return other_kinds;
}

}  // namespace muster::kube
