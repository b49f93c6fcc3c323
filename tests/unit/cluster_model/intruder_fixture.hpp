// A small world with an intruder in it and a database that he can get into.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "cluster_model/surroundings.hpp"
#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {

/// A database with one role; the connection string is its password.
class OnePassword final : public DataVault {
 public:
  std::string password = "s3cret";
  std::map<std::uint32_t, bool> sessions;

  std::string name_of(const std::string&) const override { return "main"; }
  std::string host_of(const std::string&) const override { return "db.internal"; }
  bool accepts(const std::string& url) const override { return url == password; }
  std::uint32_t open(const std::string& url) override {
    if (!accepts(url)) return 0;
    sessions[++last_] = true;
    return last_;
  }
  bool alive(const std::string&, std::uint32_t session) const override {
    const auto found = sessions.find(session);
    return found != sessions.end() && found->second;
  }
  void close(const std::string&, std::uint32_t session) override { sessions[session] = false; }

 private:
  std::uint32_t last_ = 0;
};

class IntruderWorld {
 public:
  explicit IntruderWorld(std::vector<std::string> permissions = {"get secrets"}, double tip_off = 0,
                         const std::map<std::string, std::string>& options = {}) {
    SystemSpec system = small_system(options);
    IntruderProfile& profile = system.profile.intruder;
    profile.vulnerable = {"web:v1"};
    profile.credential = "TOKEN";
    profile.secret = "prod/keys";
    profile.secret_key = "token";
    profile.permissions = std::move(permissions);
    profile.tip_off_probability = tip_off;
    world_ = std::make_unique<World>(engine_, facts_, system, 7, Epoch{1'762'000'000});
    world_->intruder().connect(vault);
  }

  World& world() { return *world_; }
  Intruder& him() { return world_->intruder(); }
  void advance(SimDuration time) {
    engine_.run_until(engine_.now() + time);
    world_->check_invariants();
  }
  /// Goes on until he dumps the database.
  void break_in(double speed = 5) {
    him().start("prod", "web", speed);
    for (int i = 0; i < 600 && !him().has_session(); ++i) advance(10s);
    ASSERT_TRUE(him().has_session());
  }
  std::vector<ObjectPtr> pods() { return world_->objects().list(Kind::Pod, "prod"); }
  ObjectPtr foothold() {
    for (const ObjectPtr& pod : pods()) {
      if (him().has_foothold(pod->meta.uid)) return pod;
    }
    return nullptr;
  }
  void label(const ObjectPtr& pod, const std::string& key, const std::string& value) {
    Object next = *world_->objects().find(pod->key());
    if (value.empty()) {
      next.meta.labels.erase(key);
    } else {
      next.meta.labels[key] = value;
    }
    ASSERT_TRUE(world_->update(next, "tester").has_value());
  }
  /// No traffic at all for the pods with this label; an empty key: for every pod.
  void lock_down(const std::string& key, const std::string& value) {
    Object policy;
    policy.api_version = "networking.k8s.io/v1";
    policy.kind = "NetworkPolicy";
    policy.meta.namespace_ = "prod";
    policy.meta.name = "lockdown";
    NetworkPolicy body;
    if (!key.empty()) body.pods.match_labels = {{key, value}};
    body.types = {"Ingress", "Egress"};
    policy.body = body;
    ASSERT_TRUE(world_->create(policy, "tester").has_value());
  }
  void remove(const ObjectPtr& pod) {
    ASSERT_TRUE(world_->remove(pod->key(), SimDuration(0), "tester").has_value());
  }
  void set_secret(const std::string& value) {
    Object secret = *world_->objects().find(Kind::Secret, "prod", "keys");
    secret.as<ConfigData>().data["token"] = value;
    ASSERT_TRUE(world_->update(secret, "tester").has_value());
  }
  void set_image(const std::string& image) {
    Object web = *world_->objects().find(Kind::Deployment, "prod", "web");
    PodTemplate changed = *web.as<Deployment>().pod_template;
    changed.spec.containers[0].image = image;
    web.as<Deployment>().pod_template = std::make_shared<const PodTemplate>(changed);
    ASSERT_TRUE(world_->update(web, "tester").has_value());
  }
  void end_sessions() {
    for (auto& [number, alive] : vault.sessions) alive = false;
  }
  /// "memory captured, log destroyed": how the facts ended, per item at places that contain `where`.
  std::map<std::string, std::string> evidence(const std::string& where = "") {
    std::map<std::string, std::string> last;
    for (const auto& [at, fact] : facts_.facts) {
      const auto* item = std::get_if<EvidenceFact>(&fact);
      if (item && item->where.find(where) != std::string::npos) last[item->item] = to_string(item->change);
    }
    return last;
  }
  std::vector<std::string> steps() {
    std::vector<std::string> found;
    for (const auto& [at, fact] : facts_.facts) {
      if (const auto* step = std::get_if<IntruderFact>(&fact)) found.push_back(step->step);
    }
    return found;
  }
  bool active_fact() {
    bool active = false;
    for (const auto& [at, fact] : facts_.facts) {
      if (const auto* step = std::get_if<IntruderFact>(&fact)) active = step->active;
    }
    return active;
  }

  OnePassword vault;

 private:
  Engine engine_;
  FactList facts_;
  std::unique_ptr<World> world_;
};

}  // namespace muster
