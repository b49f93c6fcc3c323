#include "server/gzip.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

namespace muster {
namespace {

std::string unpacked(const std::string& packed, std::size_t size) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(size + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(Gzip, UnpacksToTheSameBytes) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += static_cast<char>(i * i % 251);
  for (const std::string& one : {std::string(), std::string("a"), std::string(100'000, 'x'), text})
    EXPECT_EQ(unpacked(gzip(one), one.size()), one);
}

TEST(Gzip, IsUsedOnlyWhereTheClientTakesIt) {
  for (const char* yes : {"gzip", "deflate, gzip", "br;q=1.0, gzip;q=0.8, *;q=0.1", "*", "x-gzip", " gzip "})
    EXPECT_TRUE(accepts_gzip(yes)) << yes;
  for (const char* no : {"", "identity", "deflate, br", "gzip;q=0", "gzip; q=0.000", "gzipped"})
    EXPECT_FALSE(accepts_gzip(no)) << no;
}

}  // namespace
}  // namespace muster
