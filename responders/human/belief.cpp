#include "responders/human/belief.hpp"

#include <algorithm>

namespace muster {

Belief::Belief(const std::vector<PossibleCause>& causes) : causes_(causes) {
  for (const PossibleCause& cause : causes) weights_.push_back(cause.prior);
  normalise();
}

void Belief::learn(const Sign& sign, bool seen) {
  for (std::size_t i = 0; i < causes_.size(); ++i) {
    const auto known = sign.likelihoods.find(causes_[i].name);
    const double likely = known == sign.likelihoods.end() ? sign.otherwise : known->second;
    weights_[i] *= seen ? likely : 1 - likely;
  }
  normalise();
}

void Belief::discount(std::size_t cause, double remains) {
  weights_[cause] *= remains;
  normalise();
}

double Belief::strongest() const {
  return *std::max_element(weights_.begin(), weights_.end());
}

std::size_t Belief::draw(double u) const {
  for (std::size_t i = 0; i + 1 < weights_.size(); ++i) {
    if (u < weights_[i]) return i;
    u -= weights_[i];
  }
  return weights_.size() - 1;
}

// All weights can vanish only if everything was tried in vain: then nothing is known again.
void Belief::normalise() {
  double sum = 0;
  for (const double weight : weights_) sum += weight;
  for (double& weight : weights_)
    weight = sum > 1e-300 ? weight / sum : 1 / static_cast<double>(weights_.size());
}

}  // namespace muster
