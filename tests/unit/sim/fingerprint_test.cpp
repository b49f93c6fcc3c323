#include "sim/fingerprint.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

Fingerprint of(std::string_view bytes) {
  Fingerprint made;
  made.mix(bytes);
  return made;
}

TEST(Fingerprint, DependsOnEveryByteLengthAndOrder) {
  EXPECT_EQ(of("twelve bytes").value(), of("twelve bytes").value());
  EXPECT_NE(of("twelve bytes").value(), of("twelve bytez").value());
  EXPECT_NE(of("").value(), Fingerprint{}.value());
  EXPECT_NE(of("a").value(), of(std::string_view("a\0", 2)).value());
  Fingerprint ab, ba;
  ab.mix(1), ab.mix(2);
  ba.mix(2), ba.mix(1);
  EXPECT_NE(ab.value(), ba.value());
}

TEST(Fingerprint, PrintsSixteenDigits) {
  EXPECT_EQ(Fingerprint{}.hex(), "6d75737465722131");
  EXPECT_EQ(of("muster").hex().size(), 16u);
}

// Test values of the FNV authors (draft-eastlake-fnv, 64-bit FNV-1a).
TEST(HashName, IsFnv1a) {
  EXPECT_EQ(hash_name(""), 0xcbf29ce484222325ull);
  EXPECT_EQ(hash_name("a"), 0xaf63dc4c8601ec8cull);
  EXPECT_EQ(hash_name("foobar"), 0x85944171f73967e8ull);
}

}  // namespace
}  // namespace muster
