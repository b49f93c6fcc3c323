// The requests of the campaign, one kind of foolishness per function.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "tests/campaign/dice.hpp"
#include "tests/campaign/door.hpp"

namespace muster::campaign {

class RandomRequests {
 public:
  RandomRequests(ResponderHost& host, std::string actor, Dice& dice)
      : host_(host), actor_(std::move(actor)), dice_(dice) {}

  /// Draws and sends one action, which may take several requests.
  void send_one();

 private:
  void read_something();
  void ask_monitoring();
  void use_desk();
  void change_deployment();
  void change_config();
  void change_pod();
  void change_node();
  void remove_something();
  void create_pod();
  void put_mutated();
  void send_nonsense();

  Answer send(const std::string& verb, const std::string& path, const std::string& body = {},
              const std::string& type = "application/json");
  void patch(const std::string& path, const std::string& body);
  std::optional<JsonValue> any(const std::string& plural);
  std::string path_of(const std::string& plural, const JsonValue& object) const;

  ResponderHost& host_;
  std::string actor_;
  Dice& dice_;
};

/// A copy with one thing changed somewhere: taken away, replaced by another type, or made extreme.
JsonValue mutated(const JsonValue& value, Dice& dice);

}  // namespace muster::campaign
