#include "api/kube/list_page.hpp"

#include <fmt/format.h>

#include <charconv>
#include <map>

#include "api/kube/base64.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

struct PageRequest {
  std::uint64_t limit = 0;    ///< 0: everything
  std::uint64_t version = 0;  ///< of the state that is shown; 0: now
  std::string start;          ///< the key of the first object, "namespace/name"
};

std::string page_key(const Object& object) {
  return object.meta.namespace_ + "/" + object.meta.name;
}

/// k8s.io/apiserver pkg/storage/continue.go.
std::string encode_token(std::uint64_t version, const std::string& start) {
  return base64_encode(print_json({{"v", "meta.k8s.io/v1"}, {"rv", version}, {"start", start}}));
}

Answer invalid_token() {
  return bad_request("continue key is not valid: unable to decode the continue token");
}

std::optional<Answer> read_token(const Call& call, PageRequest& page) {
  const std::string& token = call.url.parameter("continue");
  if (token.empty()) return std::nullopt;
  const std::string& version = call.url.parameter("resourceVersion");
  if (!version.empty() && version != "0")
    return bad_request("specifying resource version is not allowed when using continue");
  const auto text = base64_decode(token);
  const std::string* plain = std::get_if<std::string>(&text);
  if (!plain) return invalid_token();
  const Result<Json> json = parse_json(*plain);
  const bool valid = json && json->is_object() && json->value("v", "") == "meta.k8s.io/v1" &&
                     json->contains("rv") && (*json)["rv"].is_number_unsigned() && json->contains("start") &&
                     (*json)["start"].is_string();
  if (!valid) return invalid_token();
  page.version = (*json)["rv"].get<std::uint64_t>();
  page.start = (*json)["start"].get<std::string>();
  return std::nullopt;
}

std::optional<Answer> read_match(const Call& call, PageRequest& page) {
  const std::string& version = call.url.parameter("resourceVersion");
  const std::string& match = call.url.parameter("resourceVersionMatch");
  if (!version.empty() && !version_of(version))
    return bad_request(fmt::format("invalid resource version \"{}\"", version));
  if (match.empty()) return std::nullopt;
  if (match != "Exact" && match != "NotOlderThan") {
    return bad_request(
        fmt::format("resourceVersionMatch: Unsupported value: \"{}\": supported values: \"Exact\", "
                    "\"NotOlderThan\", \"\"",
                    match));
  }
  if (version.empty())
    return bad_request(
        "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion "
        "is provided");
  if (match == "Exact" && version == "0")
    return bad_request(
        "resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for "
        "resourceVersion \"0\"");
  if (match == "Exact") page.version = *version_of(version);
  return std::nullopt;
}

std::optional<Answer> read_page(const Call& call, PageRequest& page) {
  const std::string& limit = call.url.parameter("limit");
  if (!limit.empty()) {
    const auto count = version_of(limit);
    if (!count)
      return bad_request(fmt::format("unable to decode query: limit: \"{}\" is not a whole number", limit));
    page.limit = *count;
  }
  if (auto problem = read_token(call, page)) return problem;
  return read_match(call, page);
}

/// The collection as it was: the changes since then undone. Nothing if the history does not reach there.
std::optional<std::vector<ObjectPtr>> list_at(const ObjectStore& store, const Selection& selection,
                                              std::uint64_t version) {
  const auto changes = store.changes_since(version);
  if (!changes) return std::nullopt;
  std::map<ObjectKey, ObjectPtr> objects;
  for (const ObjectPtr& object : store.list(selection.type->model, {})) objects[object->key()] = object;
  for (auto change = changes->rbegin(); change != changes->rend(); ++change) {
    const ObjectKey key = change->object()->key();
    if (key.kind != selection.type->model) continue;
    if (change->before) {
      objects[key] = change->before;
    } else {
      objects.erase(key);
    }
  }
  std::vector<ObjectPtr> found;
  for (const auto& [key, object] : objects) {
    if (ObjectPtr shown = selection.pick(object)) found.push_back(std::move(shown));
  }
  return found;
}

Answer too_old() {
  return failure(
      410, "Expired",
      "The provided continue parameter is too old to display a consistent list result. You can start a "
      "new list without the continue parameter, or use the continue token in this response to retrieve "
      "the remainder of the results. Continuing with the provided token results in an inconsistent list "
      "- objects that were created, modified, or deleted between the time the first chunk was returned "
      "and now may show up in the list.");
}

ListPage cut(std::vector<ObjectPtr> objects, const PageRequest& page, std::uint64_t version, bool countable) {
  ListPage shown;
  shown.metadata = {{"resourceVersion", std::to_string(version)}};
  std::size_t from = 0;
  while (from < objects.size() && page_key(*objects[from]) < page.start) ++from;
  objects.erase(objects.begin(), objects.begin() + static_cast<std::ptrdiff_t>(from));
  if (page.limit > 0 && objects.size() > page.limit) {
    shown.metadata["continue"] = encode_token(version, page_key(*objects[page.limit]));
    if (countable) shown.metadata["remainingItemCount"] = objects.size() - page.limit;
    objects.resize(page.limit);
  }
  shown.objects = std::move(objects);
  return shown;
}

}  // namespace

std::optional<std::uint64_t> version_of(const std::string& text) {
  std::uint64_t version = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, version);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return version;
}

// k8s.io/apiserver pkg/storage/errors.go NewTooLargeResourceVersionError.
std::optional<Answer> refuse_future_version(const Call& call, const Cluster& cluster) {
  const std::uint64_t wanted = version_of(call.url.parameter("resourceVersion")).value_or(0);
  const std::uint64_t present = cluster.objects().resource_version();
  if (wanted <= present) return std::nullopt;
  Json details{
      {"causes",
       Json::array({Json{{"reason", "ResourceVersionTooLarge"}, {"message", "Too large resource version"}}})},
      {"retryAfterSeconds", 1}};
  return failure(504, "Timeout", fmt::format("Too large resource version: {}, current: {}", wanted, present),
                 std::move(details));
}

std::variant<ListPage, Answer> list_page(const Call& call, const Cluster& cluster,
                                         const Selection& selection) {
  PageRequest page;
  if (auto problem = read_page(call, page)) return *std::move(problem);
  if (auto problem = refuse_future_version(call, cluster)) return *std::move(problem);
  const std::uint64_t present = cluster.objects().resource_version();
  const bool countable =
      call.url.parameter("labelSelector").empty() && call.url.parameter("fieldSelector").empty();
  if (page.version == 0 || page.version >= present)
    return cut(list(cluster.objects(), selection), page, present, countable);
  auto objects = list_at(cluster.objects(), selection, page.version);
  if (!objects) return too_old();
  return cut(*std::move(objects), page, page.version, countable);
}

}  // namespace muster::kube
