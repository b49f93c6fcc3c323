#include "api/kube/codec_json.hpp"

namespace muster::kube {

void read_taint(Fields& fields, Taint& taint) {
  fields.text("key", taint.key);
  fields.text("value", taint.value);
  fields.text("effect", taint.effect);
  fields.time("timeAdded", taint.added);
}

Json write_taint(const Taint& taint, Epoch epoch) {
  Json json{{"key", taint.key}, {"effect", taint.effect}};
  put(json, "value", taint.value);
  if (taint.added) json["timeAdded"] = format_rfc3339(epoch, *taint.added);
  return json;
}

void read_toleration(Fields& fields, Toleration& toleration) {
  fields.text("key", toleration.key);
  fields.text("operator", toleration.op);
  fields.text("value", toleration.value);
  fields.text("effect", toleration.effect);
  if (fields.has("tolerationSeconds")) {
    SimDuration seconds{};
    fields.seconds("tolerationSeconds", seconds);
    toleration.seconds = seconds;
  }
}

Json write_toleration(const Toleration& toleration) {
  Json json = Json::object();
  put(json, "key", toleration.key);
  put(json, "operator", toleration.op);
  put(json, "value", toleration.value);
  put(json, "effect", toleration.effect);
  if (toleration.seconds) json["tolerationSeconds"] = whole_seconds(*toleration.seconds);
  return json;
}

}  // namespace muster::kube
