#include "tests/unit/tidy/source_text.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace muster::tidy {
namespace {

const char* const own_folders[] = {"sim",       "journal",    "telemetry", "cluster_model", "api",
                                   "scenarios", "responders", "scoring",   "reports",       "drill",
                                   "server",    "programs",   "cli",        "tests",     "bench"};

// Blanks one literal or comment that begins at `at`; returns the offset behind it.
std::size_t blank_until(std::string& text, std::size_t at, std::string_view end, bool escapes) {
  for (; at < text.size(); ++at) {
    if (escapes && text[at] == '\\') {
      text[at] = ' ';
      if (++at < text.size() && text[at] != '\n') text[at] = ' ';
      continue;
    }
    if (text.compare(at, end.size(), end) == 0) return at + end.size();
    if (text[at] != '\n') text[at] = ' ';
  }
  return at;
}

std::size_t blank_raw_string(std::string& text, std::size_t quote) {
  const std::size_t open = text.find('(', quote);
  if (open == std::string::npos) return text.size();
  const std::string end = ")" + text.substr(quote + 1, open - quote - 1) + "\"";
  return blank_until(text, open + 1, end, false);
}

bool is_digit_separator(const std::string& text, std::size_t at) {
  return at > 0 && std::isxdigit(static_cast<unsigned char>(text[at - 1])) && at + 1 < text.size() &&
         std::isxdigit(static_cast<unsigned char>(text[at + 1])) &&
         text.find_first_of("\n'", at + 1) != at + 2;
}

std::string without_comments_and_strings(std::string text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, 2, "//") == 0) {
      at = blank_until(text, at, "\n", false);
    } else if (text.compare(at, 2, "/*") == 0) {
      at = blank_until(text, at, "*/", false);
    } else if (text[at] == 'R' && at + 1 < text.size() && text[at + 1] == '"') {
      at = blank_raw_string(text, at + 1);
    } else if (text[at] == '"') {
      at = blank_until(text, at + 1, "\"", true);
    } else if (text[at] == '\'' && !is_digit_separator(text, at)) {
      at = blank_until(text, at + 1, "'", true);
    } else {
      ++at;
    }
  }
  return text;
}

bool opens_function(const std::string& head) {
  static const std::regex scope(R"(\b(namespace|class|struct|union|enum|extern)\b)");
  static const std::regex call(
      R"(\)\s*(const|noexcept|override|final|mutable|&|&&|->[^{}]*|:[^{}]*|requires[^{}]*|\s)*$)");
  const bool has_call = std::regex_search(head, call);
  return has_call && (!std::regex_search(head, scope) || head.find('(') < head.find("struct"));
}

}  // namespace

int line_of(std::string_view text, std::size_t offset) {
  return 1 +
         static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

SourceFile make_source(std::string path, std::string_view text) {
  SourceFile file;
  file.folder = path.find('/') == std::string::npos ? "" : path.substr(0, path.find('/'));
  file.path = std::move(path);
  file.lines = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  static const std::regex include("^#include ([\"<])([^\">]+)[\">]");
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_search(line, match, include)) continue;
    (match[1] == "\"" ? file.includes : file.library_includes).push_back(match[2]);
  }
  file.code = without_comments_and_strings(std::string(text));
  return file;
}

std::vector<SourceFile> read_sources(const std::string& root) {
  namespace fs = std::filesystem;
  std::vector<SourceFile> files;
  for (const char* folder : own_folders) {
    if (!fs::exists(fs::path(root) / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(root) / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".hpp" && extension != ".cpp") continue;
      std::ifstream in(entry.path());
      std::ostringstream text;
      text << in.rdbuf();
      files.push_back(make_source(fs::relative(entry.path(), root).string(), text.str()));
    }
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

std::vector<FunctionSpan> functions_of(const SourceFile& file) {
  std::vector<FunctionSpan> found;
  std::size_t head_begin = 0;
  int depth_inside = 0;  // braces open inside the current function; 0 = outside
  FunctionSpan current;
  for (std::size_t at = 0; at < file.code.size(); ++at) {
    const char c = file.code[at];
    if (depth_inside > 0) {
      depth_inside += (c == '{') - (c == '}');
      if (depth_inside == 0) {
        current.lines = line_of(file.code, at) - current.line + 1;
        found.push_back(current);
        head_begin = at + 1;
      }
    } else if (c == '{') {
      const std::string head = file.code.substr(head_begin, at - head_begin);
      if (opens_function(head)) {
        const std::size_t text = head.find_first_not_of(" \n\t");
        current = {head.substr(text == std::string::npos ? 0 : text, 80), line_of(file.code, at), 0};
        depth_inside = 1;
      }
      head_begin = at + 1;
    } else if (c == ';' || c == '}') {
      head_begin = at + 1;
    }
  }
  return found;
}

}  // namespace muster::tidy
