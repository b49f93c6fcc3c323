#include "api/kube/codec_json.hpp"
#include "api/kube/quantity.hpp"

namespace muster::kube {

namespace {

void read_key_reference(Fields& value_from, const char* key, EnvVar::From from, EnvVar& variable) {
  if (!value_from.has(key)) return;
  variable.from = from;
  value_from.object(key, [&](Fields& reference) {
    reference.text("name", variable.object);
    reference.text("key", variable.key);
    reference.optional_flag("optional", variable.optional);
  });
}

void read_variable(Fields& fields, EnvVar& variable) {
  fields.text("name", variable.name);
  fields.text("value", variable.value);
  if (fields.has("valueFrom")) variable.from = EnvVar::From::other;
  fields.object("valueFrom", [&](Fields& value_from) {
    read_key_reference(value_from, "configMapKeyRef", EnvVar::From::config_map, variable);
    read_key_reference(value_from, "secretKeyRef", EnvVar::From::secret, variable);
  });
  variable.rest = fields.rest();
}

Json write_variable(const EnvVar& variable) {
  Json json{{"name", variable.name}};
  if (variable.from == EnvVar::From::value) put(json, "value", variable.value);
  if (variable.from == EnvVar::From::config_map || variable.from == EnvVar::From::secret) {
    Json reference{{"key", variable.key}};
    put(reference, "name", variable.object);
    if (variable.optional) reference["optional"] = true;
    const bool secret = variable.from == EnvVar::From::secret;
    json["valueFrom"][secret ? "secretKeyRef" : "configMapKeyRef"] = std::move(reference);
  }
  merge_rest(json, variable.rest);
  return json;
}

void read_env_from(Fields& fields, EnvFrom& source) {
  fields.text("prefix", source.prefix);
  source.secret = fields.has("secretRef");
  fields.object(source.secret ? "secretRef" : "configMapRef", [&](Fields& reference) {
    reference.text("name", source.object);
    reference.optional_flag("optional", source.optional);
  });
}

Json write_env_from(const EnvFrom& source) {
  Json reference = Json::object();
  put(reference, "name", source.object);
  if (source.optional) reference["optional"] = true;
  Json json{{source.secret ? "secretRef" : "configMapRef", std::move(reference)}};
  put(json, "prefix", source.prefix);
  return json;
}

/// Quantities that have no behaviour here are checked all the same: a typing error must not wait for
/// production.
void check_other_quantities(Fields& list) {
  for (const auto& [name, value] : list.json().items()) {
    if (!value.is_string() && !value.is_number()) continue;
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (const auto parsed = parse_amount(text); !parsed) list.fail(name, parsed.error().message);
  }
}

void read_resource_list(Fields& resources, const char* key, std::optional<std::int64_t>& cpu,
                        std::optional<std::int64_t>& memory) {
  resources.object(key, [&](Fields& list) {
    list.cpu("cpu", cpu);
    list.amount("memory", memory);
    check_other_quantities(list);
  });
}

Json write_resource_list(const std::optional<std::int64_t>& cpu, const std::optional<std::int64_t>& memory) {
  Json json = Json::object();
  if (cpu) json["cpu"] = format_cpu(*cpu);
  if (memory) json["memory"] = format_amount(*memory);
  return json;
}

Json write_resources(const Resources& resources) {
  Json json = Json::object();
  put(json, "requests", write_resource_list(resources.cpu_request, resources.memory_request));
  put(json, "limits", write_resource_list(resources.cpu_limit, resources.memory_limit));
  return json;
}

void read_ports(Fields& container, std::vector<ContainerPort>& ports) {
  container.each("ports", [&](Fields& fields) {
    ContainerPort& port = ports.emplace_back();
    fields.text("name", port.name);
    fields.whole("containerPort", port.port);
    fields.drop_default("protocol", "TCP");  // pkg/apis/core/v1/defaults.go; written again below
  });
}

Json write_port(const ContainerPort& port) {
  Json json{{"containerPort", port.port}};
  put(json, "name", port.name);
  return json;
}

}  // namespace

void read_container(Fields& fields, Container& container) {
  fields.text("name", container.name);
  fields.text("image", container.image);
  fields.text("imagePullPolicy", container.image_pull_policy);
  fields.each("env", [&](Fields& variable) { read_variable(variable, container.env.emplace_back()); });
  fields.each("envFrom", [&](Fields& source) { read_env_from(source, container.env_from.emplace_back()); });
  read_ports(fields, container.ports);
  fields.object("resources", [&](Fields& resources) {
    Resources& read = container.resources;
    read_resource_list(resources, "requests", read.cpu_request, read.memory_request);
    read_resource_list(resources, "limits", read.cpu_limit, read.memory_limit);
  });
  fields.each("volumeMounts", [&](Fields& mount) { read_mount(mount, container.mounts.emplace_back()); });
  read_probe(fields, "startupProbe", container.startup);
  read_probe(fields, "readinessProbe", container.readiness);
  read_probe(fields, "livenessProbe", container.liveness);
  container.rest = fields.rest();
}

Json write_container(const Container& container) {
  Json json{{"name", container.name}};
  put(json, "image", container.image);
  put(json, "imagePullPolicy", container.image_pull_policy);
  for (const EnvVar& variable : container.env) json["env"].push_back(write_variable(variable));
  for (const EnvFrom& source : container.env_from) json["envFrom"].push_back(write_env_from(source));
  for (const ContainerPort& port : container.ports) json["ports"].push_back(write_port(port));
  put(json, "resources", write_resources(container.resources));
  for (const VolumeMount& mount : container.mounts) json["volumeMounts"].push_back(write_mount(mount));
  write_probe(json, "startupProbe", container.startup);
  write_probe(json, "readinessProbe", container.readiness);
  write_probe(json, "livenessProbe", container.liveness);
  merge_rest(json, container.rest);
  if (json.contains("ports")) {
    for (Json& port : json["ports"])
      if (!port.contains("protocol")) port["protocol"] = "TCP";
  }
  return json;
}

}  // namespace muster::kube
