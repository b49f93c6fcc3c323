// The tree of a template; private to the folder.
#pragma once

#include "telemetry/template/template.hpp"

namespace muster::text_template {

struct Pipeline;

/// One word of a command.
struct Operand {
  enum class Kind { literal, dot, variable, function, brackets };
  Kind kind = Kind::dot;
  Value literal;
  std::string name;                 ///< of a variable or function
  std::vector<std::string> fields;  ///< ".Labels.x" behind it
  std::shared_ptr<Pipeline> inner;  ///< of brackets
};

using Command = std::vector<Operand>;

struct Pipeline {
  std::vector<std::string> variables;  ///< `$i, $x :=`
  bool declares = false;               ///< `:=`, else `=`
  std::vector<Command> commands;       ///< empty: there is no action
};

struct Node {
  enum class Kind { text, action, if_, range, with, named, break_, continue_ };
  Kind kind = Kind::text;
  std::string text;  ///< or the name of the template
  Pipeline pipeline;
  std::vector<Node> body, otherwise;
};

/// functions.cpp. `arguments`: those written, then what came through the pipe. Error: why it cannot be.
Result<Value> call_function(const std::string& name, const std::vector<Value>& arguments,
                            const Context& context);
bool is_function(std::string_view name, Dialect dialect);
/// kubectl_functions.cpp: exists ITEM INDEX... and base64decode TEXT.
Result<Value> item_exists(const std::vector<Value>& arguments, const Context& context);
Result<Value> decode_base64(const std::vector<Value>& arguments, const Context& context);
/// What of a list, a map or a text stands at an index or key.
Result<Value> at_index(const Value& of, const Value& index);
/// time_value.cpp: a method of Go's time.Time in UTC: Format, Unix, Year, Hour, ... Error: there is none.
Result<Value> call_time_method(double unix_seconds, const std::string& name,
                               const std::vector<Value>& arguments);
/// escape.cpp: Go's url.QueryEscape, HTMLEscapeString and JSEscapeString (the last of ASCII).
std::string escaped_for_url(const std::string& text);
std::string escaped_for_html(const std::string& text);
std::string escaped_for_js(const std::string& text);
/// printf.cpp: Go's fmt.Sprintf for %s %v %q %d %f %e %g %t %x with flags, width and precision.
Result<std::string> print_formatted(const std::vector<Value>& arguments);

}  // namespace muster::text_template
