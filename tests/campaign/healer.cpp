#include "tests/campaign/healer.hpp"

#include "api/kube/codec.hpp"
#include "tests/campaign/door.hpp"
#include "tests/campaign/random_faults.hpp"

namespace muster::campaign {
namespace {

const kube::ResourceType* type_of(const JsonValue& object) {
  for (const kube::ResourceType& type : kube::resource_types())
    if (type.api_version() == object["apiVersion"].text() && object["kind"].text() == type.kind) return &type;
  return nullptr;
}

}  // namespace

Healer::Healer(const std::vector<Object>& originals, Epoch epoch) {
  for (const Object& object : originals) {
    const auto json = parse_json(kube::object_to_json(object, epoch));
    MUSTER_ASSERT(json, "the codec wrote no JSON");
    originals_.push_back(*json);
  }
}

// Twice: what was on its way when the first round came may be back.
Task<void> Healer::play(ResponderHost& host) {
  for (const int at : {faults_end_s + 45, faults_end_s + 80}) {
    sleep_for until(host, sim_start + std::chrono::seconds(at) - host.now());
    co_await until;
    put_back(host);
    take_away(host);
  }
}

void Healer::put_back(ResponderHost& host) const {
  for (const JsonValue& object : originals_) {
    const kube::ResourceType* type = type_of(object);
    if (!type || !type->allows("update")) continue;
    const std::string path = object_path(*type, object);
    const bool there = host.submit(Request{actor_, "GET", path, {}, {}}).ok();
    if (there) {
      host.submit(Request{actor_, "PUT", path, "application/json", to_json(object)});
    } else if (type->allows("create")) {
      host.submit(Request{actor_, "POST", collection_path(*type, object["metadata"]["namespace"].text()),
                          "application/json", to_json(object)});
    }
  }
}

bool Healer::is_original(const JsonValue& object, const std::string& kind) const {
  for (const JsonValue& known : originals_) {
    if (known["kind"].text() == kind && known["metadata"]["name"] == object["metadata"]["name"] &&
        known["metadata"]["namespace"] == object["metadata"]["namespace"])
      return true;
  }
  return false;
}

// What has an owner is the garbage collector's business. Dead processes on a lost node need force.
void Healer::take_away(ResponderHost& host) const {
  for (const kube::ResourceType& type : kube::resource_types()) {
    const std::string plural = type.plural;
    if (!type.allows("delete") || !type.allows("create") || plural == "namespaces") continue;
    for (const JsonValue& object : list_all(host, actor_, type)) {
      if (!object["metadata"]["ownerReferences"].is_empty() || is_original(object, type.kind)) continue;
      host.submit(Request{actor_, "DELETE", object_path(type, object) + "?gracePeriodSeconds=0", {}, {}});
    }
  }
}

}  // namespace muster::campaign
