// kubectl create configmap and create secret generic, from literals and files of the evidence folder.
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

Result<void> add_literals(const KubectlCall& call, JsonValue& data) {
  for (const auto& literal : call.flags.all("from-literal")) {
    const auto equals = literal.find('=');
    if (equals == std::string::npos || equals == 0)
      return invalid_input(fmt::format("invalid literal source {}, expected key=value", literal));
    std::string value = literal.substr(equals + 1);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.front() == value.back())
      value = value.substr(1, value.size() - 2);
    data.member(literal.substr(0, equals)) = value;
  }
  return {};
}

Result<std::string> file_text(const KubectlCall& call, const std::string& name) {
  const auto found = call.session.files.find(name);
  if (found == call.session.files.end())
    return invalid_input(fmt::format("error reading {}: open {}: no such file or directory", name, name));
  return found->second;
}

/// KEY=FILE or FILE, and lines of NAME=VALUE.
Result<void> add_files(const KubectlCall& call, JsonValue& data) {
  for (const auto& source : call.flags.all("from-file")) {
    const auto equals = source.find('=');
    const std::string file = equals == std::string::npos ? source : source.substr(equals + 1);
    auto text = file_text(call, file);
    if (!text) return text.error();
    data.member(equals == std::string::npos ? file.substr(file.rfind('/') + 1) : source.substr(0, equals)) =
        *text;
  }
  for (const auto& file : call.flags.all("from-env-file")) {
    const auto text = file_text(call, file);
    if (!text) return text.error();
    for (const auto& line : split_lines(*text)) {
      const auto equals = line.find('=');
      if (trimmed(line).empty() || line.starts_with('#') || equals == std::string::npos) continue;
      data.member(line.substr(0, equals)) = line.substr(equals + 1);
    }
  }
  return {};
}

Result<JsonValue> data_of(const KubectlCall& call) {
  JsonValue data = JsonValue::object();
  auto added = add_literals(call, data);
  if (added) added = add_files(call, data);
  if (!added) return added.error();
  return data;
}

JsonValue encoded(const JsonValue& data) {
  JsonValue result = JsonValue::object();
  for (const auto& [key, value] : data.members()) result.member(key) = base64_encoded(value.text());
  return result;
}

void create_data_object(KubectlCall& call, const ResourceType& type, const std::string& name) {
  const bool secret = type.kind == "Secret";
  const auto dry_run = dry_run_of(call);
  if (!dry_run || !output_is_known(call, false)) return;
  const auto data = data_of(call);
  if (!data) return call.fail(data.error().message);
  JsonValue object = JsonValue::object();
  object.member("apiVersion") = "v1";
  object.member("kind") = std::string(type.kind);
  object.member("metadata").member("name") = name;
  object.member("metadata").member("namespace") = call.namespace_();
  if (secret) object.member("type") = call.flags.text("type", "Opaque");
  if (!data->is_empty()) object.member("data") = secret ? encoded(*data) : *data;
  if (*dry_run != DryRun::client) {
    const std::string path =
        collection_path(type, call.namespace_()) + "?fieldManager=kubectl-create&fieldValidation=Strict";
    const ApiReply reply = call.api.post(with_dry_run(path, *dry_run), object);
    if (!reply.ok()) {
      call.print_error("error: failed to create " + std::string(type.singular) + ": " +
                       reply.body["message"].text());
      call.result.exit_code = 1;
      return;
    }
    object = reply.body;
  }
  print_done(call, Target{&type, call.namespace_(), name, object}, "created", *dry_run);
}

}  // namespace

void create_configmap(KubectlCall& call) {
  if (call.words.size() != 1)
    return call.fail_usage(fmt::format("exactly one NAME is required, got {}", call.words.size()));
  create_data_object(call, *find_resource_type("configmaps"), call.words.front());
}

void create_secret(KubectlCall& call) {
  if (call.words.empty() || call.words.front() != "generic")
    return call.refuse("`kubectl create secret` needs `generic`; other kinds are not built");
  if (call.words.size() != 2)
    return call.fail_usage(fmt::format("exactly one NAME is required, got {}", call.words.size() - 1));
  create_data_object(call, *find_resource_type("secrets"), call.words.back());
}

}  // namespace muster::kubectl_handlers
