// What `muster lint` says of a user's files: whether they would be taken, and what in them has no effect
// here.
#pragma once

#include <string>

#include "sim/finding.hpp"
#include "sim/result.hpp"

namespace muster {

/// `path` is a scenario, a Kubernetes manifest or a Prometheus rule file (told apart by what is in it), the
/// folder of a system, or a folder with manifests. Findings are in the order of the files, errors before
/// warnings within one. Error: the path does not exist, or it is a file of another sort.
Result<Findings> lint_path(const std::string& path);

/// Kinds without behaviour, and fields that Kubernetes acts on and the simulator keeps without effect. `text`
/// is what is in `file_name`; it has been read without error before.
Findings lint_manifest_text(const std::string& text, const std::string& file_name);

/// Metrics that the rules of a file ask for and nobody exports: neither the exporters, nor a recording rule
/// of this file or of one beside it. The file has been read without error before.
Findings lint_rule_metrics(const std::string& text, const std::string& path);

}  // namespace muster
