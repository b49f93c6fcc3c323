#include "cluster_model/traffic/program.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace muster {
namespace {

using Op = Operation::Kind;

std::uint32_t size32(const auto& list) {
  return static_cast<std::uint32_t>(list.size());
}

class Compiler {
 public:
  Compiler(const std::vector<ServiceProfile>& services, const std::vector<NamedBackend>& backends)
      : profiles_(services), backends_(backends) {
    for (const ServiceProfile& service : services) add_service(service);
  }
  Program take() { return std::move(program_); }

 private:
  void add_service(const ServiceProfile& service) {
    compiled_ = &program_.services.emplace_back();
    compiled_->policies.emplace_back();
    for (const CallPolicy& policy : service.policies) compiled_->policies.push_back(policy);
    MUSTER_ASSERT(!service.endpoints.empty(), "a service needs an endpoint");
    double total = 0, sum = 0;
    for (const EndpointProfile& endpoint : service.endpoints) total += endpoint.share;
    for (const EndpointProfile& endpoint : service.endpoints) {
      sum += endpoint.share;
      add_endpoint(endpoint, static_cast<std::uint64_t>(sum / total * 4294967296.0));
    }
    compiled_->endpoints.back().chosen_below = 1ull << 32;  // whatever the sum was rounded to
    compiled_->endpoints.push_back({1ull << 32, size32(program_.operations), -1, 0});
    emit({Op::end});
  }

  void add_endpoint(const EndpointProfile& endpoint, std::uint64_t chosen_below) {
    compiled_->paths.push_back(endpoint.path);
    compiled_->endpoints.push_back(
        {chosen_below, size32(program_.operations), -1, endpoint.client_error_probability});
    if (endpoint.when) compiled_->endpoints.back().flag = static_cast<int>(add_flag(*endpoint.when));
    if (endpoint.steps.empty()) emit({Op::work, 0, sampler(endpoint.service_time)});
    add_steps(endpoint.steps);
    emit({Op::end});
  }

  std::uint32_t emit(const Operation& operation) {
    program_.operations.push_back(operation);
    return size32(program_.operations) - 1;
  }
  std::uint32_t sampler(const ServiceTime& time) {
    program_.samplers.emplace_back(time);
    return size32(program_.samplers) - 1;
  }
  std::uint32_t add_flag(const Setting& flag) {
    compiled_->flags.push_back(flag);
    MUSTER_ASSERT(compiled_->flags.size() <= 64, "a service has at most 64 flags");
    return size32(compiled_->flags) - 1;
  }
  void land(std::uint32_t from) { program_.operations[from].jump = size32(program_.operations); }

  void add_steps(const std::vector<Step>& steps) {
    for (const Step& step : steps) repeat(step);
  }

  void repeat(const Step& step) {
    const bool flagged = step.when.has_value();
    const std::uint32_t skip = flagged ? emit({Op::skip, 0, add_flag(*step.when)}) : 0;
    for (int i = 0; i < step.times; ++i) add_step(step);
    if (flagged) land(skip);
  }

  void add_step(const Step& step) {
    switch (step.kind) {
      case Step::Kind::work:
        emit({Op::work, 0, sampler_of(step)});
        break;
      case Step::Kind::cpu:
        emit({Op::cpu, 0, sampler_of(step)});
        break;
      case Step::Kind::call:
      case Step::Kind::backend:
        add_call(step);
        break;
      case Step::Kind::cache:
        add_cache(step);
        break;
      case Step::Kind::parallel:
        add_parallel(step);
        break;
      case Step::Kind::choice:
        add_choice(step);
        break;
      case Step::Kind::sequence:
        add_steps(step.steps);
        break;
      case Step::Kind::queue: {
        const auto [service, endpoint] = find_endpoint(step);
        emit({Op::message, 0, endpoint, service});
      }
    }
  }

  /// Unrolled repeats share their sampler: a table of quantiles is large.
  std::uint32_t sampler_of(const Step& step) {
    if (sampled_ != &step) last_sampler_ = sampler(step.time);
    sampled_ = &step;
    return last_sampler_;
  }

