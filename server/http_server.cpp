#include "server/http_server.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <csignal>
#include <ctime>
#include <memory>
#include <optional>

#include "server/gzip.hpp"
#include "server/upgrade.hpp"

namespace muster {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Reply = http::response<http::string_body>;

constexpr auto tick = std::chrono::milliseconds(50);          // how often the world is let on
constexpr auto stream_poll = std::chrono::milliseconds(100);  // how soon a watcher sees a change
constexpr auto idle_limit = std::chrono::minutes(5);          // Prometheus' --web.read-timeout
constexpr auto drain_limit = std::chrono::seconds(2);         // for a client that is still sending
constexpr std::size_t header_bytes_max = 64 * 1024;
constexpr std::size_t drain_bytes_max = 64 * 1024 * 1024;
constexpr std::size_t gzip_bytes_min = 64;  // below, the header of gzip is larger than what it saves

/// Who acts through this socket. There are no roles yet.
constexpr const char* actor = "responder-1";

struct Shared {
  Door& door;
  HttpOptions options;
  std::size_t connections = 0;
  asio::io_context io{1};  // last: it takes the sessions with it when it goes
};

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110).
std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

std::string text_of(beast::string_view view) {
  return {view.data(), view.size()};
}

bool may_have_body(unsigned status) {
  return status >= 200 && status != 204 && status != 304;
}

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(tcp::socket socket, Shared& shared)
      : stream_(std::move(socket)), poll_(stream_.get_executor()), shared_(shared) {
    ++shared_.connections;
  }
  ~HttpSession() { --shared_.connections; }

  void start() {
    if (shared_.connections > shared_.options.connections_max)
      return refuse(http::status::service_unavailable, "too many connections");
    read_header();
  }

 private:
  // Binds a member function and keeps this session alive until it is called.
  template <class Method>
  auto then(Method method) {
    return
        [self = shared_from_this(), method](error_code error, std::size_t = 0) { ((*self).*method)(error); };
  }

  void read_header() {
    parser_.emplace();
    parser_->body_limit(shared_.options.body_bytes_max);
    parser_->header_limit(header_bytes_max);
    stream_.expires_after(idle_limit);
    http::async_read_header(stream_, buffer_, *parser_, then(&HttpSession::on_header));
  }

  void on_header(error_code error) {
    if (error) return on_bad_request(error);
    const bool waits = beast::iequals(parser_->get()[http::field::expect], "100-continue");
    if (!waits) return read_body();
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(stream_, asio::buffer(go_on), then(&HttpSession::on_continued));
  }

  void on_continued(error_code error) {
    if (!error) read_body();
  }

  void read_body() { http::async_read(stream_, buffer_, *parser_, then(&HttpSession::on_request)); }

  void on_bad_request(error_code error) {
    if (error == http::error::end_of_stream) return close();
    if (error == http::error::body_limit)
      return refuse(http::status::payload_too_large,
                    fmt::format("the body is larger than {} bytes", shared_.options.body_bytes_max));
    if (error == http::error::header_limit)
      return refuse(http::status::request_header_fields_too_large, "the header is too large");
    // Any other error of HTTP itself; the rest are broken or idle connections.
    if (error.category() == http::make_error_code(http::error::bad_method).category())
      return refuse(http::status::bad_request, "400 Bad Request: " + error.message());
  }

  void on_request(error_code error) {
    if (error) return on_bad_request(error);
    const auto& asked = parser_->get();
    shared_.door.advance();
    Request request{actor,
                    text_of(asked.method_string()),
                    text_of(asked.target()),
                    text_of(asked[http::field::content_type]),
                    asked.body(),
                    text_of(asked[http::field::accept]),
                    text_of(asked[http::field::user_agent])};
    if (asked.count(http::field::upgrade) > 0 && is_upgrade_path(request.path)) return upgrade(request);
    Answer answer = shared_.door.handle(request);
    keep_alive_ = asked.keep_alive();
    head_only_ = asked.method() == http::verb::head;
    if (answer.stream && !head_only_) return begin_stream(std::move(answer));
    const bool squeeze =
        accepts_gzip(text_of(asked[http::field::accept_encoding])) && answer.body.size() >= gzip_bytes_min;
    send(reply_of(std::move(answer), squeeze));
  }

  void upgrade(const Request& request) {
    keep_alive_ = parser_->get().keep_alive();
    const auto ask = [&door = shared_.door](const Request& one) {
      door.advance();
      return door.handle(one);
    };
    const UpgradeRequest wanted = upgrade_request();
    Upgrade upgrade = open_upgrade(request, wanted, ask);
    if (!upgrade.conversation) return send(reply_of(std::move(upgrade.refusal), false));
    error_code error;
    stream_.expires_never();
    const int socket = stream_.socket().release(error);
    if (error) return;
    run_upgraded_socket(shared_.io, socket, wanted, upgrade.wire, std::move(upgrade.conversation),
                        shared_from_this());
  }

  UpgradeRequest upgrade_request() const {
    UpgradeRequest wanted{text_of(parser_->get().target()), {}};
    for (const auto& field : parser_->get())
      wanted.headers.emplace_back(text_of(field.name_string()), text_of(field.value()));
    return wanted;
  }

  Reply reply_of(Answer answer, bool squeeze) {
    Reply reply(static_cast<http::status>(answer.status), parser_->get().version());
    reply.set(http::field::date, http_date());
    if (!answer.content_type.empty()) reply.set(http::field::content_type, answer.content_type);
    for (const auto& [name, value] : answer.headers) reply.insert(name, value);
    if (!may_have_body(static_cast<unsigned>(answer.status))) {
      answer.body.clear();
      reply.erase(http::field::content_type);
    } else if (squeeze) {
      reply.set(http::field::content_encoding, "gzip");
      answer.body = gzip(answer.body);
    }
    reply.body() = std::move(answer.body);
    return reply;
  }

  void send(Reply reply) {
    reply.keep_alive(keep_alive_);
    reply.prepare_payload();
    reply_.emplace(std::move(reply));
    if (!head_only_) return http::async_write(stream_, *reply_, then(&HttpSession::on_sent));
    head_.emplace(*reply_);
    http::async_write_header(stream_, *head_, then(&HttpSession::on_sent));
  }

  void on_sent(error_code error) {
    if (error) return;
    if (!keep_alive_) return close();
    read_header();
  }

  // A request that could not be read leaves the connection at an unknown place: it is answered and closed.
  void refuse(http::status status, const std::string& message) {
    if (!parser_) parser_.emplace();
    keep_alive_ = head_only_ = false;
    Reply reply(status, 11);
    reply.set(http::field::date, http_date());
    reply.set(http::field::content_type, "text/plain; charset=utf-8");
    reply.body() = message + "\n";
    send(std::move(reply));
  }

  // Closing while the client still sends would reset the connection before it has read the answer.
  void close() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(drain_limit);
    drain({});
  }

  void drain(error_code error) {
    drained_ += buffer_.size();
    buffer_.clear();
    if (error || drained_ > drain_bytes_max) return;
    stream_.async_read_some(buffer_.prepare(64 * 1024),
                            [self = shared_from_this()](error_code failed, std::size_t count) {
                              self->buffer_.commit(count);
                              self->drain(failed);
                            });
  }

  // ---- streams: a watch or a followed log, one chunk per batch of lines

  void begin_stream(Answer answer) {
    lines_ = std::move(answer.stream);
    chunk_ = std::move(answer.body);
    chunked_ = parser_->get().version() >= 11;
    Reply reply = reply_of(std::move(answer), false);
    reply.chunked(chunked_);
    keep_alive_ = keep_alive_ && chunked_;
    reply.keep_alive(keep_alive_);
    reply_.emplace(std::move(reply));
    head_.emplace(*reply_);
    stream_.expires_never();
    http::async_write_header(stream_, *head_, then(&HttpSession::on_stream_head));
  }

  void on_stream_head(error_code error) {
    if (error) return;
    // Nobody sends anything on a stream: what can be read there is the end of the connection.
    stream_.socket().async_wait(tcp::socket::wait_read, then(&HttpSession::on_stream_readable));
    send_chunk();
  }

  void on_stream_readable(error_code error) {
    error_code peeked;
    char byte = 0;
    if (error || !lines_) return;
    const std::size_t count =
        stream_.socket().receive(asio::buffer(&byte, 1), tcp::socket::message_peek, peeked);
    if (peeked || count == 0) end_stream();
  }

  void end_stream() {
    lines_.reset();
    poll_.cancel();
  }

  void send_chunk() {
    if (chunk_.empty()) return on_chunk_sent({});
    if (chunked_) chunk_ = fmt::format("{:x}\r\n{}\r\n", chunk_.size(), chunk_);
    asio::async_write(stream_, asio::buffer(chunk_), then(&HttpSession::on_chunk_sent));
  }

  void on_chunk_sent(error_code error) {
    if (error) end_stream();
    if (!lines_) return;
    poll_.expires_after(stream_poll);
    poll_.async_wait(then(&HttpSession::on_poll));
  }

  void on_poll(error_code error) {
    if (error || !lines_) return;
    chunk_.clear();
    for (const std::string& line : lines_->take()) {
      chunk_ += line;
      if (!line.ends_with('\n')) chunk_ += '\n';
    }
    if (chunk_.empty() && lines_->ended()) return finish_stream();
    send_chunk();
  }

  void finish_stream() {
    lines_.reset();
    chunk_ = chunked_ ? "0\r\n\r\n" : "";
    asio::async_write(stream_, asio::buffer(chunk_), then(&HttpSession::on_stream_finished));
  }

  // The wait for the client's end is still under way, so the connection is not used for another request.
  void on_stream_finished(error_code error) {
    if (!error) close();
  }

  beast::tcp_stream stream_;
  asio::steady_timer poll_;
  Shared& shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<Reply> reply_;
  std::optional<http::response_serializer<http::string_body>> head_;
  bool keep_alive_ = false, head_only_ = false, chunked_ = true;
  std::size_t drained_ = 0;
  std::shared_ptr<Stream> lines_;
  std::string chunk_;
};

