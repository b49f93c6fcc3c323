#include "responders/http/curl.hpp"

#include <fmt/format.h>

#include <array>

#include "responders/http/http_url.hpp"
#include "responders/text/lines.hpp"
#include "responders/text/options.hpp"

namespace muster {
namespace {

/// There is no network model between the person and the balancer; what the blackbox prober is given too.
constexpr SimDuration round_trip = 5ms;

struct CurlOptions {
  bool silent = false, show_error = false, fail = false, head = false, include = false, verbose = false,
       as_query = false;
  std::string method, output, write_out, data;
  std::vector<std::string> headers, urls;
};

constexpr std::array curl_options{valued_option('o', "output"),
                                  valued_option('w', "write-out"),
                                  valued_option('X', "request"),
                                  valued_option('d', "data"),
                                  valued_option('H', "header"),
                                  valued_option('m', "max-time"),
                                  valued_option('u', "user"),
                                  valued_option('A', "user-agent"),
                                  valued_option(0, "connect-timeout"),
                                  valued_option(0, "retry"),
                                  valued_option(0, "data-raw"),
                                  valued_option(0, "resolve"),
                                  valued_option(0, "cacert"),
                                  valued_option(0, "url"),
                                  valued_option(0, "retry-delay"),
                                  valued_option(0, "json"),
                                  valued_option(0, "data-urlencode"),
                                  OptionSpec{'s', "silent"},
                                  OptionSpec{'S', "show-error"},
                                  OptionSpec{'f', "fail"},
                                  OptionSpec{'I', "head"},
                                  OptionSpec{'i', "include"},
                                  OptionSpec{'v', "verbose"},
                                  OptionSpec{'L', "location"},
                                  OptionSpec{'k', "insecure"},
                                  OptionSpec{'g', "globoff"},
                                  OptionSpec{'G', "get"},
                                  OptionSpec{0, "compressed"},
                                  OptionSpec{0, "fail-with-body"},
                                  OptionSpec{'4', "ipv4"},
                                  OptionSpec{0, "http1.1"}};

void add_data(CurlOptions& options, const GivenOption& given) {
  std::string text = given.value;
  if (given.is("data-urlencode")) {
    const auto equals = text.find('=');
    text = text.substr(0, equals + 1) + percent_encoded(text.substr(equals + 1));
  }
  options.data += (options.data.empty() ? "" : "&") + text;
  if (given.is("json")) options.headers.emplace_back("Content-Type: application/json");
}

void set_option(CurlOptions& options, const GivenOption& given) {
  if (given.is("silent")) options.silent = true;
  if (given.is("show-error")) options.show_error = true;
  if (given.is("fail") || given.is("fail-with-body")) options.fail = true;
  if (given.is("head")) options.head = true;
  if (given.is("include")) options.include = true;
  if (given.is("verbose")) options.verbose = true;
  if (given.is("get")) options.as_query = true;
  if (given.is("output")) options.output = given.value;
  if (given.is("write-out")) options.write_out = given.value;
  if (given.is("request")) options.method = given.value;
  if (given.is("header")) options.headers.push_back(given.value);
  if (given.spec == nullptr || given.is("url")) options.urls.push_back(given.value);
  if (given.spec != nullptr && (given.spec->name.starts_with("data") || given.is("json")))
    add_data(options, given);
}

/// Error: the text curl prints.
Result<CurlOptions> read_curl_options(const std::vector<std::string>& args) {
  const GivenOptions given = read_options(args, curl_options);
  if (given.fault) {
    const bool unknown = given.fault.kind == OptionFault::Kind::unknown;
    return invalid_input(fmt::format(
        "curl: option {}: {}\ncurl: try 'curl --help' or 'curl --manual' for more information",
        unknown ? given.fault.word : given.fault.shown, unknown ? "is unknown" : "requires parameter"));
  }
  CurlOptions options;
  for (const GivenOption& each : given.all) set_option(options, each);
  return options;
}

const char* reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 422:
      return "Unprocessable Entity";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Temporarily Unavailable";
    case 504:
      return "Gateway Time-out";
    default:
      return "";
  }
}

