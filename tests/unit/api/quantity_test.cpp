#include "api/kube/quantity.hpp"

#include <gtest/gtest.h>

#include "api/kube/base64.hpp"

namespace muster::kube {
namespace {

struct QuantityCase {
  const char* text;
  std::int64_t cpu_millis, amount;
};

// Meaning of the suffixes: k8s.io/apimachinery pkg/api/resource/quantity.go.
constexpr QuantityCase quantities[] = {
    {"0", 0, 0},
    {"1", 1000, 1},
    {"100m", 100, 1},
    {"1.5", 1500, 2},
    {"0.1", 100, 1},
    {".5", 500, 1},
    {"2.", 2000, 2},
    {"1k", 1'000'000, 1000},
    {"1e3", 1'000'000, 1000},
    {"12E-1", 1200, 2},
    {"2G", 2'000'000'000'000, 2'000'000'000},
    {"1Ki", 1'024'000, 1024},
    {"512Mi", 536'870'912'000, 536'870'912},
    {"1.5Gi", 1'610'612'736'000, 1'610'612'736},
    {"103456789n", 104, 1},
    {"-1", -1000, -1},
    {"+3", 3000, 3},
};

TEST(Quantity, Reads) {
  for (const QuantityCase& c : quantities) {
    const auto cpu = parse_cpu(c.text);
    const auto amount = parse_amount(c.text);
    ASSERT_TRUE(cpu.has_value()) << c.text;
    ASSERT_TRUE(amount.has_value()) << c.text;
    EXPECT_EQ(*cpu, c.cpu_millis) << c.text;
    EXPECT_EQ(*amount, c.amount) << c.text;
  }
}

TEST(Quantity, RefusesWhatIsNone) {
  for (const char* text : {"", "16Gx", "Gi", "1.2.3", "1 Gi", "1gi", "0x10", "1e", "1e99", "--1", "1MB",
                           "9223372036854775808", "8Ei", "99999999999999999999"}) {
    EXPECT_FALSE(parse_amount(text).has_value()) << text;
  }
  EXPECT_NE(parse_cpu("16Gx").error().message.find("\"16Gx\" is not a quantity"), std::string::npos);
}

TEST(Quantity, PrintsTheCanonicalForm) {
  EXPECT_EQ(format_cpu(250), "250m");
  EXPECT_EQ(format_cpu(2000), "2");
  EXPECT_EQ(format_cpu(0), "0");
  EXPECT_EQ(format_amount(536'870'912), "512Mi");
  EXPECT_EQ(format_amount(2'000'000'000), "2G");
  EXPECT_EQ(format_amount(1'048'576'000), "1000Mi");
  EXPECT_EQ(format_amount(1025), "1025");
  EXPECT_EQ(format_amount(0), "0");
  EXPECT_EQ(format_amount(110), "110");
}

TEST(Quantity, PrintingAndReadingAreInverse) {
  std::int64_t amount = 1;
  for (int i = 0; i < 2000; ++i) {
    amount =
        static_cast<std::int64_t>((static_cast<std::uint64_t>(amount) * 6364136223846793005ULL + 1) >> 2);
    const std::int64_t value = amount >> (i % 60);
    EXPECT_EQ(*parse_amount(format_amount(value)), value);
    if (value < 1'000'000'000'000) {
      EXPECT_EQ(*parse_cpu(format_cpu(value)), value);
    }
  }
}

TEST(Base64, Rfc4648Vectors) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [clear, encoded] : vectors) {
    EXPECT_EQ(base64_encode(clear), encoded);
    EXPECT_EQ(std::get<std::string>(base64_decode(encoded)), clear);
  }
}

TEST(Base64, SaysWhereItGoesWrong) {
  EXPECT_EQ(std::get<std::size_t>(base64_decode("postgres://x")), 8u);
  EXPECT_EQ(std::get<std::size_t>(base64_decode("Zg=")), 3u);
  EXPECT_EQ(std::get<std::size_t>(base64_decode("Zg==Zg==")), 4u);
  EXPECT_EQ(std::get<std::size_t>(base64_decode("=")), 0u);
}

}  // namespace
}  // namespace muster::kube
