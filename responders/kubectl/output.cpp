#include "responders/kubectl/output.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/go_template.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/json_path.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr std::string_view formats =
    "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,"
    "jsonpath-file,name,template,templatefile,wide,yaml";
constexpr std::string_view formats_without_tables =
    "go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,"
    "yaml";

bool is_one_of(const std::string& output, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (output == name || output.starts_with(std::string(name) + "=")) return true;
  return false;
}

constexpr std::initializer_list<const char*> template_formats{
    "jsonpath",         "jsonpath-as-json", "jsonpath-file", "go-template",
    "go-template-file", "template",         "templatefile"};

/// The objects of a list, or the one there is.
std::vector<const JsonValue*> objects_in(const JsonValue& value) {
  std::vector<const JsonValue*> objects;
  if (!value.has("items")) return {&value};
  for (const JsonValue& item : value["items"].items()) objects.push_back(&item);
  return objects;
}

void print_jsonpath(KubectlCall& call, const JsonValue& value, std::string_view text) {
  const auto print = JsonPathTemplate::parse(text);
  if (!print) return call.fail(print.error().message);
  const std::string problem = print->problem(value);
  if (!problem.empty())
    return call.fail(
        fmt::format("error executing jsonpath \"{}\": Error executing template: {}. Printing more "
                    "information for debugging the template:\n\ttemplate was:\n\t\t{}",
                    text, problem, text));
  call.result.out += print->print(value);
}

/// The found values as a JSON list.
void print_jsonpath_as_json(KubectlCall& call, const JsonValue& value, std::string_view text) {
  const auto path = JsonPath::parse(text);
  if (!path) return call.fail(path.error().message);
  JsonValue found = JsonValue::array();
  for (const JsonValue* each : path->find(value)) found.append(*each);
  call.print(to_pretty_json(found));
}

void print_template(KubectlCall& call, const JsonValue& value, const std::string& format,
                    const std::string& text) {
  if (format == "jsonpath") return print_jsonpath(call, value, text);
  if (format == "jsonpath-as-json") return print_jsonpath_as_json(call, value, text);
  const auto out = print_go_template(text, value);
  if (!out) return call.fail(out.error().message);
  call.result.out += *out;
}

/// A format whose text stands behind "=", in --template, or in the file that is named there.
void print_by_template(KubectlCall& call, const JsonValue& value, std::string format) {
  const auto equals = format.find('=');
  std::string text = equals == std::string::npos ? call.flags.text("template") : format.substr(equals + 1);
  format.resize(std::min(equals, format.size()));
  if (!format.ends_with("file")) return print_template(call, value, format, text);
  const auto file = call.session.files.find(text);
  if (file == call.session.files.end())
    return call.fail(
        fmt::format("error reading --template {}, open {}: no such file or directory\n", text, text));
  print_template(call, value, format.starts_with("jsonpath") ? "jsonpath" : "go-template", file->second);
}

}  // namespace

std::string output_format(const KubectlCall& call) {
  const bool bare = !call.flags.has("output") && call.flags.has("template");
  return bare ? "go-template" : call.flags.text("output");
}

bool output_is_known(KubectlCall& call, bool tables) {
  const std::string output = output_format(call);
  if (output.empty() || output == "name" || output == "yaml" || output == "json") return true;
  if (tables && (output == "wide" || is_one_of(output, {"custom-columns"}))) return true;
  if (is_one_of(output, template_formats)) {
    if (output.find('=') != std::string::npos || call.flags.has("template")) return true;
    call.fail("template format specified but no template given");
    return false;
  }
  if (is_one_of(output, {"custom-columns-file"})) {
    call.refuse(fmt::format("`kubectl {} -o custom-columns-file` is not built", call.command));
    return false;
  }
  call.fail(
      fmt::format("unable to match a printer suitable for the output format \"{}\", allowed formats are: {}",
                  output, tables ? formats : formats_without_tables));
  return false;
}

void print_value(KubectlCall& call, const JsonValue& value) {
  const std::string output = output_format(call);
  if (output == "yaml") {
    call.result.out += to_yaml(value);
  } else if (output == "json") {
    call.print(to_pretty_json(value));
  } else if (is_one_of(output, template_formats)) {
    print_by_template(call, value, output);
  } else if (output.starts_with("custom-columns")) {
    const std::string spec = output.size() > 15 ? output.substr(15) : "";
    const auto table = custom_columns(spec, objects_in(value), !call.flags.truth("no-headers"));
    if (!table) return call.fail(table.error().message);
    call.result.out += *table;
  }
}

JsonValue shown_object(const KubectlCall& call, JsonValue object) {
  if (!call.flags.truth("show-managed-fields") && object["metadata"].is_object())
    object.member("metadata").erase("managedFields");
  return object;
}

std::optional<DryRun> dry_run_of(KubectlCall& call) {
  if (!call.flags.has("dry-run")) return DryRun::none;
  const std::string value = call.flags.text("dry-run");
  if (value == "none" || value == "false") return DryRun::none;
  if (value == "server") return DryRun::server;
  if (value == "client") return DryRun::client;
  if (value == "unchanged" || value == "true") {
    call.print_error("W: --dry-run is deprecated and can be replaced with --dry-run=client.");
    return DryRun::client;
  }
  call.fail(fmt::format("Invalid dry-run value ({}). Must be \"none\", \"server\", or \"client\".", value));
  return std::nullopt;
}

std::string with_dry_run(std::string path, DryRun dry_run) {
  if (dry_run != DryRun::server) return path;
  return path + (path.find('?') == std::string::npos ? "?" : "&") + "dryRun=All";
}

void print_done(KubectlCall& call, const Target& target, std::string_view done, DryRun dry_run) {
  const std::string output = output_format(call);
  if (output == "name") return call.print(target.printed());
  if (!output.empty()) return print_value(call, shown_object(call, target.object));
  const char* mark = dry_run == DryRun::client   ? " (dry run)"
                     : dry_run == DryRun::server ? " (server dry run)"
                                                 : "";
  call.print(fmt::format("{} {}{}", target.printed(), done, mark));
}

Result<std::string> custom_columns(std::string_view spec, const std::vector<const JsonValue*>& objects,
                                   bool headers) {
  if (spec.empty()) return invalid_input("custom-columns format specified but no custom columns given");
  std::vector<std::vector<std::string>> rows(headers ? 1 : 0);
  std::vector<JsonPath> columns;
  for (const std::string& part : split_at(spec, ',')) {
    const auto colon = part.find(':');
    if (colon == std::string::npos)
      return invalid_input(
          fmt::format("unexpected custom-columns spec: {}, expected <header>:<json-path-expr>", part));
    if (headers) rows.front().push_back(part.substr(0, colon));
    auto path = JsonPath::parse(part.substr(colon + 1));
    if (!path) return path.error();
    columns.push_back(std::move(*path));
  }
  for (const JsonValue* object : objects) {
    auto& row = rows.emplace_back();
    for (const JsonPath& column : columns) {
      std::vector<std::string> values;
      for (const JsonValue* value : column.find(*object)) values.push_back(display_text(*value));
      row.push_back(values.empty() ? "<none>" : join(values, ","));
    }
  }
  return align_rows(rows);
}

}  // namespace muster
