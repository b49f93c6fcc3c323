#include "responders/text/json_path.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace muster {
namespace {

std::optional<std::int64_t> read_whole(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

std::string unquoted(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
  }
  return out;
}

JsonValue read_literal(std::string_view text) {
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\''))
    return unquoted(text.substr(1, text.size() - 2));
  if (text == "true") return true;
  if (text == "false") return false;
  if (const auto number = read_whole(text)) return *number;
  return std::string(text);
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

class StepReader {
 public:
  explicit StepReader(std::string_view text) : rest_(text) {}

  Result<std::vector<PathStep>> read() {
    std::vector<PathStep> steps;
    if (!rest_.empty() && (rest_.front() == '@' || rest_.front() == '$')) rest_.remove_prefix(1);
    while (!rest_.empty()) {
      auto step = rest_.front() == '[' ? bracket() : member();
      if (!step) return step.error();
      if (step->kind != PathStep::Kind::member || !step->name.empty()) steps.push_back(std::move(*step));
    }
    return steps;
  }

 private:
  Result<PathStep> member() {
    if (rest_.starts_with("..")) {
      rest_.remove_prefix(rest_.size() > 2 && rest_[2] == '[' ? 2 : 1);
      PathStep step;
      step.kind = PathStep::Kind::recursive;
      return step;
    }
    if (rest_.front() == '.') rest_.remove_prefix(1);
    PathStep step;
    while (!rest_.empty() && rest_.front() != '.' && rest_.front() != '[') {
      if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);  // a\.b is one name
      step.name += rest_.front();
      rest_.remove_prefix(1);
    }
    if (step.name == "*") step.kind = PathStep::Kind::wildcard;
    return step;
  }

  /// The text between the brackets, quotes and inner brackets respected.
  std::optional<std::string_view> bracket_text() {
    char quote = 0;
    int depth = 0;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      const char c = rest_[i];
      if (quote != 0)
        quote = c == quote ? char{0} : quote;
      else if (c == '"' || c == '\'')
        quote = c;
      else if (c == '[')
        ++depth;
      else if (c == ']' && --depth == 0) {
        const auto inside = rest_.substr(1, i - 1);
        rest_.remove_prefix(i + 1);
        return inside;
      }
    }
    return std::nullopt;
  }

  Result<PathStep> bracket() {
    const auto inside = bracket_text();
    if (!inside) return invalid_input("unterminated array");
    PathStep step;
    if (*inside == "*") {
      step.kind = PathStep::Kind::slice;  // of lists only; .* takes the members of maps too
    } else if (inside->starts_with("?(") && inside->ends_with(")")) {
      return filter(inside->substr(2, inside->size() - 3));
    } else if (has_comma(*inside)) {
      return any_of(*inside);
    } else if (!inside->empty() && inside->front() == '\'') {  // client-go knows no double quotes here
      step.name = read_literal(*inside).text();
    } else {
      return index(*inside);
    }
    return step;
  }

  static bool has_comma(std::string_view inside) {
    bool quoted = false;
    for (const char c : inside) {
      if (c == '"' || c == '\'') quoted = !quoted;
      if (c == ',' && !quoted) return true;
    }
    return false;
  }

  static Result<PathStep> any_of(std::string_view inside) {
    PathStep step;
    step.kind = PathStep::Kind::any_of;
    while (!inside.empty()) {
      const auto comma = std::min(inside.find(','), inside.size());
      auto one = StepReader(fmt::format("[{}]", without_blanks(inside.substr(0, comma)))).bracket();
      if (!one) return one.error();
      step.each.push_back(std::move(*one));
      inside.remove_prefix(std::min(comma + 1, inside.size()));
    }
    return step;
  }

  static Result<PathStep> index(std::string_view inside) {
    PathStep step;
    const auto colon = inside.find(':');
    step.kind = colon == std::string_view::npos ? PathStep::Kind::index : PathStep::Kind::slice;
    const auto first = inside.substr(0, colon);
    const auto from = read_whole(first);
    if (from) step.from = *from, step.has_from = true;
    if (!from && !(first.empty() && colon != std::string_view::npos))
      return invalid_input(fmt::format("invalid array index {}", inside));
    if (colon == std::string_view::npos || colon + 1 == inside.size()) return step;
    const auto to = read_whole(inside.substr(colon + 1));
    if (!to) return invalid_input(fmt::format("invalid array index {}", inside));
    step.to = *to;
    step.has_to = true;
    return step;
  }

  static Result<PathStep> filter(std::string_view text) {
    PathStep step;
    step.kind = PathStep::Kind::filter;
    std::string_view left = text;
    for (const char* op : {"==", "!=", "<=", ">=", "<", ">"}) {
      const auto at = text.find(op);
      if (at == std::string_view::npos) continue;
      step.compare = op;
      left = text.substr(0, at);
      step.right = read_literal(without_blanks(text.substr(at + step.compare.size())));
      break;
    }
    auto path = StepReader(without_blanks(left)).read();
    if (!path) return path.error();
    step.left = std::move(*path);
    return step;
  }

  std::string_view rest_;
};

