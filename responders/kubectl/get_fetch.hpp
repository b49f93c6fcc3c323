// What `kubectl get` has got: objects, or the tables the server made of them.
#pragma once

#include "responders/kubectl/server_table.hpp"
#include "responders/kubectl/targets.hpp"

namespace muster {

/// Objects of one type, in the order they will be printed.
struct FetchedGroup {
  const ResourceType* type = nullptr;
  std::vector<JsonValue> objects;
  JsonValue table;               ///< a Table; null if the server answered with the objects
  std::string resource_version;  ///< of the list, or of the one object
};

struct Fetched {
  std::vector<FetchedGroup> groups;
  std::vector<NamedResource> named;
  bool single = false;  ///< one object was asked for by name: printed as itself, not as a list
};

/// `tables`: tables are wanted. What cannot be got is printed.
Fetched fetch_resources(KubectlCall& call, bool tables);
/// --sort-by. False after printing what is wrong with it.
bool sort_fetched(KubectlCall& call, Fetched& fetched);

/// get -w: what happens to the one group, until the person at the keyboard has seen enough.
Task<void> watch_fetched(KubectlCall& call, const Fetched& fetched, const TableOptions& options);

}  // namespace muster
