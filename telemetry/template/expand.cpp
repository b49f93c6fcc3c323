#include <fmt/format.h>

#include <algorithm>

#include "telemetry/alert_template.hpp"
#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"
#include "telemetry/template/nodes.hpp"

namespace muster::text_template {

Value Value::of(bool value) {
  Value made;
  made.kind = Kind::boolean;
  made.number = value ? 1 : 0;
  return made;
}
Value Value::of(double value, bool integer) {
  Value made;
  made.kind = Kind::number;
  made.number = value;
  made.integer = integer;
  return made;
}
Value Value::of(std::string value) {
  Value made;
  made.kind = Kind::text;
  made.text = std::move(value);
  return made;
}
Value Value::of(Labels value) {
  Value made;
  made.kind = Kind::labels;
  made.labels = std::move(value);
  return made;
}
Value Value::of(const Sample& sample) {
  Value made;
  made.kind = Kind::sample;
  made.labels = sample.labels;
  made.number = sample.value;
  return made;
}
Value Value::of(std::vector<Sample> samples) {
  Value made;
  made.kind = Kind::samples;
  made.samples = std::move(samples);
  return made;
}

bool Value::truth() const {
  switch (kind) {
    case Kind::nothing:
      return false;
    case Kind::boolean:
    case Kind::number:
      return number != 0;
    case Kind::text:
      return !text.empty();
    case Kind::labels:
      return !labels.empty();
    case Kind::samples:
      return !samples.empty();
    case Kind::map:
      return !keys.empty();
    case Kind::list:
      return !values.empty();
    case Kind::sample:
    case Kind::time:
    case Kind::data:
      return true;
  }
  return false;
}

namespace {

/// Inside a map or a list Go shows what is not there otherwise.
std::string shown_inside(const Value& value) {
  return value.kind == Value::Kind::nothing ? "<nil>" : value.shown();
}

std::string shown_list(const Value& value) {
  std::string out = "[";
  for (std::size_t i = 0; i < value.values.size(); ++i)
    out += (i > 0 ? " " : "") + shown_inside(value.values[i]);
  return out + "]";
}

std::string shown_map(const Value& value) {
  std::string out = "map[";
  for (const auto& [name, text] : value.labels) out += (out.size() > 4 ? " " : "") + name + ":" + text;
  for (std::size_t i = 0; i < value.keys.size(); ++i)
    out += (i > 0 ? " " : "") + value.keys[i] + ":" + shown_inside(value.values[i]);
  return out + "]";
}

}  // namespace

std::string Value::shown() const {
  switch (kind) {
    case Kind::nothing:
      return "<no value>";
    case Kind::boolean:
      return number != 0 ? "true" : "false";
    case Kind::number:
      return integer ? fmt::format("{}", static_cast<std::int64_t>(number)) : promql::format_short(number);
    case Kind::text:
      return text;
    case Kind::labels:
    case Kind::map:
      return shown_map(*this);
    case Kind::list:
      return shown_list(*this);
    case Kind::time:
      return humanize_timestamp(number);
    case Kind::samples:
      return fmt::format("[{} samples]", samples.size());
    case Kind::sample:
    case Kind::data:
      break;
  }
  return "{...}";
}

namespace {

constexpr std::size_t longest = 64 * 1024;                 // of what an alert's template may become
constexpr std::size_t longest_of_data = 16 * 1024 * 1024;  // of a list of objects
constexpr int deepest_use = 100;                               // templates that use templates

Value whole_data() {
  Value data;
  data.kind = Value::Kind::data;
  return data;
}

class Expansion {
 public:
  explicit Expansion(const Context& context)
      : context_(context), dot_(context.data == nullptr ? whole_data() : *context.data) {
    scope_ = {{"", dot_}};
    if (context.data != nullptr) return;
    scope_ = {{"", dot_},
              {"labels", Value::of(context.labels)},
              {"externalLabels", Value::of(Labels())},
              {"externalURL", Value::of(std::string())},
              {"value", Value::of(context.value)}};
  }

  Result<std::string> run(const Template& parsed) {
    named_ = &parsed.named;
    run(parsed.nodes);
    if (!wrong_.empty()) return invalid_input(wrong_);
    return out_;
  }

 private:
  Value fail(std::string message) {
    if (wrong_.empty()) wrong_ = std::move(message);
    return {};
  }
  void run(const std::vector<Node>& nodes);
  void step(const Node& node);
  void range(const Node& node);
  void block(const Node& node);
  void use(const std::string& name, const Value& dot);
  Result<Value> expanded_apart(const std::vector<Value>& arguments);
  Result<Value> call(const std::string& name, const std::vector<Value>& arguments);
  void with_dot(const std::vector<Node>& nodes, const Value& dot);
  Value evaluate(const Pipeline& pipeline);
  Value evaluate(const Command& command, const Value* piped);
  Value method(const Operand& operand, const std::vector<Value>& arguments);
  Value evaluate(const Operand& operand);
  Value field(const Value& of, const std::string& name);
  void assign(const Pipeline& pipeline, const Value& value);

