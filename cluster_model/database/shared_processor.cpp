#include "cluster_model/database/shared_processor.hpp"

#include <algorithm>
#include <cmath>

namespace muster {

SharedProcessor::SharedProcessor(Engine& engine, double cores, std::function<void(std::uint32_t)> done)
    : engine_(engine), cores_(cores), done_(std::move(done)) {
  MUSTER_ASSERT(cores > 0, "a server needs a core");
}

SharedProcessor::~SharedProcessor() {
  if (event_) engine_.cancel(event_);
}

double SharedProcessor::rate() const {
  return running_ <= cores_ ? 1 : cores_ / running_;
}

void SharedProcessor::advance() {
  const auto passed = static_cast<double>((engine_.now() - at_).count());
  at_ = engine_.now();
  attained_ += passed * rate();
  busy_ns_ += passed * std::min(cores_, static_cast<double>(running_));
}

SharedProcessor::Job SharedProcessor::begin(std::uint32_t what, SimDuration work) {
  advance();
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  slots_[slot].what = what;
  slots_[slot].running = true;
  ++running_;
  heap_.push_back({attained_ + static_cast<double>(work.count()), begun_++, slot, slots_[slot].generation});
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  reschedule();
  return {slot, slots_[slot].generation};
}

void SharedProcessor::retire(std::uint32_t slot) {
  slots_[slot].running = false;
  ++slots_[slot].generation;
  free_.push_back(slot);
  --running_;
}

void SharedProcessor::abort(Job job) {
  if (!job || slots_[job.slot].generation != job.generation || !slots_[job.slot].running) return;
  advance();
  retire(job.slot);
  reschedule();
}

void SharedProcessor::abort_all() {
  advance();
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot)
    if (slots_[slot].running) retire(slot);
  reschedule();
}

void SharedProcessor::drop_aborted() {
  while (!heap_.empty() && slots_[heap_.front().slot].generation != heap_.front().generation) {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    heap_.pop_back();
  }
}

void SharedProcessor::reschedule() {
  if (event_) engine_.cancel(event_);
  event_ = {};
  drop_aborted();
  if (heap_.empty()) return;
  const double wait = std::max(0.0, std::ceil((heap_.front().finish - attained_) / rate()));
  event_ =
      engine_.schedule_in(SimDuration{static_cast<std::int64_t>(wait)}, Lane::model, [this] { complete(); });
}

void SharedProcessor::complete() {
  event_ = {};
  advance();
  drop_aborted();
  MUSTER_ASSERT(!heap_.empty(), "a processor finished work that it does not have");
  const Entry first = heap_.front();
  std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
  heap_.pop_back();
  const std::uint32_t what = slots_[first.slot].what;
  retire(first.slot);
  reschedule();
  done_(what);  // last: it may begin or abort jobs
}

double SharedProcessor::busy_seconds() const {
  const auto passed = static_cast<double>((engine_.now() - at_).count());
  return (busy_ns_ + passed * std::min(cores_, static_cast<double>(running_))) / 1e9;
}

}  // namespace muster
