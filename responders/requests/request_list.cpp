#include "responders/requests/request_list.hpp"

#include <algorithm>

#include "sim/spelling.hpp"
#include "telemetry/map_reader.hpp"
#include "telemetry/yaml_json.hpp"

namespace muster {
namespace {

const std::vector<std::string>& verbs() {
  static const std::vector<std::string> known{"GET", "POST", "PUT", "PATCH", "DELETE"};
  return known;
}

/// A map or list is sent as JSON, a text as it stands.
std::string body_text(const YamlNode& node, ReadContext& context) {
  if (node.is_scalar()) return node.scalar;
  const auto json = yaml_to_json(node, context.file);
  if (json) return *json;
  context.fail(json.error());
  return {};
}

/// What kubectl says of the bodies it sends (kubernetes/apimachinery pkg/types/patch.go).
std::string usual_content_type(const std::string& verb, const YamlNode& body) {
  if (verb != "PATCH") return "application/json";
  return body.is_sequence() ? "application/json-patch+json" : "application/strategic-merge-patch+json";
}

void read_body(MapReader& map, ListedRequest& request) {
  const YamlNode* body = map.node("body");
  request.content_type = map.text("contentType", "");
  if (!body) {
    if (!request.content_type.empty()) map.fail("contentType", "\"contentType\" without a \"body\"");
    return;
  }
  if (request.verb == "GET") map.fail("body", "a GET takes no \"body\"");
  request.body = body_text(*body, map.context());
  if (request.content_type.empty()) request.content_type = usual_content_type(request.verb, *body);
}

void check_time(MapReader& map, SimTime at, SimTime horizon) {
  const std::string given = format_duration(at.time_since_epoch());
  if (at >= horizon && horizon != sim_never)
    map.fail("at", fmt::format("\"at\" is {}; expected a time before the horizon of the drill, {}", given,
                               format_duration(horizon.time_since_epoch())));
}

void check_path(MapReader& map, const std::string& key, const std::string& path) {
  if (!path.empty() && path.front() != '/')
    map.fail(key, fmt::format("\"{}\" is \"{}\"; expected one that begins with \"/\", such as /api/v1/pods",
                              key, path));
}

LookedUpName read_name(const YamlNode& node, ReadContext& context) {
  MapReader map(node, "a name", context);
  LookedUpName name{map.text("name"), node.line, map.text("list"), map.text("prefix", "")};
  check_path(map, "list", name.list);
  map.finish();
  return name;
}

/// A brace in a path is nothing but a name that the list knows.
void check_names(MapReader& map, const std::string& path, const std::vector<LookedUpName>& names) {
  const auto open = path.find('{'), close = path.find('}', open);
  if (open == path.npos || close == path.npos) return;
  std::vector<std::string> known;
  for (const LookedUpName& name : names) known.push_back(name.name);
  const std::string said = path.substr(open + 1, close - open - 1);
  if (std::find(known.begin(), known.end(), said) != known.end()) return;
  map.fail("path", fmt::format("unknown name \"{}\" in braces{}", said,
                               known.empty() ? "; the list has no \"names\"" : expected_one_of(said, known)));
}

ListedRequest read_request(const YamlNode& node, const std::vector<LookedUpName>& names, SimTime horizon,
                           ReadContext& context) {
  MapReader map(node, "a request", context);
  ListedRequest request;
  request.line = node.line;
  request.at = sim_start + map.duration("at");
  check_time(map, request.at, horizon);
  request.note = map.text("note", "");
  request.verb = map.text("verb");
  if (!request.verb.empty() && std::find(verbs().begin(), verbs().end(), request.verb) == verbs().end())
    map.fail("verb",
             fmt::format("unknown verb \"{}\"{}", request.verb, expected_one_of(request.verb, verbs())));
  request.path = map.text("path");
  check_path(map, "path", request.path);
  check_names(map, request.path, names);
  read_body(map, request);
  map.finish();
  return request;
}

}  // namespace

std::optional<std::size_t> first_name(std::string_view path, const std::vector<LookedUpName>& names) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (path.find("{" + names[i].name + "}") != path.npos) return i;
  return std::nullopt;
}

Result<RequestList> read_request_list(std::string_view text, const std::string& file, SimTime horizon) {
  const auto document = read_yaml(text, file);
  if (!document) return document.error();
  ReadContext context{file, {}};
  RequestList list{file, {}, {}};
  MapReader map(*document, "a list of requests", context);
  map.whole("muster", 1, 1);
  for (const YamlNode& item : map.items("names")) list.names.push_back(read_name(item, context));
  const auto& items = map.items("requests", "a list of requests");
  for (const YamlNode& item : items)
    list.requests.push_back(read_request(item, list.names, horizon, context));
  if (items.empty() && map.node("requests"))
    map.fail("requests", "\"requests\" is empty; expected one or more");
  map.finish();
  if (context.first_error) return *context.first_error;
  std::stable_sort(list.requests.begin(), list.requests.end(),
                   [](const ListedRequest& a, const ListedRequest& b) { return a.at < b.at; });
  return list;
}

}  // namespace muster
