#include "api/kube/watch_stream.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/kube/codec_json.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

WatchStream::WatchStream(const Cluster& cluster, Selection selection, WatchOptions options,
                         Presenter presenter)
    : cluster_(cluster),
      selection_(std::move(selection)),
      options_(options),
      presenter_(std::move(presenter)),
      version_(options.version),
      bookmarked_(cluster.now()) {
  if (version_ != 0 && !options_.initial_events) return;
  for (const ObjectPtr& object : list(store(), selection_)) pending_.push_back(line("ADDED", *object));
  version_ = store().resource_version();
  if (options_.initial_events) pending_.push_back(bookmark(true));
}

std::string WatchStream::line(const char* type, const Object& object) {
  const Json shown = presenter_.event(object, std::exchange(first_, false));
  return print_json({{"type", type}, {"object", shown}});
}

/// An object that has nothing but its kind and the version until which all has been said.
std::string WatchStream::bookmark(bool initial_events_end) const {
  Json object{{"kind", selection_.type->kind}, {"apiVersion", selection_.type->api_version()}};
  object["metadata"] = {{"resourceVersion", std::to_string(version_)}, {"creationTimestamp", nullptr}};
  if (initial_events_end) object["metadata"]["annotations"] = {{"k8s.io/initial-events-end", "true"}};
  return print_json({{"type", "BOOKMARK"}, {"object", object}});
}

/// An object that stops matching is gone for the watcher, one that begins to match is new.
std::string WatchStream::line_for(const Change& change) {
  const ObjectPtr before = selection_.pick(change.before);
  const ObjectPtr after = selection_.pick(change.after);
  if (change.type == Change::Type::deleted) return before ? line("DELETED", *(after ? after : before)) : "";
  if (before && after) return line("MODIFIED", *after);
  if (after) return line("ADDED", *after);
  if (!before) return {};
  Object last = *before;
  last.meta.resource_version = change.after->meta.resource_version;
  return line("DELETED", last);
}

std::vector<std::string> WatchStream::news(bool& expired) {
  std::vector<std::string> lines;
  if (ended_ || version_ >= store().resource_version()) return lines;
  const auto changes = store().changes_since(version_);
  expired = !changes;
  if (expired) {
    const Json status = failure_status(
        410, "Expired",
        fmt::format("too old resource version: {} ({})", version_, store().resource_version()));
    lines.push_back(print_json({{"type", "ERROR"}, {"object", status}}));
    return lines;
  }
  for (const Change& change : *changes) {
    if (std::string text = line_for(change); !text.empty()) lines.push_back(std::move(text));
  }
  return lines;
}

bool WatchStream::bookmark_due() const {
  return options_.bookmarks && !ended_ && cluster_.now() >= bookmarked_ + bookmark_interval;
}

std::vector<std::string> WatchStream::take() {
  bool expired = false;
  std::vector<std::string> lines = std::exchange(pending_, {});
  for (std::string& text : news(expired)) lines.push_back(std::move(text));
  version_ = std::max(version_, store().resource_version());
  if (bookmark_due() && !expired) {
    lines.push_back(bookmark(false));
    bookmarked_ = cluster_.now();
  }
  ended_ = ended_ || expired || cluster_.now() >= options_.end;
  return lines;
}

bool WatchStream::ready() const {
  if (!pending_.empty() || bookmark_due()) return true;
  if (ended_ || version_ >= store().resource_version()) return false;
  const auto changes = store().changes_since(version_);
  return !changes || std::any_of(changes->begin(), changes->end(), [&](const Change& change) {
    return selection_.pick(change.before) || selection_.pick(change.after);
  });
}

bool WatchStream::ended() const {
  return (ended_ || cluster_.now() >= options_.end) && !ready();
}

}  // namespace muster::kube
