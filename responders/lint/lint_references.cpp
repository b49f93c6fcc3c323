// Links and files that are not there.
#include <fmt/format.h>
#include <re2/re2.h>

#include <set>

#include "responders/lint/runbook_page.hpp"
#include "responders/text/lines.hpp"
#include "sim/spelling.hpp"

namespace muster {
namespace {

/// The name that GitHub gives to a heading: lower case, blanks to dashes, most punctuation gone.
std::string anchor_of(std::string_view title) {
  std::string anchor;
  for (const char c : lower_case(title)) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
                      static_cast<unsigned char>(c) >= 0x80;
    if (c == ' ') anchor += '-';
    if (word) anchor += c;
  }
  return anchor;
}

std::vector<std::string> anchors_of(const RunbookDocument& document) {
  std::vector<std::string> anchors;
  for (const RunbookSection& section : document.sections)
    if (section.level <= 6) anchors.push_back(anchor_of(section.title));
  return anchors;
}

bool is_elsewhere(const std::string& target) {
  static const re2::RE2 scheme(R"([A-Za-z][A-Za-z0-9+.-]*:.*)");
  return target.empty() || target.starts_with("//") || re2::RE2::FullMatch(target, scheme);
}

void check_link(RunbookPage& page, const RunbookLink& link, const std::vector<std::string>& anchors) {
  if (is_elsewhere(link.target)) return;
  const std::string path = link.target.substr(0, link.target.find('#'));
  if (!path.empty()) {
    if (!page.beside().has(path))
      page.error("dead-reference", link.line, link.target,
                 fmt::format("there is no {} beside the runbook; what \"{}\" leads to cannot be followed",
                             path, link.text));
    return;
  }
  const std::string anchor = link.target.substr(1);
  for (const std::string& known : anchors)
    if (known == anchor) return;
  page.error("dead-reference", link.line, link.target,
             fmt::format("no heading is called \"{}\"{}", anchor, did_you_mean(anchor, anchors)));
}

/// After -f or --filename; "-" and addresses are none.
void check_files(RunbookPage& page, const StepCommand& command) {
  static const std::set<std::string> readers{"apply", "create", "delete", "replace", "diff"};
  if (command.words.size() < 2 || command.words[0] != "kubectl" || !readers.contains(command.words[1]))
    return;
  const RunbookStep& step = page.document().steps[command.step];
  for (std::size_t i = 2; i < command.words.size(); ++i) {
    std::string file;
    const std::string& word = command.words[i];
    if ((word == "-f" || word == "--filename") && i + 1 < command.words.size()) file = command.words[i + 1];
    if (word.starts_with("-f=") || word.starts_with("--filename=")) file = word.substr(word.find('=') + 1);
    if (file.empty() || file == "-" || file == "1" || file.starts_with('$') || is_elsewhere(file)) continue;
    if (!page.beside().has(file))
      page.error(
          "dead-reference", step.line, file,
          fmt::format("there is no {} beside the runbook, so this command fails when it is needed", file));
  }
}

}  // namespace

void lint_references(RunbookPage& page) {
  const std::vector<std::string> anchors = anchors_of(page.document());
  for (const RunbookLink& link : page.document().links) check_link(page, link, anchors);
  for (const StepCommand& command : page.commands()) check_files(page, command);
}

}  // namespace muster
