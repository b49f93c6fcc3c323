// Somebody who sends random requests: reads, sensible and foolish changes, and nonsense. What it sends
// depends on the seed and on what the API shows it, so that its requests often meet something.
#pragma once

#include <string>

#include "responders/responder.hpp"
#include "tests/campaign/dice.hpp"

namespace muster::campaign {

class ChaosResponder final : public Responder {
 public:
  explicit ChaosResponder(std::uint64_t seed) : dice_(seed, "requests") {}
  const std::string& actor() const override { return actor_; }
  Task<void> play(ResponderHost& host) override;

 private:
  std::string actor_ = "responder-1";
  Dice dice_;
};

}  // namespace muster::campaign
