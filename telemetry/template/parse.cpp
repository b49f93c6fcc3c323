#include <fmt/format.h>

#include <algorithm>

#include "telemetry/promql/literal.hpp"
#include "telemetry/template/nodes.hpp"

namespace muster::text_template {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr int deepest_block = 50;  // nested blocks and brackets

/// After a mistake `wrong` is set and everything ends at once.
class Parser {
 public:
  Parser(std::string_view text, Dialect dialect) : text_(text), dialect_(dialect) {
    if (dialect == Dialect::kubectl) known_ = {""};
  }

  Result<TemplatePtr> parse() {
    auto whole = std::make_shared<Template>();
    named_ = &whole->named;
    std::string end = nodes(whole->nodes);
    if (wrong_.empty() && !end.empty()) fail(fmt::format("unexpected {{{{{}}}}}", end));
    if (!wrong_.empty()) return invalid_input(wrong_);
    return TemplatePtr(std::move(whole));
  }

 private:
  void fail(std::string message) {
    if (wrong_.empty()) wrong_ = std::move(message);
    at_ = text_.size();
    action_ = {};
  }

  // ---- text and actions ----
  std::string nodes(std::vector<Node>& out);
  bool next_action(std::vector<Node>& out);
  void block(Node::Kind kind, std::vector<Node>& out);
  void definition(bool used_here, std::vector<Node>& out);
  Node invocation();
  void leave_loop(Node::Kind kind, std::vector<Node>& out);

  // ---- inside an action: `action_` is what is left of it ----
  char peek() {
    while (!action_.empty() && is_space(action_[0])) action_.remove_prefix(1);
    return action_.empty() ? '\0' : action_[0];
  }
  bool accept(std::string_view token) {
    (void)peek();
    if (!action_.starts_with(token)) return false;
    action_.remove_prefix(token.size());
    return true;
  }
  std::string word() {
    std::size_t length = 0;
    while (length < action_.size() && is_word(action_[length])) ++length;
    std::string found(action_.substr(0, length));
    action_.remove_prefix(length);
    return found;
  }
  bool keyword(std::string_view name) {
    (void)peek();
    const bool here =
        action_.starts_with(name) && (action_.size() == name.size() || !is_word(action_[name.size()]));
    if (here) action_.remove_prefix(name.size());
    return here;
  }
  void end_action() {
    if (peek() != '\0') fail(fmt::format("unexpected \"{}\" in operand", action_));
  }
  Pipeline pipeline();
  void declaration(Pipeline& out);
  Command command();
  bool operand(Command& out);
  Operand quoted();
  Operand number();
  std::vector<std::string> fields();