  const Context& context_;
  std::vector<std::pair<std::string, Value>> scope_;  // innermost last
  Value dot_;
  const std::map<std::string, std::vector<Node>>* named_ = nullptr;
  enum class Leaving { no, turn, loop } leaving_ = Leaving::no;  // a range, by continue or break
  int depth_ = 0;                                                // of named templates
  std::string out_, wrong_;
};

void Expansion::run(const std::vector<Node>& nodes) {
  for (const Node& node : nodes) {
    if (!wrong_.empty() || leaving_ != Leaving::no) return;
    if (out_.size() > (context_.data == nullptr ? longest : longest_of_data)) {
      fail("the text grows too long");
      return;
    }
    step(node);
  }
}

void Expansion::step(const Node& node) {
  switch (node.kind) {
    case Node::Kind::text:
      out_ += node.text;
      return;
    case Node::Kind::action: {
      const Value value = evaluate(node.pipeline);
      if (node.pipeline.variables.empty()) out_ += value.shown();
      return;
    }
    case Node::Kind::break_:
      leaving_ = Leaving::loop;
      return;
    case Node::Kind::continue_:
      leaving_ = Leaving::turn;
      return;
    case Node::Kind::named: {
      const Value dot = evaluate(node.pipeline);
      if (wrong_.empty()) use(node.text, dot);
      return;
    }
    case Node::Kind::if_:
    case Node::Kind::with:
    case Node::Kind::range:
      const std::size_t scope = scope_.size();
      node.kind == Node::Kind::range ? range(node) : block(node);
      scope_.resize(std::min(scope, scope_.size()));
  }
}

/// A named template sees `dot` as its dot and as $, and no other variable.
void Expansion::use(const std::string& name, const Value& dot) {
  const auto found = named_->find(name);
  if (found == named_->end()) {
    fail(fmt::format("template \"{}\" not defined", name));
    return;
  }
  if (++depth_ > deepest_use) {
    fail("exceeded maximum template depth");
    return;
  }
  std::vector<std::pair<std::string, Value>> scope{{"", dot}};
  scope_.swap(scope);
  with_dot(found->second, dot);
  scope_.swap(scope);
  --depth_;
}

/// tmpl NAME DATA: a named template's text as a value.
Result<Value> Expansion::expanded_apart(const std::vector<Value>& arguments) {
  if (arguments.size() != 2) return invalid_input("wrong number of args for tmpl: want 2");
  std::string before;
  out_.swap(before);
  use(arguments[0].shown(), arguments[1]);
  out_.swap(before);
  if (!wrong_.empty()) return invalid_input(wrong_);
  return Value::of(before);
}

Result<Value> Expansion::call(const std::string& name, const std::vector<Value>& arguments) {
  return name == "tmpl" ? expanded_apart(arguments) : call_function(name, arguments, context_);
}

void Expansion::with_dot(const std::vector<Node>& nodes, const Value& dot) {
  const Value before = std::exchange(dot_, dot);
  run(nodes);
  dot_ = before;
}

void Expansion::block(const Node& node) {
  const Value value = evaluate(node.pipeline);
  if (!value.truth()) return run(node.otherwise);
  if (node.kind == Node::Kind::with) return with_dot(node.body, value);
  run(node.body);
}

void Expansion::range(const Node& node) {
  const std::vector<std::string>& names = node.pipeline.variables;
  Pipeline plain = node.pipeline;
  plain.variables.clear();
  const Value list = evaluate(plain);
  const bool can = list.kind == Value::Kind::samples || list.kind == Value::Kind::labels ||
                   list.kind == Value::Kind::map || list.kind == Value::Kind::list ||
                   list.kind == Value::Kind::nothing;
  if (wrong_.empty() && !can) fail(fmt::format("range can't iterate over {}", list.shown()));
  const auto turn = [&](const Value& key, const Value& item) {
    const std::size_t scope = scope_.size();
    if (names.size() == 2) scope_.emplace_back(names[0], key);
    if (!names.empty()) scope_.emplace_back(names.back(), item);
    if (leaving_ == Leaving::no && wrong_.empty()) with_dot(node.body, item);
    if (leaving_ == Leaving::turn) leaving_ = Leaving::no;
    scope_.resize(scope);
  };
  for (std::size_t i = 0; i < list.samples.size(); ++i)
    turn(Value::of(static_cast<double>(i), true), Value::of(list.samples[i]));
  for (const auto& [name, value] : list.labels) turn(Value::of(name), Value::of(value));
  if (list.kind == Value::Kind::list)
    for (std::size_t i = 0; i < list.values.size(); ++i)
      turn(Value::of(static_cast<double>(i), true), list.values[i]);
  for (std::size_t i = 0; i < list.keys.size(); ++i) turn(Value::of(list.keys[i]), list.values[i]);
  leaving_ = Leaving::no;
  if (!list.truth()) run(node.otherwise);
}

void Expansion::assign(const Pipeline& pipeline, const Value& value) {
  for (const std::string& name : pipeline.variables) {
    if (pipeline.declares) {
      scope_.emplace_back(name, value);
      continue;
    }
    for (auto known = scope_.rbegin(); known != scope_.rend(); ++known) {
      if (known->first != name) continue;
      known->second = value;
      break;
    }
  }
}

Value Expansion::evaluate(const Pipeline& pipeline) {
  Value value;
  for (std::size_t i = 0; i < pipeline.commands.size() && wrong_.empty(); ++i) {
    const Value before = value;
    value = evaluate(pipeline.commands[i], i == 0 ? nullptr : &before);
  }
  assign(pipeline, value);
  return value;
}

Value Expansion::evaluate(const Command& command, const Value* piped) {
  std::vector<Value> arguments;
  for (std::size_t i = 1; i < command.size(); ++i) arguments.push_back(evaluate(command[i]));
  if (piped) arguments.push_back(*piped);
  if (!wrong_.empty()) return {};
  if (command[0].kind != Operand::Kind::function) return method(command[0], arguments);
  auto result = call(command[0].name, arguments);
  if (!result) return fail(result.error().message);
  Value value = std::move(*result);
  for (const std::string& name : command[0].fields) value = field(value, name);
  return value;
}

/// A value, or with arguments behind a field: a method of a time, `($x | toTime).Format "2006"`.
Value Expansion::method(const Operand& operand, const std::vector<Value>& arguments) {
  if (operand.fields.empty() || arguments.empty())
    return arguments.empty() ? evaluate(operand) : fail("can't give argument to non-function");
  Operand owner = operand;
  owner.fields.pop_back();
  const Value of = evaluate(owner);
  if (!wrong_.empty()) return {};
  const std::string& name = operand.fields.back();
  if (of.kind != Value::Kind::time) return fail(fmt::format("{} has arguments but cannot be invoked", name));
  auto result = call_time_method(of.number, name, arguments);
  return result ? std::move(*result) : fail(result.error().message);
}

Value Expansion::evaluate(const Operand& operand) {
  Value value;
  switch (operand.kind) {
    case Operand::Kind::literal:
      value = operand.literal;
      break;
    case Operand::Kind::dot:
      value = dot_;
      break;
    case Operand::Kind::brackets:
      value = evaluate(*operand.inner);
      break;
    case Operand::Kind::function: {
      auto result = call(operand.name, {});
      if (!result) return fail(result.error().message);
      value = std::move(*result);
      break;
    }
    case Operand::Kind::variable:
      for (const auto& [name, held] : scope_)
        if (name == operand.name) value = held;  // the innermost counts
      break;
  }
  for (const std::string& name : operand.fields) value = field(value, name);
  return value;
}

Value Expansion::field(const Value& of, const std::string& name) {
  if (!wrong_.empty()) return {};
  if (of.kind == Value::Kind::labels) return Value::of(std::string(promql::label_value(of.labels, name)));
  if (of.kind == Value::Kind::data) {
    if (name == "Labels") return Value::of(context_.labels);
    if (name == "Value") return Value::of(context_.value);
    if (name == "ExternalLabels") return Value::of(Labels());
    if (name == "ExternalURL") return Value::of(std::string());
  }
  if (of.kind == Value::Kind::sample) {
    if (name == "Labels") return Value::of(of.labels);
    if (name == "Value") return Value::of(of.number);
  }
  if (of.kind == Value::Kind::map) {
    const auto key = std::lower_bound(of.keys.begin(), of.keys.end(), name);
    if (key == of.keys.end() || *key != name) return {};
    return of.values[static_cast<std::size_t>(key - of.keys.begin())];
  }
  if (of.kind == Value::Kind::time) {
    auto result = call_time_method(of.number, name, {});
    return result ? std::move(*result) : fail(result.error().message);
  }
  if (of.kind == Value::Kind::nothing) return {};  // of what is missing everything is missing
  const char* type = context_.data == nullptr ? "" : " in type interface {}";
  return fail(fmt::format("can't evaluate field {}{}", name, type));
}

}  // namespace

Result<std::string> expand(const Template& parsed, const Context& context) {
  return Expansion(context).run(parsed);
}

}  // namespace muster::text_template
