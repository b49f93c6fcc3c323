// The project's own sources as the style tests read them: lines, includes, and the spans of functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster::tidy {

struct SourceFile {
  std::string path;                   ///< from the project's root: "sim/time.hpp"
  std::string folder;                 ///< "sim"; "" for files at the root
  std::string code;                   ///< comments and the insides of string literals blanked, lines kept
  std::vector<std::string> includes;  ///< of the project's own headers: "sim/time.hpp"
  std::vector<std::string> library_includes;  ///< <nlohmann/json.hpp>
  int lines = 0;
};

struct FunctionSpan {
  std::string head;  ///< the text before its brace, shortened
  int line = 0;      ///< of the opening brace, 1-based
  int lines = 0;     ///< from the opening to the closing brace
};

/// All .hpp and .cpp files below the project's folders, sorted by path.
std::vector<SourceFile> read_sources(const std::string& root);
SourceFile make_source(std::string path, std::string_view text);
/// Function bodies found by matching braces; lambdas count to the function around them.
std::vector<FunctionSpan> functions_of(const SourceFile& file);
int line_of(std::string_view text, std::size_t offset);

}  // namespace muster::tidy
