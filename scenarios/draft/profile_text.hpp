// The draft as YAML.
#pragma once

#include <string>

#include "scenarios/draft/manifest_survey.hpp"

namespace muster {

/// Services in front of Deployments, the Deployments' programs, and comments for what must be looked at.
/// Values are quoted where YAML needs it.
std::string profile_text(const ManifestSurvey& survey, const std::string& name);

}  // namespace muster
