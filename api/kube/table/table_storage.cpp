// Volumes, claims, storage classes, configuration, quotas.
#include <fmt/format.h>

#include <array>

#include "api/kube/table/table.hpp"

namespace muster::kube {

namespace {

/// "RWO,ROX" (k8s.io/kubernetes pkg/apis/core/v1/helper GetAccessModesAsString).
std::string access_modes(const Json& modes) {
  std::vector<std::string> shown;
  for (const auto& [mode, word] :
       {std::pair{"ReadWriteOnce", "RWO"}, std::pair{"ReadOnlyMany", "ROX"},
        std::pair{"ReadWriteMany", "RWX"}, std::pair{"ReadWriteOncePod", "RWOP"}}) {
    for (const Json& one : modes) {
      if (one == mode) shown.emplace_back(word);
    }
  }
  return join(shown, ",");
}

constexpr std::array volume_columns{TableColumn{"Name"},
                                    TableColumn{"Capacity"},
                                    TableColumn{"Access Modes"},
                                    TableColumn{"Reclaim Policy"},
                                    TableColumn{"Status"},
                                    TableColumn{"Claim"},
                                    TableColumn{"StorageClass"},
                                    TableColumn{"VolumeAttributesClass"},
                                    TableColumn{"Reason"},
                                    TableColumn{"Age"},
                                    TableColumn{"VolumeMode", "string", true}};
Json volume_cells(const Json& object, const TableMoment& moment) {
  const Json& claim = below(object, {"spec", "claimRef"});
  const bool leaving = below(object, {"metadata", "deletionTimestamp"}).is_string();
  const std::string bound =
      claim.is_object() ? text_of(below(claim, {"namespace"})) + "/" + text_of(below(claim, {"name"})) : "";
  return {name_of(object),
          text_of(below(object, {"spec", "capacity", "storage"})),
          access_modes(below(object, {"spec", "accessModes"})),
          text_of(below(object, {"spec", "persistentVolumeReclaimPolicy"})),
          leaving ? std::string("Terminating") : text_of(below(object, {"status", "phase"})),
          bound,
          text_of(below(object, {"spec", "storageClassName"})),
          "<unset>",
          text_of(below(object, {"status", "reason"})),
          age_of(object, moment),
          text_of(below(object, {"spec", "volumeMode"}))};
}

constexpr std::array claim_columns{TableColumn{"Name"},
                                   TableColumn{"Status"},
                                   TableColumn{"Volume"},
                                   TableColumn{"Capacity"},
                                   TableColumn{"Access Modes"},
                                   TableColumn{"StorageClass"},
                                   TableColumn{"VolumeAttributesClass"},
                                   TableColumn{"Age"},
                                   TableColumn{"VolumeMode", "string", true}};
Json claim_cells(const Json& object, const TableMoment& moment) {
  const std::string volume = text_of(below(object, {"spec", "volumeName"}));
  const bool leaving = below(object, {"metadata", "deletionTimestamp"}).is_string();
  return {name_of(object),
          leaving ? std::string("Terminating") : text_of(below(object, {"status", "phase"})),
          volume,
          volume.empty() ? std::string() : text_of(below(object, {"status", "capacity", "storage"})),
          volume.empty() ? std::string() : access_modes(below(object, {"status", "accessModes"})),
          text_of(below(object, {"spec", "storageClassName"})),
          "<unset>",
          age_of(object, moment),
          text_of(below(object, {"spec", "volumeMode"}))};
}

constexpr std::array class_columns{TableColumn{"Name"},
                                   TableColumn{"Provisioner"},
                                   TableColumn{"ReclaimPolicy"},
                                   TableColumn{"VolumeBindingMode"},
                                   TableColumn{"AllowVolumeExpansion", "boolean"},
                                   TableColumn{"Age"}};
Json class_cells(const Json& object, const TableMoment& moment) {
  const Json& notes = below(object, {"metadata", "annotations"});
  const bool preferred = below(notes, {"storageclass.kubernetes.io/is-default-class"}) == "true";
  const auto or_default = [&](const char* field, const char* otherwise) {
    const std::string text = text_of(below(object, {field}));
    return text.empty() ? std::string(otherwise) : text;
  };
  return {name_of(object) + (preferred ? " (default)" : ""),
          text_of(below(object, {"provisioner"})),
          or_default("reclaimPolicy", "Delete"),
          or_default("volumeBindingMode", "Immediate"),
          below(object, {"allowVolumeExpansion"}) == true,
          age_of(object, moment)};
}

std::size_t entries(const Json& object, const char* field) {
  return below(object, {field}).size();
}

constexpr std::array config_map_columns{TableColumn{"Name"}, TableColumn{"Data"}, TableColumn{"Age"}};
Json config_map_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object), entries(object, "data") + entries(object, "binaryData"), age_of(object, moment)};
}

constexpr std::array secret_columns{TableColumn{"Name"}, TableColumn{"Type"}, TableColumn{"Data", "integer"},
                                    TableColumn{"Age"}};
Json secret_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object), text_of(below(object, {"type"})), entries(object, "data"), age_of(object, moment)};
}

/// "cpu: 1/4, pods: 3/10" of what begins with "limits." or of what does not.
std::string quota_text(const Json& object, bool limits) {
  std::vector<std::string> parts;
  const Json& hard = below(object, {"status", "hard"});
  if (!hard.is_object()) return "";
  for (const auto& [name, value] : hard.items()) {
    if (name.starts_with("limits.") != limits) continue;
    const std::string used = text_of(below(object, {"status", "used", name.c_str()}));
    parts.push_back(fmt::format("{}: {}/{}", name, used.empty() ? "0" : used, text_of(value)));
  }
  return join(parts, ", ");
}

constexpr std::array quota_columns{TableColumn{"Name"}, TableColumn{"Age"}, TableColumn{"Request"},
                                   TableColumn{"Limit"}};
Json quota_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object), age_of(object, moment), quota_text(object, false), quota_text(object, true)};
}

constexpr std::array storage_kinds{TableKind{"PersistentVolume", volume_columns, volume_cells},
                                   TableKind{"PersistentVolumeClaim", claim_columns, claim_cells},
                                   TableKind{"StorageClass", class_columns, class_cells},
                                   TableKind{"ConfigMap", config_map_columns, config_map_cells},
                                   TableKind{"Secret", secret_columns, secret_cells},
                                   TableKind{"ResourceQuota", quota_columns, quota_cells}};

}  // namespace

std::span<const TableKind> storage_tables() {
  return storage_kinds;
}

}  // namespace muster::kube
