// The steps of all endpoints as one flat array of operations, compiled from the profile: no strings, no
// trees. An operation's index names it for ever; the draws of a visit at it are functions of (visit, index).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cluster_model/profile.hpp"
#include "cluster_model/traffic/backend.hpp"
#include "cluster_model/traffic/service_sampler.hpp"

namespace muster {

struct Operation {
  enum class Kind : std::uint8_t {
    end,      ///< reply
    work,     ///< `index` = sampler
    cpu,      ///< `index` = sampler
    call,     ///< `target` = service, `index` = endpoint; on failure go to `jump`
    backend,  ///< `target` = backend, `index` = its operation; on failure go to `jump`
    lookup,   ///< `index` = cache; on a hit go to `jump`
    skip,     ///< `index` = flag; if it is off go to `jump`
    go,       ///< to `jump`
    chance,   ///< go on with probability `index` / 2^32, else to `jump`
    fork,     ///< `index` = first of `target` entries in Program::branches; go on at `jump` when all are done
    join,     ///< the end of a branch; `jump` as its fork
    message,  ///< `target` = service, `index` = endpoint
  };
  static constexpr std::uint32_t fail = UINT32_MAX;  ///< a `jump` that ends the request with a failure

  Kind kind = Kind::end;
  std::uint16_t policy = 0;  ///< of the service; 0 = none
  std::uint32_t index = 0, target = 0, jump = fail;
};

struct CompiledEndpoint {
  std::uint64_t chosen_below = 0;  ///< of 2^32: cumulative share
  std::uint32_t first = 0;         ///< operation
  int flag = -1;                   ///< of the service; off = 404
  double client_error_probability = 0;
};

/// What the operations of one service refer to.
struct CompiledService {
  std::vector<std::string> paths;           ///< [endpoint]
  std::vector<CompiledEndpoint> endpoints;  ///< one more than the profile's: the path that nobody named
  std::vector<Setting> flags;
  std::vector<CacheProfile> caches;
  std::vector<CallPolicy> policies;  ///< [0] = none
};

struct Program {
  std::vector<Operation> operations;
  std::vector<ServiceSampler> samplers;
  std::vector<std::uint32_t> branches;
  std::vector<CompiledService> services;
};

/// A name that leads to a backend.
struct NamedBackend {
  std::string name;
  Backend* backend = nullptr;
};

/// Names that do not exist are programmer's errors here; the loader has checked them (check_steps).
Program compile_program(const std::vector<ServiceProfile>& services,
                        const std::vector<NamedBackend>& backends);

/// "POST /check" or "/check" among the endpoints of a service; -1 if there is none.
int endpoint_of(const ServiceProfile& service, const std::string& text);

}  // namespace muster
