#include "cluster_model/database/commit_history.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace muster {

CommitHistory::CommitHistory(std::uint64_t before, SimDuration span) : span_before_(span) {
  lines_.push_back({0, 0, before, sim_start - span, {}});
}

Timeline CommitHistory::fork(Timeline parent, std::uint64_t at, SimTime now) {
  lines_.push_back({parent, at, at, now, {}});
  return static_cast<Timeline>(lines_.size() - 1);
}

void CommitHistory::acknowledge(Timeline timeline, std::uint64_t commit, SimTime now) {
  Line& line = lines_[timeline];
  const SimTime second{std::chrono::floor<std::chrono::seconds>(now.time_since_epoch())};
  if (line.by_second.empty() || line.by_second.back().first < second)
    line.by_second.emplace_back(second, line.acknowledged);
  line.acknowledged = std::max(line.acknowledged, commit);
}

std::uint64_t CommitHistory::at(Timeline timeline, SimTime at) const {
  const Line& line = lines_[timeline];
  const auto later = std::upper_bound(line.by_second.begin(), line.by_second.end(), at,
                                      [](SimTime time, const auto& entry) { return time < entry.first; });
  if (later != line.by_second.begin()) {
    const auto& [second, before] = *std::prev(later);
    if (at < second + 1s) return before;
    return later == line.by_second.end() ? line.acknowledged : later->second;
  }
  const std::uint64_t first = line.by_second.empty() ? line.acknowledged : line.by_second.front().second;
  if (timeline != 0 || at >= sim_start) return at < line.began ? line.start : first;
  if (at <= sim_start - span_before_) return 0;
  const double share = seconds_of(at - (sim_start - span_before_)) / seconds_of(span_before_);
  return static_cast<std::uint64_t>(share * static_cast<double>(first));
}

Timeline CommitHistory::holder_at(Timeline timeline, SimTime at) const {
  while (timeline != 0 && lines_[timeline].began > at) timeline = lines_[timeline].parent;
  return timeline;
}

std::vector<std::uint64_t> CommitHistory::held(Timeline timeline, std::uint64_t commits) const {
  std::vector<std::uint64_t> has(lines_.size(), 0);
  for (Timeline line = timeline;; line = lines_[line].parent) {
    has[line] = commits;
    commits = std::min(commits, lines_[line].start);
    if (line == 0) return has;
  }
}

std::uint64_t CommitHistory::lost(Timeline timeline, std::uint64_t commits) const {
  const std::vector<std::uint64_t> has = held(timeline, commits);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::uint64_t from = std::max(lines_[i].start, has[i]);
    if (lines_[i].acknowledged > from) sum += lines_[i].acknowledged - from;
  }
  return sum;
}

std::uint64_t CommitHistory::ahead(Timeline a, std::uint64_t commits_a, Timeline b,
                                   std::uint64_t commits_b) const {
  const std::vector<std::uint64_t> has = held(a, commits_a), lacks = held(b, commits_b);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::uint64_t from = std::max(lines_[i].start, lacks[i]),
                        to = std::min(lines_[i].acknowledged, has[i]);
    if (to > from) sum += to - from;
  }
  return sum;
}

}  // namespace muster
