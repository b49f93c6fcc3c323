// What the steps of a profile refer to must exist, and what the request path cannot run is refused.
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/traffic/program.hpp"
#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

constexpr std::size_t most_operations = 10'000;  // of one endpoint, repeats unrolled
constexpr std::size_t most_flags = 64;

class StepCheck {
 public:
  StepCheck(const SystemProfile& profile, const ServiceProfile& service)
      : profile_(profile), service_(service) {}

  std::string problem(const EndpointProfile& endpoint) {
    operations_ = 0;
    if (endpoint.when) ++flags_;
    check(endpoint.steps, false, 1);
    if (operations_ > most_operations && problem_.empty())
      problem_ = fmt::format("an endpoint has at most {} steps, repeats counted", most_operations);
    if (flags_ > most_flags && problem_.empty())
      problem_ = fmt::format("a service has at most {} switches", most_flags);
    return problem_;
  }

 private:
  void wrong(std::string text) {
    if (problem_.empty()) problem_ = std::move(text);
  }

  void check(const std::vector<Step>& steps, bool in_branch, std::size_t times) {
    for (const Step& step : steps) check(step, in_branch, times * static_cast<std::size_t>(step.times));
  }

  void check(const Step& step, bool in_branch, std::size_t times) {
    using enum Step::Kind;
    operations_ = std::min(operations_ + times, most_operations * 2);
    if (step.when) ++flags_;
    const bool is_call = step.kind == call || step.kind == backend;
    if (in_branch && (step.kind == work || step.kind == cpu || step.kind == parallel))
      wrong("a parallel branch holds calls only");
    if (!is_call && (step.optional || !step.otherwise.empty() || !step.policy.empty()))
      wrong("\"policy\", \"optional\" and \"otherwise\" belong to calls");
    if (step.kind == call || step.kind == queue) check_target(step);
    if (step.kind == backend) check_backend(step);
    if (!step.policy.empty()) check_policy(step.policy);
    if (step.kind == parallel && step.steps.empty()) wrong("a parallel step needs a branch");
    check(step.otherwise, in_branch, times);
    check(step.steps, in_branch || step.kind == parallel, times);
  }

  void check_target(const Step& step) {
    std::vector<std::string> names;
    for (const ServiceProfile& service : profile_.services) {
      names.push_back(service.name);
      if (service.name != step.target) continue;
      if (endpoint_of(service, step.operation) < 0) {
        std::vector<std::string> known;
        for (const EndpointProfile& e : service.endpoints) known.push_back(e.method + " " + e.path);
        wrong(fmt::format("service \"{}\" has no endpoint \"{}\"{}", step.target, step.operation,
                          expected_one_of(step.operation, known)));
      }
      if (service.background != (step.kind == Step::Kind::queue))
        wrong(fmt::format("\"{}\" is{} a background service: a {} step cannot reach it", step.target,
                          service.background ? "" : " not", service.background ? "call" : "queue"));
      return;
    }
    wrong(fmt::format("no such service \"{}\"{}", step.target, expected_one_of(step.target, names)));
  }

  /// Its name, and what it offers by name.
  template <class Backend, class Offers>
  bool offered(const Step& step, const Backend& backend, const Offers& offers) {
    if (backend.name != step.target) return false;
    std::vector<std::string> known;
    for (const auto& offer : offers) known.push_back(offer.name);
    if (std::find(known.begin(), known.end(), step.operation) == known.end())
      wrong(fmt::format("\"{}\" offers no \"{}\"{}", step.target, step.operation,
                        expected_one_of(step.operation, known)));
    return true;
  }

  void check_backend(const Step& step) {
    std::vector<std::string> names;
    for (const DatabaseProfile& database : profile_.databases) {
      names.push_back(database.name);
      if (offered(step, database, database.queries)) return;
    }
    for (const ProviderProfile& provider : profile_.providers) {
      names.push_back(provider.name);
      if (offered(step, provider, provider.operations)) return;
    }
    wrong(fmt::format("no such database or provider \"{}\"{}", step.target,
                      expected_one_of(step.target, names)));
  }

  void check_policy(const std::string& name) {
    std::vector<std::string> names;
    for (const CallPolicy& policy : service_.policies) names.push_back(policy.name);
    if (std::find(names.begin(), names.end(), name) == names.end())
      wrong(fmt::format("no such policy \"{}\"{}", name, expected_one_of(name, names)));
  }

  const SystemProfile& profile_;
  const ServiceProfile& service_;
  std::string problem_;
  std::size_t operations_ = 0, flags_ = 0;
};

}  // namespace

void check_steps(const std::vector<YamlNode>& services, ProfileContext& context) {
  const SystemProfile& profile = context.result.profile;
  for (std::size_t i = 0; i < profile.services.size(); ++i) {
    StepCheck check(profile, profile.services[i]);
    const YamlNode* endpoints = services[i].find("endpoints");
    for (std::size_t k = 0; k < profile.services[i].endpoints.size(); ++k) {
      const std::string problem = check.problem(profile.services[i].endpoints[k]);
      if (problem.empty() || !endpoints) continue;
      const YamlNode* steps = endpoints->items[k].find("steps");
      return context.errors.fail(steps ? *steps : endpoints->items[k], problem);
    }
  }
}

}  // namespace muster