  std::string_view text_, action_;
  Dialect dialect_;
  std::size_t at_ = 0;
  int depth_ = 0, loops_ = 0;
  std::map<std::string, std::vector<Node>>* named_ = nullptr;
  std::string wrong_;
  std::vector<std::string> known_{"", "labels", "value", "externalLabels", "externalURL"};
};

/// Text up to the next action, which becomes action_; false at the end.
bool Parser::next_action(std::vector<Node>& out) {
  const std::size_t open = std::min(text_.find("{{", at_), text_.size());
  std::string text(text_.substr(at_, open - at_));
  at_ = open;
  std::string_view inside;
  if (open < text_.size()) {
    const std::size_t close = text_.find("}}", open);
    if (close == std::string_view::npos) {
      fail("unclosed action");
      return false;
    }
    inside = text_.substr(open + 2, close - open - 2);
    at_ = close + 2;
  }
  if (inside.size() >= 2 && inside.front() == '-' && is_space(inside[1])) {
    while (!text.empty() && is_space(text.back())) text.pop_back();
    inside.remove_prefix(1);
  }
  if (inside.size() >= 2 && inside.back() == '-' && is_space(inside[inside.size() - 2])) {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    inside.remove_suffix(1);
  }
  if (!text.empty()) {
    Node node;
    node.text = std::move(text);
    out.push_back(std::move(node));
  }
  action_ = inside;
  return open < text_.size();
}

/// Nodes up to the end, or to `end` or `else`, which is returned.
std::string Parser::nodes(std::vector<Node>& out) {
  while (wrong_.empty() && next_action(out)) {
    if (peek() == '/' && action_.starts_with("/*")) continue;
    if (keyword("end")) {
      end_action();
      return "end";
    }
    if (keyword("else")) return "else";
    if (keyword("if")) {
      block(Node::Kind::if_, out);
    } else if (keyword("range")) {
      block(Node::Kind::range, out);
    } else if (keyword("with")) {
      block(Node::Kind::with, out);
    } else if (keyword("define")) {
      definition(false, out);
    } else if (keyword("block")) {
      definition(true, out);
    } else if (keyword("template")) {
      out.push_back(invocation());
      end_action();
    } else if (keyword("break")) {
      leave_loop(Node::Kind::break_, out);
    } else if (keyword("continue")) {
      leave_loop(Node::Kind::continue_, out);
    } else {
      Node node;
      node.kind = Node::Kind::action;
      node.pipeline = pipeline();
      end_action();
      out.push_back(std::move(node));
    }
  }
  return {};
}

/// {{if P}} ... {{else if P}} ... {{else}} ... {{end}}
void Parser::block(Node::Kind kind, std::vector<Node>& out) {
  if (++depth_ > deepest_block) return fail("too many nested blocks");
  const std::size_t scope = known_.size();
  Node node;
  node.kind = kind;
  node.pipeline = pipeline();
  end_action();
  loops_ += kind == Node::Kind::range;
  std::string ended = nodes(node.body);
  loops_ -= kind == Node::Kind::range;
  if (ended == "else") {
    if (kind == Node::Kind::if_ && keyword("if")) {
      block(Node::Kind::if_, node.otherwise);  // takes the common `end`
      ended = "end";
    } else {
      end_action();
      ended = nodes(node.otherwise);
    }
  }
  if (ended != "end") fail("unexpected EOF");
  known_.resize(scope);
  --depth_;
  out.push_back(std::move(node));
}

/// {{template "NAME"}} or {{template "NAME" PIPELINE}}; without its own pipeline the dot is nothing.
Node Parser::invocation() {
  Node node;
  node.kind = Node::Kind::named;
  const char c = peek();
  if (c != '"' && c != '`') fail(fmt::format("unexpected \"{}\" in template clause", action_));
  if (!wrong_.empty()) return node;
  node.text = quoted().literal.text;
  if (peek() != '\0') node.pipeline = pipeline();
  return node;
}

/// {{define "NAME"}} ... {{end}}, and {{block "NAME" PIPELINE}} ... {{end}}, which is used where it stands.
void Parser::definition(bool used_here, std::vector<Node>& out) {
  if (!used_here && depth_ > 0) return fail("unexpected {{define}}");
  if (++depth_ > deepest_block) return fail("too many nested blocks");
  Node use = invocation();
  if (used_here && use.pipeline.commands.empty()) fail("missing value for block clause");
  end_action();
  std::vector<std::string> known(known_.begin(), known_.begin() + 1);  // sees no variable but $
  known_.swap(known);
  std::vector<Node> body;
  if (nodes(body) != "end") fail("unexpected EOF");
  known_.swap(known);
  --depth_;
  (*named_)[use.text] = std::move(body);
  if (used_here) out.push_back(std::move(use));
}

void Parser::leave_loop(Node::Kind kind, std::vector<Node>& out) {
  if (loops_ == 0)
    fail(fmt::format("{{{{{}}}}} outside {{{{range}}}}", kind == Node::Kind::break_ ? "break" : "continue"));
  end_action();
  Node node;
  node.kind = kind;
  out.push_back(std::move(node));
}

void Parser::declaration(Pipeline& out) {
  const std::string_view before = action_;
  std::vector<std::string> names;
  while (accept("$")) {
    names.push_back(word());
    if (!accept(",")) break;
  }
  const bool declares = accept(":=");
  const bool assigns = !declares && !action_.starts_with("==") && accept("=");
  if (names.empty() || (!declares && !assigns)) {
    action_ = before;
    return;
  }
  for (const std::string& name : names)
    if (declares) known_.push_back(name);
  out.variables = std::move(names);
  out.declares = declares;
}

Pipeline Parser::pipeline() {
  Pipeline found;
  if (++depth_ > deepest_block) fail("too many nested blocks");
  if (peek() == '$') declaration(found);
  do {
    found.commands.push_back(command());
    if (found.commands.back().empty()) fail("missing value for command");
  } while (wrong_.empty() && accept("|"));
  for (std::size_t i = 1; wrong_.empty() && i < found.commands.size(); ++i) {
    if (found.commands[i][0].kind != Operand::Kind::function)
      fail("non executable command in pipeline stage " + std::to_string(i + 1));
  }
  --depth_;
  return found;
}

Command Parser::command() {
  Command found;
  while (wrong_.empty() && operand(found)) {
  }
  return found;
}

std::vector<std::string> Parser::fields() {
  std::vector<std::string> found;
  while (action_.size() > 1 && action_[0] == '.' && is_word(action_[1])) {
    action_.remove_prefix(1);
    found.push_back(word());
  }
  return found;
}

bool Parser::operand(Command& out) {
  const char c = peek();
  Operand found;
  if (c == '$') {
    action_.remove_prefix(1);
    found.kind = Operand::Kind::variable;
    found.name = word();
    if (std::find(known_.begin(), known_.end(), found.name) == known_.end())
      fail(fmt::format("undefined variable \"${}\"", found.name));
  } else if (c == '.' && !(action_.size() > 1 && is_digit(action_[1]))) {
    found.kind = Operand::Kind::dot;
    if (action_.size() == 1 || !is_word(action_[1])) action_.remove_prefix(1);
  } else if (c == '"' || c == '`') {
    found = quoted();
  } else if (is_digit(c) || c == '-' || c == '+' || c == '.') {
    found = number();
  } else if (accept("(")) {
    found.kind = Operand::Kind::brackets;
    found.inner = std::make_shared<Pipeline>(pipeline());
    if (!accept(")")) fail("unclosed left paren");
  } else if (is_word(c)) {
    const std::string name = word();
    if (name == "true" || name == "false" || name == "nil") {
      found.kind = Operand::Kind::literal;
      if (name != "nil") found.literal = Value::of(name == "true");
    } else {
      found.kind = Operand::Kind::function;
      found.name = name;
      if (!is_function(name, dialect_)) fail(fmt::format("function \"{}\" not defined", name));
    }
  } else {
    return false;
  }
  if (wrong_.empty()) found.fields = fields();
  out.push_back(std::move(found));
  return true;
}

Operand Parser::quoted() {
  const char delimiter = action_[0];
  std::size_t end = 1;
  while (end < action_.size() && action_[end] != delimiter)
    end += action_[end] == '\\' && delimiter == '"' ? 2 : 1;
  const auto text = promql::unquote(action_.substr(0, std::min(end + 1, action_.size())));
  if (!text) fail("unterminated quoted string");
  if (wrong_.empty()) action_.remove_prefix(end + 1);
  Operand found;
  found.kind = Operand::Kind::literal;
  found.literal = Value::of(text.value_or(""));
  return found;
}

Operand Parser::number() {
  std::size_t length = 1;
  while (length < action_.size() && (is_word(action_[length]) || action_[length] == '.')) ++length;
  const std::string text(action_.substr(0, length));
  const auto value = promql::parse_float(text);
  if (!value) fail(fmt::format("bad number syntax: \"{}\"", text));
  if (wrong_.empty()) action_.remove_prefix(length);
  Operand found;
  found.kind = Operand::Kind::literal;
  found.literal = Value::of(value.value_or(0), text.find_first_of(".eE") == std::string::npos);
  return found;
}

}  // namespace

Result<TemplatePtr> parse(std::string_view text, Dialect dialect) {
  return Parser(text, dialect).parse();
}

}  // namespace muster::text_template
