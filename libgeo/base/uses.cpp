// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/uses.h"

#include <array>

#include "libgeo/base/text.h"

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

std::optional<Use> use_from_name(std::string_view text) {
    struct Name {
        std::string_view folded;
        Use use;
    };
    static constexpr std::array<Name, 5> kOtherNames = {{{"takeaway", Use::hot_food_takeaway},
                                                         {"restaurant", Use::restaurant_or_cafe},
                                                         {"cafe", Use::restaurant_or_cafe},
                                                         {"café", Use::restaurant_or_cafe},
                                                         {"publichouse", Use::drinking_establishment}}};
    std::string name = folded(trimmed(text));
    const auto find = [&name]() -> std::optional<Use> {
        for (std::size_t i = 0; i < kUseWords.size(); ++i) {
            const auto use = static_cast<Use>(i + 1);
            if (use != Use::other && folded(kUseWords[i]) == name) return use;
        }
        for (const Name& other : kOtherNames)
            if (other.folded == name) return other.use;
        return std::nullopt;
    };
    auto use = find();
    if (!use && name.ends_with('s')) {
        name.pop_back();
        use = find();
    }
    return use;
}

std::span<const std::string> use_words() {
    static const std::vector<std::string> words(kUseWords.begin(), kUseWords.end());
    return words;
}

}  // namespace geo
