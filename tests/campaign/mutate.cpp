#include "tests/campaign/random_requests.hpp"

namespace muster::campaign {
namespace {

JsonValue surprise(Dice& dice) {
  switch (dice.whole(0, 6)) {
    case 0:
      return JsonValue();
    case 1:
      return JsonValue(-1);
    case 2:
      return JsonValue("");
    case 3:
      return JsonValue::array();
    case 4:
      return JsonValue::object();
    case 5:
      return JsonValue(std::int64_t{4'000'000'000});
    default:
      return JsonValue(true);
  }
}

}  // namespace

// Walks down at random; depth is that of the object.
JsonValue mutated(const JsonValue& value, Dice& dice) {
  if (value.is_object() && !value.members().empty() && dice.percent(85)) {
    auto member = value.members().begin();
    std::advance(member, dice.whole(0, static_cast<int>(value.members().size()) - 1));
    JsonValue changed = value;
    const std::string name = member->first;
    if (dice.percent(10))
      changed.erase(name);
    else
      changed.member(name) = mutated(member->second, dice);
    return changed;
  }
  if (value.is_array() && !value.items().empty() && dice.percent(85)) {
    JsonValue changed = value;
    auto& items = changed.mutable_items();
    JsonValue& item = items[static_cast<std::size_t>(dice.whole(0, static_cast<int>(items.size()) - 1))];
    item = mutated(item, dice);
    return changed;
  }
  return surprise(dice);
}

}  // namespace muster::campaign
