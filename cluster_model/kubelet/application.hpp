// What the profile says of the process in a container: which application it is, what its image does, and how
// this start will go with this environment.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cluster_model/objects.hpp"
#include "cluster_model/profile.hpp"
#include "cluster_model/store.hpp"

namespace muster {

/// `*` stands for any characters, `?` for one.
bool glob_matches(std::string_view pattern, std::string_view text);

/// The application whose workload made this pod, or null: by owner, or by the owner's owner.
const AppProfile* application_of(const SystemProfile& profile, const ObjectStore& store, const Object& pod);

/// The first behaviour that matches the image; null if the application lists some and none matches: no such
/// image exists.
const ImageBehaviour* behaviour_of(const AppProfile& app, const std::string& image);

/// A start-up check that failed.
struct ConfigFailure {
  int exit_code = 1;
  std::vector<std::string> log;  ///< with {key} and {value} filled in
};
/// The first rule that this environment, or these mounted files, break.
std::optional<ConfigFailure> first_failure(const std::vector<ConfigRule>& rules, const StringMap& environment,
                                           const StringMap& files = {});

/// How one start of the process goes.
struct ProcessPlan {
  bool exits = false;   ///< else it begins to listen
  SimDuration after{};  ///< from process start to exit or to listening
  int exit_code = 0;
  std::vector<std::string> log;  ///< printed before it exits
};
/// `u` in (0, 1) is this instance's luck. `app` may be null: an unknown program just runs, and in a Job's pod
/// (`ends`) it comes to its end after defaults::job_run.
ProcessPlan plan_process(const AppProfile* app, const std::string& image, const StringMap& environment,
                         double u, const StringMap& files = {}, bool ends = false);

}  // namespace muster
