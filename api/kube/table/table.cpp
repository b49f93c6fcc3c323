#include "api/kube/table/table.hpp"

#include <array>

namespace muster::kube {

namespace {

/// k8s.io/apiserver pkg/registry/rest/table.go: kinds without columns of their own.
constexpr std::array plain_columns{TableColumn{"Name"}, TableColumn{"Created At", "date"}};
constexpr TableKind plain_kind{
    "", plain_columns, [](const Json& object, const TableMoment&) {
      return Json{name_of(object), text_of(below(object, {"metadata", "creationTimestamp"}))};
    }};

const TableKind& table_kind(const std::string& kind) {
  for (const auto family :
       {pod_tables(), workload_tables(), network_tables(), storage_tables(), other_tables()}) {
    for (const TableKind& table : family) {
      if (table.kind == kind) return table;
    }
  }
  return plain_kind;
}

Json definitions(const TableKind& table) {
  Json list = Json::array();
  for (const TableColumn& column : table.columns) {
    list.push_back({{"name", column.name},
                    {"type", column.type},
                    {"format", std::string_view(column.name) == "Name" ? "name" : ""},
                    {"description", ""},
                    {"priority", column.wide ? 1 : 0}});
  }
  return list;
}

Json shown_object(const Json& object, const TableRequest& request) {
  if (request.include == TableRequest::Include::object) return object;
  return {{"kind", "PartialObjectMetadata"},
          {"apiVersion", request.api_version},
          {"metadata", object["metadata"]}};
}

bool names_table(const std::string& part, const char* version) {
  return part.find("as=Table") != std::string::npos && part.find("g=meta.k8s.io") != std::string::npos &&
         part.find(std::string("v=") + version + ";") != std::string::npos;
}

/// The version of the first acceptable form, or empty if that is plain JSON.
std::string wanted_version(const std::string& accept) {
  for (std::size_t at = 0; at < accept.size();) {
    const std::size_t end = std::min(accept.find(',', at), accept.size());
    const std::string part = accept.substr(at, end - at) + ";";
    if (names_table(part, "v1")) return "meta.k8s.io/v1";
    if (names_table(part, "v1beta1")) return "meta.k8s.io/v1beta1";
    if (part.find("as=") == std::string::npos && part.find("json") != std::string::npos) return {};
    at = end + 1;
  }
  return {};
}

}  // namespace

Result<std::optional<TableRequest>> table_request(const std::string& accept,
                                                  const std::string& include_object) {
  TableRequest request;
  request.api_version = wanted_version(accept);
  if (request.api_version.empty()) return std::optional<TableRequest>();
  if (include_object == "Object") {
    request.include = TableRequest::Include::object;
  } else if (include_object == "None") {
    request.include = TableRequest::Include::none;
  } else if (!include_object.empty() && include_object != "Metadata") {
    return invalid_input("unrecognized includeObject value: \"" + include_object + "\"");
  }
  return std::optional<TableRequest>(request);
}

Json table_of(const std::string& kind, const Json& objects, Json metadata, const TableRequest& request,
              const TableMoment& moment, bool header) {
  const TableKind& table = table_kind(kind);
  Json json{{"kind", "Table"}, {"apiVersion", request.api_version}, {"metadata", std::move(metadata)}};
  json["columnDefinitions"] = header ? definitions(table) : Json();
  json["rows"] = Json::array();
  for (const Json& object : objects) {
    Json row{{"cells", table.cells(object, moment)}};
    if (request.include != TableRequest::Include::none) row["object"] = shown_object(object, request);
    json["rows"].push_back(std::move(row));
  }
  return json;
}

}  // namespace muster::kube
