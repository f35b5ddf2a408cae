// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/provenance.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <system_error>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {
namespace {

class Sha256 {
  public:
    Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
        if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) fail();
    }
    void add(const char* bytes, std::size_t size) {
        if (EVP_DigestUpdate(context_.get(), bytes, size) != 1) fail();
    }
    std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int size = 0;
        if (EVP_DigestFinal_ex(context_.get(), digest.data(), &size) != 1) fail();
        std::string out;
        for (unsigned int i = 0; i < size; ++i) out += fmt::format("{:02x}", digest[i]);
        return out;
    }

  private:
    [[noreturn]] static void fail() {
        throw EnvironmentError("SHA-256 is not available in this machine's OpenSSL; inputs cannot be recorded");
    }
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256_of_text(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes.data(), bytes.size());
    return hash.hex();
}

std::string sha256_of_file(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        throw DataError(fmt::format("{}: {}", printable(path.string(), 400),
                                    std::filesystem::exists(path, error) ? "not a regular file; a file is expected"
                                                                         : "there is no such file; check the path"));
    }
    std::ifstream file(path, std::ios::binary);
    Sha256 hash;
    std::vector<char> block(std::size_t{1} << 18);
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        if (file.gcount() > 0) hash.add(block.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (!file.eof()) {
        throw DataError(fmt::format("{}: cannot be read; check its permissions", printable(path.string(), 400)));
    }
    return hash.hex();
}

}  // namespace geo
