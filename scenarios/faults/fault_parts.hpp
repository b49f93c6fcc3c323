// What several fault kinds share: naming an object, changing it, and taking a change back.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/world.hpp"
#include "telemetry/map_reader.hpp"

namespace muster {

/// Reads "namespace/name" from `key` and finds the object among `objects`. An error with the nearest name if
/// there is none.
ObjectKey read_object_key(MapReader& map, const std::string& key, Kind kind,
                          const std::vector<Object>& objects);
/// Reads the name of a Node: one of the manifests', or of those that a system without Nodes gets.
std::string read_node_name(MapReader& map, const std::string& key, const std::vector<Object>& objects);
/// The object of that key, or null.
const Object* find_object(const std::vector<Object>& objects, const ObjectKey& key);
std::string target_of(const ObjectKey& key);

/// Writes a changed copy. `change` returns false if there is nothing to write. An object that is gone
/// meanwhile is left alone; so is one that the API server refuses to change.
void change_object(World& world, const ObjectKey& key, const std::string& by,
                   const std::function<bool(Object&)>& change);

/// The deployment's pod template, as a copy that may be changed; put_template() makes it the new one.
PodTemplate template_copy(const Object& deployment);
void put_template(Object& deployment, PodTemplate changed);

/// Sets kubernetes.io/change-cause, which `kubectl rollout history` shows, unless `cause` is empty.
void set_change_cause(Object& deployment, const std::string& cause);

}  // namespace muster
