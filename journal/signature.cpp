#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "journal/journal.hpp"
#include "journal/read_file.hpp"
#include "journal/sha256.hpp"

namespace muster {

namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Bio = std::unique_ptr<BIO, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

/// OpenSSL would ask at the terminal for the password of an encrypted key.
int no_password(char*, int, int, void*) {
  return -1;
}

using PemReader = EVP_PKEY* (*)(BIO*, EVP_PKEY**, pem_password_cb*, void*);

Result<Key> read_key(const std::string& path, PemReader reader, const char* kind) {
  Result<std::string> pem = read_file(path);
  if (!pem) return pem.error();
  Bio bio(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
  Key key(reader(bio.get(), nullptr, no_password, nullptr));
  if (!key)
    return invalid_input(
        fmt::format("this is not an unencrypted PEM {} key; make a pair with `openssl genpkey "
                    "-algorithm ed25519 -out key.pem` and `openssl pkey -in key.pem -pubout`",
                    kind),
        path);
  if (EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519)
    return invalid_input(fmt::format("this {} key is not an Ed25519 key", kind), path);
  return key;
}

/// What is signed: the purpose first, so that the signature means nothing elsewhere.
std::string signed_text(const Seal& seal) {
  return fmt::format("muster journal seal 1\n{}\n{}\n", seal.records, seal.head);
}

const unsigned char* octets(const std::string& bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Result<std::string> sign_seal(const Seal& seal, const std::string& private_key_pem_path) {
  Result<Key> key = read_key(private_key_pem_path, PEM_read_bio_PrivateKey, "private");
  if (!key) return key.error();
  const std::string text = signed_text(seal);
  Context context(EVP_MD_CTX_new());
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key->get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, octets(text),
                     text.size()) != 1)
    return Error{ErrorCode::internal, "OpenSSL could not sign the seal", private_key_pem_path};
  return hex_of(signature);
}

Result<bool> verify_seal(const Seal& seal, const std::string& signature_hex,
                         const std::string& public_key_pem_path) {
  Result<Key> key = read_key(public_key_pem_path, PEM_read_bio_PUBKEY, "public");
  if (!key) return key.error();
  std::string signature;
  if (signature_hex.size() != 128 || !bytes_of_hex(signature_hex, signature))
    return invalid_input("an Ed25519 signature is 128 lower-case hex digits");
  const std::string text = signed_text(seal);
  Context context(EVP_MD_CTX_new());
  if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key->get()) != 1)
    return Error{ErrorCode::internal, "OpenSSL could not verify the seal", public_key_pem_path};
  return EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(text), text.size()) == 1;
}

}  // namespace muster
