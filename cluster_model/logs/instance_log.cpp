#include "cluster_model/logs/instance_log.hpp"

#include <algorithm>

#include "cluster_model/logs/log_words.hpp"

namespace muster {
namespace {

// "2025-11-01T14:30:05.123456789Z stdout F " before each line and a line break behind it (kubernetes/cri-api,
// design proposal "CRI: Log management", log format).
constexpr std::size_t bytes_around_line = 41;

}  // namespace

void InstanceLog::count(LogLevel level, std::size_t text_bytes) {
  ++messages_[static_cast<std::size_t>(level)];
  if (bytes_ >= file_bytes_max) {
    dropped_ = end();
    lines_.clear();
    events_.clear();
    bytes_ = 0;
    ++rotations_;
  }
  bytes_ += text_bytes + bytes_around_line;
}

void InstanceLog::print(SimTime at, const std::string& text) {
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    count(level_of(line), line.size());
    lines_.push_back({at, std::move(line)});
    begin = end + 1;
  }
}

void InstanceLog::note(const LogEvent& event, const std::shared_ptr<LogWords>& words) {
  words_ = words;
  count(level_of(event), words_->bytes(event));
  events_.push_back(event);
}

std::vector<LogLine> InstanceLog::lines(LogPosition from) const {
  const auto skip = [](std::uint64_t wanted, std::uint64_t dropped) {
    return static_cast<std::ptrdiff_t>(wanted > dropped ? wanted - dropped : 0);
  };
  auto line = lines_.begin() + skip(from.lines, dropped_.lines);
  auto event = events_.begin() + skip(from.events, dropped_.events);
  std::vector<LogLine> all;
  while (line != lines_.end() || event != events_.end()) {
    const bool printed = event == events_.end() || (line != lines_.end() && line->at <= event->at);
    if (printed) {
      all.push_back(*line++);
      continue;
    }
    const std::string text = words_->text(*event);
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      all.push_back({event->at, text.substr(begin, end - begin)});
      begin = end + 1;
    }
    ++event;
  }
  return all;
}

}  // namespace muster