std::string header_text(const Answer& answer, const Session& session) {
  std::string text =
      fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n", answer.status,
                  reason_of(answer.status), format_rfc3339(session.host.epoch(), session.host.now()),
                  answer.content_type, answer.body.size());
  for (const auto& [name, value] : answer.headers) text += name + ": " + value + "\r\n";
  return text + "\r\n";
}

/// -w '%{http_code}\n'
std::string written_out(const std::string& format, const Answer& answer, const std::string& url) {
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] == '\\' && i + 1 < format.size()) {
      const char c = format[++i];
      out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
      continue;
    }
    const auto close = format.substr(i).starts_with("%{") ? format.find('}', i) : std::string::npos;
    if (close == std::string::npos) {
      out += format[i];
      continue;
    }
    const std::string name = format.substr(i + 2, close - i - 2);
    if (name == "http_code" || name == "response_code") out += fmt::format("{:03}", answer.status);
    if (name == "time_total" || name == "time_starttransfer")
      out += fmt::format("{:.6f}", seconds_of(round_trip));
    if (name == "size_download") out += fmt::format("{}", answer.body.size());
    if (name == "url_effective" || name == "url") out += url;
    if (name == "content_type") out += answer.content_type;
    i = close;
  }
  return out;
}

std::string content_type_of(const CurlOptions& options) {
  for (const auto& header : options.headers)
    if (lower_case(header).starts_with("content-type:")) return std::string(trimmed(header.substr(13)));
  return options.data.empty() ? "" : "application/x-www-form-urlencoded";
}

CommandResult curl_error(const CurlOptions& options, int code, const std::string& text) {
  const bool told = !options.silent || options.show_error;
  return CommandResult::failed(code, told ? fmt::format("curl: ({}) {}\n", code, text) : std::string());
}

CommandResult shown(Session& session, const CurlOptions& options, const std::string& text,
                    const Answer& answer) {
  CommandResult result;
  std::string body;
  if (options.include || options.head) body += header_text(answer, session);
  if (options.verbose)
    for (const auto& line : split_lines(header_text(answer, session))) result.err += "< " + line + "\n";
  if (!options.head && !(options.fail && answer.status >= 400)) body += answer.body;
  if (options.output.empty())
    result.out += body;
  else if (options.output != "/dev/null")
    session.files[options.output] = body;
  result.out += written_out(options.write_out, answer, text);
  if (options.fail && answer.status >= 400) {
    const CommandResult failed =
        curl_error(options, 22, fmt::format("The requested URL returned error: {}", answer.status));
    result.exit_code = failed.exit_code;
    result.err += failed.err;
  }
  return result;
}

CommandResult fetch(Session& session, const CurlOptions& options, const std::string& text) {
  const auto url = parse_http_url(text);
  if (!url) return curl_error(options, 3, "URL using bad/illegal format or missing URL");
  if (url->scheme != "http" && url->scheme != "https")
    return curl_error(options, 1,
                      fmt::format("Protocol \"{}\" not supported or disabled in libcurl", url->scheme));
  std::string path = door_path(*url);
  if (path.empty())
    return curl_error(options, 7,
                      fmt::format("Failed to connect to {} port {} after 0 ms: Couldn't connect to server",
                                  url->host, url->port));
  if (options.as_query && !options.data.empty())
    path += (path.find('?') == std::string::npos ? "?" : "&") + options.data;
  const std::string body = options.as_query ? std::string() : options.data;
  const std::string method = !options.method.empty() ? options.method : body.empty() ? "GET" : "POST";
  Answer answer = session.host.submit(Request{session.actor, method, path, content_type_of(options), body});
  if (answer.status == 421)
    return curl_error(options, 6, fmt::format("Could not resolve host: {}", url->host));
  return shown(session, options, text, answer);
}

}  // namespace

Task<CommandResult> curl(Session& session, Invocation call) {
  const auto options = read_curl_options(call.args);
  if (!options) co_return CommandResult::failed(2, options.error().message + "\n");
  if (options->urls.empty())
    co_return CommandResult::failed(2, "curl: try 'curl --help' or 'curl --manual' for more information\n");
  CommandResult all;
  for (const std::string& url : options->urls) {
    sleep_for travelling(session.host, round_trip);
    co_await travelling;
    CommandResult one = fetch(session, *options, url);
    all.out += one.out;
    all.err += one.err;
    all.exit_code = one.exit_code;
  }
  co_return all;
}

}  // namespace muster
