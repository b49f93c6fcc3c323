// A watch: the changes of a selection since a version, one JSON event per line.
#pragma once

#include <string>
#include <vector>

#include "api/kube/view.hpp"
#include "api/request.hpp"

namespace muster::kube {

class WatchStream final : public Stream {
 public:
  /// `store` outlives the stream. Begins with an ADDED per selected object if `version` is 0, else with the
  /// changes after `version`.
  WatchStream(const ObjectStore& store, Selection selection, std::uint64_t version, Epoch epoch);

  std::vector<std::string> take() override;
  bool ready() const override;
  /// After the ERROR event with code 410, when the history no longer reaches back far enough.
  bool ended() const override { return ended_ && pending_.empty(); }

 private:
  /// Lines for the changes after version_; sets `expired` if they are not known any more.
  std::vector<std::string> news(bool& expired) const;
  std::string line_for(const Change& change) const;
  std::string line(const char* type, const Object& object) const;

  const ObjectStore& store_;
  Selection selection_;
  std::uint64_t version_;
  Epoch epoch_;
  std::vector<std::string> pending_;
  bool ended_ = false;
};

}  // namespace muster::kube
