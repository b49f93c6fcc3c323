#include <fmt/format.h>

#include <set>

#include "api/kube/presenter.hpp"
#include "api/kube/status_json.hpp"
#include "api/kube/writing.hpp"

namespace muster::kube {

namespace {

struct Frame {
  std::string path;
  std::set<std::string> keys;
  std::string key;  ///< of the value that is being read
  std::size_t index = 0;
  bool array = false;

  std::string here() const {
    if (array) return fmt::format("{}[{}]", path, index);
    return path.empty() ? key : path + "." + key;
  }
};

/// Follows a parser through a text and keeps the path.
class DuplicateFinder {
 public:
  std::vector<std::string> found;

  void event(Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    if (event == Event::object_start || event == Event::array_start) {
      frames_.push_back(
          {frames_.empty() ? "" : frames_.back().here(), {}, {}, 0, event == Event::array_start});
    } else if (event == Event::key) {
      Frame& frame = frames_.back();
      frame.key = parsed.get<std::string>();
      if (!frame.keys.insert(frame.key).second)
        found.push_back(fmt::format("duplicate field \"{}\"", frame.here()));
    } else {
      if (event != Event::value) frames_.pop_back();
      if (!frames_.empty() && frames_.back().array) ++frames_.back().index;
    }
  }

 private:
  std::vector<Frame> frames_;
};

/// A value as Go's %+v prints a map: map[a:1 b:[x y]].
std::string go_text(const Json& json) {
  if (json.is_null()) return "<nil>";
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_structured()) return print_json(json);
  std::string text;
  for (const auto& [key, value] : json.items()) {
    if (!text.empty()) text += " ";
    text += json.is_object() ? key + ":" + go_text(value) : go_text(value);
  }
  return (json.is_object() ? "map[" : "[") + text + "]";
}

std::string header_text(const std::string& warning) {
  std::string quoted;
  for (const char c : warning) quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return fmt::format("299 - \"{}\"", quoted);
}

}  // namespace

std::vector<std::string> duplicate_fields(std::string_view text) {
  DuplicateFinder finder;
  const auto callback = [&](int, Json::parse_event_t event, Json& parsed) {
    finder.event(event, parsed);
    return true;
  };
  const Json parsed = Json::parse(text.begin(), text.end(), callback, false);
  if (parsed.is_discarded()) finder.found.clear();  // the text is refused elsewhere
  return std::move(finder.found);
}

// k8s.io/apiserver pkg/endpoints/handlers: fieldValidation() and its default.
std::string FieldCheck::find(Json& json, std::optional<Answer>& problem) {
  const std::string& mode = call_.url.parameter("fieldValidation");
  if (!mode.empty() && mode != "Strict" && mode != "Warn" && mode != "Ignore") {
    const char* options = call_.request.verb == "POST"  ? "CreateOptions"
                          : call_.request.verb == "PUT" ? "UpdateOptions"
                                                        : "PatchOptions";
    problem =
        failure(422, "Invalid",
                fmt::format("{}.meta.k8s.io \"\" is invalid: fieldValidation: Invalid value: \"{}\": must be "
                            "one of [Ignore Warn Strict]",
                            options, mode));
    return {};
  }
  const SchemaType* schema = schema_of(call_.type().api_version(), call_.type().kind);
  if (!schema) return {};
  const bool text = call_.request.content_type.find("protobuf") == std::string::npos;
  std::vector<std::string> wrong = text ? duplicate_fields(call_.request.body) : std::vector<std::string>{};
  for (std::string& unknown : drop_unknown_fields(json, *schema)) wrong.push_back(std::move(unknown));
  if (mode == "Strict") return fmt::format("{}", fmt::join(wrong, ", "));
  if (mode != "Ignore") warnings_ = std::move(wrong);
  return {};
}

std::optional<Answer> FieldCheck::body(Json& json) {
  std::optional<Answer> problem;
  const std::string wrong = find(json, problem);
  if (problem || wrong.empty()) return problem;
  return bad_request(
      fmt::format("{0} in version \"{1}\" cannot be handled as a {0}: strict decoding error: {2}",
                  call_.type().kind, call_.type().version, wrong));
}

// k8s.io/apiserver pkg/endpoints/handlers/patch.go: the patch as it was sent is the invalid value.
std::optional<Answer> FieldCheck::patched(Json& json) {
  std::optional<Answer> problem;
  const std::string wrong = find(json, problem);
  if (problem || wrong.empty()) return problem;
  const Result<Json> patch = parse_json(call_.request.body);
  const bool strategic = call_.request.content_type.find("strategic") != std::string::npos;
  const std::string value = !patch ? call_.request.body : strategic ? go_text(*patch) : print_json(*patch);
  const std::string message =
      fmt::format("Invalid value: {}: strict decoding error: {}", Json(value).dump(), wrong);
  Json details;
  details["causes"].push_back({{"reason", "FieldValueInvalid"}, {"message", message}, {"field", "patch"}});
  return failure(422, "Invalid", fmt::format(" \"\" is invalid: patch: {}", message), std::move(details));
}

Answer FieldCheck::warned(Answer answer) const {
  for (const std::string& warning : warnings_) answer.headers.emplace_back("Warning", header_text(warning));
  return answer;
}

Answer shown_answer(const Call& call, const Cluster& cluster, int status, const Object& object) {
  const Result<Presenter> presenter = Presenter::of(call, cluster);
  if (!presenter) return bad_request(presenter.error().message);
  return json_answer(status, presenter->one(object));
}

}  // namespace muster::kube