using Found = std::vector<const JsonValue*>;

Found apply_steps(const std::vector<PathStep>& steps, Found found);

int order_of(const JsonValue& a, const JsonValue& b) {
  if (a.is_number() && b.is_number()) return a.real() < b.real() ? -1 : a.real() > b.real() ? 1 : 0;
  return display_text(a).compare(display_text(b));
}

bool passes(const PathStep& filter, const JsonValue& item) {
  const Found left = apply_steps(filter.left, {&item});
  if (left.empty() || left.front()->is_null()) return false;
  if (filter.compare.empty()) return true;
  const int order = order_of(*left.front(), filter.right);
  if (filter.compare == "==") return order == 0;
  if (filter.compare == "!=") return order != 0;
  if (filter.compare == "<") return order < 0;
  if (filter.compare == "<=") return order <= 0;
  if (filter.compare == ">") return order > 0;
  return order >= 0;
}

void slice(const PathStep& step, const JsonValue& value, Found& out) {
  const auto size = static_cast<std::int64_t>(value.items().size());
  std::int64_t from = step.has_from ? step.from : 0;
  if (from < 0) from += size;
  std::int64_t to = step.has_to ? step.to : size;
  if (to < 0) to += size;
  if (step.kind == PathStep::Kind::index) to = from + 1;
  for (std::int64_t i = std::max<std::int64_t>(from, 0); i < std::min(to, size); ++i)
    out.push_back(&value.at(static_cast<std::size_t>(i)));
}

/// The value and all maps and lists below it that are not empty.
void descend(const JsonValue& value, Found& out) {
  if (value.items().empty() && value.members().empty()) return;
  out.push_back(&value);
  for (const auto& item : value.items()) descend(item, out);
  for (const auto& [key, item] : value.members()) descend(item, out);
}

/// Why client-go refuses an index, slice or filter of this value; empty if it does not (jsonpath.go,
/// evalArray and evalFilter).
std::string step_problem(const PathStep& step, const JsonValue& value) {
  const bool filters = step.kind == PathStep::Kind::filter;
  if (!filters && step.kind != PathStep::Kind::index && step.kind != PathStep::Kind::slice) return {};
  if (value.is_null()) return {};
  if (!value.is_array())
    return display_text(value) +
           (filters ? " is not array or slice and cannot be filtered" : " is not array or slice");
  if (filters) return {};
  const auto size = static_cast<std::int64_t>(value.items().size());
  std::int64_t from = step.has_from ? step.from : 0;
  if (from < 0) from += size;
  std::int64_t to = step.kind == PathStep::Kind::index ? from + 1 : step.has_to ? step.to : size;
  if (to < 0) to += size;
  if (from == to) return {};
  if (from >= size || from < 0)
    return fmt::format("array index out of bounds: index {}, length {}", from, size);
  if (to > size || to < 0) return fmt::format("array index out of bounds: index {}, length {}", to - 1, size);
  return {};
}

void apply_step(const PathStep& step, const JsonValue& value, Found& out) {
  switch (step.kind) {
    case PathStep::Kind::member:
      if (value.has(step.name)) out.push_back(&value[step.name]);
      return;
    case PathStep::Kind::wildcard:
      for (const auto& item : value.items()) out.push_back(&item);
      for (const auto& [key, item] : value.members()) out.push_back(&item);
      return;
    case PathStep::Kind::recursive:
      descend(value, out);
      return;
    case PathStep::Kind::any_of:
      return;  // see apply_steps
    case PathStep::Kind::filter:
      for (const auto& item : value.items())
        if (passes(step, item)) out.push_back(&item);
      return;
    default:
      slice(step, value, out);
  }
}

Found apply_steps(const std::vector<PathStep>& steps, Found found) {
  for (const auto& step : steps) {
    Found next;
    for (const auto& each : step.each)  // the first of them of all values, then the second
      for (const JsonValue* value : found) apply_step(each, *value, next);
    for (const JsonValue* value : found) apply_step(step, *value, next);
    found = std::move(next);
  }
  return found;
}

}  // namespace

