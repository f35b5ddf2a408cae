// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace geo {

/// A quick sum over bytes that tells a damaged file from a whole one; no defence against whoever means harm (provenance.h has SHA-256). Some gigabytes a second.
/// Method: XXH64 of Y. Collet, https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md, seed 0; bytes taken in the order of a little-endian machine.
class ContentHash {
  public:
    void add(const void* bytes, std::size_t count);
    /// Of all bytes added so far.
    std::uint64_t value() const;

  private:
    static constexpr std::size_t kStripe = 32;
    void take_stripe(const unsigned char* at);

    std::array<std::uint64_t, 4> lanes_{0x60ea27eeadc0b5d6ULL, 0xc2b2ae3d27d4eb4fULL, 0, 0x61c8864e7a143579ULL};
    std::array<unsigned char, kStripe> rest_{};
    std::uint64_t count_ = 0;
};

}  // namespace geo
