// How canonical texts are put together. Internal to canonical*.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cluster_model/canonical.hpp"

namespace muster {

/// Appends fields as `name=length:value;`. The length keeps two fields from looking like one; an empty value
/// adds nothing, so that absent and empty are equal.
class CanonicalText {
 public:
  CanonicalText& add(std::string_view name, std::string_view value) {
    if (!value.empty()) append(name, value);
    return *this;
  }
  CanonicalText& add(std::string_view name, std::int64_t number) {
    return add(name, std::to_string(number));
  }
  CanonicalText& add(std::string_view name, SimDuration duration) { return add(name, duration.count()); }
  CanonicalText& add(std::string_view name, const std::optional<std::int64_t>& number) {
    return number ? add(name, *number) : *this;
  }
  CanonicalText& add(std::string_view name, const Unmodelled& rest) {
    return add(name, canonical_json(rest));
  }
  CanonicalText& add(std::string_view name, const StringMap& map, std::string_view without = {}) {
    CanonicalText inner;
    for (const auto& [key, value] : map) {
      if (key != without) inner.append(key, value);
    }
    return add(name, inner.text_);
  }
  template <class List, class Write>
  CanonicalText& list(std::string_view name, const List& elements, Write write) {
    for (const auto& element : elements) add(name, "[" + write(element) + "]");
    return *this;
  }
  CanonicalText& add(std::string_view name, const LabelSelector& selector) {
    return add(name, selector.expressions.empty() && !selector.empty() ? selector.match_labels : StringMap())
        .add(name, selector.expressions.empty() ? std::string() : to_text(selector));
  }
  CanonicalText& flag(std::string_view name, bool value) {
    return value ? add(name, std::string_view("true")) : *this;
  }
  std::string take() { return std::move(text_); }

 private:
  void append(std::string_view name, std::string_view value) {
    text_.append(name).append("=").append(std::to_string(value.size())).append(":").append(value).append(";");
  }

  std::string text_;
};

}  // namespace muster
