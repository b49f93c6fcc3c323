#include "api/kube/protobuf/protobuf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "api/kube/base64.hpp"

namespace muster::kube {

namespace {

struct ProtoField {
  std::string name, type;  ///< type without its mark
  char mark = 0;           ///< '*', '%', '^' or none
};
using Message = std::map<std::uint64_t, ProtoField>;
using Messages = std::map<std::string, Message, std::less<>>;

std::string_view take(std::string_view& text, char until) {
  const std::size_t end = std::min(text.find(until), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

void read_word(std::string_view word, Message*& message, Messages& messages) {
  if (word.empty()) return;
  if (word.find(':') == std::string_view::npos) {
    message = &messages[std::string(word)];
    return;
  }
  std::uint64_t number = 0;
  const std::string_view digits = take(word, ':');
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  ProtoField field;
  field.name = take(word, ':');
  if (word.front() == '*' || word.front() == '%' || word.front() == '^') {
    field.mark = word.front();
    word.remove_prefix(1);
  }
  field.type = word;
  message->emplace(number, std::move(field));
}

const Messages& all_messages() {
  static const Messages messages = [] {
    Messages read;
    Message* message = nullptr;
    std::string_view text = protobuf_messages;
    while (!text.empty()) {
      std::string_view line = take(text, '\n');
      while (!line.empty()) read_word(take(line, ' '), message, read);
    }
    return read;
  }();
  return messages;
}

/// One field on the wire: a number with a varint or with bytes.
struct WireField {
  std::uint64_t number = 0, value = 0;
  std::string_view bytes;
  bool is_bytes = false;
};

class Wire {
 public:
  explicit Wire(std::string_view bytes) : rest_(bytes) {}
  bool done() const { return rest_.empty(); }
  /// Nothing if the bytes end too early or have a wire type that Kubernetes does not use.
  std::optional<WireField> next() {
    const auto tag = varint();
    if (!tag) return std::nullopt;
    WireField field;
    field.number = *tag >> 3;
    const auto value = varint();
    if (!value) return std::nullopt;
    if ((*tag & 7) == 0) {
      field.value = *value;
      return field;
    }
    if ((*tag & 7) != 2 || *value > rest_.size()) return std::nullopt;
    field.is_bytes = true;
    field.bytes = rest_.substr(0, *value);
    rest_.remove_prefix(*value);
    return field;
  }

 private:
  std::optional<std::uint64_t> varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }
  std::string_view rest_;
};

constexpr int depth_max = 32;

class Decoder {
 public:
  bool broken = false;

  /// Null for a value that counts as absent.
  Json object(std::string_view bytes, std::string_view type, int depth = 0) {
    Json json = Json::object();
    const auto message = all_messages().find(type);
    if (message == all_messages().end() || depth > depth_max) return json;
    for (Wire wire(bytes); !wire.done() && !broken;) {
      const auto field = wire.next();
      if (!field) {
        broken = true;
        break;
      }
      const auto known = message->second.find(field->number);
      if (known != message->second.end()) put_field(json, known->second, *field, depth);
    }
    return json;
  }

 private:
  void put_field(Json& json, const ProtoField& known, const WireField& field, int depth) {
    if (known.mark == '^') return json.update(object(field.bytes, known.type, depth + 1));
    if (known.mark == '%') return put_entry(json[known.name], known, field, depth);
    Json decoded = value(known.type, field, depth);
    if (known.mark == '*') {
      json[known.name].push_back(decoded.is_null() && known.type == "s" ? Json("") : std::move(decoded));
    } else if (!decoded.is_null()) {
      json[known.name] = std::move(decoded);
    }
  }

  void put_entry(Json& map, const ProtoField& known, const WireField& field, int depth) {
    std::string key;
    Json decoded;
    for (Wire wire(field.bytes); !wire.done();) {
      const auto part = wire.next();
      if (!part) {
        broken = true;
        return;
      }
      if (part->number == 1) key = part->bytes;
      if (part->number == 2) decoded = value(known.type, *part, depth);
    }
    map[key] = decoded.is_null() ? Json("") : std::move(decoded);
  }

  Json value(const std::string& type, const WireField& field, int depth) {
    if (type == "s") return field.bytes.empty() ? Json() : Json(std::string(field.bytes));
    if (type == "y") return base64_encode(field.bytes);
    if (type == "b") return field.value != 0 ? Json(true) : Json();
    if (type == "I") return static_cast<std::int64_t>(field.value);  // a pointer in Go: zero is not absent
    if (type == "i") return field.value == 0 ? Json() : Json(static_cast<std::int64_t>(field.value));
    if (type == "t") return Json();  // times are the server's business
    if (type == "q") return quantity(field.bytes);
    if (type == "x") return int_or_text(field.bytes);
    Json json = object(field.bytes, type, depth + 1);
    return json.empty() ? Json() : json;
  }

  Json quantity(std::string_view bytes) {
    Wire wire(bytes);
    const auto part = wire.done() ? std::nullopt : wire.next();
    return part && part->is_bytes ? Json(std::string(part->bytes)) : Json();
  }

  Json int_or_text(std::string_view bytes) {
    std::uint64_t kind = 0, number = 0;
    std::string text;
    for (Wire wire(bytes); !wire.done();) {
      const auto part = wire.next();
      if (!part) break;
      if (part->number == 1) kind = part->value;
      if (part->number == 2) number = part->value;
      if (part->number == 3) text = part->bytes;
    }
    if (kind == 1) return text;
    return number == 0 ? Json() : Json(static_cast<std::int64_t>(number));
  }
};

Error no_protobuf() {
  return invalid_input("provided data does not appear to be a protobuf message");
}

}  // namespace

Result<Json> decode_protobuf(std::string_view bytes) {
  constexpr std::string_view magic("k8s\0", 4);
  if (!bytes.starts_with(magic)) return no_protobuf();
  std::string kind, api_version;
  std::string_view raw;
  for (Wire wire(bytes.substr(magic.size())); !wire.done();) {
    const auto field = wire.next();
    if (!field) return no_protobuf();
    if (field->number == 2) raw = field->bytes;
    if (field->number != 1) continue;
    for (Wire meta(field->bytes); !meta.done();) {
      const auto part = meta.next();
      if (!part) return no_protobuf();
      (part->number == 1 ? api_version : kind) = part->bytes;
    }
  }
  if (!all_messages().contains(kind)) return Error{ErrorCode::not_found, kind, {}};
  Decoder decoder;
  Json json = decoder.object(raw, kind);
  if (decoder.broken) return no_protobuf();
  if (kind != "DeleteOptions") json.update({{"kind", kind}, {"apiVersion", api_version}});
  return json;
}

}  // namespace muster::kube
