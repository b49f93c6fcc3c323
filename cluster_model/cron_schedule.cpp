#include "cluster_model/cron_schedule.hpp"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <string>
#include <vector>

namespace muster {

namespace {

struct Field {
  const char* name;
  int least, most;
  std::array<std::string_view, 12> words;  // of `least`, `least` + 1, ...
};

constexpr std::array<Field, 5> fields{
    {{"minute", 0, 59, {}},
     {"hour", 0, 23, {}},
     {"day of month", 1, 31, {}},
     {"month", 1, 12, {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
     {"day of week", 0, 6, {"sun", "mon", "tue", "wed", "thu", "fri", "sat"}}}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> descriptors{
    {{"@yearly", "0 0 1 1 *"},
     {"@annually", "0 0 1 1 *"},
     {"@monthly", "0 0 1 * *"},
     {"@weekly", "0 0 * * 0"},
     {"@daily", "0 0 * * *"},
     {"@midnight", "0 0 * * *"},
     {"@hourly", "0 * * * *"}}};

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(mark);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Error unable(std::string_view text, const char* why) {
  return invalid_input(fmt::format("failed to parse \"{}\": {}", text, why));
}

Result<int> number(std::string_view text, const Field& field) {
  std::string word(text);
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (std::size_t i = 0; i < field.words.size() && !word.empty(); ++i) {
    if (field.words[i] == word) return field.least + static_cast<int>(i);
  }
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
    return unable(text, "expected a number");
  const bool sunday = std::string_view(field.name) == "day of week" && value == 7;
  if (sunday) return 0;
  if (value < field.least || value > field.most) {
    return invalid_input(
        fmt::format("{} {} is out of range: expected {} to {}", field.name, value, field.least, field.most));
  }
  return value;
}

/// "*", "3", "1-5", each perhaps with "/2".
Result<std::uint64_t> parse_range(std::string_view text, const Field& field) {
  const std::vector<std::string_view> halves = split(text, '/');
  const std::vector<std::string_view> ends = split(halves[0], '-');
  if (halves.size() > 2 || ends.size() > 2) return unable(text, "too many slashes or hyphens");
  int first = field.least, last = field.most, step = 1;
  if (ends[0] != "*" && ends[0] != "?") {
    const Result<int> from = number(ends[0], field);
    if (!from) return from.error();
    const Result<int> to = ends.size() == 2 ? number(ends[1], field) : from;
    if (!to) return to.error();
    first = *from;
    last = ends.size() == 1 && halves.size() == 2 ? field.most : *to;
  }
  if (halves.size() == 2) {
    const auto read = std::from_chars(halves[1].data(), halves[1].data() + halves[1].size(), step);
    if (read.ec != std::errc{} || step < 1) return unable(text, "expected a step above 0");
  }
  if (first > last) return unable(text, "its beginning is beyond its end");
  std::uint64_t bits = 0;
  for (int value = first; value <= last; value += step) bits |= std::uint64_t{1} << value;
  return bits;
}

Result<std::uint64_t> parse_field(std::string_view text, const Field& field) {
  std::uint64_t bits = 0;
  for (const std::string_view part : split(text, ',')) {
    const Result<std::uint64_t> range = parse_range(part, field);
    if (!range) return range.error();
    bits |= *range;
  }
  return bits;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (const std::string_view word : split(text, ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

bool has(std::uint64_t bits, int value) {
  return (bits >> value & 1) != 0;
}

struct Day {
  int month = 1, day = 1, weekday = 0;
};

/// From days since 1970-01-01 (a Thursday). Formula: Howard Hinnant, "chrono-compatible low-level date
/// algorithms", civil_from_days.
Day day_of(std::int64_t days) {
  const std::int64_t z = days + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t doe = z - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const std::int64_t weekday = days >= -4 ? (days + 4) % 7 : (days + 5) % 7 + 6;
  return {static_cast<int>(mp < 10 ? mp + 3 : mp - 9), static_cast<int>(doy - (153 * mp + 2) / 5 + 1),
          static_cast<int>(weekday)};
}

bool fits(const CronSchedule& schedule, const Day& day) {
  if (!has(schedule.months, day.month)) return false;
  const bool by_day = has(schedule.days, day.day), by_weekday = has(schedule.weekdays, day.weekday);
  return schedule.any_day || schedule.any_weekday ? by_day && by_weekday : by_day || by_weekday;
}

}  // namespace

Result<CronSchedule> parse_cron(std::string_view text) {
  for (const auto& [name, meaning] : descriptors) {
    if (text == name) return parse_cron(meaning);
  }
  const std::vector<std::string_view> words = words_of(text);
  if (words.size() != fields.size())
    return invalid_input(fmt::format("expected exactly 5 fields, found {}: [{}]", words.size(), text));
  CronSchedule schedule;
  const std::array<std::uint64_t*, 5> bits{&schedule.minutes, &schedule.hours, &schedule.days,
                                           &schedule.months, &schedule.weekdays};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Result<std::uint64_t> parsed = parse_field(words[i], fields[i]);
    if (!parsed) return parsed.error();
    *bits[i] = *parsed;
  }
  schedule.any_day = words[2][0] == '*' || words[2][0] == '?';
  schedule.any_weekday = words[4][0] == '*' || words[4][0] == '?';
  return schedule;
}

std::int64_t next_cron_time(const CronSchedule& schedule, std::int64_t unix_seconds) {
  constexpr std::int64_t day_seconds = 86'400, years = 5 * 366;
  std::int64_t at = unix_seconds - ((unix_seconds % 60) + 60) % 60 + 60;  // the next full minute
  for (std::int64_t tried = 0; tried < years; ++tried) {
    const std::int64_t day = at >= 0 ? at / day_seconds : (at - day_seconds + 1) / day_seconds;
    const std::int64_t next_day = (day + 1) * day_seconds;
    if (fits(schedule, day_of(day))) {
      for (; at < next_day; at += 60) {
        const int minute = static_cast<int>((at - day * day_seconds) / 60);
        if (has(schedule.hours, minute / 60) && has(schedule.minutes, minute % 60)) return at;
      }
    }
    at = next_day;
  }
  return -1;
}

}  // namespace muster
