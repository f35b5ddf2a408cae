// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/content_hash.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>

using namespace geo;

namespace {

std::uint64_t hash_of(std::string_view text) {
    ContentHash hash;
    hash.add(text.data(), text.size());
    return hash.value();
}

}  // namespace

TEST_CASE("content hash: the sums that the reference implementation gives") {
    CHECK(hash_of("") == 0xef46db3751d8e999ULL);
    CHECK(hash_of("a") == 0xd24ec4f1a98c6e5bULL);
    CHECK(hash_of("abc") == 0x44bc2cf5ad770999ULL);
    CHECK(hash_of("Nobody inspects the spammish repetition") == 0xfbcea83c8a378bf1ULL);
}

TEST_CASE("content hash: the same however the bytes come, another for any bit that changes") {
    std::mt19937_64 random(2);
    for (int round = 0; round < 200; ++round) {
        std::string text(random() % 300, ' ');
        for (char& byte : text) byte = static_cast<char>(random());
        ContentHash in_pieces;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t count = std::min<std::size_t>(random() % 70, text.size() - at);
            in_pieces.add(text.data() + at, count);
            at += count;
        }
        const std::uint64_t whole = hash_of(text);
        CHECK(in_pieces.value() == whole);
        if (text.empty()) continue;
        text[random() % text.size()] ^= static_cast<char>(1U << (random() % 8));
        CHECK(hash_of(text) != whole);
    }
}
