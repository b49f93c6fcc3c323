// baselines.jsonl: line 1 {"format":1,"head":"..."}; then per run {"kind":"no_fault","minutes":75} and one
// line per minute. Absent counts are zero; "latency" is coded as in the journal.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scoring/baselines.hpp"

namespace muster {

namespace {

using Json = nlohmann::json;

constexpr int baselines_format = 1;

/// The counts of a minute, each once for writing and reading.
template <class Visitor>
void visit_counts(MinuteImpact& minute, Visitor&& visit) {
  visit("arrivals", minute.arrivals);
  visit("ended", minute.ended);
  visit("failed", minute.failed);
  visit("slow", minute.slow);
  visit("userSeconds", minute.user_seconds);
  visit("affectedUserSeconds", minute.affected_user_seconds);
  visit("lostUserMs", minute.lost_user_ms);
}

void append_latency(std::string& line, const LatencyHistogram& latency) {
  if (latency.empty()) return;
  line += ",\"latency\":";
  char separator = '[';
  unsigned before = 0;
  for (const auto& [bucket, count] : latency.sparse()) {
    line += fmt::format("{}{},{}", separator, bucket - before, count);
    before = bucket;
    separator = ',';
  }
  line += ']';
}

std::string minute_line(std::size_t number, MinuteImpact minute) {
  std::string line = fmt::format("{{\"minute\":{}", number);
  visit_counts(minute, [&](const char* key, std::uint64_t value) {
    if (value != 0) line += fmt::format(",\"{}\":{}", key, value);
  });
  append_latency(line, minute.latency);
  return line + "}\n";
}

bool read_latency(const Json& value, LatencyHistogram& latency) {
  if (!value.is_array() || value.size() % 2 != 0) return false;
  std::vector<std::pair<std::uint16_t, std::uint32_t>> buckets;
  std::uint64_t bucket = 0;
  for (std::size_t i = 0; i < value.size(); i += 2) {
    if (!value[i].is_number_unsigned() || !value[i + 1].is_number_unsigned()) return false;
    const auto distance = value[i].get<std::uint64_t>();
    const auto count = value[i + 1].get<std::uint64_t>();
    if (distance > LatencyHistogram::max_bucket || count > UINT32_MAX) return false;
    bucket += distance;
    if (bucket > LatencyHistogram::max_bucket) return false;
    buckets.emplace_back(static_cast<std::uint16_t>(bucket), static_cast<std::uint32_t>(count));
  }
  latency = LatencyHistogram::from_sparse(buckets);
  return true;
}

bool read_minute(const Json& object, std::size_t number, MinuteImpact& minute) {
  const auto stated = object.find("minute");
  if (stated == object.end() || !stated->is_number_unsigned() || stated->get<std::uint64_t>() != number)
    return false;
  bool good = true;
  std::size_t known = 1;
  visit_counts(minute, [&](const char* key, std::uint64_t& value) {
    const auto found = object.find(key);
    if (found == object.end()) return;
    ++known;
    good = good && found->is_number_unsigned();
    if (good) value = found->get<std::uint64_t>();
  });
  if (const auto latency = object.find("latency"); latency != object.end()) {
    ++known;
    good = good && read_latency(*latency, minute.latency);
  }
  return good && known == object.size();
}

/// Hands out one parsed line after the other.
class Lines {
 public:
  Lines(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  bool at_end() const { return text_.empty(); }
  Error wrong(const std::string& what) const {
    return invalid_input(what, fmt::format("{}:{}", name_, number_));
  }

  Result<Json> next() {
    ++number_;
    const std::size_t end = text_.find('\n');
    if (end == std::string_view::npos) return wrong("the file was cut: the line does not end");
    Json object =
        Json::parse(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
    text_.remove_prefix(end + 1);
    if (!object.is_object()) return wrong("the line is not a JSON object");
    return object;
  }

 private:
  std::string_view text_;
  const std::string& name_;
  int number_ = 0;
};

Result<std::string> read_head(Lines& lines, const std::string& expected) {
  Result<Json> first = lines.next();
  if (!first) return first.error();
  if (first->value("format", Json()) != Json(baselines_format) || !(*first)["head"].is_string() ||
      first->size() != 2)
    return lines.wrong(fmt::format("expected {{\"format\":{},\"head\":\"...\"}}", baselines_format));
  std::string head = (*first)["head"].get<std::string>();
  if (head != expected)
    return lines.wrong(fmt::format(
        "these baselines belong to another journal: their head is {}, the journal's is {}", head, expected));
  return head;
}

Result<Baseline> read_run(Lines& lines) {
  Result<Json> opening = lines.next();
  if (!opening) return opening.error();
  const auto kind = opening->find("kind");
  const auto minutes = opening->find("minutes");
  if (opening->size() != 2 || kind == opening->end() || !kind->is_string() || minutes == opening->end() ||
      !minutes->is_number_unsigned())
    return lines.wrong("expected {\"kind\":\"...\",\"minutes\":N}");
  Baseline run{kind->get<std::string>(), {}};
  const auto count = minutes->get<std::uint64_t>();
  for (std::uint64_t i = 0; i < count; ++i) {
    if (lines.at_end()) return lines.wrong(fmt::format("minute {} of {} is missing", i, run.kind));
    Result<Json> line = lines.next();
    if (!line) return line.error();
    if (!read_minute(*line, i, run.impact.minutes.emplace_back()))
      return lines.wrong(fmt::format("this is not minute {} of {}", i, run.kind));
  }
  return run;
}

}  // namespace

std::string write_baselines(const Baselines& baselines) {
  std::string text = fmt::format("{{\"format\":{},\"head\":\"{}\"}}\n", baselines_format, baselines.head);
  for (const Baseline& run : baselines.runs) {
    text += fmt::format("{{\"kind\":\"{}\",\"minutes\":{}}}\n", run.kind, run.impact.minutes.size());
    for (std::size_t i = 0; i < run.impact.minutes.size(); ++i) text += minute_line(i, run.impact.minutes[i]);
  }
  return text;
}

Result<Baselines> read_baselines(std::string_view text, const std::string& name, const std::string& head) {
  Lines lines(text, name);
  Result<std::string> stated = read_head(lines, head);
  if (!stated) return stated.error();
  Baselines baselines{*stated, {}};
  while (!lines.at_end()) {
    Result<Baseline> run = read_run(lines);
    if (!run) return run.error();
    if (baselines.find(run->kind))
      return lines.wrong(fmt::format("there are two runs of kind {}", run->kind));
    baselines.runs.push_back(std::move(run).value());
  }
  return baselines;
}

}  // namespace muster
