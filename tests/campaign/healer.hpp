// The exercise staff at the end of the disorder: puts every object back as the manifests have it, and takes
// away what belongs to nobody. What follows is again up to the model.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/world.hpp"
#include "responders/responder.hpp"
#include "responders/text/json_value.hpp"

namespace muster::campaign {

class Healer final : public Responder {
 public:
  Healer(const std::vector<Object>& originals, Epoch epoch);
  const std::string& actor() const override { return actor_; }
  Task<void> play(ResponderHost& host) override;

 private:
  void put_back(ResponderHost& host) const;
  void take_away(ResponderHost& host) const;
  bool is_original(const JsonValue& object, const std::string& kind) const;

  std::string actor_ = "facilitator";
  std::vector<JsonValue> originals_;
};

}  // namespace muster::campaign
