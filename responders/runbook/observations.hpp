// What a person at the terminal has seen so far, and so could type instead of a placeholder.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

class Observations {
 public:
  /// Reads what a command printed: tables of pods and deployments, "using pod/NAME", the replicas of YAML and
  /// of describe, the revisions of `rollout history`.
  void read(std::string_view output);
  /// Given beforehand; wins over what is seen.
  void bind(std::string name, std::string value) { bindings_[std::move(name)] = std::move(value); }

  /// What `name` ("pod-name", "N") stands for, or nothing. "revision" is the newest that has not run since
  /// the first look at the history: older than what ran then, and than what was gone back to since.
  std::optional<std::string> value_of(std::string_view name) const;

 private:
  struct SeenPod {
    std::string name;
    bool healthy = true;
  };
  void read_history(const std::vector<int>& listed);
  void read_table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows);
  void see_pod(const std::string& name, bool healthy);

  std::map<std::string, std::string, std::less<>> bindings_;
  std::vector<SeenPod> pods_;            ///< of the last table of pods, in its order
  std::optional<std::string> replicas_;  ///< wanted by the last deployment seen
  std::string deployment_, node_;
  std::vector<int> revisions_;      ///< of the last `rollout history`
  std::optional<int> tried_above_;  ///< this revision and the later ones have run already
};

struct FilledText {
  std::string text;
  std::vector<std::string> missing;  ///< names of the placeholders nothing is known for
};

/// Replaces "<pod-name>", "<N>", "<new-base64-encoded-url>"...; what cannot be filled stays and is named.
FilledText fill_placeholders(std::string_view text, const Observations& seen);

/// The placeholders' names, in order, each once.
std::vector<std::string> placeholders_in(std::string_view text);

}  // namespace muster
