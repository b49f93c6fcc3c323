#include "api/kube/codec_json.hpp"
#include "api/kube/quantity.hpp"

namespace muster::kube {

namespace {

void read_amounts(Fields& fields, const char* key, QuotaAmounts& amounts) {
  fields.object(key, [&](Fields& map) {
    std::vector<std::string> names;
    for (const auto& [name, value] : map.json().items()) names.push_back(name);
    for (const std::string& name : names) {
      std::optional<std::int64_t> amount;
      if (is_cpu_quota(name)) {
        map.cpu(name.c_str(), amount);
      } else {
        map.amount(name.c_str(), amount);
      }
      amounts[name] = amount.value_or(0);
    }
  });
}

Json write_amounts(const QuotaAmounts& amounts) {
  Json json = Json::object();
  for (const auto& [name, amount] : amounts)
    json[name] = is_cpu_quota(name) ? format_cpu(amount) : format_amount(amount);
  return json;
}

}  // namespace

void read_body(Fields& fields, ResourceQuota& quota) {
  fields.object("spec", [&](Fields& spec) {
    read_amounts(spec, "hard", quota.hard);
    quota.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) {
    read_amounts(status, "hard", quota.status.hard);
    read_amounts(status, "used", quota.status.used);
  });
}

void write_body(Json& json, const ResourceQuota& quota, Epoch) {
  Json spec = Json::object();
  put(spec, "hard", write_amounts(quota.hard));
  merge_rest(spec, quota.spec_rest);
  json["spec"] = std::move(spec);
  put(json["status"], "hard", write_amounts(quota.status.hard));
  put(json["status"], "used", write_amounts(quota.status.used));
}

}  // namespace muster::kube
