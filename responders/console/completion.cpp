#include "responders/console/completion.hpp"

#include <algorithm>

#include "responders/kubectl/kubectl.hpp"
#include "responders/kubectl/resource_type.hpp"
#include "responders/text/lines.hpp"

namespace muster {

std::vector<std::string> completion_words(const Session& session) {
  std::vector<std::string> words;
  for (const ConsoleCommand& command : console_commands()) words.emplace_back(command.name);
  for (const KubectlCommand& command : kubectl_commands())
    for (auto& word : split_at(command.name, ' ')) words.push_back(std::move(word));
  for (const ResourceType& type : resource_types()) words.emplace_back(type.plural);
  for (const auto& [name, text] : session.files) words.push_back(name);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace muster
