#include <fmt/format.h>

#include "api/kube/base64.hpp"
#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void decode_data(Fields& fields, StringMap& data) {
  StringMap encoded;
  fields.texts("data", encoded);
  for (const auto& [key, text] : encoded) {
    auto decoded = base64_decode(text);
    if (auto* bytes = std::get_if<std::string>(&decoded)) {
      data[key] = std::move(*bytes);
      continue;
    }
    const std::size_t at = std::get<std::size_t>(decoded);
    const std::string words = fmt::format("illegal base64 data at input byte {}", at);
    Json empty = Json::object();
    Fields(empty, fields.pointer("data"), fields.decoding())
        .fail(key, words + "; a Secret's data is base64, stringData is clear text", words);
  }
}

}  // namespace

void read_config_map(Fields& fields, ConfigData& config) {
  fields.texts("data", config.data);
  fields.optional_flag("immutable", config.immutable);
  config.rest = fields.rest();
}

void read_secret(Fields& fields, ConfigData& secret) {
  decode_data(fields, secret.data);
  fields.texts("stringData", secret.data);
  fields.text("type", secret.type);
  fields.optional_flag("immutable", secret.immutable);
  secret.rest = fields.rest();
}

void write_config(Json& json, const ConfigData& config, bool secret) {
  StringMap data = config.data;
  if (secret) {
    for (auto& [key, value] : data) value = base64_encode(value);
    put(json, "type", config.type);
  }
  put(json, "data", data);
  if (config.immutable) json["immutable"] = true;
  merge_rest(json, config.rest);
}

}  // namespace muster::kube
