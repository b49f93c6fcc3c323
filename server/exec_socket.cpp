#include "server/exec_socket.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
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

constexpr auto poll_interval = std::chrono::milliseconds(50);
/// kubectl loses data that comes before it has registered its streams (client-go remotecommand/websocket.go).
constexpr auto first_delay = std::chrono::milliseconds(30);
constexpr std::size_t message_bytes_max = 1 << 20;

class ExecSocket : public std::enable_shared_from_this<ExecSocket> {
 public:
  ExecSocket(beast::tcp_stream stream, std::unique_ptr<ExecSession> session, std::shared_ptr<void> while_open)
      : socket_(std::move(stream)),
        timer_(socket_.get_executor()),
        session_(std::move(session)),
        while_open_(std::move(while_open)) {}

  void start(const http::request<http::string_body>& upgrade) {
    beast::get_lowest_layer(socket_).expires_never();
    socket_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    socket_.set_option(websocket::stream_base::decorator([](websocket::response_type& reply) {
      reply.set(http::field::sec_websocket_protocol, exec_protocol);
    }));
    socket_.read_message_max(message_bytes_max);
    socket_.binary(true);
    socket_.async_accept(upgrade,
                         [self = shared_from_this()](error_code error) { self->on_accepted(error); });
  }

 private:
  void on_accepted(error_code error) {
    if (error) return;
    began_ = std::chrono::steady_clock::now();
    read();
    wait(first_delay);
  }

  void read() {
    socket_.async_read(buffer_,
                       [self = shared_from_this()](error_code error, std::size_t) { self->on_read(error); });
  }

  void on_read(error_code error) {
    if (error) {
      gone_ = true;
      timer_.cancel();
      return;
    }
    session_->hear(beast::buffers_to_string(buffer_.data()));
    buffer_.clear();
    if (!closing_ && !writing_) send();
    read();
  }

  void wait(std::chrono::milliseconds time) {
    timer_.expires_after(time);
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (!error && !self->gone_ && !self->writing_) self->send();
    });
  }

  void send() {
    if (gone_ || closing_) return;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began_;
    for (std::string& frame : session_->take(elapsed.count())) frames_.push_back(std::move(frame));
    write_next();
  }

  void write_next() {
    if (frames_.empty()) {
      writing_ = false;
      if (session_->ended()) return close();
      return wait(poll_interval);
    }
    writing_ = true;
    socket_.async_write(asio::buffer(frames_.front()),
                        [self = shared_from_this()](error_code error, std::size_t) {
                          if (error) {
                            self->gone_ = true;
                            return;
                          }
                          self->frames_.pop_front();
                          self->write_next();
                        });
  }

  void close() {
    closing_ = true;
    socket_.async_close(websocket::close_code::normal, [self = shared_from_this()](error_code) {});
  }

  websocket::stream<beast::tcp_stream> socket_;
  asio::steady_timer timer_;
  std::unique_ptr<ExecSession> session_;
  std::shared_ptr<void> while_open_;
  beast::flat_buffer buffer_;
  std::deque<std::string> frames_;
  std::chrono::steady_clock::time_point began_;
  bool writing_ = false, closing_ = false, gone_ = false;
};

http::request<http::string_body> http_request(const UpgradeRequest& request) {
  http::request<http::string_body> made(http::verb::get, request.target, 11);
  for (const auto& [name, value] : request.headers) made.insert(name, value);
  return made;
}

}  // namespace

bool wants_exec_socket(const UpgradeRequest& request) {
  const auto made = http_request(request);
  if (!websocket::is_upgrade(made)) return false;
  return http::token_list(made[http::field::sec_websocket_protocol]).exists(exec_protocol);
}

void run_exec_socket(asio::io_context& io, int socket, const UpgradeRequest& request,
                     std::unique_ptr<ExecSession> session, std::shared_ptr<void> while_open) {
  beast::tcp_stream stream(io);
  error_code error;
  stream.socket().assign(asio::ip::tcp::v4(), socket, error);
  if (error) return;
  std::make_shared<ExecSocket>(std::move(stream), std::move(session), std::move(while_open))
      ->start(http_request(request));
}

}  // namespace muster
