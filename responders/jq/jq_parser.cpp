#include <fmt/format.h>

#include <charconv>

#include "responders/jq/jq_filter.hpp"

namespace muster {
namespace {

using Kind = JqFilter::Kind;

JqFilterPtr make(Kind kind, std::vector<JqFilterPtr> parts = {}, std::string text = {},
                 JsonValue value = {}) {
  return std::make_shared<JqFilter>(JqFilter{kind, std::move(text), std::move(value), std::move(parts)});
}

bool is_name(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Binary operators from the loosest to the tightest.
constexpr const char* levels[][6] = {{"//", nullptr},     {"or", nullptr},
                                     {"and", nullptr},    {"==", "!=", "<=", ">=", "<", ">"},
                                     {"+", "-", nullptr}, {"*", "/", "%", nullptr}};
constexpr std::size_t level_count = std::size(levels);

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<JqFilterPtr> read() {
    const JqFilterPtr filter = pipe();
    skip();
    for (const char* word : {"as ", "|=", "=", "+=", "-=", "?//"})
      if (problem_.empty() && text_.substr(at_).starts_with(word))
        fail(fmt::format("`{}` is not built in this console", word));
    if (problem_.empty() && at_ < text_.size()) fail(fmt::format("unexpected `{}`", text_.substr(at_, 1)));
    if (!problem_.empty()) return invalid_input(problem_);
    return filter;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\t') ++at_;
  }
  JqFilterPtr fail(std::string why) {
    if (problem_.empty()) problem_ = std::move(why);
    at_ = text_.size();
    return make(Kind::identity);
  }
  bool take(std::string_view token) {
    skip();
    if (!text_.substr(at_).starts_with(token)) return false;
    const bool word = is_name(token.back());
    if (word && at_ + token.size() < text_.size() && is_name(text_[at_ + token.size()])) return false;
    at_ += token.size();
    return true;
  }
  void need(std::string_view token) {
    if (!take(token)) fail(fmt::format("syntax error: expected `{}`", token));
  }

  JqFilterPtr pipe() {
    JqFilterPtr left = comma();
    while (!text_.substr(std::min(at_, text_.size())).starts_with("|=") && take("|"))
      left = make(Kind::pipe, {left, comma()});
    return left;
  }
  JqFilterPtr comma() {
    JqFilterPtr left = operators(0);
    while (take(",")) left = make(Kind::comma, {left, operators(0)});
    return left;
  }

  JqFilterPtr operators(std::size_t level) {
    if (level == level_count) return postfix();
    JqFilterPtr left = operators(level + 1);
    for (;;) {
      const char* found = nullptr;
      for (const char* op : levels[level]) {
        if (op == nullptr) break;
        const bool alternative = std::string_view(op) == "/" && text_.substr(at_).starts_with("//");
        if (!alternative && take(op)) {
          found = op;
          break;
        }
      }
      if (found == nullptr) return left;
      left = make(Kind::binary, {left, operators(level + 1)}, found);
    }
  }

  JqFilterPtr postfix() {
    JqFilterPtr base = primary();
    for (;;) {
      if (peek() == '.' && at_ + 1 < text_.size() && (is_name(text_[at_ + 1]) || text_[at_ + 1] == '"')) {
        ++at_;
        base = field(base);
      } else if (peek() == '.' && text_.substr(at_).starts_with(".[")) {
        ++at_;
      } else if (peek() == '[') {
        base = bracket(base);
      } else if (peek() == '?') {
        ++at_;
        base = make(Kind::optional, {base});
      } else {
        return base;
      }
    }
  }

  JqFilterPtr field(const JqFilterPtr& base) {
    if (peek() == '"') return make(Kind::index, {base, string()});
    return make(Kind::field, {base}, name());
  }

  JqFilterPtr bracket(const JqFilterPtr& base) {
    ++at_;
    if (take("]")) return make(Kind::iterate, {base});
    JqFilterPtr from = make(Kind::literal);
    if (take(":")) {
      const JqFilterPtr to = pipe();
      need("]");
      return make(Kind::slice, {base, from, to});
    }
    from = pipe();
    if (take(":")) {
      JqFilterPtr to = make(Kind::literal);
      if (!take("]")) {
        to = pipe();
        need("]");
      }
      return make(Kind::slice, {base, from, to});
    }
    need("]");
    return make(Kind::index, {base, from});
  }

  JqFilterPtr primary() {
    skip();
    const char c = peek();
    if (c == '.') return dot();
    if (c == '"') return string();
    if ((c >= '0' && c <= '9')) return number();
    if (take("-")) return make(Kind::negated, {postfix()});
    if (take("(")) {
      const JqFilterPtr inner = pipe();
      need(")");
      return inner;
    }
    if (take("[")) {
      if (take("]")) return make(Kind::list);
      const JqFilterPtr inner = pipe();
      need("]");
      return make(Kind::list, {inner});
    }
    if (take("{")) return object();
    if (take("if")) return condition();
    if (take("@")) return call("@" + name());
    if (is_name(c)) return call(name());
    return fail(at_ >= text_.size() ? "syntax error: unexpected end of the filter"
                                    : fmt::format("`{}` is not built in this console", text_.substr(at_)));
  }

  JqFilterPtr dot() {
    ++at_;
    const JqFilterPtr self = make(Kind::identity);
    if (peek() == '.') return fail("`..` is not built in this console");
    if (is_name(peek()) || peek() == '"') return field(self);
    return self;
  }

  std::string name() {
    std::string out;
    while (is_name(peek())) out += text_[at_++];
    return out;
  }

  JqFilterPtr number() {
    double value = 0;
    const auto read = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    std::int64_t whole = 0;
    const auto digits = std::from_chars(text_.data() + at_, text_.data() + text_.size(), whole);
    at_ = static_cast<std::size_t>(read.ptr - text_.data());
    return make(Kind::literal, {}, {}, digits.ptr == read.ptr ? JsonValue(whole) : JsonValue(value));
  }

  JqFilterPtr string() {
    std::vector<JqFilterPtr> parts;
    std::string literal;
    const auto close = [&] { parts.push_back(make(Kind::literal, {}, {}, std::exchange(literal, {}))); };
    for (++at_; at_ < text_.size() && peek() != '"'; ++at_) {
      if (peek() != '\\' || at_ + 1 >= text_.size()) {
        literal += peek();
        continue;
      }
      const char c = text_[++at_];
      if (c != '(') {
        literal += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
        continue;
      }
      close();
      ++at_;
      parts.push_back(pipe());
      skip();
      if (peek() != ')') return fail("syntax error: expected `)`");
    }
    if (peek() != '"') return fail("syntax error: a text is not closed");
    ++at_;
    close();
    return parts.size() == 1 ? parts.front() : make(Kind::text, std::move(parts));
  }

  JqFilterPtr object() {
    std::vector<JqFilterPtr> parts;
    while (!take("}")) {
      skip();
      JqFilterPtr key;
      const std::size_t begin = at_;
      if (peek() == '"')
        key = string();
      else if (take("("))
        key = pipe(), need(")");
      else if (is_name(peek()))
        key = make(Kind::literal, {}, {}, JsonValue(name()));
      else
        return fail(fmt::format("syntax error near `{}`", text_.substr(begin)));
      parts.push_back(key);
      parts.push_back(take(":") ? operators(0) : make(Kind::index, {make(Kind::identity), key}));
      if (!take(",") && peek() != '}' && (skip(), peek() != '}')) return fail("syntax error: expected `}`");
    }
    return make(Kind::object, std::move(parts));
  }

  JqFilterPtr condition() {
    const JqFilterPtr test = pipe();
    need("then");
    const JqFilterPtr yes = pipe();
    if (take("elif")) return make(Kind::condition, {test, yes, condition()});
    JqFilterPtr no = make(Kind::identity);
    if (take("else")) no = pipe();
    need("end");
    return make(Kind::condition, {test, yes, no});
  }

  JqFilterPtr call(std::string word) {
    if (word == "null") return make(Kind::literal);
    if (word == "true" || word == "false") return make(Kind::literal, {}, {}, JsonValue(word == "true"));
    std::vector<JqFilterPtr> arguments;
    if (peek() == '(') {
      ++at_;
      do arguments.push_back(pipe());
      while (take(";"));
      need(")");
    }
    const int arity = jq_arity(word);
    if (arity < 0) return fail(fmt::format("`{}` is not built in this console", word));
    const bool fits = arity == static_cast<int>(arguments.size()) || (arity == 9 && arguments.size() < 2);
    if (!fits) return fail(fmt::format("{}/{} is not defined", word, arguments.size()));
    return make(Kind::call, std::move(arguments), std::move(word));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string problem_;
};

}  // namespace

Result<JqFilterPtr> parse_jq(std::string_view text) {
  return Parser(text).read();
}

}  // namespace muster
