#include "api/kube/watch_stream.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/kube/codec_json.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

WatchStream::WatchStream(const ObjectStore& store, Selection selection, std::uint64_t version, Epoch epoch)
    : store_(store), selection_(std::move(selection)), version_(version), epoch_(epoch) {
  if (version != 0) return;
  for (const ObjectPtr& object : list(store_, selection_)) pending_.push_back(line("ADDED", *object));
  version_ = store_.resource_version();
}

std::string WatchStream::line(const char* type, const Object& object) const {
  return print_json({{"type", type}, {"object", encode_object(object, epoch_)}});
}

/// An object that stops matching is gone for the watcher, one that begins to match is new.
std::string WatchStream::line_for(const Change& change) const {
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

std::vector<std::string> WatchStream::news(bool& expired) const {
  std::vector<std::string> lines;
  if (ended_ || version_ >= store_.resource_version()) return lines;
  const auto changes = store_.changes_since(version_);
  expired = !changes;
  if (expired) {
    const Json status =
        failure_status(410, "Expired",
                       fmt::format("too old resource version: {} ({})", version_, store_.resource_version()));
    lines.push_back(print_json({{"type", "ERROR"}, {"object", status}}));
    return lines;
  }
  for (const Change& change : *changes) {
    if (std::string text = line_for(change); !text.empty()) lines.push_back(std::move(text));
  }
  return lines;
}

std::vector<std::string> WatchStream::take() {
  bool expired = false;
  std::vector<std::string> lines = std::move(pending_);
  pending_.clear();
  for (std::string& text : news(expired)) lines.push_back(std::move(text));
  ended_ = ended_ || expired;
  version_ = std::max(version_, store_.resource_version());
  return lines;
}

bool WatchStream::ready() const {
  bool expired = false;
  return !pending_.empty() || !news(expired).empty();
}

}  // namespace muster::kube
