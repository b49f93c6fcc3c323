#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "api/kube/patch_json.hpp"

namespace muster::kube {

namespace {

using Path = std::vector<std::string>;

struct Operation {
  std::string op, path, from;
  const Json* value = nullptr;
};

std::optional<Path> split(const std::string& pointer) {
  if (pointer.empty()) return Path{};
  if (pointer[0] != '/') return std::nullopt;
  Path parts(1);
  for (std::size_t at = 1; at < pointer.size(); ++at) {
    if (pointer[at] == '/') {
      parts.emplace_back();
    } else if (pointer[at] != '~') {
      parts.back() += pointer[at];
    } else if (at + 1 < pointer.size() && (pointer[at + 1] == '0' || pointer[at + 1] == '1')) {
      parts.back() += pointer[++at] == '1' ? '/' : '~';
    } else {
      return std::nullopt;
    }
  }
  return parts;
}

/// Index into an array: no sign, no leading zero (RFC 6901 section 4).
std::optional<std::size_t> index_of(const std::string& part, std::size_t limit) {
  if (part.empty() || (part.size() > 1 && part[0] == '0')) return std::nullopt;
  std::size_t index = 0;
  const auto read = std::from_chars(part.data(), part.data() + part.size(), index);
  if (read.ec != std::errc{} || read.ptr != part.data() + part.size() || index >= limit) return std::nullopt;
  return index;
}

Json* child(Json& parent, const std::string& part) {
  if (parent.is_object()) {
    const auto found = parent.find(part);
    return found == parent.end() ? nullptr : &*found;
  }
  if (!parent.is_array()) return nullptr;
  const auto index = index_of(part, parent.size());
  return index ? &parent[*index] : nullptr;
}

Json* find(Json& root, const Path& path, std::size_t parts) {
  Json* at = &root;
  for (std::size_t i = 0; at && i < parts; ++i) at = child(*at, path[i]);
  return at;
}

Error missing(const Operation& operation) {
  return Error{ErrorCode::conflict,
               fmt::format("{} operation does not apply: doc is missing path: \"{}\": missing value",
                           operation.op, operation.path),
               {}};
}

Result<void> add(Json& root, const Path& path, Json value, const Operation& operation) {
  if (path.empty()) {
    root = std::move(value);
    return {};
  }
  Json* parent = find(root, path, path.size() - 1);
  if (parent && parent->is_object()) {
    (*parent)[path.back()] = std::move(value);
    return {};
  }
  if (!parent || !parent->is_array()) return missing(operation);
  const auto index = path.back() == "-" ? parent->size() : index_of(path.back(), parent->size() + 1);
  if (!index) return missing(operation);
  parent->insert(parent->begin() + static_cast<std::ptrdiff_t>(*index), std::move(value));
  return {};
}

Result<void> remove(Json& root, const Path& path, const Operation& operation) {
  if (path.empty()) return missing(operation);
  Json* parent = find(root, path, path.size() - 1);
  if (!parent || !child(*parent, path.back())) return missing(operation);
  if (parent->is_object()) {
    parent->erase(path.back());
  } else {
    parent->erase(*index_of(path.back(), parent->size()));
  }
  return {};
}

Result<Path> path_of(const std::string& pointer, const char* member) {
  auto path = split(pointer);
  if (path) return *std::move(path);
  return invalid_input(fmt::format("\"{}\" of an operation is not a JSON pointer: \"{}\"", member, pointer));
}

Result<void> copy_or_move(Json& root, const Path& path, const Operation& operation) {
  const Result<Path> from = path_of(operation.from, "from");
  if (!from) return from.error();
  const Json* source = find(root, *from, from->size());
  if (!source) return missing(operation);
  Json value = *source;
  if (operation.op == "move") {
    if (operation.path.starts_with(operation.from + "/")) {
      return invalid_input("an object cannot be moved into one of its own fields");
    }
    if (auto removed = remove(root, *from, operation); !removed) return removed;
  }
  return add(root, path, std::move(value), operation);
}

Result<void> test(Json& root, const Path& path, const Operation& operation) {
  const Json* found = find(root, path, path.size());
  if ((found && *found == *operation.value) || (!found && operation.value->is_null())) return {};
  return Error{ErrorCode::conflict, fmt::format("testing value {} failed: test failed", operation.path), {}};
}

Result<void> carry_out(Json& root, const Operation& operation) {
  const Result<Path> path = path_of(operation.path, "path");
  if (!path) return path.error();
  const bool needs_value = operation.op == "add" || operation.op == "replace" || operation.op == "test";
  if (needs_value && !operation.value) {
    return invalid_input(fmt::format("the operation {} at {} has no value", operation.op, operation.path));
  }
  if (operation.op == "add") return add(root, *path, *operation.value, operation);
  if (operation.op == "remove") return remove(root, *path, operation);
  if (operation.op == "test") return test(root, *path, operation);
  if (operation.op == "move" || operation.op == "copy") return copy_or_move(root, *path, operation);
  if (operation.op != "replace") return invalid_input(fmt::format("unexpected kind: {}", operation.op));
  Json* target = find(root, *path, path->size());
  if (!target) return missing(operation);
  *target = *operation.value;
  return {};
}

std::optional<Operation> read_operation(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  Operation operation;
  const auto text = [&](const char* key, std::string& out) {
    const auto found = json.find(key);
    if (found == json.end()) return true;
    if (!found->is_string()) return false;
    out = found->get<std::string>();
    return true;
  };
  if (!text("op", operation.op) || !text("path", operation.path) || !text("from", operation.from)) {
    return std::nullopt;
  }
  if (operation.op.empty() || !json.contains("path")) return std::nullopt;
  if (json.contains("value")) operation.value = &json["value"];
  return operation;
}

}  // namespace

Result<void> apply_json_patch(Json& target, const Json& patch) {
  if (!patch.is_array()) return invalid_input("a JSON patch is a list of operations");
  Json changed = target;
  for (const Json& json : patch) {
    const auto operation = read_operation(json);
    if (!operation)
      return invalid_input("an operation of a JSON patch has \"op\" and \"path\", both strings");
    if (auto done = carry_out(changed, *operation); !done) return done;
  }
  target = std::move(changed);
  return {};
}

}  // namespace muster::kube
