#include "tests/unit/reports/xml_checker.hpp"

#include <cctype>
#include <set>
#include <vector>

namespace muster {
namespace {

class Checker {
 public:
  explicit Checker(std::string_view text) : rest_(text) {}

  std::string run() {
    if (rest_.starts_with("<?xml")) rest_.remove_prefix(rest_.find("?>") + 2);
    int roots = 0;
    while (fault_.empty() && !rest_.empty()) {
      if (rest_.front() != '<') {
        character();
      } else if (rest_.starts_with("</")) {
        close();
      } else {
        if (open_.empty() && ++roots > 1) return "two root elements";
        open();
      }
    }
    if (fault_.empty() && !open_.empty()) return "not closed: " + open_.back();
    if (fault_.empty() && roots == 0) return "no root element";
    return fault_;
  }

 private:
  void fail(const std::string& why) {
    if (fault_.empty()) fault_ = why + " before: " + std::string(rest_.substr(0, 40));
    rest_ = {};
  }
  std::string name() {
    std::size_t n = 0;
    while (n < rest_.size() &&
           (std::isalnum(static_cast<unsigned char>(rest_[n])) || rest_[n] == '-' || rest_[n] == '_'))
      ++n;
    const std::string taken(rest_.substr(0, n));
    rest_.remove_prefix(n);
    if (taken.empty()) fail("a name is missing");
    return taken;
  }
  void character() {
    const auto c = static_cast<unsigned char>(rest_.front());
    if (open_.empty() && !std::isspace(c)) return fail("text outside the root");
    if (c < 0x20 && c != '\n' && c != '\t' && c != '\r') return fail("a forbidden control character");
    if (c == 0xFF || c == 0xFE || c == 0xC0 || c == 0xC1) return fail("a byte that UTF-8 never has");
    if (c == '&') return reference();
    rest_.remove_prefix(1);
  }
  void reference() {
    for (const std::string_view entity : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"})
      if (rest_.starts_with(entity)) return rest_.remove_prefix(entity.size());
    fail("an unknown entity");
  }
  void close() {
    rest_.remove_prefix(2);
    const std::string closed = name();
    if (open_.empty() || open_.back() != closed) return fail("closes " + closed + " which is not open");
    open_.pop_back();
    if (!rest_.starts_with(">")) return fail("a broken end tag");
    rest_.remove_prefix(1);
  }
  void open() {
    rest_.remove_prefix(1);
    open_.push_back(name());
    std::set<std::string> seen;
    while (rest_.starts_with(" ")) {
      rest_.remove_prefix(1);
      const std::string attribute = name();
      if (!seen.insert(attribute).second) return fail("an attribute twice: " + attribute);
      value();
    }
    if (rest_.starts_with("/>")) {
      open_.pop_back();
      return rest_.remove_prefix(2);
    }
    if (!rest_.starts_with(">")) return fail("a broken start tag");
    rest_.remove_prefix(1);
  }
  void value() {
    if (!rest_.starts_with("=\"")) return fail("an attribute without a value");
    rest_.remove_prefix(2);
    while (!rest_.empty() && rest_.front() != '"') {
      if (rest_.front() == '<') return fail("< in an attribute");
      character();
    }
    if (rest_.empty()) return fail("an attribute that does not end");
    rest_.remove_prefix(1);
  }

  std::string_view rest_;
  std::vector<std::string> open_;
  std::string fault_;
};

}  // namespace

std::string xml_fault(std::string_view text) {
  return Checker(text).run();
}

}  // namespace muster