class Server {
 public:
  explicit Server(Shared& shared)
      : shared_(shared), acceptor_(shared.io), ticker_(shared.io), signals_(shared.io, SIGINT, SIGTERM) {}

  error_code listen() {
    const tcp::endpoint here(asio::ip::address_v4::loopback(), shared_.options.port);
    error_code error;
    acceptor_.open(here.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(here, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    return error;
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void run() {
    signals_.async_wait([this](error_code, int) { shared_.io.stop(); });
    accept();
    wait_for_tick();
    shared_.io.run();
  }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (!error) std::make_shared<HttpSession>(std::move(socket), shared_)->start();
      accept();
    });
  }

  void wait_for_tick() {
    ticker_.expires_after(tick);
    ticker_.async_wait([this](error_code) {
      if (!shared_.door.advance()) return shared_.io.stop();
      wait_for_tick();
    });
  }

  Shared& shared_;
  tcp::acceptor acceptor_;
  asio::steady_timer ticker_;
  asio::signal_set signals_;
};

}  // namespace

Result<void> serve_http(Door& door, const HttpOptions& options,
                        const std::function<void(std::uint16_t)>& listening) {
  Shared shared{.door = door, .options = options};
  Server server(shared);
  if (const error_code error = server.listen()) {
    return Error{ErrorCode::unavailable,
                 fmt::format("cannot listen on 127.0.0.1:{}: {}", options.port, error.message()),
                 {}};
  }
  listening(server.port());
  server.run();
  return {};
}

}  // namespace muster
