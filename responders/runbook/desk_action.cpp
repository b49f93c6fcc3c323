#include "responders/runbook/desk_action.hpp"

#include <re2/re2.h>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr const char* default_channel = "#incident";

/// "security team" of "Notify security team"; "CEO, CTO" of "Page CEO, CTO + team lead".
std::vector<std::string> roles_in(std::string_view text) {
  static const re2::RE2 separators(R"(\s*(,|\+|;|\band\b)\s*)");
  std::string list = lower_case(trimmed(text));
  re2::RE2::GlobalReplace(&list, separators, ",");
  std::vector<std::string> roles;
  for (const auto& part : split_at(list, ',')) {
    std::string role(trimmed(part));
    while (role.ends_with('.') || role.ends_with(':')) role.pop_back();
    if (role.starts_with("the ")) role.erase(0, 4);
    if (!role.empty()) roles.push_back(role);
  }
  return roles;
}

DeskLine notify_line(std::string_view roles, const std::string& sentence) {
  DeskLine line{"notify"};
  for (auto& role : roles_in(roles)) line.push_back(std::move(role));
  if (line.size() == 1) line.emplace_back("on-call");
  line.push_back(sentence);
  return line;
}

std::string channel_of(std::string_view text) {
  static const re2::RE2 channel(R"((#[a-z0-9][-a-z0-9_]*))");
  std::string found;
  return re2::RE2::PartialMatch(text, channel, &found) ? found : default_channel;
}

}  // namespace

std::optional<DeskLine> desk_action_of_sentence(std::string_view sentence) {
  static const re2::RE2 status(R"((?i)^(update|post to|post on) (the )?(public )?status page\b.*)");
  static const re2::RE2 post(R"((?i)^(post|announce|slack|communicate)\b(.*))");
  static const re2::RE2 notify(R"((?i)^(?:immediately )?(notify|page|email|e-mail|inform)\b:?(.*))");
  static const re2::RE2 ticket(R"((?i)^(create|open|file) (an? |the )?(incident )?(ticket|issue)\b.*)");
  const std::string text(trimmed(sentence));
  std::string verb, rest;
  if (re2::RE2::FullMatch(text, status)) return DeskLine{"status", text};
  if (re2::RE2::FullMatch(text, ticket)) return DeskLine{"ticket", text};
  if (re2::RE2::FullMatch(text, notify, &verb, &rest)) return notify_line(rest, text);
  if (re2::RE2::FullMatch(text, post, &verb, &rest)) return DeskLine{"post", channel_of(rest), text};
  return std::nullopt;
}

std::vector<DeskLine> desk_actions_of_message(std::string_view message, const std::string& channel) {
  static const re2::RE2 declared(R"((?is).*\bincident declared\b.*?\b(P[0-3])\b.*)");
  static const re2::RE2 resolved(R"((?is).*\bincident resolved\b.*)");
  const std::string text(trimmed(message));
  const std::string to = channel.empty() ? default_channel : channel;
  std::vector<DeskLine> lines;
  std::string severity;
  if (re2::RE2::FullMatch(text, declared, &severity)) lines.push_back({"declare", severity, text});
  lines.push_back({"post", to, text});
  if (re2::RE2::FullMatch(text, resolved)) lines.push_back({"resolve", text});
  return lines;
}

std::string channel_in(std::string_view message) {
  for (const auto& line : split_lines(message)) {
    const auto text = trimmed(line);
    if (text.starts_with('#') && text.find(' ') == std::string_view::npos) return std::string(text);
  }
  return {};
}

std::string shell_line(const DeskLine& words) {
  static const re2::RE2 plain(R"([A-Za-z0-9@%_./:,+-]+)");
  std::vector<std::string> quoted;
  for (const auto& word : words) {
    if (re2::RE2::FullMatch(word, plain)) {
      quoted.push_back(word);
      continue;
    }
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? "'\\''" : std::string(1, c);
    quoted.push_back(out + "'");
  }
  return join(quoted, " ");
}

}  // namespace muster
