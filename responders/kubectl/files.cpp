#include "responders/kubectl/files.hpp"

#include "responders/kubectl/output.hpp"

#include <fmt/format.h>

namespace muster {
namespace {

Result<void> add_object(KubectlCall& call, const JsonValue& object, const std::string& file,
                        std::vector<Target>& targets) {
  if (object["kind"].text() == "List") {
    for (const auto& item : object["items"].items()) {
      auto added = add_object(call, item, file, targets);
      if (!added) return added;
    }
    return {};
  }
  for (const char* field : {"apiVersion", "kind"})
    if (object[field].text().empty())
      return invalid_input(
          fmt::format("error validating \"{}\": error validating data: {} not set", file, field));
  const ResourceType* type = find_resource_kind(object["apiVersion"].text(), object["kind"].text());
  if (type == nullptr)
    return invalid_input(
        fmt::format("resource mapping not found for name: \"{}\" namespace: \"{}\" from \"{}\": no matches "
                    "for kind \"{}\" in "
                    "version \"{}\"\nensure CRDs are installed first",
                    object["metadata"]["name"].text(), object["metadata"]["namespace"].text(), file,
                    object["kind"].text(), object["apiVersion"].text()));
  const std::string& own = object["metadata"]["namespace"].text();
  const std::string wanted = call.namespace_();
  if (type->namespaced && !own.empty() && call.flags.has("namespace") && own != wanted)
    return invalid_input(fmt::format(
        "the namespace from the provided object \"{}\" does not match the namespace \"{}\". You must pass "
        "'--namespace={}' to perform this operation.",
        own, wanted, own));
  Target target{type, type->namespaced ? (own.empty() ? wanted : own) : "", object["metadata"]["name"].text(),
                object};
  if (type->namespaced) target.object.member("metadata").member("namespace") = target.namespace_;
  targets.push_back(std::move(target));
  return {};
}

}  // namespace

Result<std::vector<Target>> read_objects(KubectlCall& call, const std::string& file) {
  const auto found = call.session.files.find(file);
  if (file != "-" && found == call.session.files.end())
    return Error{ErrorCode::not_found, fmt::format("the path \"{}\" does not exist", file), {}};
  const auto documents = parse_yaml(file == "-" ? call.input : found->second, file);
  if (!documents) return invalid_input(fmt::format("error parsing {}: {}", file, documents.error().text()));
  std::vector<Target> targets;
  for (const auto& object : *documents) {
    const auto added = add_object(call, object, file, targets);
    if (!added) return added.error();
  }
  if (targets.empty()) return invalid_input("no objects passed to " + call.command);
  return targets;
}

std::vector<Target> objects_of_flags(KubectlCall& call) {
  std::vector<Target> all;
  for (const auto& file : call.flags.all("filename")) {
    auto objects = read_objects(call, file);
    if (!objects) {
      call.fail(objects.error().message);
      return {};
    }
    for (auto& each : *objects) all.push_back(std::move(each));
  }
  return all;
}

bool takes_only_files(KubectlCall& call) {
  if (!call.words.empty())
    call.fail_usage(fmt::format("Unexpected args: [{}]", call.words.front()));
  else if (!call.flags.has("filename"))
    call.fail(call.command == "apply" ? "must specify one of -f and -k" : "must specify --filename");
  else
    return output_is_known(call, false);
  return false;
}

std::string name_of_file(const KubectlCall& call) {
  const std::string file = call.flags.text("filename");
  return file == "-" ? "STDIN" : file;
}

}  // namespace muster
