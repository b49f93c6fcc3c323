// Sets of fields as metadata.managedFields keeps them (fieldsV1; sigs.k8s.io/structured-merge-diff): a tree
// of "f:NAME" (member), "k:{...}" (element of a list that is a map), "v:VALUE" (element of a set); "." or an
// empty tree says that the path itself belongs to the set. Internal to api/kube.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "api/kube/schema/schema.hpp"

namespace muster::kube {

struct FieldSet {
  bool member = false;  ///< the path itself
  std::map<std::string, FieldSet> below;

  bool empty() const { return !member && below.empty(); }
  friend bool operator==(const FieldSet&, const FieldSet&) = default;
};

/// fieldsV1 and back; what is no such tree is an empty set.
Json to_json(const FieldSet& set);
FieldSet field_set_of(const Json& fields_v1);

/// All fields that the object has.
FieldSet fields_of(const Json& object, const SchemaType& type);
/// The fields of `after` that `before` lacks or has with another value.
FieldSet changed_fields(const Json& before, const Json& after, const SchemaType& type);
/// Those of `before` that `after` lacks.
FieldSet removed_fields(const Json& before, const Json& after, const SchemaType& type);

FieldSet union_of(FieldSet a, const FieldSet& b);
FieldSet difference(const FieldSet& a, const FieldSet& b);
FieldSet intersection(const FieldSet& a, const FieldSet& b);
/// With every path that another path of the set lies below.
FieldSet with_parents(FieldSet set);
/// The paths in the set as messages show them: .spec.template.spec.containers[name="web"].image
std::vector<std::string> paths_of(const FieldSet& set);
/// Takes the fields out of the object; an element of a list goes when its own path is in the set.
void take_out(Json& object, const FieldSet& set, const SchemaType& type);

/// `patch` over `live` as apply merges: members and elements of keyed lists merge, everything else replaces.
void merge_applied(Json& live, const Json& patch, const SchemaType& type);

/// "k:{\"name\":\"web\"}".
std::string element_key(const Json& element, const SchemaField& field);

}  // namespace muster::kube
