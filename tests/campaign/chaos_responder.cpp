#include "tests/campaign/chaos_responder.hpp"

#include "tests/campaign/random_faults.hpp"
#include "tests/campaign/random_requests.hpp"

namespace muster::campaign {

Task<void> ChaosResponder::play(ResponderHost& host) {
  sleep_for until_begin(host, std::chrono::seconds(dice_.whole(1, faults_begin_s)));
  co_await until_begin;
  RandomRequests requests(host, actor_, dice_);
  const int rate = dice_.whole(2, 40);  // mean gap in seconds
  while (host.now() < sim_start + std::chrono::seconds(faults_end_s)) {
    requests.send_one();
    sleep_for gap(host, std::chrono::milliseconds(dice_.whole(0, rate * 2000)));
    co_await gap;
  }
}

}  // namespace muster::campaign
