#include "responders/kubectl/unified_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr std::size_t context = 3;

struct Edit {
  char kind = ' ';  // ' ', '-' or '+'
  std::string line;
  std::size_t from = 0, to = 0;  // lines passed before it
};

/// By the longest common subsequence.
std::vector<Edit> edits_between(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;)
      common[i][j] = a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
  std::vector<Edit> edits;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      edits.push_back({' ', a[i], i, j});
      ++i, ++j;
    } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
      edits.push_back({'-', a[i], i, j});
      ++i;
    } else {
      edits.push_back({'+', b[j], i, j});
      ++j;
    }
  }
  return edits;
}

std::string range(std::size_t start, std::size_t count) {
  const std::size_t shown = count == 0 ? start : start + 1;
  return count == 1 ? fmt::format("{}", shown) : fmt::format("{},{}", shown, count);
}

/// One hunk, of the edits from `first` to before `end`.
std::string hunk(const std::vector<Edit>& edits, std::size_t first, std::size_t end) {
  std::size_t removed = 0, added = 0;
  std::string lines;
  for (std::size_t i = first; i < end; ++i) {
    removed += edits[i].kind != '+';
    added += edits[i].kind != '-';
    lines += edits[i].kind + edits[i].line + "\n";
  }
  return fmt::format("@@ -{} +{} @@\n{}", range(edits[first].from, removed), range(edits[first].to, added),
                     lines);
}

}  // namespace

std::string unified_diff(const std::string& from_name, const std::string& to_name, std::string_view from,
                         std::string_view to) {
  const auto edits = edits_between(split_lines(from), split_lines(to));
  std::string out;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    if (edits[i].kind == ' ') continue;
    const std::size_t first = i - std::min(i, context);
    std::size_t last = i;  // of the changes that are near enough for one hunk
    for (std::size_t j = i; j < edits.size() && j <= last + 2 * context; ++j)
      if (edits[j].kind != ' ') last = j;
    const std::size_t end = std::min(edits.size(), last + context + 1);
    out += hunk(edits, first, end);
    i = end - 1;
  }
  return out.empty() ? out : fmt::format("--- {}\n+++ {}\n{}", from_name, to_name, out);
}

}  // namespace muster