  std::pair<std::uint32_t, std::uint32_t> find_endpoint(const Step& step) const {
    for (std::uint32_t i = 0; i < profiles_.size(); ++i) {
      if (profiles_[i].name != step.target) continue;
      const int endpoint = endpoint_of(profiles_[i], step.operation);
      MUSTER_ASSERT(endpoint >= 0, "a step calls an endpoint that does not exist");
      return {i, static_cast<std::uint32_t>(endpoint)};
    }
    MUSTER_ASSERT(false, "a step calls a service that does not exist");
    return {};
  }

  std::pair<std::uint32_t, std::uint32_t> find_operation(const Step& step) const {
    for (std::uint32_t i = 0; i < backends_.size(); ++i) {
      if (backends_[i].name != step.target) continue;
      const int operation = backends_[i].backend->operation(step.operation);
      MUSTER_ASSERT(operation >= 0, "a step asks a backend for what it does not offer");
      return {i, static_cast<std::uint32_t>(operation)};
    }
    MUSTER_ASSERT(false, "a step calls a backend that does not exist");
    return {};
  }

  std::uint16_t policy(const std::string& name) const {
    if (name.empty()) return 0;
    for (std::size_t i = 1; i < compiled_->policies.size(); ++i)
      if (compiled_->policies[i].name == name) return static_cast<std::uint16_t>(i);
    MUSTER_ASSERT(false, "a step names a policy that does not exist");
    return 0;
  }

  void add_call(const Step& step) {
    const bool backend = step.kind == Step::Kind::backend;
    const auto [target, index] = backend ? find_operation(step) : find_endpoint(step);
    const std::uint32_t call = emit({backend ? Op::backend : Op::call, policy(step.policy), index, target});
    if (step.otherwise.empty()) {
      if (step.optional) land(call);
      return;
    }
    const std::uint32_t over = emit({Op::go});
    land(call);
    add_steps(step.otherwise);
    land(over);
  }

  void add_cache(const Step& step) {
    std::uint32_t cache = 0;
    while (cache < compiled_->caches.size() && compiled_->caches[cache].name != step.cache.name) ++cache;
    if (cache == compiled_->caches.size()) compiled_->caches.push_back(step.cache);
    const std::uint32_t lookup = emit({Op::lookup, 0, cache});
    add_steps(step.steps);
    land(lookup);
  }

  void add_choice(const Step& step) {
    std::vector<std::uint32_t> ends;
    double left = 1;
    for (const Step& branch : step.steps) {
      const double p = left > 0 ? std::min(1.0, branch.share / left) : 0;
      const auto index = static_cast<std::uint32_t>(std::min(p * 4294967296.0, 4294967295.0));
      const std::uint32_t chance = emit({Op::chance, 0, index});
      repeat(branch);
      ends.push_back(emit({Op::go}));
      land(chance);
      left -= branch.share;
    }
    for (std::uint32_t end : ends) land(end);
  }

  void add_parallel(const Step& step) {
    std::vector<std::uint32_t> entries, joins;
    const std::uint32_t fork = emit({Op::fork});
    for (const Step& branch : step.steps) {
      entries.push_back(size32(program_.operations));
      repeat(branch);
      joins.push_back(emit({Op::join}));
    }
    program_.operations[fork].index = size32(program_.branches);
    program_.operations[fork].target = size32(entries);
    program_.branches.insert(program_.branches.end(), entries.begin(), entries.end());
    land(fork);
    for (std::uint32_t join : joins) land(join);
  }

  const std::vector<ServiceProfile>& profiles_;
  const std::vector<NamedBackend>& backends_;
  Program program_;
  CompiledService* compiled_ = nullptr;
  const Step* sampled_ = nullptr;
  std::uint32_t last_sampler_ = 0;
};

}  // namespace

int endpoint_of(const ServiceProfile& service, const std::string& text) {
  for (std::size_t i = 0; i < service.endpoints.size(); ++i) {
    const EndpointProfile& endpoint = service.endpoints[i];
    if (endpoint.method + " " + endpoint.path == text || endpoint.path == text) return static_cast<int>(i);
  }
  return -1;
}

Program compile_program(const std::vector<ServiceProfile>& services,
                        const std::vector<NamedBackend>& backends) {
  return Compiler(services, backends).take();
}

}  // namespace muster
