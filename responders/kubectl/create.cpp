// kubectl create configmap and create secret generic, from literals.
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

/// The data of --from-literal; error: kubectl's text.
Result<JsonValue> literals(const KubectlCall& call, bool encoded) {
  JsonValue data = JsonValue::object();
  for (const auto& literal : call.flags.all("from-literal")) {
    const auto equals = literal.find('=');
    if (equals == std::string::npos || equals == 0)
      return invalid_input(fmt::format("invalid literal source {}, expected key=value", literal));
    std::string value = literal.substr(equals + 1);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.front() == value.back())
      value = value.substr(1, value.size() - 2);
    data.member(literal.substr(0, equals)) = encoded ? base64_encoded(value) : value;
  }
  return data;
}

void create_data_object(KubectlCall& call, const ResourceType& type, const std::string& name, bool encoded) {
  const auto data = literals(call, encoded);
  if (!data) return call.fail(data.error().message);
  JsonValue object = JsonValue::object();
  object.member("apiVersion") = "v1";
  object.member("kind") = std::string(type.kind);
  object.member("metadata").member("name") = name;
  object.member("metadata").member("namespace") = call.namespace_();
  if (encoded) object.member("type") = "Opaque";
  if (!data->is_empty()) object.member("data") = *data;
  const ApiReply reply = call.api.post(
      collection_path(type, call.namespace_()) + "?fieldManager=kubectl-create&fieldValidation=Strict",
      object);
  if (!reply.ok()) {
    call.print_error("error: failed to create " + std::string(type.singular) + ": " +
                     reply.body["message"].text());
    call.result.exit_code = 1;
    return;
  }
  call.print(printed_name(type, name) + " created");
}

}  // namespace

void create_configmap(KubectlCall& call) {
  if (call.words.size() != 1)
    return call.fail_usage(fmt::format("exactly one NAME is required, got {}", call.words.size()));
  create_data_object(call, *find_resource_type("configmaps"), call.words.front(), false);
}

void create_secret(KubectlCall& call) {
  if (call.words.empty() || call.words.front() != "generic")
    return call.refuse(
        "`kubectl create secret` needs `generic`; other kinds are not available in this drill yet");
  if (call.words.size() != 2)
    return call.fail_usage(fmt::format("exactly one NAME is required, got {}", call.words.size() - 1));
  create_data_object(call, *find_resource_type("secrets"), call.words.back(), true);
}

}  // namespace muster::kubectl_handlers
