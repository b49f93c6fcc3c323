#include "responders/make_plays.hpp"

#include <filesystem>

#include "responders/playbook/playbook_responder.hpp"
#include "responders/text/file_text.hpp"

namespace muster {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view playbook_prefix = "playbook:";

using Made = Result<std::unique_ptr<Responder>>;

std::string actor_of(int ordinal) {
  return "responder-" + std::to_string(ordinal);
}

Made make_playbook(const std::string& path, int ordinal, SimTime horizon) {
  const auto text = read_file_text(path, "playbook:FILE.yaml", "a YAML file");
  if (!text) return text.error();
  auto book = read_playbook(*text, fs::path(path).filename().string(), horizon);
  if (!book) return book.error();
  return std::unique_ptr<Responder>(std::make_unique<PlaybookResponder>(actor_of(ordinal), std::move(*book)));
}

}  // namespace

bool is_play(const std::string& spec) {
  return spec.starts_with(playbook_prefix);
}

Made make_play(const std::string& spec, int ordinal, const ResponderSurroundings& surroundings) {
  return make_playbook(spec.substr(playbook_prefix.size()), ordinal, surroundings.horizon);
}

std::vector<std::string> play_files(const std::string& spec) {
  const std::string path = spec.substr(playbook_prefix.size());
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return {};
  return {path};
}

}  // namespace muster
