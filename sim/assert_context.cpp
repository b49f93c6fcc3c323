#include "sim/assert_context.hpp"

#include <cstdio>
#include <utility>

namespace muster {
namespace {

AssertContext* innermost = nullptr;

}  // namespace

AssertContext::AssertContext(std::function<std::string()> describe)
    : describe_(std::move(describe)), outer_(std::exchange(innermost, this)) {}

AssertContext::~AssertContext() {
  innermost = outer_;
}

void print_assert_context() {
  // Taken away first: a description that fails itself must not come back here.
  AssertContext* context = std::exchange(innermost, nullptr);
  if (context) std::fprintf(stderr, "muster: %s\n", context->describe_().c_str());
}

}  // namespace muster
