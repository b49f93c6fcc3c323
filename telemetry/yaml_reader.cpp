// The only file that knows yaml-cpp. The tree is built from the parser's events; YAML::Load is never called,
// because it follows aliases into cycles before anybody can look.
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>
#include <utility>

#include "telemetry/yaml.hpp"

namespace muster {

namespace {

// Thrown out of yaml-cpp's parser by our handler and caught in this file.
struct Refused {
  std::string message;
  int line, column;  // from 1
};

[[noreturn]] void refuse(std::string message, const YAML::Mark& mark) {
  throw Refused{std::move(message), mark.line + 1, mark.column + 1};
}

// Collects one document's events into a tree and stops at the first thing that is not allowed.
class TreeBuilder : public YAML::EventHandler {
 public:
  YamlNode take_root() { return std::exchange(root_, {}); }
  int start_position() const { return start_position_; }

  void OnDocumentStart(const YAML::Mark& mark) override { start_position_ = mark.pos; }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    refuse(fmt::format("anchors (&{}) are not allowed here; write the value out", name), mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse("aliases (*name) are not allowed here; write the value out", mark);
  }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    leaf(node_at(mark, YamlNode::Kind::null), mark);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    refuse_tag(mark, tag);
    if (value.size() > yaml_max_scalar_bytes)
      refuse(fmt::format("a value of {} bytes; at most {} are allowed", value.size(), yaml_max_scalar_bytes),
             mark);
    YamlNode node = node_at(mark, YamlNode::Kind::scalar);
    node.scalar = value;
    node.quoted = tag == "!";  // yaml-cpp: "!" for a quoted or block scalar, "?" for a plain one
    leaf(std::move(node), mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, YamlNode::Kind::sequence);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, YamlNode::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    YamlNode node;
    YamlNode key;
    bool has_key = false;
    std::map<std::string, int> first_line;  // of each key so far: a linear search would be quadratic
  };

  YamlNode node_at(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (++nodes_ > yaml_max_nodes)
      refuse(fmt::format("more than {} values in one file", yaml_max_nodes), mark);
    YamlNode node;
    node.kind = kind;
    node.line = mark.line + 1;
    node.column = mark.column + 1;
    return node;
  }
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    refuse(fmt::format("tags ({}) are not allowed here", tag), mark);
  }
  void open(const YAML::Mark& mark, const std::string& tag, YamlNode::Kind kind) {
    refuse_tag(mark, tag);
    if (open_.size() >= yaml_max_depth)
      refuse(fmt::format("nested deeper than {} levels", yaml_max_depth), mark);
    if (expects_key()) refuse("a list or map cannot be a key; expected a word", mark);
    open_.push_back({node_at(mark, kind), {}, false, {}});
  }
  void close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }
  void leaf(YamlNode node, const YAML::Mark& mark) {
    if (!expects_key()) return add(std::move(node));
    Frame& map = open_.back();
    if (node.is_null()) refuse("a key is missing before \":\"", mark);
    const auto [first, is_new] = map.first_line.emplace(node.scalar, node.line);
    if (!is_new)
      refuse(fmt::format("key \"{}\" appears twice; first in line {}", node.scalar, first->second), mark);
    map.key = std::move(node);
    map.has_key = true;
  }
  bool expects_key() const { return !open_.empty() && open_.back().node.is_map() && !open_.back().has_key; }
  void add(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& parent = open_.back();
    if (parent.node.is_map()) {
      parent.node.entries.push_back({std::move(parent.key), std::move(node)});
      parent.has_key = false;
    } else {
      parent.node.items.push_back(std::move(node));
    }
  }

  YamlNode root_;
  std::vector<Frame> open_;
  std::size_t nodes_ = 0;
  int start_position_ = -1;
};

// Length of the well-formed UTF-8 sequence at `at` (Unicode 15, table 3-7), or 0.
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto tail = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(at);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(at + 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
    return tail(at + 1, low, high) && tail(at + 2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
    return tail(at + 1, low, high) && tail(at + 2) && tail(at + 3) ? 4 : 0;
  }
  return 0;
}

// Only UTF-8 text without control characters goes on to the parser, which would guess UTF-16 from zero bytes.
Result<void> check_bytes(std::string_view text, const std::string& file) {
  if (text.size() > yaml_max_bytes)
    return invalid_input(fmt::format("{} bytes of YAML; at most {} are allowed", text.size(), yaml_max_bytes),
                         file);
  int line = 1, column = 1;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    const unsigned char c = static_cast<unsigned char>(text[at]);
    const bool control = (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F;
    if (length == 0 || control)
      return invalid_input(fmt::format("byte 0x{:02x} is not UTF-8 text", c),
                           fmt::format("{}:{}:{}", file, line, column));
    column += static_cast<int>(length);
    if (c == '\n') {
      ++line;
      column = 1;
    }
    at += length;
  }
  return {};
}

// yaml-cpp 0.7 takes the end of the file for the end of an open quote; it does not take "..." for it.
std::string with_end_mark(std::string_view text) {
  std::string marked(text);
  if (!marked.empty() && marked.back() != '\n') marked += '\n';
  return marked += "...\n";
}

// After broken flow text yaml-cpp 0.7 reports the same position as ever new documents
// (falcosecurity/falco#3281), so each document must begin behind the one before.
std::vector<YamlNode> parse_documents(std::string_view text, std::size_t most) {
  std::istringstream stream(with_end_mark(text));
  YAML::Parser parser(stream);
  TreeBuilder builder;
  std::vector<YamlNode> documents;
  int last_start = -1;
  while (parser.HandleNextDocument(builder)) {
    YamlNode root = builder.take_root();
    if (builder.start_position() <= last_start)
      throw Refused{"not valid YAML: a bracket, brace or comma is out of place", root.line, root.column};
    if (documents.size() >= most)
      throw Refused{most == 1 ? std::string("a second document begins here; expected one")
                              : fmt::format("more than {} documents", most),
                    root.line, root.column};
    last_start = builder.start_position();
    documents.push_back(std::move(root));
  }
  return documents;
}

Result<std::vector<YamlNode>> read_documents(std::string_view text, const std::string& file,
                                             std::size_t most) {
  if (auto bytes = check_bytes(text, file); !bytes) return bytes.error();
  const auto at = [&](int line, int column) {
    return line > 0 ? fmt::format("{}:{}:{}", file, line, column) : file;
  };
  try {
    return parse_documents(text, most);
  } catch (const Refused& refused) {
    return invalid_input(refused.message, at(refused.line, refused.column));
  } catch (const YAML::Exception& broken) {
    return invalid_input("not valid YAML: " + broken.msg, at(broken.mark.line + 1, broken.mark.column + 1));
  } catch (const std::exception& broken) {
    return invalid_input(std::string("not valid YAML: ") + broken.what(), file);
  }
}

}  // namespace

Result<YamlNode> read_yaml(std::string_view text, const std::string& file_name) {
  auto documents = read_documents(text, file_name, 1);
  if (!documents) return documents.error();
  return documents->empty() ? YamlNode{} : std::move(documents->front());
}

Result<std::vector<YamlNode>> read_yaml_documents(std::string_view text, const std::string& file_name) {
  auto documents = read_documents(text, file_name, yaml_max_documents);
  if (!documents) return documents;
  std::erase_if(*documents, [](const YamlNode& root) { return root.is_null(); });
  return documents;
}

}  // namespace muster
