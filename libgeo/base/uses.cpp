// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/uses.h"

#include <array>

namespace geo {
namespace {

// In the order of the enum, from hot_food_takeaway.
constexpr std::array<std::string_view, 12> kUseWords = {
    "hot-food-takeaway", "restaurant-or-cafe", "drinking-establishment", "shop",
    "off-licence",       "betting-shop",       "payday-lender",          "pawnbroker",
    "amusement-centre",  "credit-union",       "bank-or-office",         "other",
};
static_assert(kUseWords.size() == static_cast<std::size_t>(Use::other));

}  // namespace

std::string_view word(Use use) {
    const auto at = static_cast<std::size_t>(use);
    return at == 0 || at > kUseWords.size() ? std::string_view("unstated") : kUseWords[at - 1];
}

std::optional<Use> use_from_word(std::string_view word) {
    for (std::size_t i = 0; i < kUseWords.size(); ++i) {
        if (kUseWords[i] == word) return static_cast<Use>(i + 1);
    }
    return std::nullopt;
}

std::span<const std::string> use_words() {
    static const std::vector<std::string> words(kUseWords.begin(), kUseWords.end());
    return words;
}

}  // namespace geo
