// The fields of the built-in kinds, as Kubernetes 1.32's OpenAPI document has them: their types, which lists
// are maps or sets, what is replaced as a whole. Made by tools/kube_schema.py. Internal to api/kube.
//
// One type per paragraph: "[~]Name field:TYPE field:TYPE ..."; a line that begins with a blank goes on. "~"
// before the name: replaced as a whole. TYPE = [*|%][letter or name][@keys][~][!]: "*" a list, "%" a map of
// texts to it; s text, i whole number, n number, b truth, t and m times, y bytes (base64), x number or text,
// o anything;
// "@a,b" a list that is a map with these keys, "@" alone a set; "~" replaced as a whole; "!" required.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "api/kube/fields_json.hpp"

namespace muster::kube {

extern const char* const schema_types_a_k;
extern const char* const schema_types_l_z;

struct SchemaType;

struct SchemaField {
  enum class Shape : std::uint8_t { one, list, map };
  Shape shape = Shape::one;
  char scalar = 0;                   ///< the letter; 0: `type` counts
  std::string type_name;             ///< "PodSpec"
  const SchemaType* type = nullptr;  ///< null for scalars
  bool keyed = false;                ///< a list that is a map
  bool set = false;                  ///< a list that is a set
  std::vector<std::string> keys;
  bool atomic = false;  ///< replaced as a whole: also a list that is neither map nor set
  bool required = false;
};

struct SchemaType {
  std::string name;
  bool atomic = false;
  std::map<std::string, SchemaField> fields;

  /// Null if there is no such field.
  const SchemaField* find(const std::string& field) const;
};

/// By its name in the table; null if there is none.
const SchemaType* schema_type(std::string_view name);
/// Of a kind ("apps/v1", "Deployment"); null if its fields are not known.
const SchemaType* schema_of(std::string_view api_version, std::string_view kind);

/// Takes out of `json` what the type does not have, and names it as the strict decoder of sigs.k8s.io/json
/// does: `unknown field "spec.template.foo"`.
std::vector<std::string> drop_unknown_fields(Json& json, const SchemaType& type);

}  // namespace muster::kube
