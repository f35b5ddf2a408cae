// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/decision_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "libgeo/base/text.h"

namespace geo {
namespace {

// Compared folded: lower case, no blanks and hyphens.
constexpr std::array kNotYet = {"pending",  "await",      "undecided", "undetermined", "notdetermined",
                                "withdraw", "registered", "invalid",   "split",        "part"};
// What is named without being decided.
constexpr std::array kNamed = {"priorapproval", "permitteddevelopment", "priornotification"};
constexpr std::array kRefused = {"refus",    "reject",    "dismiss",  "disapprov",   "notapprov",
                                 "notgrant", "notpermit", "notallow", "unacceptable"};
constexpr std::array kGranted = {"grant", "approv", "permit", "allow", "notrequired", "given"};
constexpr std::array kGrantedCodes = {"gtd", "grt", "gra", "app", "apc", "per", "con", "conditions", "conditional"};
constexpr std::array kRefusedCodes = {"ref", "rfd", "rej"};

template <class Words>
bool takes_out(std::string& text, const Words& words) {
    bool found = false;
    for (const std::string_view word : words)
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word)) {
            text.erase(at, word.size());
            found = true;
        }
    return found;
}

template <class Words>
bool is_one_of(const std::string& text, const Words& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text == word; });
}

}  // namespace

std::string_view word(Decision decision) {
    switch (decision) {
        case Decision::unstated:
            return "";
        case Decision::granted:
            return "granted";
        case Decision::refused:
            return "refused";
        case Decision::other:
            return "other";
    }
    return "";
}

Decision decision_from(std::string_view written) {
    std::string text = folded(trimmed(written));
    if (text.empty()) return Decision::unstated;
    if (is_one_of(text, kGrantedCodes)) return Decision::granted;
    if (is_one_of(text, kRefusedCodes)) return Decision::refused;
    takes_out(text, kNamed);
    if (takes_out(text, kNotYet)) return Decision::other;
    const bool refused = takes_out(text, kRefused), granted = takes_out(text, kGranted);
    if (refused == granted) return Decision::other;
    return granted ? Decision::granted : Decision::refused;
}

}  // namespace geo
