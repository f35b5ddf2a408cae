// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/provenance.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>

#include "libgeo/base/errors.h"

using namespace geo;

namespace {

struct TemporaryFile {
    // Tests run side by side, each in a process of its own.
    std::filesystem::path path =
        std::filesystem::path(CORDON_BINARY_DIR) / ("provenance_test-" + std::to_string(::getpid()) + ".bin");
    explicit TemporaryFile(const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
    ~TemporaryFile() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("hashes are SHA-256 (FIPS 180-4 examples)") {
    CHECK(sha256_of_text("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_of_text("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a file has the hash of its bytes, larger than one block too") {
    const std::string bytes(1000000, 'a');
    const TemporaryFile file(bytes);
    CHECK(sha256_of_file(file.path) == sha256_of_text(bytes));
    CHECK(sha256_of_file(file.path) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("an empty file has a hash, a folder or nothing has none") {
    const TemporaryFile file("");
    CHECK(sha256_of_file(file.path) == sha256_of_text(""));
    CHECK_THROWS_WITH_AS(sha256_of_file(CORDON_BINARY_DIR), doctest::Contains("not a regular file"), DataError);
    CHECK_THROWS_WITH_AS(sha256_of_file("no/such/file.csv"),
                         doctest::Contains("no/such/file.csv: there is no such file"), DataError);
}
