// A watch: the changes of a selection since a version, one JSON event per line.
#pragma once

#include <string>
#include <vector>

#include "api/kube/presenter.hpp"
#include "api/kube/view.hpp"
#include "api/request.hpp"

namespace muster::kube {

struct WatchOptions {
  std::uint64_t version = 0;    ///< 0: begins with an ADDED per selected object
  bool initial_events = false;  ///< so too, and a bookmark says when that is done
  bool bookmarks = false;
  SimTime end = sim_never;  ///< the server closes the watch then
};

class WatchStream final : public Stream {
 public:
  /// `cluster` outlives the stream.
  WatchStream(const Cluster& cluster, Selection selection, WatchOptions options, Presenter presenter);

  std::vector<std::string> take() override;
  bool ready() const override;
  /// After the ERROR event with code 410, when the history no longer reaches back far enough, and at its
  /// time.
  bool ended() const override;

  /// How often a bookmark tells the version (k8s.io/apiserver pkg/storage/cacher defaultBookmarkFrequency).
  static constexpr SimDuration bookmark_interval = 60s;

 private:
  /// Lines for the changes after version_; sets `expired` if they are not known any more.
  std::vector<std::string> news(bool& expired);
  std::string line_for(const Change& change);
  std::string line(const char* type, const Object& object);
  std::string bookmark(bool initial_events_end) const;
  bool bookmark_due() const;
  const ObjectStore& store() const { return cluster_.objects(); }

  const Cluster& cluster_;
  Selection selection_;
  WatchOptions options_;
  Presenter presenter_;
  std::uint64_t version_;
  SimTime bookmarked_;
  std::vector<std::string> pending_;
  bool first_ = true, ended_ = false;
};

}  // namespace muster::kube
