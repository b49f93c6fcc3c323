#include "scenarios/draft/draft_profile.hpp"

#include <fmt/format.h>

#include <set>

#include "scenarios/draft/guesses.hpp"
#include "scenarios/draft/profile_text.hpp"
#include "scenarios/input_files.hpp"
#include "scenarios/manifest_files.hpp"
#include "scenarios/system_check.hpp"

namespace muster {
namespace {

struct Sources {
  std::vector<YamlNode> documents;
  std::vector<Manifest> manifests;
};

Result<void> read_file(const std::string& path, Sources& sources) {
  const auto text = read_input_file(path);
  if (!text) return text.error();
  auto manifests = parse_manifests(*text, path, Epoch{});
  if (!manifests) return manifests.error();
  auto documents = read_yaml_documents(*text, path);
  if (!documents) return documents.error();
  std::move(manifests->begin(), manifests->end(), std::back_inserter(sources.manifests));
  std::move(documents->begin(), documents->end(), std::back_inserter(sources.documents));
  return {};
}

Result<void> read_path(const std::string& path, Sources& sources) {
  if (!is_folder(path)) return read_file(path, sources);
  const auto names = files_below(path, {".json", ".yaml", ".yml"}, true);
  if (names.empty()) return invalid_input("no .yaml, .yml or .json file in this folder", path);
  for (const std::string& name : names)
    if (auto read = read_file(join_path(path, name), sources); !read) return read;
  return {};
}

/// Loads the draft as a drill would; what is wrong then is the manifests' doing.
std::vector<std::string> notes_on(const std::string& text, const ManifestSurvey& survey,
                                  const std::vector<Manifest>& manifests) {
  std::vector<std::string> notes;
  for (const std::string& object : survey.missing)
    notes.push_back(object +
                    " is needed by a container and is not among the manifests: add one, a stand-in will do");
  if (!notes.empty()) return notes;
  const auto profile = parse_profile(text, "the draft");
  if (!profile) return {profile.error().text()};
  if (const auto checked = check_system(*profile, manifests); !checked)
    notes.push_back(checked.error().text());
  return notes;
}

}  // namespace

Result<ProfileDraft> draft_profile(const std::vector<std::string>& paths, const std::string& name) {
  Sources sources;
  for (const std::string& path : paths)
    if (auto read = read_path(path, sources); !read) return read.error();
  if (auto unique = refuse_duplicates(sources.manifests); !unique) return unique.error();
  const ManifestSurvey survey = survey_manifests(sources.documents);
  if (survey.workloads.empty())
    return invalid_input("no workload in these manifests; expected at least one Deployment", paths.front());
  ProfileDraft draft;
  draft.text = profile_text(survey, name.empty() ? survey.workloads.front().name : name);
  draft.notes = notes_on(draft.text, survey, sources.manifests);
  return draft;
}

}  // namespace muster
