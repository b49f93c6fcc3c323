// Elastic tab stops, as Go's text/tabwriter aligns them (go.dev/src/text/tabwriter): a column is a run of
// neighbouring lines that have a tab-ended cell at that place. kubectl's tables and descriptions are made
// with it.
#pragma once

#include <string>
#include <string_view>

namespace muster {

struct TabLayout {
  std::size_t min_width = 0;  ///< columns are at least this wide, padding included
  std::size_t padding = 2;    ///< blanks after the widest cell
};

/// kubectl's tables: k8s.io/cli-runtime/pkg/printers/tabwriter.go.
inline constexpr TabLayout table_layout{6, 3};
/// kubectl describe: k8s.io/kubectl/pkg/describe/describe.go.
inline constexpr TabLayout describe_layout{0, 2};

/// Replaces the tabs of `text` by blanks. A line's last cell, which no tab ends, is never padded.
std::string align_tabs(std::string_view text, TabLayout layout);

}  // namespace muster