Result<JsonPath> JsonPath::parse(std::string_view text) {
  text = without_blanks(text);
  if (text.starts_with('{') && text.ends_with('}')) text = without_blanks(text.substr(1, text.size() - 2));
  auto steps = StepReader(text).read();
  if (!steps) return steps.error();
  JsonPath path;
  path.steps_ = std::move(*steps);
  return path;
}

std::vector<const JsonValue*> JsonPath::find(const JsonValue& root) const {
  return apply_steps(steps_, {&root});
}

std::string JsonPath::problem(const JsonValue& root) const {
  Found found{&root};
  for (const auto& step : steps_) {
    for (const JsonValue* value : found)
      if (std::string why = step_problem(step, *value); !why.empty()) return why;
    found = apply_steps({step}, std::move(found));
  }
  return {};
}

class JsonPathTemplate::Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), rest_(text) {}

  Result<std::vector<Part>> read(bool in_range) {
    std::vector<Part> parts;
    while (!rest_.empty()) {
      if (rest_.front() != '{') {
        const auto end = std::min(rest_.find('{'), rest_.size());
        parts.push_back(text_part(std::string(rest_.substr(0, end))));
        rest_.remove_prefix(end);
        continue;
      }
      const auto action = next_action();
      if (!action) return failure("unclosed action");
      if (*action == "end") {
        if (in_range) return parts;
        return failure("not in range, nothing to end");
      }
      auto part = action_part(*action);
      if (!part) return part.error();
      parts.push_back(std::move(*part));
    }
    if (in_range) return failure("unterminated range");
    return parts;
  }

 private:
  Error failure(const std::string& why) const {
    return invalid_input(fmt::format("error parsing jsonpath {}, {}", text_, why));
  }

  static Part text_part(std::string text) {
    Part part;
    part.text = std::move(text);
    return part;
  }

  /// The text between braces; a brace inside quotes does not end it.
  std::optional<std::string_view> next_action() {
    char quote = 0;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      const char c = rest_[i];
      if (quote != 0) {
        if (c == '\\') ++i;
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '}') {
        const auto inside = without_blanks(rest_.substr(1, i - 1));
        rest_.remove_prefix(i + 1);
        return inside;
      }
    }
    return std::nullopt;
  }

  Result<Part> action_part(std::string_view action) {
    if (!action.empty() && (action.front() == '"' || action.front() == '\''))
      return text_part(read_literal(action).text());
    Part part;
    part.kind = Part::Kind::path;
    if (action.starts_with("range")) {
      part.kind = Part::Kind::range;
      action = without_blanks(action.substr(5));
    }
    auto path = JsonPath::parse(action);
    if (!path) return failure(path.error().message);
    part.path = std::move(*path);
    if (part.kind == Part::Kind::range) {
      auto body = read(true);
      if (!body) return body.error();
      part.body = std::move(*body);
    }
    return part;
  }

  std::string_view text_, rest_;
};

Result<JsonPathTemplate> JsonPathTemplate::parse(std::string_view text) {
  auto parts = Reader(text).read(false);
  if (!parts) return parts.error();
  JsonPathTemplate result;
  result.parts_ = std::move(*parts);
  return result;
}

void JsonPathTemplate::print_parts(const std::vector<Part>& parts, const JsonValue& root, std::string& out) {
  for (const auto& part : parts) {
    if (part.kind == Part::Kind::text) {
      out += part.text;
      continue;
    }
    bool first = true;
    for (const JsonValue* value : part.path.find(root)) {
      if (part.kind == Part::Kind::range) {
        print_parts(part.body, *value, out);
        continue;
      }
      if (!first) out += ' ';
      first = false;
      out += display_text(*value);
    }
  }
}

std::string JsonPathTemplate::problem_of(const std::vector<Part>& parts, const JsonValue& root) {
  for (const auto& part : parts) {
    if (part.kind == Part::Kind::text) continue;
    std::string why = part.path.problem(root);
    if (part.kind == Part::Kind::range && why.empty())
      for (const JsonValue* value : part.path.find(root))
        if (why.empty()) why = problem_of(part.body, *value);
    if (!why.empty()) return why;
  }
  return {};
}

std::string JsonPathTemplate::problem(const JsonValue& root) const {
  return problem_of(parts_, root);
}

std::string JsonPathTemplate::print(const JsonValue& root) const {
  std::string out;
  print_parts(parts_, root, out);
  return out;
}

}  // namespace muster
