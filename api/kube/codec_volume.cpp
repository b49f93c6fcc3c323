#include "api/kube/codec_json.hpp"
#include "api/kube/quantity.hpp"

namespace muster::kube {

namespace {

void read_items(Fields& source, std::vector<KeyToPath>& items) {
  source.each("items", [&](Fields& fields) {
    KeyToPath& item = items.emplace_back();
    fields.text("key", item.key);
    fields.text("path", item.path);
  });
}

/// `name_key` is "name" for a ConfigMap and "secretName" for a Secret.
void read_config(Fields& fields, const char* key, Volume::From from, const char* name_key, Volume& volume) {
  if (!fields.has(key)) return;
  volume.from = from;
  fields.object(key, [&](Fields& source) {
    source.text(name_key, volume.object);
    source.optional_flag("optional", volume.optional);
    read_items(source, volume.items);
  });
}

void read_empty_dir(Fields& fields, Volume& volume) {
  if (!fields.has("emptyDir")) return;
  volume.from = Volume::From::empty_dir;
  fields.object("emptyDir", [&](Fields& source) {
    std::string medium;
    source.text("medium", medium);
    volume.in_memory = medium == "Memory";
    if (!medium.empty() && !volume.in_memory) source.json()["medium"] = medium;
    source.amount("sizeLimit", volume.size_limit);
  });
}

void read_named(Fields& fields, const char* key, Volume::From from, const char* name_key, Volume& volume) {
  if (!fields.has(key)) return;
  volume.from = from;
  fields.object(key, [&](Fields& source) { source.text(name_key, volume.object); });
}

Json write_config(const Volume& volume, const char* name_key) {
  Json source = Json::object();
  put(source, name_key, volume.object);
  if (volume.optional) source["optional"] = true;
  for (const KeyToPath& item : volume.items) {
    source["items"].push_back({{"key", item.key}, {"path", item.path}});
  }
  return source;
}

Json write_empty_dir(const Volume& volume) {
  Json source = Json::object();
  if (volume.in_memory) source["medium"] = "Memory";
  if (volume.size_limit) source["sizeLimit"] = format_amount(*volume.size_limit);
  return source;
}

}  // namespace

void read_volume(Fields& fields, Volume& volume) {
  fields.text("name", volume.name);
  read_empty_dir(fields, volume);
  read_config(fields, "configMap", Volume::From::config_map, "name", volume);
  read_config(fields, "secret", Volume::From::secret, "secretName", volume);
  read_named(fields, "persistentVolumeClaim", Volume::From::claim, "claimName", volume);
  read_named(fields, "hostPath", Volume::From::host_path, "path", volume);
  volume.rest = fields.rest();
}

Json write_volume(const Volume& volume) {
  Json json{{"name", volume.name}};
  switch (volume.from) {
    case Volume::From::empty_dir:
      json["emptyDir"] = write_empty_dir(volume);
      break;
    case Volume::From::config_map:
      json["configMap"] = write_config(volume, "name");
      break;
    case Volume::From::secret:
      json["secret"] = write_config(volume, "secretName");
      break;
    case Volume::From::claim:
      json["persistentVolumeClaim"]["claimName"] = volume.object;
      break;
    case Volume::From::host_path:
      json["hostPath"]["path"] = volume.object;
      break;
    case Volume::From::other:
      break;
  }
  merge_rest(json, volume.rest);
  return json;
}

void read_mount(Fields& fields, VolumeMount& mount) {
  fields.text("name", mount.name);
  fields.text("mountPath", mount.path);
  fields.text("subPath", mount.sub_path);
  fields.flag("readOnly", mount.read_only);
  mount.rest = fields.rest();
}

Json write_mount(const VolumeMount& mount) {
  Json json{{"name", mount.name}, {"mountPath", mount.path}};
  put(json, "subPath", mount.sub_path);
  if (mount.read_only) json["readOnly"] = true;
  merge_rest(json, mount.rest);
  return json;
}

}  // namespace muster::kube
