// The pages of a list: `limit`, `continue`, `resourceVersion`. Every page shows the collection as it was at
// the version of the first page. Internal to api/kube.
#pragma once

#include <variant>
#include <vector>

#include "api/kube/handlers_json.hpp"
#include "api/kube/view.hpp"

namespace muster::kube {

struct ListPage {
  std::vector<ObjectPtr> objects;
  Json metadata;  ///< resourceVersion; continue and remainingItemCount if more follows
};

/// A Status in the real server's words if the parameters are wrong or the version is out of reach.
std::variant<ListPage, Answer> list_page(const Call& call, const Cluster& cluster,
                                         const Selection& selection);

/// A decimal version; nothing if the text is none.
std::optional<std::uint64_t> version_of(const std::string& text);
/// The Status for a version that is still to come (504), or nothing.
std::optional<Answer> refuse_future_version(const Call& call, const Cluster& cluster);

}  // namespace muster::kube
