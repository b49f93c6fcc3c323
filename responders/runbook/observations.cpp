#include "responders/runbook/observations.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

/// "<pod-name>", "<N>", "<Brief Description>"; not "<" of a redirection or a comparison.
const re2::RE2& placeholder() {
  static const re2::RE2 expression(R"(<([A-Za-z][A-Za-z0-9_ -]*)>)");
  return expression;
}

/// Cells of a kubectl table: separated by two blanks or more.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  while (!(line = trimmed(line)).empty()) {
    const auto gap = line.find("  ");
    cells.emplace_back(line.substr(0, gap));
    line.remove_prefix(gap == std::string_view::npos ? line.size() : gap);
  }
  return cells;
}

std::optional<std::size_t> column(const std::vector<std::string>& header, std::string_view name) {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

bool is_header(const std::vector<std::string>& cells) {
  if (cells.empty()) return false;
  const std::string& first = cells.front();
  return first == "NAME" || first == "NAMESPACE";
}

std::string without_type(const std::string& name) {
  return name.substr(name.find('/') + 1);
}

/// "3/5": both halves.
std::pair<std::string, std::string> ready_counts(const std::string& cell) {
  const auto slash = cell.find('/');
  return slash == std::string::npos ? std::pair(cell, cell)
                                    : std::pair(cell.substr(0, slash), cell.substr(slash + 1));
}

}  // namespace

void Observations::read(std::string_view output) {
  static const re2::RE2 using_pod(R"(using pod/([a-z0-9.-]+))");
  static const re2::RE2 bare_pod(R"(pod/([a-z0-9.-]+))");
  static const re2::RE2 wanted(
      R"((?:  replicas:|Replicas:) +([0-9]+)(?: desired .*)?)");  // YAML and describe
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::string found;
  static const re2::RE2 revision(R"((\d+) {2,}\S.*)");
  std::vector<int> listed;
  bool history = false;
  for (const auto& line : split_lines(output)) {
    int number = 0;
    history = history || line.starts_with("REVISION ");
    if (history && re2::RE2::FullMatch(line, revision, &number)) listed.push_back(number);
    if (re2::RE2::PartialMatch(line, using_pod, &found) || re2::RE2::FullMatch(line, bare_pod, &found))
      see_pod(found, true);
    if (re2::RE2::FullMatch(line, wanted, &found)) replicas_ = found;
    auto cells = cells_of(line);
    if (is_header(cells)) {
      read_table(header, rows);
      header = std::move(cells);
      rows.clear();
    } else {
      rows.push_back(std::move(cells));
    }
  }
  read_table(header, rows);
  if (!listed.empty()) read_history(listed);
}

/// Going back to a revision gives it a new number: one that has left the list has run again.
void Observations::read_history(const std::vector<int>& listed) {
  if (!tried_above_) tried_above_ = *std::max_element(listed.begin(), listed.end());
  for (const int before : revisions_)
    if (std::find(listed.begin(), listed.end(), before) == listed.end())
      tried_above_ = std::min(*tried_above_, before);
  revisions_ = listed;
}

void Observations::read_table(const std::vector<std::string>& header,
                              const std::vector<std::vector<std::string>>& rows) {
  const auto name = column(header, "NAME"), ready = column(header, "READY"),
             status = column(header, "STATUS");
  const bool pods = name && ready && status, deployments = name && ready && column(header, "UP-TO-DATE");
  if (pods) pods_.clear();
  for (const auto& row : rows) {
    if (row.size() != header.size()) continue;
    if (pods) {
      const auto [up, total] = ready_counts(row[*ready]);
      see_pod(without_type(row[*name]), row[*status] == "Running" && up == total);
    } else if (deployments) {
      deployment_ = without_type(row[*name]);
      replicas_ = ready_counts(row[*ready]).second;
    } else if (name && status && column(header, "ROLES")) {
      node_ = row[*name];
    }
  }
}

void Observations::see_pod(const std::string& name, bool healthy) {
  const auto known =
      std::find_if(pods_.begin(), pods_.end(), [&](const SeenPod& pod) { return pod.name == name; });
  if (known == pods_.end()) pods_.push_back(SeenPod{name, healthy});
}

std::optional<std::string> Observations::value_of(std::string_view name) const {
  if (const auto bound = bindings_.find(name); bound != bindings_.end()) return bound->second;
  const std::string lower = lower_case(name);
  if (lower == "pod-name" || lower == "pod" || lower == "pod name" || lower == "podname") {
    if (pods_.empty()) return std::nullopt;
    const auto sick =
        std::find_if(pods_.begin(), pods_.end(), [](const SeenPod& pod) { return !pod.healthy; });
    return sick != pods_.end() ? sick->name : pods_.front().name;
  }
  if (lower == "n" || lower == "replicas") return replicas_;
  if ((lower == "deployment" || lower == "deployment-name") && !deployment_.empty()) return deployment_;
  if (lower == "revision" || lower == "earlier-revision" || lower == "previous-revision") {
    int newest = 0;
    for (const int listed : revisions_)
      if (listed < *tried_above_) newest = std::max(newest, listed);
    if (newest > 0) return std::to_string(newest);
  }
  if ((lower == "node" || lower == "node-name") && !node_.empty()) return node_;
  return std::nullopt;
}

FilledText fill_placeholders(std::string_view text, const Observations& seen) {
  FilledText result;
  std::string name;
  re2::StringPiece rest(text.data(), text.size());
  const char* copied = text.data();
  while (re2::RE2::FindAndConsume(&rest, placeholder(), &name)) {
    const char* end = rest.data();
    const char* start = end - name.size() - 2;
    result.text.append(copied, start);
    copied = end;
    if (const auto value = seen.value_of(name)) {
      result.text += *value;
      continue;
    }
    result.text.append(start, end);
    if (std::find(result.missing.begin(), result.missing.end(), name) == result.missing.end())
      result.missing.push_back(name);
  }
  result.text.append(copied, text.data() + text.size());
  return result;
}

std::vector<std::string> placeholders_in(std::string_view text) {
  return fill_placeholders(text, Observations()).missing;
}

}  // namespace muster
