#include "sim/spelling.hpp"

#include <algorithm>

namespace muster {

namespace {

// Words longer than this are not misspelt keys; the cap bounds the quadratic cost on hostile input.
constexpr std::size_t longest_word = 64;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_back(b.size() + 1), previous(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (same ? 0 : 1)});
      const bool swapped =
          i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], two_back[j - 2] + 1);
    }
    std::swap(two_back, previous);
    std::swap(previous, row);
  }
  return previous[b.size()];
}

std::string nearest_word(std::string_view wrong, const std::vector<std::string>& words) {
  if (wrong.empty() || wrong.size() > longest_word) return {};
  std::size_t best = std::max<std::size_t>(1, (wrong.size() + 1) / 3) + 1;
  std::string found;
  for (const std::string& word : words) {
    if (word.size() > longest_word) continue;
    const std::size_t distance = edit_distance(wrong, word);
    if (distance < best) {
      best = distance;
      found = word;
    }
  }
  return found;
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& words) {
  const std::string word = nearest_word(wrong, words);
  return word.empty() ? word : "; did you mean \"" + word + "\"?";
}

}  // namespace muster
