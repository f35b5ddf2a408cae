// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/content_hash.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace geo {
namespace {

constexpr std::uint64_t kPrime1 = 0x9e3779b185ebca87ULL, kPrime2 = 0xc2b2ae3d27d4eb4fULL,
                        kPrime3 = 0x165667b19e3779f9ULL, kPrime4 = 0x85ebca77c2b2ae63ULL,
                        kPrime5 = 0x27d4eb2f165667c5ULL;

template <typename Number>
Number number_at(const unsigned char* at) {
    Number number = 0;
    std::memcpy(&number, at, sizeof number);
    return number;
}

std::uint64_t round_of(std::uint64_t lane, std::uint64_t input) {
    return std::rotl(lane + input * kPrime2, 31) * kPrime1;
}

std::uint64_t merged(std::uint64_t hash, std::uint64_t lane) { return (hash ^ round_of(0, lane)) * kPrime1 + kPrime4; }

}  // namespace

void ContentHash::take_stripe(const unsigned char* at) {
    for (std::size_t i = 0; i < lanes_.size(); ++i)
        lanes_[i] = round_of(lanes_[i], number_at<std::uint64_t>(at + 8 * i));
}

void ContentHash::add(const void* bytes, std::size_t count) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    const std::size_t held = count_ % kStripe;
    count_ += count;
    if (held > 0) {
        const std::size_t taken = std::min(count, kStripe - held);
        std::copy_n(at, taken, rest_.begin() + static_cast<std::ptrdiff_t>(held));
        if (held + taken < kStripe) return;
        take_stripe(rest_.data());
        at += taken;
        count -= taken;
    }
    for (; count >= kStripe; count -= kStripe, at += kStripe) take_stripe(at);
    std::copy_n(at, count, rest_.begin());
}

std::uint64_t ContentHash::value() const {
    std::uint64_t hash = lanes_[2] + kPrime5;
    if (count_ >= kStripe) {
        hash = std::rotl(lanes_[0], 1) + std::rotl(lanes_[1], 7) + std::rotl(lanes_[2], 12) + std::rotl(lanes_[3], 18);
        for (const std::uint64_t lane : lanes_) hash = merged(hash, lane);
    }
    hash += count_;
    const unsigned char* at = rest_.data();
    std::size_t left = count_ % kStripe;
    for (; left >= 8; left -= 8, at += 8)
        hash = std::rotl(hash ^ round_of(0, number_at<std::uint64_t>(at)), 27) * kPrime1 + kPrime4;
    for (; left >= 4; left -= 4, at += 4)
        hash = std::rotl(hash ^ (number_at<std::uint32_t>(at) * kPrime1), 23) * kPrime2 + kPrime3;
    for (; left > 0; --left, ++at) hash = std::rotl(hash ^ (*at * kPrime5), 11) * kPrime1;
    hash = (hash ^ (hash >> 33U)) * kPrime2;
    hash = (hash ^ (hash >> 29U)) * kPrime3;
    return hash ^ (hash >> 32U);
}

}  // namespace geo
