#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/unit/journal/sample_journal.hpp"

namespace muster {
namespace {

using testing::HasSubstr;

/// The private and the public key of a new pair as PEM.
struct KeyPair {
  std::string secret, open;
};

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

KeyPair new_pair(const char* kind, const char* curve = nullptr) {
  EVP_PKEY* key =
      curve ? EVP_PKEY_Q_keygen(nullptr, nullptr, kind, curve) : EVP_PKEY_Q_keygen(nullptr, nullptr, kind);
  BIO* secret = BIO_new(BIO_s_mem());
  BIO* open = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(secret, key, nullptr, nullptr, 0, nullptr, nullptr);
  PEM_write_bio_PUBKEY(open, key);
  const KeyPair pair{text_of(secret), text_of(open)};
  BIO_free(secret);
  BIO_free(open);
  EVP_PKEY_free(key);
  return pair;
}

class Signature : public testing::Test {
 protected:
  Signature() { std::filesystem::create_directories(folder_); }
  ~Signature() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& content) const {
    const std::string path = folder_ / name;
    std::ofstream(path) << content;
    return path;
  }

  std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      (std::string("signature-") + testing::UnitTest::GetInstance()->current_test_info()->name());
  KeyPair pair_ = new_pair("ED25519");
  Seal seal_{17, std::string(64, 'a')};
};

TEST_F(Signature, FitsItsSealAndNoOther) {
  const std::string key = file("key.pem", pair_.secret);
  const std::string pub = file("pub.pem", pair_.open);
  const Result<std::string> signature = sign_seal(seal_, key);
  ASSERT_TRUE(signature) << signature.error().text();
  EXPECT_EQ(signature->size(), 128u);
  EXPECT_EQ(*signature, *sign_seal(seal_, key)) << "Ed25519 draws no randomness";
  EXPECT_TRUE(*verify_seal(seal_, *signature, pub));
  EXPECT_FALSE(*verify_seal(Seal{18, seal_.head}, *signature, pub));
  EXPECT_FALSE(*verify_seal(Seal{17, std::string(64, 'b')}, *signature, pub));
  EXPECT_FALSE(*verify_seal(seal_, *signature, file("other.pem", new_pair("ED25519").open)));
  std::string flipped = *signature;
  flipped[5] = flipped[5] == '0' ? '1' : '0';
  EXPECT_FALSE(*verify_seal(seal_, flipped, pub));
}

// The chain of a re-sealed forgery is right (chain_test.cpp); its seal is not the one that was signed.
TEST_F(Signature, TellsAForgeryWhoseChainIsRight) {
  const std::string text = samples::journal_text();
  const Seal signed_seal = read_journal(text, "j")->seal;
  const std::string signature = *sign_seal(signed_seal, file("key.pem", pair_.secret));
  const std::string forged =
      samples::resealed(samples::lines_of(samples::replaced(text, "\"lostWrites\":17", "\"lostWrites\":10")));
  const Result<Journal> journal = read_journal(forged, "j");
  ASSERT_TRUE(journal) << journal.error().text();
  EXPECT_FALSE(*verify_seal(journal->seal, signature, file("pub.pem", pair_.open)));
  EXPECT_TRUE(*verify_seal(signed_seal, signature, file("pub.pem", pair_.open)));
}

TEST_F(Signature, SaysWhatIsWrongWithAKey) {
  const std::string missing = folder_ / "missing.pem";
  EXPECT_EQ(sign_seal(seal_, missing).error().text(), missing + ": no such file");
  EXPECT_THAT(sign_seal(seal_, folder_).error().text(), HasSubstr("is a directory"));
  EXPECT_THAT(sign_seal(seal_, file("a", "no key")).error().text(),
              HasSubstr("not an unencrypted PEM private key"));
  EXPECT_THAT(sign_seal(seal_, file("b", pair_.open)).error().text(),
              HasSubstr("not an unencrypted PEM private key"));
  EXPECT_THAT(verify_seal(seal_, std::string(128, '0'), file("c", pair_.secret)).error().text(),
              HasSubstr("not an unencrypted PEM public key"));
  EXPECT_THAT(
      verify_seal(seal_, std::string(128, '0'), file("d", new_pair("EC", "P-256").open)).error().text(),
      HasSubstr("not an Ed25519 key"));
  EXPECT_THAT(verify_seal(seal_, "xyz", file("e", pair_.open)).error().text(),
              HasSubstr("128 lower-case hex"));
}

TEST(Sha256Test, KnownAnswers) {  // FIPS 180-4 examples
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace muster
