#include <fmt/format.h>

#include "api/kube/clues.hpp"
#include "api/kube/handlers_json.hpp"
#include "api/kube/list_page.hpp"
#include "api/kube/presenter.hpp"
#include "api/kube/status_json.hpp"
#include "api/kube/view.hpp"
#include "api/kube/watch_stream.hpp"

namespace muster::kube {

namespace {

std::variant<Selection, Answer> selection_of(const Call& call) {
  Selection selection;
  selection.type = &call.type();
  selection.namespace_ = call.path.namespace_;
  auto labels = LabelSelector::parse(call.url.parameter("labelSelector"));
  if (!labels) return bad_request(labels.error().message);
  auto fields = FieldSelector::parse(call.url.parameter("fieldSelector"), call.type().kind);
  if (!fields) return bad_request(fields.error().message);
  selection.labels = *std::move(labels);
  selection.fields = *std::move(fields);
  return selection;
}

Answer watch(const Call& call, const Cluster& cluster, Selection selection, const Presenter& presenter) {
  WatchOptions options;
  const std::string& text = call.url.parameter("resourceVersion");
  const auto version = version_of(text);
  if (!text.empty() && !version) return bad_request(fmt::format("invalid resource version \"{}\"", text));
  options.version = version.value_or(0);
  options.bookmarks = call.url.flag("allowWatchBookmarks");
  options.initial_events = call.url.flag("sendInitialEvents");
  if (options.initial_events && !options.bookmarks)
    return bad_request(
        "sendInitialEvents: Forbidden: sendInitialEvents requires setting allowWatchBookmarks");
  const std::string& timeout = call.url.parameter("timeoutSeconds");
  const auto seconds = version_of(timeout);
  if (!timeout.empty() && !seconds)
    return bad_request(
        fmt::format("unable to decode query: timeoutSeconds: \"{}\" is not a whole number", timeout));
  constexpr std::uint64_t day = 86'400;
  if (seconds.value_or(0) > 0) options.end = cluster.now() + std::chrono::seconds{std::min(*seconds, day)};
  Answer answer;
  answer.stream = std::make_shared<WatchStream>(cluster, std::move(selection), options, presenter);
  return answer;
}

Answer list_answer(const Call& call, const Cluster& cluster, const Selection& selection,
                   const Presenter& presenter) {
  auto page = list_page(call, cluster, selection);
  if (auto* problem = std::get_if<Answer>(&page)) return *problem;
  ListPage& shown = std::get<ListPage>(page);
  Answer answer = json_answer(200, presenter.list(shown.objects, std::move(shown.metadata)));
  Clues clues;
  add_list_clues(clues, shown.objects);
  answer.clues = sorted(clues);
  return answer;
}

}  // namespace

Answer get_object(const Call& call, const Cluster& cluster) {
  const Result<Presenter> presenter = Presenter::of(call, cluster);
  if (!presenter) return bad_request(presenter.error().message);
  if (auto problem = refuse_future_version(call, cluster)) return *problem;
  const ObjectPtr object = find(cluster.objects(), call.type(), call.path.namespace_, call.path.name);
  if (!object) return not_found(call.type(), call.path.name);
  Answer answer = json_answer(200, presenter->one(*object));
  Clues clues;
  add_read_clues(clues, *object);
  answer.clues = sorted(clues);
  return answer;
}

Answer get_collection(const Call& call, const Cluster& cluster) {
  const Result<Presenter> presenter = Presenter::of(call, cluster);
  if (!presenter) return bad_request(presenter.error().message);
  auto selection = selection_of(call);
  if (auto* problem = std::get_if<Answer>(&selection)) return *problem;
  if (call.url.flag("watch"))
    return watch(call, cluster, std::get<Selection>(std::move(selection)), *presenter);
  return list_answer(call, cluster, std::get<Selection>(selection), *presenter);
}

}  // namespace muster::kube
