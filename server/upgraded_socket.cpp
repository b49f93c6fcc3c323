#include "server/upgraded_socket.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <deque>

namespace muster {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using boost::system::error_code;
using HttpRequest = http::request<http::string_body>;

constexpr auto poll_interval = std::chrono::milliseconds(50);
/// kubectl loses data that comes before it has registered its streams (client-go remotecommand/websocket.go).
constexpr auto first_delay = std::chrono::milliseconds(30);
constexpr auto close_limit = std::chrono::seconds(10);  // for a client that does not close after us
constexpr std::size_t message_bytes_max = 1 << 20;
constexpr std::size_t read_bytes_max = 64 * 1024;
constexpr const char* spdy_name = "SPDY/3.1";
constexpr const char* spdy_protocol_header = "X-Stream-Protocol-Version";

/// Messages of a WebSocket. Each operation of a wire is done when `then(error)` is called.
class WebSocketWire {
 public:
  WebSocketWire(beast::tcp_stream stream, std::string protocol)
      : socket_(std::move(stream)), protocol_(std::move(protocol)) {}

  template <class Then>
  void accept(const HttpRequest& upgrade, Then then) {
    beast::get_lowest_layer(socket_).expires_never();
    socket_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    socket_.set_option(websocket::stream_base::decorator([this](websocket::response_type& reply) {
      reply.set(http::field::sec_websocket_protocol, protocol_);
    }));
    socket_.read_message_max(message_bytes_max);
    socket_.binary(true);
    socket_.async_accept(upgrade, then);
  }
  template <class Then>
  void read(Then then) {
    socket_.async_read(buffer_, [then](error_code error, std::size_t) { then(error); });
  }
  std::string take_heard() {
    std::string heard = beast::buffers_to_string(buffer_.data());
    buffer_.clear();
    return heard;
  }
  template <class Then>
  void write(const std::string& bytes, Then then) {
    socket_.async_write(asio::buffer(bytes), [then](error_code error, std::size_t) { then(error); });
  }
  template <class Then>
  void close(Then then) {
    socket_.async_close(websocket::close_code::normal, then);
  }

 private:
  websocket::stream<beast::tcp_stream> socket_;
  std::string protocol_;
  beast::flat_buffer buffer_;
};

/// Bytes as they come.
class PlainWire {
 public:
  PlainWire(beast::tcp_stream stream, std::string protocol) : socket_(std::move(stream)) {
    hello_ = fmt::format(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: {}\r\n{}: {}\r\n\r\n", spdy_name,
        spdy_protocol_header, protocol);
  }

  template <class Then>
  void accept(const HttpRequest&, Then then) {
    socket_.expires_never();
    write(hello_, then);
  }
  template <class Then>
  void read(Then then) {
    socket_.async_read_some(asio::buffer(heard_.data() + size_, heard_.size() - size_),
                            [this, then](error_code error, std::size_t count) {
                              size_ += count;
                              then(error);
                            });
  }
  std::string take_heard() { return {heard_.data(), std::exchange(size_, 0)}; }
  template <class Then>
  void write(const std::string& bytes, Then then) {
    asio::async_write(socket_, asio::buffer(bytes), [then](error_code error, std::size_t) { then(error); });
  }
  /// The client reads to our end and closes then; its end ends the read that is under way.
  template <class Then>
  void close(Then then) {
    error_code ignored;
    socket_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    socket_.expires_after(close_limit);
    then(error_code{});
  }

 private:
  beast::tcp_stream socket_;
  std::string hello_;
  std::array<char, read_bytes_max> heard_{};
  std::size_t size_ = 0;
};

template <class Wire>
class UpgradedSocket : public std::enable_shared_from_this<UpgradedSocket<Wire>> {
 public:
  UpgradedSocket(asio::io_context& io, beast::tcp_stream stream, const std::string& protocol,
                 std::unique_ptr<Conversation> conversation, std::shared_ptr<void> while_open)
      : wire_(std::move(stream), protocol),
        timer_(io),
        conversation_(std::move(conversation)),
        while_open_(std::move(while_open)) {}

  void start(const HttpRequest& upgrade) { wire_.accept(upgrade, then(&UpgradedSocket::on_accepted)); }

 private:
  // Binds a member function and keeps this alive until it is called.
  template <class Method>
  auto then(Method method) {
    return [self = this->shared_from_this(), method](error_code error) { ((*self).*method)(error); };
  }

