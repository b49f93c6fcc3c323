#include "cluster_model/kubelet/environment.hpp"

#include <fmt/format.h>

namespace muster {

namespace {

const char* written(Kind kind) {
  return kind == Kind::Secret ? "Secret" : "ConfigMap";
}

Error missing_object(Kind kind, const std::string& name) {
  return {ErrorCode::not_found,
          fmt::format("{} \"{}\" not found", kind == Kind::Secret ? "secret" : "configmap", name),
          {}};
}

/// "$(NAME)" becomes the value of a variable that is set already; unknown names stay; "$$" is a plain "$".
std::string expand(const std::string& text, const StringMap& known) {
  std::string expanded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '$' || at + 1 >= text.size()) {
      expanded += text[at];
    } else if (text[at + 1] == '$') {
      expanded += text[at++];
    } else {
      const std::size_t end = text[at + 1] == '(' ? text.find(')', at) : std::string::npos;
      const auto found =
          end == std::string::npos ? known.end() : known.find(text.substr(at + 2, end - at - 2));
      if (found == known.end()) {
        expanded += '$';
      } else {
        expanded += found->second;
        at = end;
      }
    }
  }
  return expanded;
}

class Resolver {
 public:
  Resolver(const std::string& namespace_name, const ObjectStore& store)
      : namespace_(namespace_name), store_(store) {}

  Result<void> add_all(const EnvFrom& from) {
    const Kind kind = from.secret ? Kind::Secret : Kind::ConfigMap;
    const ObjectPtr object = store_.find(kind, namespace_, from.object);
    if (!object) return from.optional ? Result<void>() : missing_object(kind, from.object);
    for (const auto& [key, value] : object->as<ConfigData>().data) values_[from.prefix + key] = value;
    return {};
  }

  Result<void> add(const EnvVar& env) {
    if (env.from == EnvVar::From::value) values_[env.name] = expand(env.value, values_);
    if (env.from == EnvVar::From::other) values_[env.name] = {};
    if (env.from != EnvVar::From::config_map && env.from != EnvVar::From::secret) return {};
    const Kind kind = env.from == EnvVar::From::secret ? Kind::Secret : Kind::ConfigMap;
    const ObjectPtr object = store_.find(kind, namespace_, env.object);
    if (!object) return env.optional ? Result<void>() : missing_object(kind, env.object);
    const StringMap& data = object->as<ConfigData>().data;
    const auto found = data.find(env.key);
    if (found != data.end()) {
      values_[env.name] = found->second;
    } else if (!env.optional) {
      return Error{
          ErrorCode::not_found,
          fmt::format("couldn't find key {} in {} {}/{}", env.key, written(kind), namespace_, env.object),
          {}};
    }
    return {};
  }

  StringMap take() { return std::move(values_); }

 private:
  const std::string& namespace_;
  const ObjectStore& store_;
  StringMap values_;
};

}  // namespace

Result<StringMap> resolve_environment(const Container& container, const std::string& namespace_,
                                      const ObjectStore& store) {
  Resolver resolver(namespace_, store);
  for (const EnvFrom& from : container.env_from) {
    if (auto ok = resolver.add_all(from); !ok) return ok.error();
  }
  for (const EnvVar& env : container.env) {
    if (auto ok = resolver.add(env); !ok) return ok.error();
  }
  return resolver.take();
}

}  // namespace muster
