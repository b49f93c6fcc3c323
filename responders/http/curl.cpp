#include "responders/http/curl.hpp"

#include <fmt/format.h>

#include <charconv>

#include "responders/http/http_url.hpp"
#include "responders/text/lines.hpp"

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

struct ValuedFlag {
  char letter;
  std::string_view name;
};
constexpr ValuedFlag valued[] = {{'o', "output"}, {'w', "write-out"},   {'X', "request"},
                                 {'d', "data"},   {'H', "header"},      {'m', "max-time"},
                                 {'u', "user"},   {'A', "user-agent"},  {0, "connect-timeout"},
                                 {0, "retry"},    {0, "data-raw"},      {0, "resolve"},
                                 {0, "cacert"},   {0, "url"},           {0, "retry-delay"},
                                 {0, "json"},     {0, "data-urlencode"}};
constexpr ValuedFlag plain[] = {
    {'s', "silent"},   {'S', "show-error"},   {'f', "fail"},     {'I', "head"},    {'i', "include"},
    {'v', "verbose"},  {'L', "location"},     {'k', "insecure"}, {'g', "globoff"}, {'G', "get"},
    {0, "compressed"}, {0, "fail-with-body"}, {'4', "ipv4"},     {0, "http1.1"}};

class OptionReader {
 public:
  explicit OptionReader(const std::vector<std::string>& args) : args_(args) {}

  /// Error: the text curl prints.
  Result<CurlOptions> read() {
    for (; next_ < args_.size(); ++next_) {
      const std::string& arg = args_[next_];
      Result<void> part;
      if (arg.starts_with("--"))
        part = long_option(arg.substr(2));
      else if (arg.size() > 1 && arg.front() == '-')
        part = letters(arg);
      else
        options_.urls.push_back(arg);
      if (!part) return part.error();
    }
    return std::move(options_);
  }

 private:
  Result<void> long_option(const std::string& name) {
    for (const ValuedFlag& flag : plain)
      if (flag.name == name) return set(flag.name);
    for (const ValuedFlag& flag : valued)
      if (flag.name == name) return value(flag.name, {}, "--" + name);
    return invalid_input(
        fmt::format("curl: option --{}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for "
                    "more information",
                    name));
  }

  Result<void> letters(const std::string& arg) {
    for (std::size_t i = 1; i < arg.size(); ++i) {
      const ValuedFlag* known = nullptr;
      for (const ValuedFlag& flag : valued)
        if (flag.letter == arg[i]) known = &flag;
      if (known != nullptr) return value(known->name, arg.substr(i + 1), "-" + arg.substr(i, 1));
      for (const ValuedFlag& flag : plain)
        if (flag.letter == arg[i]) known = &flag;
      if (known == nullptr)
        return invalid_input(
            fmt::format("curl: option {}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for "
                        "more information",
                        arg));
      if (const auto done = set(known->name); !done) return done;
    }
    return {};
  }

  Result<void> set(std::string_view name) {
    if (name == "silent") options_.silent = true;
    if (name == "show-error") options_.show_error = true;
    if (name == "fail" || name == "fail-with-body") options_.fail = true;
    if (name == "head") options_.head = true;
    if (name == "include") options_.include = true;
    if (name == "verbose") options_.verbose = true;
    if (name == "get") options_.as_query = true;
    return {};
  }

  Result<void> value(std::string_view name, std::string text, const std::string& shown) {
    if (text.empty()) {
      if (next_ + 1 >= args_.size())
        return invalid_input(
            fmt::format("curl: option {}: requires parameter\ncurl: try 'curl --help' or 'curl --manual' "
                        "for more information",
                        shown));
      text = args_[++next_];
    }
    if (name == "output") options_.output = text;
    if (name == "write-out") options_.write_out = text;
    if (name == "request") options_.method = text;
    if (name == "header") options_.headers.push_back(text);
    if (name == "url") options_.urls.push_back(text);
    if (name == "data" || name == "data-raw" || name == "json" || name == "data-urlencode") {
      if (name == "data-urlencode") {
        const auto equals = text.find('=');
        text = text.substr(0, equals + 1) + percent_encoded(text.substr(equals + 1));
      }
      options_.data += (options_.data.empty() ? "" : "&") + text;
      if (name == "json") options_.headers.emplace_back("Content-Type: application/json");
    }
    return {};
  }

  const std::vector<std::string>& args_;
  std::size_t next_ = 0;
  CurlOptions options_;
};

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
  const auto options = OptionReader(call.args).read();
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