  void on_accepted(error_code error) {
    if (error) return;
    began_ = std::chrono::steady_clock::now();
    wire_.read(then(&UpgradedSocket::on_read));
    wait(first_delay);
  }

  void on_read(error_code error) {
    if (error) {
      gone_ = true;
      timer_.cancel();
      return;
    }
    const std::string heard = wire_.take_heard();
    if (!closing_) conversation_->hear(heard);
    if (!closing_ && !writing_) send();
    wire_.read(then(&UpgradedSocket::on_read));
  }

  void wait(std::chrono::milliseconds time) {
    timer_.expires_after(time);
    timer_.async_wait(then(&UpgradedSocket::on_time));
  }

  void on_time(error_code error) {
    if (!error && !gone_ && !writing_) send();
  }

  void send() {
    if (gone_ || closing_) return;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began_;
    for (std::string& piece : conversation_->take(elapsed.count())) pieces_.push_back(std::move(piece));
    write_next();
  }

  void write_next() {
    if (pieces_.empty()) {
      writing_ = false;
      if (conversation_->ended()) return close();
      return wait(poll_interval);
    }
    writing_ = true;
    wire_.write(pieces_.front(), then(&UpgradedSocket::on_written));
  }

  void on_written(error_code error) {
    gone_ = gone_ || error;
    if (gone_) return;
    pieces_.pop_front();
    write_next();
  }

  void close() {
    closing_ = true;
    wire_.close([self = this->shared_from_this()](error_code) {});
  }

  Wire wire_;
  asio::steady_timer timer_;
  std::unique_ptr<Conversation> conversation_;
  std::shared_ptr<void> while_open_;
  std::deque<std::string> pieces_;
  std::chrono::steady_clock::time_point began_;
  bool writing_ = false, closing_ = false, gone_ = false;
};

HttpRequest http_request(const UpgradeRequest& request) {
  HttpRequest made(http::verb::get, request.target, 11);
  for (const auto& [name, value] : request.headers) made.insert(name, value);
  return made;
}

beast::string_view trimmed(beast::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Whether one of the header's lines lists the word. "SPDY/3.1+portforward.k8s.io" is no token of HTTP, so
/// token_list does not do.
bool lists(const HttpRequest& request, beast::string_view header, beast::string_view word) {
  const auto [begin, end] = request.equal_range(header);
  for (auto field = begin; field != end; ++field) {
    beast::string_view rest = field->value();
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (beast::iequals(trimmed(rest.substr(0, comma)), word)) return true;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return false;
}

template <class Wire>
void run(asio::io_context& io, beast::tcp_stream stream, const HttpRequest& request,
         const std::string& protocol, std::unique_ptr<Conversation> conversation,
         std::shared_ptr<void> while_open) {
  std::make_shared<UpgradedSocket<Wire>>(io, std::move(stream), protocol, std::move(conversation),
                                         std::move(while_open))
      ->start(request);
}

}  // namespace

UpgradedWire choose_wire(const UpgradeRequest& request, const std::vector<std::string>& websocket_protocols,
                         const std::string& spdy_protocol) {
  const HttpRequest made = http_request(request);
  if (websocket::is_upgrade(made)) {
    for (const std::string& protocol : websocket_protocols)
      if (lists(made, "Sec-WebSocket-Protocol", protocol)) return {UpgradedWire::Kind::websocket, protocol};
    return {};
  }
  if (lists(made, "Connection", "upgrade") && lists(made, "Upgrade", spdy_name) &&
      lists(made, spdy_protocol_header, spdy_protocol))
    return {UpgradedWire::Kind::spdy, spdy_protocol};
  return {};
}

void run_upgraded_socket(asio::io_context& io, int socket, const UpgradeRequest& request,
                         const UpgradedWire& wire, std::unique_ptr<Conversation> conversation,
                         std::shared_ptr<void> while_open) {
  beast::tcp_stream stream(io);
  error_code error;
  stream.socket().assign(asio::ip::tcp::v4(), socket, error);
  if (error) return;
  const auto carry = wire.kind == UpgradedWire::Kind::websocket ? run<WebSocketWire> : run<PlainWire>;
  carry(io, std::move(stream), http_request(request), wire.protocol, std::move(conversation),
        std::move(while_open));
}

}  // namespace muster
