// The functions that a template can call: Go's own comparisons and Prometheus' (template/template.go).
#include <fmt/format.h>

#include <algorithm>

#include "telemetry/alert_template.hpp"
#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"
#include "telemetry/promql/pattern.hpp"
#include "telemetry/template/nodes.hpp"

namespace muster::text_template {
namespace {

using Arguments = std::vector<Value>;
using Answer = Result<Value>;

Error error(std::string message) {
  return invalid_input(std::move(message));
}

Result<double> number_of(const Value& value) {
  if (value.kind == Value::Kind::number) return value.number;
  if (value.kind == Value::Kind::text)
    if (const auto parsed = promql::parse_float(value.text)) return *parsed;
  return error(fmt::format("can't convert \"{}\" to a number", value.shown()));
}

template <std::string (*humanized)(double)>
Answer humanize_with(const Arguments& arguments, const Context&) {
  const auto number = number_of(arguments[0]);
  if (!number) return number.error();
  return Value::of(humanized(*number));
}

template <std::string (*changed)(std::string)>
Answer text_with(const Arguments& arguments, const Context&) {
  return Value::of(changed(arguments[0].shown()));
}

std::string mapped(std::string text, char from, char to, int shift) {
  for (char& c : text)
    if (c >= from && c <= to) c = static_cast<char>(c + shift);
  return text;
}
std::string upper(std::string text) {
  return mapped(std::move(text), 'a', 'z', 'A' - 'a');
}
std::string lower(std::string text) {
  return mapped(std::move(text), 'A', 'Z', 'a' - 'A');
}
std::string title(std::string text) {
  bool begin = true;
  for (char& c : text) {
    if (begin) c = upper(std::string(1, c))[0];
    begin = !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
  }
  return text;
}
std::string as_it_is(std::string text) {
  return text;
}
std::string strip_port(std::string text) {
  return text.substr(0, text.rfind(':'));
}
/// Of a host name with or without port; addresses stay.
std::string strip_domain(std::string text) {
  const std::size_t colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? "" : text.substr(colon);
  const std::string host = text.substr(0, colon);
  const bool address = host.find_first_not_of("0123456789.") == std::string::npos;
  return (address ? host : host.substr(0, host.find('.'))) + port;
}

Answer query(const Arguments& arguments, const Context& context) {
  if (!context.query) return error("error executing query: there is nothing to ask here");
  auto samples = context.query(arguments[0].shown());
  if (!samples) return error("error executing query: " + samples.error().message);
  return Value::of(std::move(*samples));
}

Answer first(const Arguments& arguments, const Context&) {
  if (arguments[0].samples.empty()) return error("first() called on vector with no elements");
  return Value::of(arguments[0].samples.front());
}

Answer label(const Arguments& arguments, const Context&) {
  return Value::of(std::string(promql::label_value(arguments[1].labels, arguments[0].shown())));
}
Answer value_of_sample(const Arguments& arguments, const Context&) {
  if (arguments[0].kind != Value::Kind::sample) return error("value() needs a sample");
  return Value::of(arguments[0].number);
}
Answer string_value(const Arguments& arguments, const Context&) {
  return Value::of(std::string(promql::label_value(arguments[0].labels, "__value__")));
}

Answer sort_by_label(const Arguments& arguments, const Context&) {
  Value sorted = arguments[1];
  std::stable_sort(sorted.samples.begin(), sorted.samples.end(), [&](const Sample& a, const Sample& b) {
    return promql::label_value(a.labels, arguments[0].text) <
           promql::label_value(b.labels, arguments[0].text);
  });
  return sorted;
}

Answer match(const Arguments& arguments, const Context&) {
  // Go's MatchString is not anchored, ours is.
  const auto pattern = promql::Pattern::compile("(?s:.*)(?:" + arguments[0].shown() + ")(?s:.*)");
  if (!pattern) return pattern.error();
  return Value::of((*pattern)->matches(arguments[1].shown()));
}

Answer parse_duration(const Arguments& arguments, const Context&) {
  const auto ms = promql::parse_duration_ms(arguments[0].shown());
  if (!ms) return error(fmt::format("not a valid duration string: \"{}\"", arguments[0].shown()));
  return Value::of(static_cast<double>(*ms) / 1000);
}

Answer empty_text(const Arguments&, const Context&) {
  return Value::of(std::string());
}

Answer print(const Arguments& arguments, const Context&) {
  std::string out;
  for (const Value& argument : arguments) out += argument.shown();
  return Value::of(out);
}
Answer printf(const Arguments& arguments, const Context&) {
  auto text = print_formatted(arguments);
  if (!text) return text.error();
  return Value::of(*text);
}

Answer length(const Arguments& arguments, const Context&) {
  const Value& of = arguments[0];
  const std::size_t size = of.kind == Value::Kind::text     ? of.text.size()
                           : of.kind == Value::Kind::labels ? of.labels.size()
                                                            : of.samples.size();
  return Value::of(static_cast<double>(size), true);
}

Answer not_(const Arguments& arguments, const Context&) {
  return Value::of(!arguments[0].truth());
}
/// The first that decides, else the last.
template <bool wanted>
Answer first_with_truth(const Arguments& arguments, const Context&) {
  for (const Value& argument : arguments)
    if (argument.truth() == wanted) return argument;
  return arguments.back();
}

/// Below zero, zero, above; an error where Go refuses, between int and float too.
Result<int> compare(const Value& a, const Value& b) {
  if (a.kind != b.kind || (a.kind == Value::Kind::number && a.integer != b.integer))
    return error("incompatible types for comparison");
  if (a.kind == Value::Kind::text) return a.text < b.text ? -1 : a.text == b.text ? 0 : 1;
  if (a.kind != Value::Kind::number && a.kind != Value::Kind::boolean)
    return error("invalid type for comparison");
  return a.number < b.number ? -1 : a.number == b.number ? 0 : 1;
}
/// eq with more than two arguments: the first is equal to one of the others.
Answer equal(const Arguments& arguments, const Context&) {
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const auto order = compare(arguments[0], arguments[i]);
    if (!order) return order.error();
    if (*order == 0) return Value::of(true);
  }
  return Value::of(false);
}
/// Holds if the order is within [from, to].
template <int from, int to, bool negated>
Answer ordered(const Arguments& arguments, const Context&) {
  const auto order = compare(arguments[0], arguments[1]);
  if (!order) return order.error();
  return Value::of((*order >= from && *order <= to) != negated);
}

struct Entry {
  std::string_view name;
  int least, most;  ///< arguments
  Answer (*call)(const Arguments&, const Context&);
};
constexpr int any = 1000;

constexpr Entry entries[] = {
    {"query", 1, 1, query},
    {"first", 1, 1, first},
    {"label", 2, 2, label},
    {"value", 1, 1, value_of_sample},
    {"strvalue", 1, 1, string_value},
    {"sortByLabel", 2, 2, sort_by_label},
    {"match", 2, 2, match},
    {"humanize", 1, 1, humanize_with<humanize>},
    {"humanize1024", 1, 1, humanize_with<humanize_1024>},
    {"humanizeDuration", 1, 1, humanize_with<humanize_duration>},
    {"humanizePercentage", 1, 1, humanize_with<humanize_percentage>},
    {"humanizeTimestamp", 1, 1, humanize_with<humanize_timestamp>},
    {"toUpper", 1, 1, text_with<upper>},
    {"toLower", 1, 1, text_with<lower>},
    {"title", 1, 1, text_with<title>},
    {"safeHtml", 1, 1, text_with<as_it_is>},
    {"stripPort", 1, 1, text_with<strip_port>},
    {"stripDomain", 1, 1, text_with<strip_domain>},
    {"parseDuration", 1, 1, parse_duration},
    {"pathPrefix", 0, 0, empty_text},
    {"externalURL", 0, 0, empty_text},
    {"print", 0, any, print},
    {"printf", 1, any, printf},
    {"len", 1, 1, length},
    {"not", 1, 1, not_},
    {"and", 1, any, first_with_truth<false>},
    {"or", 1, any, first_with_truth<true>},
    {"eq", 2, any, equal},
    {"ne", 2, 2, ordered<0, 0, true>},
    {"lt", 2, 2, ordered<-1, -1, false>},
    {"le", 2, 2, ordered<-1, 0, false>},
    {"gt", 2, 2, ordered<1, 1, false>},
    {"ge", 2, 2, ordered<0, 1, false>},
};

// Known to Prometheus, and not built: a rule that uses one loads, and says so when it fires.
constexpr std::string_view missing[] = {"args",    "tmpl",  "reReplaceAll", "graphLink", "tableLink",
                                        "toTime",  "index", "html",         "js",        "urlquery",
                                        "println", "slice", "call"};

}  // namespace

bool is_function(std::string_view name) {
  const bool built = std::any_of(std::begin(entries), std::end(entries),
                                 [&](const Entry& entry) { return entry.name == name; });
  return built || std::find(std::begin(missing), std::end(missing), name) != std::end(missing);
}

Result<Value> call_function(const std::string& name, const std::vector<Value>& arguments,
                            const Context& context) {
  for (const Entry& entry : entries) {
    if (entry.name != name) continue;
    const int count = static_cast<int>(arguments.size());
    if (count >= entry.least && count <= entry.most) return entry.call(arguments, context);
    return error(fmt::format("wrong number of args for {}: want {} got {}", name, entry.least, count));
  }
  return error(fmt::format("function \"{}\" is not supported here", name));
}

}  // namespace muster::text_template
