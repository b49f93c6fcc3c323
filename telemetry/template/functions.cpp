// The functions that a template can call: Go's own comparisons and Prometheus' (template/template.go).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

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

template <auto changed>
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

Answer replace(const Arguments& arguments, const Context&) {
  auto text = promql::replace_all(arguments[0].shown(), arguments[1].shown(), arguments[2].shown());
  if (!text) return text.error();
  return Value::of(std::move(*text));
}

/// {arg0: ..., arg1: ...}, to hand several values to a named template.
Answer args(const Arguments& arguments, const Context&) {
  std::vector<std::pair<std::string, Value>> named;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    named.emplace_back(fmt::format("arg{}", i), arguments[i]);
  std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  Value map;
  map.kind = Value::Kind::map;
  for (auto& [name, value] : named) {
    map.keys.push_back(std::move(name));
    map.values.push_back(std::move(value));
  }
  return map;
}

Answer to_time(const Arguments& arguments, const Context&) {
  const auto number = number_of(arguments[0]);
  if (!number) return number.error();
  constexpr double furthest = 9e9;  // as nanoseconds this still fits an int64
  if (!(std::fabs(*number) < furthest)) return Value();
  Value time = Value::of(*number);
  time.kind = Value::Kind::time;
  return time;
}

template <int tab>
Answer link(const Arguments& arguments, const Context&) {
  return Value::of(fmt::format("/graph?g0.expr={}&g0.tab={}", escaped_for_url(arguments[0].shown()), tab));
}
Answer url_query(const Arguments& arguments, const Context&) {
  std::string whole;
  for (const Value& argument : arguments) whole += argument.shown();
  return Value::of(escaped_for_url(whole));
}

Answer index(const Arguments& arguments, const Context&) {
  Value value = arguments[0];
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    auto inner = at_index(value, arguments[i]);
    if (!inner) return inner.error();
    value = std::move(*inner);
  }
  return value;
}

/// slice TEXT [FROM [TO]].
Answer slice(const Arguments& arguments, const Context&) {
  const Value& of = arguments[0];
  if (of.kind != Value::Kind::text) return error("can't slice item of this type");
  double bounds[2] = {0, static_cast<double>(of.text.size())};
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i].kind != Value::Kind::number || !arguments[i].integer)
      return error("cannot index slice/array with this type");
    bounds[i - 1] = arguments[i].number;
  }
  if (bounds[0] < 0 || bounds[0] > bounds[1] || bounds[1] > static_cast<double>(of.text.size()))
    return error(fmt::format("error calling slice: index out of range: {}", bounds[0]));
  const auto from = static_cast<std::size_t>(bounds[0]);
  return Value::of(of.text.substr(from, static_cast<std::size_t>(bounds[1]) - from));
}

Answer call(const Arguments&, const Context&) {
  return error("error calling call: non-function of this type");  // no value here is a function
}

Answer empty_text(const Arguments&, const Context&) {
  return Value::of(std::string());
}

/// Go's Sprint: a space between two neighbours neither of which is a text.
Answer print(const Arguments& arguments, const Context&) {
  std::string out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool texts =
        i > 0 && (arguments[i].kind == Value::Kind::text || arguments[i - 1].kind == Value::Kind::text);
    if (i > 0 && !texts) out += ' ';
    out += arguments[i].shown();
  }
  return Value::of(out);
}
Answer println(const Arguments& arguments, const Context&) {
  std::string out;
  for (const Value& argument : arguments) out += (out.empty() ? "" : " ") + argument.shown();
  return Value::of(out + "\n");
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
                           : of.kind == Value::Kind::map    ? of.keys.size()
                           : of.kind == Value::Kind::list   ? of.values.size()
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

constexpr Entry prometheus_functions[] = {
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
    {"reReplaceAll", 3, 3, replace},
    {"args", 0, any, args},
    {"toTime", 1, 1, to_time},
    {"graphLink", 1, 1, link<0>},
    {"tableLink", 1, 1, link<1>},
};
constexpr Entry kubectl_functions[] = {{"exists", 1, any, item_exists},
                                       {"base64decode", 1, 1, decode_base64}};
constexpr Entry go_functions[] = {
    {"urlquery", 1, any, url_query},
    {"html", 1, 1, text_with<escaped_for_html>},
    {"js", 1, 1, text_with<escaped_for_js>},
    {"index", 1, any, index},
    {"slice", 1, 3, slice},
    {"call", 1, any, call},
    {"print", 0, any, print},
    {"println", 0, any, println},
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

std::span<const Entry> own_functions(Dialect dialect) {
  if (dialect == Dialect::kubectl) return kubectl_functions;
  return prometheus_functions;
}

const Entry* find_in(std::span<const Entry> entries, std::string_view name) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

Result<Value> at_index(const Value& of, const Value& index) {
  if (of.kind == Value::Kind::labels)
    return Value::of(std::string(promql::label_value(of.labels, index.shown())));
  if (of.kind == Value::Kind::map) {
    for (std::size_t i = 0; i < of.keys.size(); ++i)
      if (of.keys[i] == index.shown()) return of.values[i];
    return Value();
  }
  if (of.kind == Value::Kind::nothing) return error("error calling index: index of untyped nil");
  if (of.kind != Value::Kind::samples && of.kind != Value::Kind::list && of.kind != Value::Kind::text)
    return error("can't index item of this type");
  if (index.kind != Value::Kind::number || !index.integer)
    return error("cannot index slice/array with this type");
  const std::size_t size = of.kind == Value::Kind::text   ? of.text.size()
                           : of.kind == Value::Kind::list ? of.values.size()
                                                          : of.samples.size();
  if (index.number < 0 || index.number >= static_cast<double>(size))
    return error(fmt::format("error calling index: index out of range: {}", index.shown()));
  const auto at = static_cast<std::size_t>(index.number);
  if (of.kind == Value::Kind::list) return of.values[at];
  if (of.kind == Value::Kind::samples) return Value::of(of.samples[at]);
  return Value::of(static_cast<double>(static_cast<unsigned char>(of.text[at])), true);
}
bool is_function(std::string_view name, Dialect dialect) {
  if (name == "tmpl") return dialect == Dialect::prometheus;
  return find_in(go_functions, name) != nullptr || find_in(own_functions(dialect), name) != nullptr;
}

Result<Value> call_function(const std::string& name, const std::vector<Value>& arguments,
                            const Context& context) {
  const Entry* entry = find_in(go_functions, name);
  if (entry == nullptr)
    entry = find_in(own_functions(context.data == nullptr ? Dialect::prometheus : Dialect::kubectl), name);
  if (entry == nullptr) return error(fmt::format("function \"{}\" not defined", name));
  const int count = static_cast<int>(arguments.size());
  if (count >= entry->least && count <= entry->most) return entry->call(arguments, context);
  return error(fmt::format("wrong number of args for {}: want {} got {}", name, entry->least, count));
}

}  // namespace muster::text_template
